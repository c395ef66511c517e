import TamisModel
import TamisSQL
import Testing

/// Whole statements, as text.
@Suite struct StatementTests {
  private let resource = Resource("balances", table: "blnk.balances", dialect: .suffix) {
    Field("balance_id", .text).primaryKey()
    Field("currency", .text)
    Field("label", .text).byteCollated().nullable().sortable()
    Field("total", .decimal(precision: 8, scale: 2)).column("balance").nullable().sortable()
    Field("created_at", .timestamp).sortable()
    Field("meta", .json).openKeys()
    Relation("lines", .many) { Field("amount", .integer).nullable() }
      .childTable("blnk.lines", foreignKey: "balance", parentKey: "balance_id")
  }

  private func text(_ predicate: Predicate, _ dialect: SQLDialect) throws -> String {
    var query = try #require(Query(resource, where: predicate))
    query.selection = [try #require(resource.field(named: "currency"))]
    let statement = try SQLEmitter(resource: resource, dialect: dialect).countStatement(for: query)
    let prefix = #"SELECT count(*) FROM "blnk"."balances""#
    #expect(statement.text.hasPrefix(prefix))
    return String(statement.text.dropFirst(prefix.count))
  }

  private func check(
    _ predicate: Predicate, _ postgreSQL: String, _ sqlite: String,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try text(predicate, .postgreSQL) == postgreSQL, sourceLocation: location)
    #expect(try text(predicate, .sqlite) == sqlite, sourceLocation: location)
  }

