public import TamisModel

extension Catalog {
  /// The movements of Glu's stored credit, an API Platform collection:
  /// `createdAt[after]=2024-01-02&type[]=Topup&amount[lt]=0&order[happenedAt]=asc&page=1`.
  public static let gluBalances = Resource(
    "balances", table: "balances", dialect: .bracket,
    // Glu: 30 a page, and the client can not change that; most recent first.
    paging: .pages(defaultSize: 30, maximumSize: nil), defaultSort: [.descending("happenedAt")],
    compatibility: Compatibility("API Platform", .declaredFilters(DeclaredFilterRules()))
  ) {
    Field("id", .integer).primaryKey()
    Field("createdAt", .timestamp).column("created_at")
    Field("updatedAt", .timestamp).column("updated_at")
    Field("type", .enumeration(gluTypes))
    Field("amount", .integer)
    Field("happenedAt", .timestamp).column("happened_at").sortable()
    Field("expiresAt", .timestamp).column("expires_at").nullable()
    // Glu: shown, but none of its filters names them.
    Field("location", .integer).nullable()
    Field("reversed", .integer).nullable()
    Field("mewsPayment", .integer).column("mews_payment").nullable()
    Field("storedCreditAccount", .integer).column("stored_credit_account")
    // Glu: before, strictly_before, after and strictly_after, and no equality. Null never expires, and every
    // comparison leaves it out.
    PropertyFilter.date("createdAt", "updatedAt", "happenedAt", "expiresAt")
    PropertyFilter.enumeration("type")
    // Glu: gt, gte, lt, lte and between; no equality.
    PropertyFilter.range("amount")
    // Glu: the one field with an order parameter.
    PropertyFilter.order("happenedAt")
  }

  /// Glu: exact names, blanks and capitals included.
  private static let gluTypes = Enumeration([
    "Activation", "Adjustment", "Expired", "Redeemed", "Unredeemed", "Refunded", "Refund failed",
    "Chargeback", "Chargeback reversed", "Reactivation", "Topup",
  ])
}
