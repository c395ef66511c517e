import Tamis
import TamisEngines
import TamisTesting
import Testing

/// One meaning, wherever a query runs: the laws, over random resources, records and queries.
@Suite struct QueryLaws {
  /// What an engine may say that it cannot do; everything else must be answered.
  static let mayRefuse: Set<String> = [
    "ClickHouse, a '$' before the end of the pattern in a regular expression",
    "ClickHouse, a '\\B' in a regular expression",
    "ClickHouse, a comparison of two fields that are stored differently",
    "ClickHouse, a comparison with a time beyond the years 1 to 9999",
    "ClickHouse, a prefix of nothing but U+10FFFF",
    "DuckDB, a '$' before the end of the pattern in a regular expression",
    "DuckDB, a '\\B' in a regular expression",
    "DuckDB, a comparison of two fields that are stored differently",
    "DuckDB, a prefix of nothing but U+10FFFF",
    "MariaDB, a comparison of two fields that are stored differently",
    "MariaDB, lists of structs",
    "MariaDB, a comparison with a time beyond the years 1 to 9999",
    "MariaDB, regular expressions",
    "MariaDB, a prefix of nothing but U+10FFFF",
    "PostgreSQL, a comparison of two fields that are stored differently",
    "PostgreSQL, lists of structs",
    "PostgreSQL, a prefix of nothing but U+10FFFF",
    "SQLite, a comparison of two fields that are stored differently",
    "SQLite, lists of structs",
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
