import Tamis
import TamisTesting
import Testing

/// One meaning, wherever a query runs: the laws, over random resources, records and queries.
@Suite struct QueryLaws {
  @Test func everyEngineAgrees() throws {
    let settings = LawSettings.current
    let engines = LawEngines.all()
    var run = LawRun(settings: settings, engines: engines)
    run.run()
    print(run.tally.summary(engines: engines.map(\.name), seed: settings.seed))
    for difference in run.differences { Issue.record(Comment(rawValue: difference)) }
    #expect(run.tally.differences == 0)
    #expect(run.tally.shareOfSome >= 40)
    guard settings.isComplete, run.differences.isEmpty else { return }
    #expect(run.tally.typedMatrix.missing(from: ClauseMatrix.typedCells) == [])
    #expect(run.tally.spelledMatrix.missing(from: ClauseMatrix.spelledCells) == [])
  }
}
