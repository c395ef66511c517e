import Tamis
import TamisEngines
import TamisSQL
import TamisTesting
import Testing

/// Lists of structs with members of every type, on the engines that have them. The random law asks more, except of
/// Spark, which is slow.
@Suite struct StructListExecutionTests {
  private let resource = Resource("orders", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Relation("lines", .many) {
      Field("text", .text).nullable()
      Field("whole", .integer).nullable()
      Field("large", .bigInteger).nullable()
      Field("price", .decimal(precision: 20, scale: 3)).nullable()
      Field("flag", .boolean).nullable()
      Field("code", .uuid).nullable()
      Field("day", .date).nullable()
      Field("at", .timestamp).nullable()
      Field("state", .enumeration(Enumeration(["open", "closed"]))).nullable()
    }
    .inStructs("lines").nesting(Relation("tags", .one) { Field("tag", .text) }.inStructs("tags"))
  }

  private static let records = [
    #"""
    {"id":1,"lines":[{"text":"a ","whole":-9223372036854775808,"large":123456789012345678901234567890,"price":0.125,
    "flag":true,"code":"00000000-0000-0000-0000-0000000000ff","day":"0001-01-01","at":"9999-12-31T23:59:59.999999Z",
    "state":"open","tags":{"tag":"x"}},{"text":null}]}
    """#,
    #"{"id":2,"lines":[]}"#,
    #"""
    {"id":3,"lines":[{"text":"é","whole":0,"large":-1,"price":-99999999999999999.999,"flag":false,
    "code":"ff000000-0000-0000-0000-000000000000","day":"9999-12-31","at":"0001-01-01T00:00:00Z","state":"closed"}]}
    """#,
    #"{"id":4,"lines":[{"text":"a","tags":{"tag":"y'\"\\"}},{"text":"b","tags":{"tag":"x"}}]}"#,
  ].map { $0.replacing("\n", with: "") }

  private static let conditions: [(String, Predicate)] = [
    ("text", .compare(FieldPath("text"), .equal, .text("a"))),
    ("text", .compare(FieldPath("text"), .greater, .text("a"))),
    ("no text", .isNull(FieldPath("text"), isNegated: false)),
    ("whole", .compare(FieldPath("whole"), .less, .integer(0))),
    (
      "large",
      .compare(FieldPath("large"), .greater, .decimal(Decimal(canonical: "123456789012345678901234567889")))
    ),
    ("price", .compare(FieldPath("price"), .equal, .decimal(Decimal(canonical: "0.125")))),
    ("price", .compare(FieldPath("price"), .less, .decimal(Decimal(canonical: "-99999999999999999.998")))),
    ("flag", .compare(FieldPath("flag"), .notEqual, .boolean(false))),
    ("code", .compare(FieldPath("code"), .equal, .uuid("00000000-0000-0000-0000-0000000000ff"))),
    ("day", .compare(FieldPath("day"), .less, .date(CalendarDate(daysSinceEpoch: 0)))),
    ("at", .compare(FieldPath("at"), .greater, .timestamp(Timestamp(microseconds: 0)))),
    ("state", .compare(FieldPath("state"), .equal, .enumeration("closed"))),
    ("tag", .any(relation: "tags", .compare(FieldPath("tag"), .equal, .text("x")), isNegated: false)),
    ("tag", .any(relation: "tags", .compare(FieldPath("tag"), .equal, .text("y'\"\\")), isNegated: false)),
    ("no tag", .any(relation: "tags", .always, isNegated: true)),
    (
      "pattern",
      .pattern(
        FieldPath("text"), TextPattern(bytes: Array("a".utf8) + [0xFF], ignoresCase: true), isNegated: false)
    ),
    ("any", .always),
  ]

  private func run(_ dialect: SQLDialect) throws {
    let records = try RecordReader(resource: resource).readAll(
      Array(Self.records.joined(separator: "\n").utf8))
    let engine = try BridgedEngine(
      resource: resource, records: records.map { StoredRecord($0) }, dialect: dialect,
      bridge: EngineBridge(dialect))
    for (name, condition) in Self.conditions {
      for (isNegated, minimum) in [(false, 1), (true, 1), (false, 2)] {
        let predicate = Predicate.any(relation: "lines", condition, isNegated: isNegated, atLeast: minimum)
        let query = try #require(Query(resource, where: predicate))
        let expected = try RecordSelection.select(query, from: records).indices.map { String($0 + 1) }
        #expect(try engine.ids(for: query) == expected, "\(name) on \(dialect.displayName): \(predicate)")
      }
    }
  }

  @Test(.enabled(if: EngineBridge.isAvailable(.duckDB))) func duckDB() throws { try run(.duckDB) }
  @Test(.enabled(if: EngineBridge.isAvailable(.clickHouse))) func clickHouse() throws { try run(.clickHouse) }
  @Test(.enabled(if: EngineBridge.isAvailable(.spark))) func spark() throws { try run(.spark) }
}
