public import TamisModel

extension Catalog {
  /// Metronome's credit grants, of all customers unless the request names some:
  /// `{"customer_ids": ["…"], "not_expiring_before": "2024-02-01T00:00:00Z"}`, with `limit=100&next_page=…` in the
  /// query string.
  public static let metronomeCreditGrants = Resource(
    "credit-grants", table: "credit_grants", dialect: .body,
    paging: .cursor(defaultLimit: 25, maximumLimit: 100), defaultSort: [.ascending("id")],
    compatibility: metronomeReading
  ) {
    Field("id", .uuid).primaryKey()
    Field("customer_id", .uuid).nullable()
    Field("name", .text).nullable().sortable()
    Field("priority", metronomeNumber).nullable().sortable()
    Field("grant_amount.credit_type.id", .uuid).column("credit_type_id")
      .at("grant_amount", "credit_type", "id").nullable()
    Field("grant_amount.amount", metronomeNumber).column("amount").at("grant_amount", "amount").nullable()
      .sortable()
    Field("effective_at", .timestamp).nullable().sortable()
    Field("expires_at", .timestamp).nullable().sortable()
    Field("custom_fields", .json).nullable().openKeys(levels: 1)
    // Metronome: voided grants are in no list.
    Field("voided_at", .timestamp).nullable().hidden()

    Scope("not_voided", .isNull("voided_at"))
    // Metronome: grants by their ids, or those of customers and credit types.
    Parameter("credit_grant_ids", .list(.uuid, .isAmong("id")))
      .excluding("customer_ids", "credit_type_ids")
    Parameter("customer_ids", .list(.uuid, .isAmong("customer_id")))
    Parameter("credit_type_ids", .list(.uuid, .isAmong("grant_amount.credit_type.id")))
    Parameter("effective_before", .value(.timestamp, .compare("effective_at", .less, .argument))).instant()
    // Metronome: a grant that expires at that very moment stays.
    Parameter(
      "not_expiring_before", .value(.timestamp, .compare("expires_at", .greaterOrEqual, .argument))
    ).instant()
  }
}
