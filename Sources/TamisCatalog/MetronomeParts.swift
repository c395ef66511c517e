import TamisModel

/// What the lists of Metronome's commits and credits have in common.
extension Catalog {
  /// Metronome: members of a body by their schema; one that the schema does not know is passed over.
  static let metronomeReading = Compatibility("Metronome", .namedParameters(NamedParameterRules()))

  static let metronomeNumber = FieldType.decimal(precision: 38, scale: 12)
  static let metronomeSegments = "access_schedule.schedule_items"

  @ResourceBuilder
  static var metronomeFields: [ResourceElement] {
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
    Field("access_schedule.access_type", .enumeration(metronomeAccessTypes)).column("access_type")
      .at("access_schedule", "access_type").nullable()
    Field("access_schedule.credit_type.id", .uuid).column("credit_type_id")
      .at("access_schedule", "credit_type", "id").nullable()
    // Metronome: texts under keys that are the customer's own.
    Field("custom_fields", .json).nullable().openKeys(levels: 1)
    // Metronome: these two cost the server something, and are shown when they are asked for.
    Field("balance", metronomeNumber).nullable().sortable().selectedOnRequest()
    Field("ledger", .json).nullable().notFilterable().selectedOnRequest()
    // Not part of a balance as Metronome shows it; the server knows them.
    Field("customer_id", .uuid).hidden()
    Field("contract_archived", .boolean).nullable().hidden()
  }

  /// Metronome: the segments of the access schedule, each from its start up to, not including, its end.
  static let metronomeAccess = Relation(metronomeSegments, .many) {
    Field("id", .uuid).nullable()
    Field("amount", metronomeNumber).nullable()
    Field("starting_at", .timestamp).nullable()
    Field("ending_before", .timestamp).nullable()
  }
  .at("access_schedule", "schedule_items")
  .childTable("access_segment", foreignKey: "balance_id", parentKey: "id")

  static let metronomeCustomer =
    Parameter("customer_id", .value(.uuid, .compare("customer_id", .equal, .argument))).required()

  @ResourceBuilder
  static var metronomeDates: [ResourceElement] {
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
  }

  /// Metronome: SPEND is meant where a balance does not say.
  static func metronomeAccessType(default name: String?) -> Parameter {
    Parameter(
      "access_type",
      .choice(
        [
          Parameter.Choice(
            "SPEND",
            .or(
              .isNull("access_schedule.access_type"),
              .compare("access_schedule.access_type", .equal, .literal("SPEND")))),
          Parameter.Choice("QUANTITY", metronomeIsQuantity),
        ], defaultChoice: name)
    ).anyCase()
  }

  static let metronomeIsQuantity = Condition.compare(
    "access_schedule.access_type", .equal, .literal("QUANTITY"))

  /// Metronome: what belongs to a contract stays out unless it is asked for. The flag has a name in each list.
  static func metronomeContractFlag(_ name: String) -> Parameter {
    Parameter(name, .flag(whenTrue: .always, whenFalse: .isNull("contract.id"), defaultValue: false))
  }

  @ResourceBuilder
  static var metronomeFlags: [ResourceElement] {
    // Metronome: archived balances stay out unless asked for, and those of archived contracts.
    Parameter(
      "include_archived",
      .flag(
        whenTrue: .always,
        whenFalse: .and(
          .isNull("archived_at"),
          .or(.isNull("contract_archived"), .compare("contract_archived", .equal, .literal("false")))),
        defaultValue: false))
    // Metronome: these add members to the answer, never records.
    Parameter("include_ledgers", .selecting(["ledger"]))
    Parameter("include_balance", .selecting(["balance"]))
  }

  private static let metronomeAccessTypes = Enumeration(["SPEND", "QUANTITY"])

  /// A segment that ends when or before it starts gives access at no moment.
  private static let metronomeNotEmpty = Condition.compare(
    "starting_at", .less, .field("ending_before"))
}
