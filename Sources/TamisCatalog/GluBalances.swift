public import TamisModel

extension Catalog {
  /// The movements of Glu's stored credit, an API Platform collection:
  /// `createdAt[after]=2024-01-02&type[]=Topup&amount[lt]=0&order[happenedAt]=asc&page=1`.
  public static let gluBalances = Resource(
    "balances", table: "balances", dialect: .bracket,
    // Glu: 30 a page, and the client can not change that; most recent first.
    paging: .pages(defaultSize: 30, maximumSize: nil), defaultSort: [.descending("happenedAt")]
  ) {
    // Glu: dates have before, strictly_before, after and strictly_after, and no equality.
    Field("id", .integer).primaryKey().notFilterable()
    Field("createdAt", .timestamp).column("created_at").operators(gluDateOperators)
    Field("updatedAt", .timestamp).column("updated_at").operators(gluDateOperators)
    Field("type", .enumeration(gluTypes)).operators([.equal, .isIn])
    // Glu: gt, gte, lt, lte and between; no equality.
    Field("amount", .integer).operators([.less, .lessOrEqual, .greater, .greaterOrEqual, .between])
    // Glu: the one field with an order parameter.
    Field("happenedAt", .timestamp).column("happened_at").operators(gluDateOperators).sortable()
    // Glu: null never expires, and every comparison leaves it out.
    Field("expiresAt", .timestamp).column("expires_at").nullable().operators(gluDateOperators)
    // Glu: shown, but no filter names them.
    Field("location", .integer).nullable().notFilterable()
    Field("reversed", .integer).nullable().notFilterable()
    Field("mewsPayment", .integer).column("mews_payment").nullable().notFilterable()
    Field("storedCreditAccount", .integer).column("stored_credit_account").notFilterable()
  }

  private static let gluDateOperators: OperatorSet = [.less, .lessOrEqual, .greater, .greaterOrEqual]

  /// Glu: exact names, blanks and capitals included.
  private static let gluTypes = Enumeration([
    "Activation", "Adjustment", "Expired", "Redeemed", "Unredeemed", "Refunded", "Refund failed",
    "Chargeback", "Chargeback reversed", "Reactivation", "Topup",
  ])
}
