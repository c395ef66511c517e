public import TamisModel

extension Catalog {
  /// Metronome's credits of one customer: `{"customer_id": "…", "credit_id": "…"}`.
  public static let metronomeCredits = Resource(
    "credits", table: "balances", dialect: .body, paging: .cursor(defaultLimit: 25, maximumLimit: 25),
    defaultSort: [.ascending("id")], compatibility: metronomeReading
  ) {
    metronomeFields
    metronomeAccess
    Scope("credits", .compare("type", .equal, .literal("CREDIT")))
    metronomeCustomer
    Parameter("credit_id", .value(.uuid, .compare("id", .equal, .argument)))
    metronomeDates
    metronomeContractFlag("include_contract_credits")
    metronomeFlags
  }
}