  @Test func comparisons() throws {
    let currency = FieldPath("currency")
    try check(
      .compare(currency, .equal, .text("USD")), #" WHERE "currency" = $1"#, #" WHERE "currency" = ?"#)
    try check(
      .compare(currency, .less, .text("USD")), #" WHERE "currency" COLLATE "C" < $1"#,
      #" WHERE "currency" < ?"#)
    try check(
      .compare(FieldPath("label"), .less, .text("USD")), #" WHERE "label" < $1"#, #" WHERE "label" < ?"#)
    try check(
      .member(currency, [.text("a"), .text("b"), .text("c")], isNegated: true),
      #" WHERE "currency" <> ALL ($1)"#, #" WHERE "currency" NOT IN (?, ?, ?, ?)"#)
    try check(
      .within(
        FieldPath("created_at"), lower: .timestamp(Timestamp(microseconds: 0)),
        upper: .timestamp(Timestamp(microseconds: 1)), isHalfOpen: true, isNegated: false),
      #" WHERE ("created_at" >= $1 AND "created_at" < $2)"#,
      #" WHERE ("created_at" >= ? AND "created_at" < ?)"#)
    try check(
      .not(.or([.isNull(FieldPath("label"), isNegated: false), .compare(currency, .equal, .text("a"))])),
      #" WHERE "label" IS NOT NULL AND "currency" <> $1"#, #" WHERE "label" IS NOT NULL AND "currency" <> ?"#)
  }

  @Test func patterns() throws {
    func pattern(_ bytes: [UInt8], _ ignoresCase: Bool = false) -> Predicate {
      .pattern(FieldPath("currency"), TextPattern(bytes: bytes, ignoresCase: ignoresCase), isNegated: false)
    }
    try check(
      pattern([65, 0xFF]), #" WHERE ("currency" COLLATE "C" >= $1 AND "currency" COLLATE "C" < $2)"#,
      #" WHERE ("currency" >= ? AND "currency" < ?)"#)
    try check(
      pattern([0xFF, 65, 0xFF], true), #" WHERE strpos(lower("currency" COLLATE "C"), $1) > 0"#,
      #" WHERE instr(lower("currency"), ?) > 0"#)
    try check(
      pattern([0xFF, 65]), #" WHERE "currency" LIKE $1 ESCAPE '!'"#, #" WHERE "currency" GLOB ?"#)
    // The bytes beside the letters stay.
    let beside = try #require(Query(resource, where: pattern(Array("@AZ[".utf8), true)))
    let statement = try SQLEmitter(resource: resource, dialect: .postgreSQL).countStatement(for: beside)
    #expect(statement.bindings == [.text("@az[")])
  }

  /// By the operators of the index's own order.
  @Test func prefixesInTheOrderOfPatterns() throws {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("label", .text)
      Index("by_label", .ascending("label").patternOrdered())
    }
    for (isNegated, condition) in [
      (false, #"("label" ~>=~ $1 AND "label" ~<~ $2)"#), (true, #"("label" ~<~ $1 OR "label" ~>=~ $2)"#),
    ] {
      let prefix = TextPattern(bytes: [65, TextPattern.anyRun], ignoresCase: false)
      let query = try #require(
        Query(resource, where: .pattern(FieldPath("label"), prefix, isNegated: isNegated)))
      let statement = try SQLEmitter(resource: resource, dialect: .postgreSQL).countStatement(for: query)
      #expect(statement.text == #"SELECT count(*) FROM "r" WHERE "# + condition)
      #expect(statement.bindings == [.text("A"), .text("B")])
    }
  }

  @Test func relations() throws {
    let rest =
      #" AS _r WHERE _r."currency" = $1 AND EXISTS (SELECT 1 FROM "blnk"."lines" AS _e "#
      + #"WHERE _e."balance" = _r."balance_id" AND (_e."amount" IS NULL OR _e."amount" > $2::bigint))"#
    try check(
      .and([
        .compare(FieldPath("currency"), .equal, .text("a")),
        .any(
          relation: "lines",
          .or([
            .isNull(FieldPath("amount"), isNegated: false),
            .compare(FieldPath("amount"), .greater, .integer(1)),
          ]), isNegated: false),
      ]), rest,
      rest.replacing("$1", with: "?").replacing("$2::bigint", with: "?"))
  }

  @Test func relationsOfRelations() throws {
    let resource = Resource("a", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Relation("b", .many) { Field("bid", .integer) }.childTable("s.b", foreignKey: "a_id", parentKey: "id")
        .nesting(
          Relation("c", .many) { Field("x", .text) }.inJSON("doc", "list")
            .nesting(Relation("d", .one) { Field("y", .text) }),
          Relation("e", .many) { Field("z", .integer) }
            .pivotTable(
              "b_e", foreignKey: "b_id", targetKey: "e_id", table: "e", key: "id", parentKey: "bid"))
    }
    func text(_ path: String, _ inner: Predicate, _ dialect: SQLDialect) throws -> String {
      let query = try #require(Query(resource, where: .any(relation: path, inner, isNegated: false)))
      return try SQLEmitter(resource: resource, dialect: dialect).statement(for: query).text
    }
    let start = #"EXISTS (SELECT 1 FROM "s"."b" AS _e WHERE _e."a_id" = _r."id" AND (EXISTS (SELECT 1 FROM "#
    let pivot = try text("b.e", .compare(FieldPath("z"), .equal, .integer(1)), .sqlite)
    #expect(
      pivot.contains(
        start + #""b_e" AS _p2 JOIN "e" AS _e2 ON _e2."id" = _p2."e_id" WHERE _p2."b_id" = _e."bid" "#
          + #"AND (_e2."z" = ?))))"#), "\(pivot)")
    let document = try text("b.c.d", .isNull(FieldPath("y"), isNegated: true), .postgreSQL)
    let list = #"_e."doc" -> 'list'"#
    let one = "_e2.value -> 'd'"
    #expect(
      document.contains(
        start
          + "jsonb_array_elements(CASE jsonb_typeof(\(list)) WHEN 'array' THEN \(list) ELSE '[]'::jsonb END) "
          + "AS _e2(value) WHERE jsonb_typeof(_e2.value) = 'object' AND (EXISTS (SELECT 1 FROM "
          + "jsonb_array_elements(CASE jsonb_typeof(\(one)) WHEN 'object' THEN jsonb_build_array(\(one)) "
          + "ELSE '[]'::jsonb END) AS _e3(value) WHERE jsonb_typeof(_e3.value) = 'object' AND (CASE"),
      "\(document)")
  }

  /// A document that is a text, a number or a boolean by itself.
  @Test func wholeDocumentsAreRead() throws {
    let found = try text(.compare(FieldPath("meta"), .equal, .text("a")), .postgreSQL)
    let whole = #""meta" #>> '{}'"#
    #expect(
      found == #" WHERE CASE jsonb_typeof("meta") WHEN 'string' THEN \#(whole) WHEN 'number' THEN "#
        + "trim_scale((\(whole))::numeric)::text WHEN 'boolean' THEN \(whole) END = $1")
  }

  @Test func severalElements() throws {
    let several = Predicate.any(
      relation: "lines", .compare(FieldPath("amount"), .greater, .integer(1)), isNegated: false, atLeast: 2)
    let rest =
      #" AS _r WHERE (SELECT count(*) FROM "blnk"."lines" AS _e "#
      + #"WHERE _e."balance" = _r."balance_id" AND (_e."amount" > $1::bigint)) >= 2"#
    let text = rest.replacing("$1::bigint", with: "?")
    try check(several, rest, text)
    try check(.not(several), rest.replacing(">= 2", with: "< 2"), text.replacing(">= 2", with: "< 2"))
    let shapes = try [2, 3].map { count in
      try #require(
        Query(resource, where: .any(relation: "lines", .always, isNegated: false, atLeast: count))
      ).shape
    }
    #expect(shapes[0] != shapes[1])
    for count in [Int.min, -1, 0, 65_536, .max] {
      #expect(
        Query(resource, where: .any(relation: "lines", .always, isNegated: false, atLeast: count)) == nil)
    }
    #expect(Query(resource, where: .exactly(.max, of: "lines", .always)) == nil)
  }

  @Test func wholeStatement() throws {
    let total = try #require(resource.field(named: "total"))
    var query = try #require(
      Query(
        resource, sort: [SortKey(field: total, direction: .descending, nulls: .last)],
        page: Page(limit: 20, offset: 40)))
    query.selection = [total]
    let postgreSQL = try SQLEmitter(resource: resource, dialect: .postgreSQL).statement(for: query)
    #expect(
      postgreSQL.text
        == #"SELECT "balance" AS "total", "balance_id" FROM "blnk"."balances" ORDER BY "balance" DESC NULLS LAST, "#
        + #""balance_id" COLLATE "C" DESC LIMIT $1 OFFSET $2"#)
    #expect(postgreSQL.bindings == [.integer(21), .integer(40)])
    let sqlite = try SQLEmitter(resource: resource, dialect: .sqlite).statement(for: query)
    #expect(
      sqlite.text
        == #"SELECT "balance" AS "total", "balance_id" FROM "blnk"."balances" ORDER BY "balance" DESC, "#
        + #""balance_id" DESC LIMIT ? OFFSET ?"#)
    #expect(
      SQLEmitter(resource: resource, dialect: .sqlite).columnNames(for: query) == ["total", "balance_id"])
  }

  /// An order by a bare name means an alias of the list of columns before it means a column.
  @Test func aliasesAreNotOrders() throws {
    let crossed = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("x", .integer).column("y").sortable()
      Field("y", .integer).column("x").sortable()
    }
    let y = try #require(crossed.field(named: "y"))
    let query = try #require(
      Query(crossed, sort: [SortKey(field: y, direction: .ascending, nulls: .last)]))
    let text = try SQLEmitter(resource: crossed, dialect: .sqlite).statement(for: query).text
    #expect(text.contains(#" ORDER BY _r."x", _r."id""#))
  }

  /// Nothing follows where nothing is ordered, as in memory.
  @Test func besideAPlaceWithoutKeysIsNothing() throws {
    var query = try #require(Query(resource))
    query.sort = []
    let beside = try #require(query.beside(KeysetBoundary(values: [])))
    let text = try SQLEmitter(resource: resource, dialect: .postgreSQL).statement(for: beside).text
    #expect(text.contains(#" FROM "blnk"."balances" WHERE FALSE"#), "\(text)")
  }

  @Test func namesAreQuoted() throws {
    let odd = Resource("r", table: "\"ab.c\".\"d\"\"e\"", dialect: .suffix) {
      Field("id", .integer).primaryKey().column("drop \"table\"; --")
    }
    let query = try #require(Query(odd))
    let text = try SQLEmitter(resource: odd, dialect: .postgreSQL).statement(for: query).text
    #expect(text.hasPrefix(#"SELECT "drop ""table""; --" AS "id" FROM "ab.c"."d""e" ORDER BY"#))
  }

  /// A name that could be read in two ways is a fault, and not one of the two.
  @Test func tablesAreNamedInOneWay() {
    func faults(_ table: String) -> [String] {
      let resource = Resource("r", table: table, dialect: .suffix) { Field("id", .integer).primaryKey() }
      return SQLTable(resource: resource, dialect: .sqlite).faults
    }
    for table in ["a", "a.b", "\"a.b\"", "\"a\"\"b\".c", "\"\"\"\"", "a b"] { #expect(faults(table) == []) }
    for table in ["a\"b", "\"a", "\"a\"b", "a.", ".a", "a..b", "\"a\"\"", "a\"b\""] {
      #expect(faults(table) == ["the table name '\(table)' has a part that is empty or quoted in part"])
    }
  }

  @Test func schemasAndTables() {
    let table = SQLTable(resource: resource, dialect: .postgreSQL)
    #expect(
      table.createStatements == [
        #"CREATE SCHEMA IF NOT EXISTS "blnk""#,
        #"CREATE TABLE "blnk"."balances" ("balance_id" text, "currency" text, "label" text COLLATE "C", "#
          + #""balance" numeric, "created_at" timestamptz, "meta" jsonb, PRIMARY KEY ("balance_id"))"#,
        #"CREATE TABLE "blnk"."lines" ("balance" text, "amount" bigint)"#,
      ])
    #expect(
      SQLTable(resource: resource, dialect: .sqlite).createStatements.first
        == #"ATTACH DATABASE ':memory:' AS "blnk""#)
  }

  /// Fields that share a column are stored in it: the first that has a value.
  @Test func columnsOfSeveralFields() throws {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("a", .text).nullable().column("c")
      Field("b", .text).nullable().column("c")
    }
    let table = SQLTable(resource: resource, dialect: .sqlite)
    #expect(table.createStatements == [#"CREATE TABLE "r" ("id" INTEGER, "c" TEXT, PRIMARY KEY ("id"))"#])
    for (values, expected) in [
      ([nil, "x"], SQLBinding.text("x")), (["y", "x"], .text("y")), ([nil, nil], .null),
    ] as [([String?], SQLBinding)] {
      let record = StoredRecord(values: [.integer(1)] + values.map { $0.map(Value.text) })
      #expect(
        try table.rows(for: [record]) == [
          SQLStatement(
            text: #"INSERT INTO "r" ("id", "c") VALUES (?, ?)"#, bindings: [.integer(1), expected])
        ])
    }
  }

