public import TamisModel

extension Catalog {
  /// Metronome's commits and credits of one customer:
  /// `{"customer_id": "13117714-3f05-48e5-a6e9-a66093f13b4d", "covering_date": "2024-01-15T00:00:00Z"}`.
  public static let metronomeBalances = Resource(
    "balances", table: "balances", dialect: .body,
    // Metronome: 25 a page, which is also the most. Its order is not documented; by id it is total.
    paging: .cursor(defaultLimit: 25, maximumLimit: 25), defaultSort: [.ascending("id")],
    compatibility: metronomeReading
  ) {
    metronomeFields
    metronomeAccess
    metronomeCustomer
    Parameter("id", .value(.uuid, .compare("id", .equal, .argument)))
    metronomeDates
    metronomeAccessType(default: nil)
    metronomeContractFlag("include_contract_balances")
    metronomeFlags
    // Metronome: a balance that is not known is not zero.
    Parameter(
      "exclude_zero_balances",
      .flag(
        whenTrue: .or(.isNull("balance"), .compare("balance", .notEqual, .literal("0"))),
        whenFalse: .always, defaultValue: false))
    // Metronome: for tracing only; the records are the same.
    Parameter("webhook_notification_id", .ignored(.text))
  }
}
