public import TamisModel

extension Catalog {
  /// The accounts of a Blnk server: `bank_name_eq=First%20Bank&currency_in=USD,EUR`.
  public static let blnkAccounts = Resource(
    "accounts", table: "blnk.accounts", dialect: .suffix,
    paging: .limitOffset(defaultLimit: 20, maximumLimit: 100),
    defaultSort: [.descending("created_at")], limits: Blnk.limits,
    // Blnk: without a filter the list has no pages.
    compatibility: Blnk.compatibility(table: "accounts") { $0.unfiltered = .everything }
  ) {
    Blnk.key("account_id")
    for name in ["name", "number", "bank_name", "currency", "ledger_id", "identity_id", "balance_id"] {
      Blnk.nullable(name)
    }
    Blnk.field("created_at", .timestamp)
    Blnk.nullable("meta_data", .json)
    Blnk.includeCount
  }
}
