public import TamisModel

extension Catalog {
  /// Metronome's commits of one customer, prepaid and postpaid: `{"customer_id": "…", "commit_id": "…"}`.
  public static let metronomeCommits = Resource(
    "commits", table: "balances", dialect: .body, paging: .cursor(defaultLimit: 25, maximumLimit: 25),
    defaultSort: [.ascending("id")], compatibility: metronomeReading
  ) {
    metronomeFields
    metronomeAccess
    Scope("commits", .isIn("type", ["PREPAID", "POSTPAID"]))
    metronomeCustomer
    Parameter("commit_id", .value(.uuid, .compare("id", .equal, .argument)))
    metronomeDates
    metronomeAccessType(default: nil)
    metronomeContractFlag("include_contract_commits")
    metronomeFlags
  }
}
