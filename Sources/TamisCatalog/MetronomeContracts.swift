public import TamisModel

extension Catalog {
  /// Metronome's contracts of one customer: `{"customer_id": "…", "covering_date": "2024-01-15T00:00:00Z"}`.
  public static let metronomeContracts = Resource(
    "contracts", table: "contracts", dialect: .body,
    // Metronome: all of them at once, the oldest first.
    paging: .pages(defaultSize: 10_000, maximumSize: nil), defaultSort: [.ascending("starting_at")],
    compatibility: metronomeReading
  ) {
    Field("id", .uuid).primaryKey()
    // Metronome: every request names the customer, by a parameter.
    Field("customer_id", .uuid).notFilterable()
    Field("name", .text).nullable().sortable()
    Field("starting_at", .timestamp).nullable().sortable()
    Field("ending_before", .timestamp).nullable().sortable()
    Field("created_at", .timestamp).nullable().sortable()
    Field("archived_at", .timestamp).nullable().sortable()

    metronomeCustomer
    // Metronome: one moment or a bound, not both.
    Parameter(
      "covering_date",
      .value(
        .timestamp,
        .and(
          .compare("starting_at", .lessOrEqual, .argument),
          .or(.isNull("ending_before"), .compare("ending_before", .greater, .argument))))
    ).instant().excluding("starting_at")
    // Metronome: of a contract its own start is meant, of a balance that it gives access.
    Parameter("starting_at", .value(.timestamp, .compare("starting_at", .greaterOrEqual, .argument)))
      .instant()
    Parameter(
      "include_archived",
      .flag(whenTrue: .always, whenFalse: .isNull("archived_at"), defaultValue: false))
    // Metronome: these shape the commits and credits inside a contract, which are no fields of this resource.
    Parameter("include_balance", .ignored(.boolean))
    Parameter("include_ledgers", .ignored(.boolean))
  }
}
