import TamisModel
import TamisSQL
import Testing

/// Dialects whose engines run in no test: their texts, as their manuals have it, and what they refuse.
@Suite struct ParsedDialectTests {
  private let resource = Resource("orders", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("name", .text).nullable().sortable()
    Field("total", .decimal(precision: 8, scale: 2)).nullable()
    Field("at", .timestamp).nullable().sortable()
    Field("meta", .json).nullable().openKeys(levels: 2)
    Field("size", .integer).inJSON("doc", "it's").nullable()
    Relation("lines", .many) { Field("amount", .integer).nullable() }.inJSON("doc", "lines")
    Relation("parts", .many) { Field("code", .text).nullable() }
      .childTable("parts", foreignKey: "order", parentKey: "id")
  }

  private func condition(_ predicate: Predicate, _ dialect: SQLDialect) throws -> String {
    let query = try #require(Query(resource, where: predicate))
    let text = try SQLEmitter(resource: resource, dialect: dialect).countStatement(for: query).text
    return String(text[try #require(text.firstRange(of: " WHERE ")).upperBound...])
  }

  private func check(
    _ predicate: Predicate, _ mySQL: String, _ trino: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try condition(predicate, .mySQL) == mySQL, sourceLocation: location)
    #expect(try condition(predicate, .trino) == trino, sourceLocation: location)
  }

  private func problem(_ predicate: Predicate, _ dialect: SQLDialect) throws -> Problem? {
    try Refusals.problem(resource, predicate, dialect)
  }

  @Test func columns() throws {
    let binary = "`name` COLLATE utf8mb4_0900_bin"
    try check(
      .compare(FieldPath("name"), .equal, .text("a")), "(`name` = ? AND \(binary) = ?)", #""name" = ?"#)
    try check(.compare(FieldPath("name"), .less, .text("a")), "\(binary) < ?", #""name" < ?"#)
    try check(
      .compare(FieldPath("total"), .less, .decimal(try #require(Decimal("1.5")))),
      "`total` < CAST(? AS DECIMAL(9, 2))", #""total" < CAST(? AS DECIMAL(9, 2))"#)
    try check(
      .compare(FieldPath("at"), .less, .timestamp(Timestamp(microseconds: 5))), "`at` < ?", #""at" < ?"#)
  }

  @Test func documents() throws {
    let mySQL = "JSON_EXTRACT(`doc`, '$.\"it''s\"')"
    let trino = #"json_extract("doc", '$["it''s"]')"#
    let signed =
      "CASE WHEN CAST(\(mySQL) AS DECIMAL(20, 0)) <= 9223372036854775807 THEN CAST(\(mySQL) AS SIGNED) END"
    try check(
      .compare(FieldPath("size"), .equal, .integer(1)),
      "CASE JSON_TYPE(\(mySQL)) WHEN 'INTEGER' THEN \(signed) WHEN 'UNSIGNED INTEGER' THEN \(signed) END = ?",
      "CASE translate(substr(json_format(\(trino)), 1, 1), '-123456789f', '0000000000t') WHEN '0' "
        + #"THEN TRY_CAST(json_extract_scalar("doc", '$["it''s"]') AS BIGINT) END = ?"#)
  }

  @Test func relations() throws {
    try check(
      .any(relation: "parts", .isNull(FieldPath("code"), isNegated: false), isNegated: false),
      "EXISTS (SELECT 1 FROM `parts` AS _e WHERE _e.`order` = _r.`id` AND (_e.`code` IS NULL))",
      #"EXISTS (SELECT 1 FROM "parts" AS _e WHERE _e."order" = _r."id" AND (_e."code" IS NULL))"#)
    let lines = Predicate.any(relation: "lines", .always, isNegated: false)
    #expect(
      try condition(lines, .mySQL).hasPrefix(
        "EXISTS (SELECT 1 FROM JSON_TABLE(CASE JSON_TYPE(JSON_EXTRACT(_r.`doc`, '$.\"lines\"')) WHEN 'ARRAY' THEN "
      ))
    #expect(try condition(lines, .trino).hasPrefix("COALESCE(any_match(filter(CASE translate(substr("))
  }

  @Test func pages() throws {
    let query = try #require(Query(resource))
    func ending(_ dialect: SQLDialect) throws -> (Substring, [SQLBinding]) {
      let statement = try SQLEmitter(resource: resource, dialect: dialect).statement(for: query)
      let start = try #require(statement.text.firstRange(of: " ORDER BY ")).lowerBound
      return (statement.text[start...], statement.bindings)
    }
    let (limit, offset) = (SQLBinding.integer(Int64(query.page.rowLimit)), SQLBinding.integer(0))
    #expect(try ending(.mySQL) == (" ORDER BY `id` LIMIT ? OFFSET ?", [limit, offset]))
    #expect(try ending(.trino) == (#" ORDER BY "id" OFFSET ? LIMIT ?"#, [offset, limit]))
  }

  /// Binary floats and calendars of their own are not ours.
  @Test func refusals() throws {
    let year999 = Timestamp(microseconds: -354_286 * 86_400_000_000)
    #expect(
      try problem(.compare(FieldPath("at"), .less, .timestamp(year999)), .mySQL)
        == .notOnEngine(feature: "a comparison with a time beyond the years 1000 to 9999", engine: "MySQL"))
    #expect(try problem(.compare(FieldPath("at"), .less, .timestamp(year999)), .trino) == nil)
    for (dialect, engine) in [(SQLDialect.mySQL, "MySQL"), (.trino, "Trino")] {
      func key(_ reading: JSONReading, _ value: Value) -> Predicate {
        .compare(FieldPath("meta", keys: ["a"], reading: reading), .equal, value)
      }
      let feature = Problem.notOnEngine(feature: "a comparison that may read a JSON number", engine: engine)
      #expect(try problem(key(.canonicalText, .text("a")), dialect) == feature)
      #expect(try problem(key(.sameType, .decimal(try #require(Decimal("1.5")))), dialect) == feature)
      #expect(try problem(key(.sameType, .text("a")), dialect) == nil)
      #expect(try problem(key(.sameType, .boolean(true)), dialect) == nil)
      #expect(
        try problem(.jsonContains(FieldPath("meta"), json: #"{"a":1}"#, isNegated: false), dialect)
          == .notOnEngine(feature: "containment of JSON", engine: engine))
    }
  }
}
