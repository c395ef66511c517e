public import TamisModel

extension Catalog {
  /// Metronome's commits and credits of one customer:
  /// `{"customer_id": "13117714-3f05-48e5-a6e9-a66093f13b4d", "covering_date": "2024-01-15T00:00:00Z"}`.
  public static let metronomeBalances = Resource(
    "balances", table: "balances", dialect: .body,
    // Metronome: 25 a page, which is also the most. Its order is not documented; by id it is total.
    paging: .cursor(defaultLimit: 25, maximumLimit: 25), defaultSort: [.ascending("id")]
  ) {
    metronomeFields
    metronomeAccess
    metronomeParameters
    metronomeFlags
  }

  @ResourceBuilder
  private static var metronomeFields: [ResourceElement] {
    Field("id", .uuid).primaryKey()
    Field("type", .enumeration(Enumeration(["PREPAID", "POSTPAID", "CREDIT"]))).sortable()
    Field("name", .text).nullable().sortable()
    Field("description", .text).nullable()
    Field("product.id", .uuid).column("product_id").at("product", "id").nullable()
    Field("product.name", .text).column("product_name").at("product", "name").nullable().sortable()
    Field("priority", metronomeNumber).nullable().sortable()
    // Metronome: credits have none.
    Field("created_at", .timestamp).nullable().sortable()
    // Metronome: no value means not archived.
    Field("archived_at", .timestamp).nullable().sortable()
    // Metronome: a balance with a contract belongs to that contract, not to the customer at large.
    Field("contract.id", .uuid).column("contract_id").at("contract", "id").nullable()
    Field("balance", metronomeNumber).nullable().sortable()
    Field("access_schedule.access_type", .enumeration(metronomeAccessTypes)).column("access_type")
      .at("access_schedule", "access_type").nullable()
    // Not part of a balance as Metronome shows it; the server knows them.
    Field("customer_id", .uuid).hidden()
    Field("contract_archived", .boolean).nullable().hidden()
  }

  /// Metronome: the segments of the access schedule, each from its start up to, not including, its end.
  private static let metronomeAccess = Relation(metronomeSegments, .many) {
    Field("id", .uuid).nullable()
    Field("amount", metronomeNumber).nullable()
    Field("starting_at", .timestamp).nullable()
    Field("ending_before", .timestamp).nullable()
  }
  .at("access_schedule", "schedule_items")
  .childTable("access_segment", foreignKey: "balance_id", parentKey: "id")

  @ResourceBuilder
  private static var metronomeParameters: [ResourceElement] {
    Parameter("customer_id", .value(.uuid, .compare("customer_id", .equal, .argument))).required()
    Parameter("id", .value(.uuid, .compare("id", .equal, .argument)))
    // Metronome: one segment covers the moment. Two tests on two segments would not do.
    Parameter(
      "covering_date",
      .value(
        .timestamp,
        .any(
          metronomeSegments,
          .and(
            .compare("starting_at", .lessOrEqual, .argument),
            .or(.isNull("ending_before"), .compare("ending_before", .greater, .argument)))))
    ).instant()
    // Metronome: any access on or after the moment, so a segment that ends later; one that is not empty.
    Parameter(
      "starting_at",
      .value(
        .timestamp,
        .any(
          metronomeSegments,
          .and(
            .isNotNull("starting_at"),
            .or(
              .isNull("ending_before"),
              .and(.compare("ending_before", .greater, .argument), metronomeNotEmpty)))))
    ).instant()
    // Metronome: any access before the moment, so a segment that starts earlier; one that is not empty.
    Parameter(
      "effective_before",
      .value(
        .timestamp,
        .any(
          metronomeSegments,
          .and(
            .compare("starting_at", .less, .argument),
            .or(.isNull("ending_before"), metronomeNotEmpty))))
    ).instant()
    // Metronome: SPEND is meant where a balance does not say; absent, the parameter restricts nothing.
    Parameter(
      "access_type",
      .choice(
        [
          Parameter.Choice(
            "SPEND",
            .or(
              .isNull("access_schedule.access_type"),
              .compare("access_schedule.access_type", .equal, .literal("SPEND")))),
          Parameter.Choice(
            "QUANTITY", .compare("access_schedule.access_type", .equal, .literal("QUANTITY"))),
        ], defaultChoice: nil)
    ).anyCase()
  }

  @ResourceBuilder
  private static var metronomeFlags: [ResourceElement] {
    // Metronome: contract-level balances and archived ones stay out unless asked for, each by its own flag.
    Parameter(
      "include_contract_balances",
      .flag(whenTrue: .always, whenFalse: .isNull("contract.id"), defaultValue: false))
    Parameter(
      "include_archived",
      .flag(
        whenTrue: .always,
        whenFalse: .and(
          .isNull("archived_at"),
          .or(.isNull("contract_archived"), .compare("contract_archived", .equal, .literal("false")))),
        defaultValue: false))
    // Metronome: a balance that is not known is not zero.
    Parameter(
      "exclude_zero_balances",
      .flag(
        whenTrue: .or(.isNull("balance"), .compare("balance", .notEqual, .literal("0"))),
        whenFalse: .always, defaultValue: false))
    // Metronome: these shape the answer, or only trace it; the records are the same.
    Parameter("include_ledgers", .ignored(.boolean))
    Parameter("include_balance", .ignored(.boolean))
    Parameter("webhook_notification_id", .ignored(.text))
  }

  private static let metronomeSegments = "access_schedule.schedule_items"
  private static let metronomeNumber = FieldType.decimal(precision: 38, scale: 12)
  private static let metronomeAccessTypes = Enumeration(["SPEND", "QUANTITY"])

  /// A segment that ends when or before it starts gives access at no moment.
  private static let metronomeNotEmpty = Condition.compare(
    "starting_at", .less, .field("ending_before"))
}
