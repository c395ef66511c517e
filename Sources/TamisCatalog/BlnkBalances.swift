public import TamisModel

extension Catalog {
  /// The balances of a Blnk ledger: `currency_eq=USD&balance_gte=1000&created_at_between=2024-01-01|2024-12-31`.
  public static let blnkBalances = Resource(
    "balances", table: "blnk.balances", dialect: .suffix,
    // Blnk: 10 rows unless asked, a filtered list never gives more than 1000, the newest first.
    paging: .limitOffset(defaultLimit: 10, maximumLimit: 1_000),
    defaultSort: [.descending("created_at")], limits: blnkLimits
  ) {
    // Blnk: the fields that may be filtered, named as their columns. The money columns are NUMERIC without a
    // scale and hold whole minor units of any size.
    Field("balance_id", .text).primaryKey()
    Field("ledger_id", .text).sortable()
    Field("identity_id", .text).nullable().sortable()
    Field("indicator", .text).nullable().sortable()
    Field("currency", .text).sortable()
    Field("balance", .bigInteger).sortable()
    Field("credit_balance", .bigInteger).sortable()
    Field("debit_balance", .bigInteger).sortable()
    Field("inflight_balance", .bigInteger).sortable()
    Field("inflight_credit_balance", .bigInteger).sortable()
    Field("inflight_debit_balance", .bigInteger).sortable()
    Field("created_at", .timestamp).sortable()
    // Blnk: `meta_data.tier_eq=gold`, one level of keys.
    Field("meta_data", .json).nullable().openKeys(levels: 1)
  }

  /// Blnk: at most 20 filters, 100 items of a list, 1000 bytes of a value.
  private static var blnkLimits: QueryLimits {
    var limits = QueryLimits()
    limits.clauses = 20
    limits.listItems = 100
    limits.valueBytes = 1_000
    return limits
  }
}
