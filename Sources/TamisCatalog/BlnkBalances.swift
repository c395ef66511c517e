public import TamisModel

extension Catalog {
  /// The balances of a Blnk ledger: `currency_eq=USD&balance_gte=1000&created_at_between=2024-01-01|2024-12-31`.
  public static let blnkBalances = Resource(
    "balances", table: "blnk.balances", dialect: .suffix,
    // Blnk: 10 rows unless asked, a filtered list never gives more than 1000, the newest first.
    paging: .limitOffset(defaultLimit: 10, maximumLimit: 1_000),
    defaultSort: [.descending("created_at")], limits: Blnk.limits,
    compatibility: Blnk.compatibility(table: "balances") {
      $0.defaultLimit = 10
      $0.maximumLimit = 1_000
      $0.limitBeyondMaximum = 1_000
      $0.unfiltered = .uncapped
      $0.badLimitAnswer = "invalid limit value"
      $0.badOffsetAnswer = "invalid offset value"
      $0.failureAnswer = "Failed to retrieve balances"
    }
  ) {
    // Blnk: the money columns are NUMERIC without a scale and hold whole minor units of any size.
    // Regular expressions are ours: no suffix of the real server asks for one.
    Blnk.key("balance_id").matchable()
    Blnk.field("ledger_id", .text)
    Blnk.nullable("identity_id")
    Blnk.nullable("indicator").matchable()
    Blnk.field("currency", .text)
    Blnk.field("balance", .bigInteger)
    Blnk.field("credit_balance", .bigInteger)
    Blnk.field("debit_balance", .bigInteger)
    Blnk.field("inflight_balance", .bigInteger)
    Blnk.field("inflight_credit_balance", .bigInteger)
    Blnk.field("inflight_debit_balance", .bigInteger)
    Blnk.field("created_at", .timestamp)
    // Blnk: `meta_data.tier_eq=gold`, one level of keys.
    Blnk.nullable("meta_data", .json)
    Blnk.includeCount
  }
}