  /// SQLite has an index in the schema of its name, PostgreSQL in that of its table.
  @Test func indexesOfSchemas() {
    let resource = Resource("r", table: "main.things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("size", .integer)
      Index("by_size", .descending("size"))
    }
    #expect(
      SQLTable(resource: resource, dialect: .sqlite).indexStatements
        == [#"CREATE INDEX "main"."by_size" ON "things" ("size" DESC)"#])
    #expect(
      SQLTable(resource: resource, dialect: .postgreSQL).indexStatements
        == [#"CREATE INDEX "by_size" ON "main"."things" ("size" DESC)"#])
    let misplaced = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Index("by_owner", .foreignKey)
    }
    #expect(
      SQLTable(resource: misplaced, dialect: .sqlite).faults.last
        == "SQLite can not have the index 'by_owner'")
  }

  /// Values inside of a document are no part of the statement's text, whatever they look like.
  @Test func documentsOfOneShape() throws {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("meta", .json)
    }
    let emitter = SQLEmitter(resource: resource, dialect: .sqlite)
    let fresh = SQLEmitter(resource: resource, dialect: .sqlite, cachedShapes: 0)
    func contains(_ json: String) throws -> String {
      let predicate = Predicate.jsonContains(FieldPath("meta"), json: json, isNegated: false)
      let query = try #require(Query(resource, where: predicate))
      let statement = try emitter.statement(for: query)
      #expect(try fresh.statement(for: query) == statement, "\(json)")
      return statement.text
    }
    let first = try contains(#"{"a":"x"}"#)
    for json in [#"{"a":"\"{[,"}"#, #"{"a":"\\"}"#, #"{"a":"\\\"]"}"#] {
      #expect(try contains(json) == first, "\(json)")
    }
    for json in [#"{"a":["x"]}"#, #"{"a":1}"#, #"{"a":"x","b":"x"}"#, #"{"a":{}}"#, #"{"a":"\"","b":"x"}"#] {
      #expect(try contains(json) != first, "\(json)")
    }
  }
}
