import Tamis
import TamisEngines
import TamisTesting
import Testing

/// A statement at hand is the statement that would be written: over random resources and queries, and the same queries
/// with other values.
@Suite struct StatementCacheTests {
  @Test func whatIsKeptIsWhatWouldBeWritten() {
    var run = StatementCacheRun()
    var seeds = RandomSource(seed: LawSettings.current.seed ^ 0x6361_6368)
    for _ in 0..<120 { run.run(GeneratedResource(seed: seeds.next())) }
    print(
      "statement cache: \(run.statements) statements, \(run.hits) at hand, \(run.refusals) refused alike,"
        + " \(run.differences.count) differences")
    for difference in run.differences.prefix(4) { Issue.record(Comment(rawValue: difference)) }
    #expect(run.differences.count == 0)
    #expect(run.hits * 3 > run.statements)
  }

  @Test func aFullCacheStillAnswers() throws {
    let resource = Resource("things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      for index in 0..<12 { Field("f\(index)", .integer) }
    }
    let compiler = QueryCompiler(resource: resource, cachedShapes: 4)
    let fresh = QueryCompiler(resource: resource, cachedShapes: 0)
    for round in 0..<3 {
      for index in 0..<12 {
        let written = try fresh.compile("f\(index)_gt=\(round)").statement(for: .sqlite)
        #expect(try compiler.compile("f\(index)_gt=\(round)").statement(for: .sqlite) == written)
      }
    }
    let statistics = try #require(compiler.cacheStatistics(for: .sqlite))
    #expect(statistics.templates == 4)
    #expect(statistics.hits == 8)
    #expect(statistics.misses == 28)
    #expect(fresh.cacheStatistics(for: .sqlite)?.capacity == 0)
  }
}

private struct StatementCacheRun {
  private(set) var statements = 0
  private(set) var hits = 0
  private(set) var refusals = 0
  private(set) var differences: [String] = []

  mutating func run(_ generated: GeneratedResource) {
    let kept = SQLDialect.all.map { SQLEmitter(resource: generated.resource, dialect: $0) }
    let fresh = SQLDialect.all.map {
      SQLEmitter(resource: generated.resource, dialect: $0, cachedShapes: 0)
    }
    var random = RandomSource(seed: generated.seed ^ 0x7465_6D70)
    var generator = PredicateGenerator(generated, random: random.fork())
    for _ in 0..<60 {
      guard let query = generator.query(), let other = generator.withOtherValues(query) else { continue }
      for (kept, fresh) in zip(kept, fresh) {
        for query in [query, other, query] { compare(query, kept, fresh, generated.seed) }
      }
    }
    hits += kept.reduce(0) { $0 + $1.cacheStatistics.hits }
  }

  private mutating func compare(_ query: Query, _ kept: SQLEmitter, _ fresh: SQLEmitter, _ seed: UInt64) {
    statements += 1
    let first = Result { () throws(QueryError) in try kept.statement(for: query) }
    let second = Result { () throws(QueryError) in try fresh.statement(for: query) }
    if case .failure = second { refusals += 1 }
    if first != second {
      differences.append(
        "resource seed \(seed), \(fresh.dialect.name): \(query.predicate)\n\(first)\n\(second)")
    }
  }
}
