import Tamis
import TamisEngines
import TamisMemory
import Testing

/// An order by chance is one order, whatever form the primary key is stored in.
struct RandomOrderTests {
  private static let stamps = [
    "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z",
    "2024-02-29T12:34:56.000001Z", "2024-02-29T12:34:56.999999Z", "9999-12-31T23:59:59.999999Z",
    "1600-02-29T06:00:00.5Z", "2024-01-01T00:00:00Z",
  ]

  private static let days = [
    "0001-01-01", "1969-12-31", "1970-01-01", "1600-02-29", "2024-02-29", "9999-12-31",
  ]

  /// How a type can be stored where its own is not used.
  private static let keys: [(FieldType, [Storage?], [String])] = [
    (.timestamp, [nil, .fixedWidthText, .integer], stamps),
    (.date, [nil, .fixedWidthText, .integer], days),
  ]

  @Test func memoryAndEnginesAgree() throws {
    var answers = 0
    for (type, storages, texts) in Self.keys {
      for storage in storages {
        for engine in ["sqlite", "postgresql", "duckdb", "mariadb"] {
          answers += try check(type, storage, engine, texts)
        }
      }
    }
    // SQLite is always there, and offers all six.
    #expect(answers >= 6 * 4)
  }

  /// The number of orders that were compared.
  private func check(_ type: FieldType, _ storage: Storage?, _ name: String, _ texts: [String]) throws -> Int
  {
    let resource = Resource(
      "things", dialect: .suffix, paging: .limitOffset(defaultLimit: 50, maximumLimit: 50),
      allowsRandomOrder: true
    ) {
      let key = Field("key", type).primaryKey()
      storage.map { key.storage($0, on: name) } ?? key
      Field("name", .text)
    }
    try #require(resource.faults == [])
    let lines = texts.enumerated().map { #"{"key":"\#($0.element)","name":"n\#($0.offset)"}"# }
    let set = try RecordReader(resource: resource).readAll(Array(lines.joined(separator: "\n").utf8))
    let engines = try LoadedEngines(resource: resource, records: set.map { StoredRecord($0) })
    guard let engine = engines.all.first(where: { $0.emitter.dialect.name == name }) else { return 0 }
    let compiler = QueryCompiler(resource: resource)
    var orders: Set<[Int]> = []
    for seed in 1...4 {
      let compiled = try compiler.compile("sort=random", randomSeed: UInt64(seed))
      let selection = try compiled.select(from: set)
      orders.insert(selection.indices)
      guard let statement = try statement(compiled, engine.emitter.dialect) else { return 0 }
      let found = try engine.rows(statement).map { $0[1] }
      #expect(
        found == selection.indices.map { "n\($0)" },
        "\(type) \(storage.map { "\($0)" } ?? "") \(name) \(seed)")
    }
    #expect(orders.count > 1)
    return 4
  }

  /// Nil where the engine has no such order, which it says.
  private func statement(_ compiled: CompiledQuery, _ dialect: SQLDialect) throws -> SQLStatement? {
    do throws(QueryError) {
      return try compiled.statement(for: dialect)
    } catch {
      #expect(error.diagnostics.map(\.code) == ["engine.not-supported"])
      #expect(dialect.name != "sqlite" && dialect.name != "postgresql")
      return nil
    }
  }
}
