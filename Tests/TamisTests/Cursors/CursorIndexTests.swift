import Foundation
import Tamis
import TamisEngines
import TamisMemory
import Testing

/// What the statements of later pages look like, and that an index on the sort keys serves them.
@Suite struct CursorIndexTests {
  private static let resource = Resource(
    "events", table: "events", dialect: .suffix, paging: .cursor(defaultLimit: 2, maximumLimit: 100)
  ) {
    Field("id", .integer).primaryKey()
    Field("at", .timestamp).sortable()
    Field("name", .text).sortable()
    Field("rank", .integer).nullable().sortable()
  }

  private static let records: [StoredRecord] = (0..<500).map { index in
    let rank: Value? = index % 7 == 0 ? nil : .integer(Int64(index % 20))
    let instant = Timestamp(microseconds: Int64(index / 3) * 1_000_000)
    return StoredRecord(values: [.integer(Int64(index)), .timestamp(instant), .text("n\(index % 50)"), rank])
  }

  private static func statement(_ sort: String, _ values: [Value?], _ dialect: SQLDialect) throws
    -> SQLStatement
  {
    let compiler = QueryCompiler(resource: resource, cursors: .unauthenticated)
    let first = try compiler.compile("sort=\(sort)")
    let token = try first.cursor(of: KeysetBoundary(values: values))
    return try compiler.compile("sort=\(sort)&next_page=\(token)").statement(for: dialect)
  }

  private static let instant = Value.timestamp(Timestamp(microseconds: 70_000_000))

  @Test func texts() throws {
    func filter(_ sort: String, _ values: [Value?], _ dialect: SQLDialect = .postgreSQL) throws -> String {
      let text = try Self.statement(sort, values, dialect).text
      let start = try #require(text.range(of: " WHERE ")?.upperBound)
      let end = try #require(text.range(of: " ORDER BY")?.lowerBound)
      return String(text[start..<end])
    }
    #expect(try filter("at", [Self.instant, .integer(9)]) == #"("at", "id") > ($1, $2::bigint)"#)
    #expect(try filter("-at", [Self.instant, .integer(9)]) == #"("at", "id") < ($1, $2::bigint)"#)
    #expect(
      try filter("name", [.text("a"), .integer(9)]) == #"("name" COLLATE "C", "id") > ($1, $2::bigint)"#)
    #expect(
      try filter("at,-id", [Self.instant, .integer(9)])
        == #"("at" >= $1 AND ("at" > $1 OR "id" < $2::bigint))"#)
    #expect(
      try filter("at,-id", [Self.instant, .integer(9)], .sqlite)
        == #"("at" >= ? AND ("at" > ?1 OR "id" < ?))"#)
    #expect(try filter("id", [.integer(9)]) == #""id" > $1::bigint"#)
    // Null follows values when ascending, and comes before them when descending.
    #expect(
      try filter("rank", [.integer(3), .integer(9)])
        == #"("rank" > $1::bigint OR "rank" IS NULL OR ("rank" = $1::bigint AND "id" > $2::bigint))"#)
    #expect(try filter("rank", [nil, .integer(9)]) == #"("rank" IS NULL AND "id" > $1::bigint)"#)
    #expect(try filter("-rank", [.integer(3), .integer(9)]) == #"("rank", "id") < ($1::bigint, $2::bigint)"#)
    #expect(try filter("-rank", [nil, .integer(9)]) == #"("rank" IS NOT NULL OR "id" < $1::bigint)"#)
  }

