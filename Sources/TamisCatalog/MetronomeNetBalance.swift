public import TamisModel

extension Catalog {
  /// The commits and credits that Metronome's net balance of a customer sums up:
  /// `{"customer_id": "…", "filters": [{"balance_types": ["CREDIT"], "custom_fields": {"campaign": "free-trial"}}]}`.
  public static let metronomeNetBalance = Resource(
    "net-balance", table: "balances", dialect: .body,
    // Metronome: all of them make one number, so there are no pages.
    paging: .pages(defaultSize: 10_000, maximumSize: nil), defaultSort: [.ascending("id")],
    compatibility: metronomeReading
  ) {
    metronomeFields
    metronomeAccess
    metronomeCustomer
    // Metronome: US cents are meant unless the request says otherwise; quantities have no credit type.
    Parameter("credit_type_id", .value(.uuid, .compare("access_schedule.credit_type.id", .equal, .argument)))
      .whenAbsent(
        .or(
          metronomeIsQuantity, .isNull("access_schedule.credit_type.id"),
          .compare("access_schedule.credit_type.id", .equal, .literal(metronomeCents))))
    metronomeAccessType(default: "SPEND").excluding("credit_type_id", choice: "QUANTITY")
    // Metronome: which invoices a balance is reckoned with; which balances there are stays the same.
    Parameter(
      "invoice_inclusion_mode",
      .choice(
        [Parameter.Choice("FINALIZED", .always), Parameter.Choice("FINALIZED_AND_DRAFT", .always)],
        defaultChoice: "FINALIZED_AND_DRAFT"))
    // Metronome: a balance counts when one of the filters takes it, and a filter when all of its members do.
    Parameter("filters", .objects(metronomeNetFilter))
  }

  private static let metronomeNetFilter = [
    Parameter(
      "balance_types",
      .choices([
        Parameter.Choice("PREPAID_COMMIT", .compare("type", .equal, .literal("PREPAID"))),
        Parameter.Choice("POSTPAID_COMMIT", .compare("type", .equal, .literal("POSTPAID"))),
        Parameter.Choice("CREDIT", .compare("type", .equal, .literal("CREDIT"))),
      ])),
    Parameter("ids", .list(.uuid, .isAmong("id"))),
    Parameter("custom_fields", .entries("custom_fields")),
  ]

  /// Metronome: the credit type of US cents, the same for every customer.
  private static let metronomeCents = "2714e483-4ff1-48e4-9e25-ac732e8f24f2"
}
