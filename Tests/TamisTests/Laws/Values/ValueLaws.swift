import Tamis
import TamisEngines
import TamisTesting
import Testing

/// Rows of Swift types give what JSON records, SQLite and PostgreSQL give, and what the reference interpreter does: in
/// order, on every page.
@Suite struct ValueLaws {
  @Test func structs() throws {
    try agree(
      ValueEngine("structs", LawAccount.shape, make: LawAccount.init), on: LawAccount.resource)
  }

  @Test func classes() throws {
    try agree(ValueEngine("classes", LawTicket.shape, make: LawTicket.init), on: LawTicket.resource)
  }

  private func agree(_ engine: any LawEngine, on resource: Resource) throws {
    var settings = LawSettings.current
    settings.queries /= 8
    settings.resources = max(1, settings.resources / 4)
    let engines = [engine] + LawEngines.all()
    var run = LawRun(settings: settings, engines: engines)
    run.resource = { GeneratedResource(seed: $0, resource: resource) }
    run.goesOn = false
    run.run()
    print(run.tally.summary(engines: engines.map(\.name), seed: settings.seed))
    for difference in run.differences { Issue.record(Comment(rawValue: difference)) }
    #expect(run.tally.differences == 0)
    #expect(run.tally.refusals.keys.filter { !QueryLaws.mayRefuse.contains($0) } == [])
    #expect(run.tally.shareOfSome >= 40)
  }
}
