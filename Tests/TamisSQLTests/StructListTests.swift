import TamisModel
import TamisSQL
import Testing

/// Relations whose elements are structs of a list in a column.
@Suite struct StructListTests {
  private let resource = Resource("orders", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Relation("lines", .many) {
      Field("amount", .decimal(precision: 8, scale: 2)).nullable()
      Field("at", .timestamp).column("o'clock").nullable()
    }
    .inStructs("lin es").nesting(Relation("tags", .many) { Field("tag", .text) }.inStructs("tags"))
  }

  private func condition(_ predicate: Predicate, _ dialect: SQLDialect) throws(QueryError) -> String {
    guard let query = Query(resource, where: predicate) else { return "no query" }
    let text = try SQLEmitter(resource: resource, dialect: dialect).countStatement(for: query).text
    return text.firstRange(of: " WHERE ").map { String(text[$0.upperBound...]) } ?? text
  }

  private static let some = Predicate.any(
    relation: "lines",
    .and([
      .compare(FieldPath("amount"), .greater, .decimal(Decimal(canonical: "1"))),
      .any(relation: "tags", .compare(FieldPath("tag"), .equal, .text("a")), isNegated: false),
    ]), isNegated: false)

  @Test func statements() throws {
    #expect(
      try condition(Self.some, .duckDB)
        == #"EXISTS (SELECT 1 FROM (SELECT unnest(_r."lin es") AS value) AS _e WHERE _e.value IS NOT NULL AND ("#
        + #"_e.value."amount" > $1::DECIMAL(9, 2) AND EXISTS (SELECT 1 FROM (SELECT unnest(_e.value."tags") AS value) "#
        + #"AS _e2 WHERE _e2.value IS NOT NULL AND (_e2.value."tag" = $2))))"#)
    #expect(
      try condition(Self.some, .clickHouse)
        == "arrayExists(_e -> ifNull(tupleElement(_e, 'amount') > toDecimal256({p1:String}, 2) AND arrayExists(_e2 -> "
        + #"ifNull(tupleElement(_e2, 'tag') = {p2:String}, FALSE), tupleElement(_e, 'tags')), FALSE), _r."lin es")"#
    )
    #expect(
      try condition(Self.some, .spark)
        == "COALESCE(exists(_r.`lin es`, _e -> COALESCE(_e IS NOT NULL AND (_e.`amount` > CAST(:p1 AS DECIMAL(9, 2)) "
        + "AND COALESCE(exists(_e.`tags`, _e2 -> COALESCE(_e2 IS NOT NULL AND (_e2.`tag` = :p2), FALSE)), FALSE)), "
        + "FALSE)), FALSE)")
  }

  @Test func enginesWithoutThemRefuse() throws {
    for dialect in SQLDialect.all where !dialect.hasStructLists {
      let problem = Problem.notOnEngine(feature: "lists of structs", engine: dialect.displayName)
      #expect { try condition(Self.some, dialect) } throws: {
        ($0 as? QueryError)?.diagnostics.map(\.problem) == [problem]
      }
      // The rest of the resource can be stored.
      let table = SQLTable(resource: resource, dialect: dialect)
      #expect(table.faults == [])
      #expect(table.createStatements.allSatisfy { !$0.contains("lin es") && $0.contains("id") })
    }
  }

  @Test func tables() throws {
    let table = SQLTable(resource: resource, dialect: .duckDB)
    let type = #"STRUCT("amount" DECIMAL(8, 2), "o'clock" TIMESTAMPTZ, "tags" STRUCT("tag" VARCHAR)[])[]"#
    #expect(
      table.createStatements == [
        #"CREATE TABLE "orders" ("id" BIGINT, "lin es" \#(type), PRIMARY KEY ("id"))"#
      ])
    let tags = [StoredRecord(values: [.text("a")]), StoredRecord(values: [.text("b")])]
    let line = StoredRecord(values: [.decimal(Decimal(canonical: "1.5")), nil], relations: [tags])
    let record = StoredRecord(values: [.integer(7)], relations: [[line]])
    let row = try #require(try table.rows(for: [record]).first)
    #expect(
      row.text == #"INSERT INTO "orders" ("id", "lin es") VALUES ($1, CAST([row($2::DECIMAL(9, 2), "#
        + #"make_timestamptz($3::BIGINT), CAST([row($4), row($5)] AS STRUCT("tag" VARCHAR)[]))] AS \#(type)))"#
    )
    #expect(row.bindings == [.integer(7), .decimal("1.50"), .null, .text("a"), .text("b")])
  }

  @Test func faults() {
    func faults(_ relation: Relation) -> [String] {
      let resource = Resource("r", dialect: .suffix) {
        Field("id", .integer).primaryKey()
        relation
      }
      return resource.faults
        + SQLTable(resource: resource, dialect: .duckDB).faults.filter {
          !resource.faults.contains($0)
        }
    }
    let fields = Relation("a", .many) { Field("x", .text) }
    let inner = Relation("b", .many) { Field("y", .text) }
    #expect(faults(fields.inStructs("a").nesting(inner.inStructs("b"))) == [])
    #expect(
      faults(fields.inStructs("a").nesting(inner.childTable("t", foreignKey: "f", parentKey: "x"))).first
        == "the relation 'a.b' is a table, but belongs to structs of a list")
    #expect(
      faults(fields.inStructs("a").nesting(inner.inJSON("b"))).first
        == "the relation 'a.b' is JSON, but belongs to structs of a list")
    #expect(
      faults(fields.inJSON("a").nesting(inner.inStructs("b"))).first
        == "the relation 'a.b' is a list of structs, but belongs to elements in JSON")
    #expect(faults(fields.inStructs("id")) == ["the column 'id' is a list of structs and something else"])
    #expect(
      faults(Relation("a", .many) { Field("x", .text).inJSON("doc", "x") }.inStructs("a"))
        == ["DuckDB can not store 'x' in a struct"])
    #expect(
      faults(fields.inStructs("a").nesting(inner.inStructs("x")))
        == ["two members of 'a' have the same name"])
  }
}
