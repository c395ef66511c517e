import Tamis
import TamisTesting
import Testing

/// One meaning, wherever a query runs: the laws, over random resources, records and queries.
@Suite struct QueryLaws {
  /// What an engine may say that it cannot do; everything else must be answered.
  static let mayRefuse: Set<String> = [
    "PostgreSQL, a comparison of two fields that are stored differently",
    "PostgreSQL, a prefix of nothing but U+10FFFF",
    "SQLite, a comparison of two fields that are stored differently",
    "SQLite, a pattern with U+FFFD, U+FFFE or U+FFFF, or of more than 50000 bytes",
  ]

  @Test func everyEngineAgrees() throws {
    let settings = LawSettings.current
    let engines = LawEngines.all()
    var run = LawRun(settings: settings, engines: engines)
    run.run()
    print(run.tally.summary(engines: engines.map(\.name), seed: settings.seed))
    for difference in run.differences { Issue.record(Comment(rawValue: difference)) }
    #expect(run.tally.differences == 0)
    #expect(run.tally.shareOfSome >= 40)
    #expect(run.tally.refusals.keys.filter { !Self.mayRefuse.contains($0) } == [])
    guard settings.isComplete, run.differences.isEmpty else { return }
    #expect(run.tally.typedMatrix.missing(from: ClauseMatrix.typedCells) == [])
    #expect(run.tally.spelledMatrix.missing(from: ClauseMatrix.spelledCells) == [])
  }
}
