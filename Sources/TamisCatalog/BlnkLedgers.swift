public import TamisModel

extension Catalog {
  /// The ledgers of a Blnk server: `name_ilike=%25savings%25`.
  public static let blnkLedgers = Resource(
    "ledgers", table: "blnk.ledgers", dialect: .suffix,
    paging: .limitOffset(defaultLimit: 10, maximumLimit: 100),
    defaultSort: [.descending("created_at")], limits: Blnk.limits,
    // Blnk: more than 100 rows are as good as no limit, and give 20.
    compatibility: Blnk.compatibility(table: "ledgers") {
      $0.defaultLimit = 10
      $0.badLimitAnswer = "Invalid limit value"
      $0.badOffsetAnswer = "Invalid offset value"
    }
  ) {
    Blnk.key("ledger_id")
    Blnk.nullable("name")
    Blnk.field("created_at", .timestamp)
    Blnk.nullable("meta_data", .json)
    Blnk.includeCount
  }
}
