public import TamisModel

extension Catalog {
  /// The transactions of a Blnk ledger: `status_eq=APPLIED&amount_gte=1000&balance_id_eq=bln_1`.
  public static let blnkTransactions = Resource(
    "transactions", table: "blnk.transactions", dialect: .suffix,
    paging: .limitOffset(defaultLimit: 20, maximumLimit: 1_000),
    defaultSort: [.descending("created_at")], limits: Blnk.limits,
    compatibility: Blnk.compatibility(table: "transactions") {
      $0.maximumLimit = 1_000
      $0.limitBeyondMaximum = 1_000
      $0.unfiltered = .uncapped
      // Blnk: a statement of its own for `indicator`, whose name can not stand twice.
      $0.restrictions = [
        .init("balance_id", operators: [.equal, .notEqual, .isIn, .isNull, .isNotNull]),
        .init("indicator", isOnceOnly: true),
      ]
    }
  ) {
    Blnk.key("transaction_id")
    Blnk.nullable("parent_transaction")
    // Blnk: NUMERIC without a scale, filled from floating-point numbers.
    Blnk.nullable("amount", .decimal(precision: 60, scale: 20))
    Blnk.nullable("currency")
    Blnk.nullable("source")
    Blnk.nullable("destination")
    Blnk.nullable("reference")
    Blnk.nullable("status")
    Blnk.field("created_at", .timestamp)
    Blnk.nullable("effective_date", .timestamp)
    Blnk.nullable("description")
    Blnk.nullable("precision", .integer)
    Blnk.nullable("meta_data", .json)
    // Blnk: a transaction of a balance has it at either end, and so has one of a balance's indicator.
    VirtualField("balance_id", .field("source"), .field("destination"))
    VirtualField(
      "indicator", .related("source_balance", "indicator"), .related("destination_balance", "indicator"))
    balance("source_balance", of: "source")
    balance("destination_balance", of: "destination")
    Blnk.includeCount
  }

  /// The balance at one end of a transaction.
  private static func balance(_ name: String, of key: String) -> Relation {
    Relation(name, .one) { Blnk.nullable("indicator") }
      .childTable("blnk.balances", foreignKey: "balance_id", parentKey: key)
      .related("balances", foreignKey: "balance_id", parentKey: key)
      .hidden().notIncludable()
  }
}