  @Test func hiddenColumns() throws {
    let statement = try Self.statement("at,-name", [Self.instant, .text("n1"), .integer(9)], .postgreSQL)
    #expect(statement.keyColumns == 4..<7)
    #expect(
      statement.text.hasPrefix(
        #"SELECT "id", "at", "name", "rank", (EXTRACT(EPOCH FROM date_trunc('second', "at"))::bigint * 1000000 "#
          + #"+ EXTRACT(MICROSECONDS FROM "at")::bigint % 1000000) AS _k0, "name" AS _k1, "id" AS _k2 FROM "events""#
      ))
    let plain = QueryCompiler(resource: Self.resource.paged(.limitOffset(defaultLimit: 2, maximumLimit: 9)))
    #expect(try plain.compile("sort=at").statement(for: .postgreSQL).keyColumns.isEmpty)
    #expect(try !plain.compile("sort=at").statement(for: .postgreSQL).text.contains("_k0"))
  }

  /// By row, by the leading bound, and backwards.
  private static let pages: [(sort: String, values: [Value?])] = [
    ("at", [instant, .integer(9)]), ("-at", [instant, .integer(9)]), ("at,-id", [instant, .integer(9)]),
    ("-at,id", [instant, .integer(9)]), ("name", [.text("n3"), .integer(9)]),
    ("name,-id", [.text("n3"), .integer(9)]),
  ]

  private static func indexes(_ collation: String) -> [String] {
    [
      "CREATE INDEX by_at ON events (\"at\", \"id\")",
      "CREATE INDEX by_name ON events (\"name\"\(collation), \"id\")",
    ]
  }

  #if CommandLine
    @Test func sqliteUsesTheIndex() throws {
      let engine = try SQLiteEngine(resource: Self.resource, records: Self.records)
      for index in Self.indexes("") { try engine.execute(index) }
      for page in Self.pages {
        let statement = try Self.statement(page.sort, page.values, .sqlite)
        let plan = try engine.rows(statement.explained("EXPLAIN QUERY PLAN ")).map {
          $0.last.flatMap { $0 } ?? ""
        }
        #expect(
          plan.contains {
            $0.hasPrefix("SEARCH events USING INDEX by_") && ($0.contains(">") || $0.contains("<"))
          },
          "\(page.sort): \(plan)")
      }
    }
  #endif

  @Test(.enabled(if: PostgreSQLConnection.isAvailable)) func postgreSQLUsesTheIndex() throws {
    let server = try #require(PostgreSQLConnection.connectionString)
    let engine = try PostgreSQLEngine(resource: Self.resource, records: Self.records, server: server)
    for index in Self.indexes(" COLLATE \"C\"") { try engine.execute(index) }
    // Five hundred rows are read faster as a whole; what is asked is whether the index could serve.
    try engine.execute("ANALYZE events; SET enable_seqscan = off; SET enable_bitmapscan = off")
    for page in Self.pages {
      let statement = try Self.statement(page.sort, page.values, .postgreSQL)
      let plan = try engine.rows(statement.explained("EXPLAIN ")).map { $0.first.flatMap { $0 } ?? "" }
      #expect(
        plan.contains { $0.contains("Index Cond:") && ($0.contains(">") || $0.contains("<")) },
        "\(page.sort): \(plan)")
      #expect(
        plan.contains { $0.contains("Index Scan") && $0.contains("using by_") }, "\(page.sort): \(plan)")
    }
  }

  /// A server's one line: rows in, page and cursors out.
  @Test func rowsBecomePages() throws {
    var engines: [(SQLDialect, any LoadedEngine)] = []
    #if CommandLine
      engines.append((.sqlite, try SQLiteEngine(resource: Self.resource, records: Self.records)))
    #endif
    if let server = PostgreSQLConnection.connectionString {
      engines.append(
        (.postgreSQL, try PostgreSQLEngine(resource: Self.resource, records: Self.records, server: server)))
    }
    let compiler = QueryCompiler(resource: Self.resource, cursors: CursorSamples.keyring)
    for (dialect, engine) in engines {
      for sort in ["-rank,name", "rank", "at,-name"] {
        var found: [String] = []
        var request = "sort=\(sort)&limit=70&fields=name"
        var pages = 0
        while pages < 20 {
          let query = try compiler.compile(request)
          let rows = try engine.rows(try query.statement(for: dialect))
          let page = try query.page(rows, from: dialect) { row, column in
            row[column].map { .text($0) } ?? .null
          }
          found += page.records.map { $0[1] ?? "" }
          pages += 1
          guard let next = page.next else { break }
          request = "sort=\(sort)&limit=70&fields=name&next_page=\(next)"
        }
        #expect(pages == 8 && found.count == 500 && Set(found).count == 500, "\(dialect.name) \(sort)")
      }
    }
  }

  /// A cell that its field can not hold is told, not guessed.
  @Test func strangeCellsAreRefused() throws {
    let compiler = QueryCompiler(resource: Self.resource, cursors: CursorSamples.keyring)
    let query = try compiler.compile("sort=at&limit=1")
    for cell in [SQLBinding.text("yesterday"), .null, .boolean(true), .bytes([1])] {
      #expect(throws: QueryError.self) {
        _ = try query.page([0, 1], from: .postgreSQL) { _, column in column == 4 ? cell : .integer(1) }
      }
    }
  }
}

extension SQLStatement {
  func explained(_ prefix: String) -> SQLStatement {
    SQLStatement(text: prefix + text, bindings: bindings)
  }
}
