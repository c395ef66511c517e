import TamisModel
import TamisSQL
import Testing

/// What an engine cannot run exactly is refused, never approximated.
@Suite struct RefusalTests {
  private func resource(_ field: Field) -> Resource {
    Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      field
    }
  }

  private func problem(_ resource: Resource, _ predicate: Predicate, _ dialect: SQLDialect) throws -> Problem?
  {
    try Refusals.problem(resource, predicate, dialect)
  }

  @Test func storagesThatCannotBe() throws {
    let impossible: [(FieldType, Storage, SQLDialect)] = [
      (.text, .integer, .postgreSQL), (.text, .bytes, .sqlite), (.integer, .fixedWidthText, .postgreSQL),
      (.decimal(precision: 19, scale: 2), .integer, .postgreSQL),
      (.decimal(precision: 38, scale: 2), .native, .sqlite), (.boolean, .orderedText, .sqlite),
      (.boolean, .native, .sqlite), (.uuid, .integer, .postgreSQL), (.uuid, .native, .sqlite),
      (.date, .bytes, .sqlite), (.timestamp, .orderedText, .postgreSQL), (.timestamp, .native, .sqlite),
      (.json, .integer, .sqlite),
      (
        .enumeration(Enumeration([.init("a", stored: .text("a")), .init("b", stored: .integer(1))])), .native,
        .postgreSQL
      ),
    ]
    for (type, storage, dialect) in impossible {
      let resource = resource(Field("f", type).nullable().storage(storage, on: dialect.name))
      let found = try problem(resource, .isNull(FieldPath("f"), isNegated: false), dialect)
      #expect(
        found == .notOnEngine(feature: "the storage of 'f'", engine: dialect.displayName),
        "\(type) \(storage)")
      #expect(!SQLTable(resource: resource, dialect: dialect).faults.isEmpty, "\(type) \(storage)")
    }
  }

  /// No document holds bytes.
  @Test func storagesThatCannotBeInDocuments() throws {
    let resource = resource(Field("f", .uuid).inJSON("doc", "f").nullable().storage(.bytes, on: "sqlite"))
    #expect(
      try problem(resource, .isNull(FieldPath("f"), isNegated: false), .sqlite)
        == .notOnEngine(feature: "the storage of 'f'", engine: SQLDialect.sqlite.displayName))
    #expect(try problem(resource, .isNull(FieldPath("f"), isNegated: false), .postgreSQL) == nil)
  }

  /// An emitter is asked for queries of its own resource; of another one, whatever is not there is refused.
  @Test func fieldsOfOtherResources() throws {
    let larger = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("f", .text)
      Field("g", .text)
    }
    let query = try #require(Query(larger, where: .compare(FieldPath("g"), .equal, .text("a"))))
    let error = try #require(throws: QueryError.self) {
      try SQLEmitter(resource: resource(Field("f", .text)), dialect: .sqlite).statement(for: query)
    }
    #expect(
      error.diagnostics.map(\.problem) == [
        .notOnEngine(feature: "a field of another resource", engine: "SQLite")
      ])
  }

  @Test func tablesThatCannotBeTakeNoRows() throws {
    let resource = resource(Field("f", .text).storage(.bytes, on: "sqlite"))
    let table = SQLTable(resource: resource, dialect: .sqlite)
    #expect(table.faults == ["SQLite can not store 'f' so"])
    let error = try #require(throws: QueryError.self) { try table.rows(for: []) }
    #expect(error.diagnostics.map(\.problem) == [.invalidResource(faults: table.faults)])
    let orphans = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Relation("parts", .many) { Field("x", .integer) }.childTable("part", foreignKey: "r", parentKey: "code")
    }
    #expect(
      SQLTable(resource: orphans, dialect: .sqlite).faults
        == ["the relation 'parts' refers to the column 'code', which no field has"])
  }

  /// Nothing is sorted by what can not be read.
  @Test func ordersThatCannotBe() throws {
    let resource = resource(Field("f", .text).sortable().storage(.bytes, on: "sqlite"))
    let field = try #require(resource.field(named: "f"))
    let key = SortKey(field: field, direction: .ascending, nulls: .last)
    let query = try #require(Query(resource, sort: [key]))
    let error = try #require(throws: QueryError.self) {
      try SQLEmitter(resource: resource, dialect: .sqlite).statement(for: query)
    }
    #expect(
      error.diagnostics.map(\.problem) == [
        .notOnEngine(feature: "the storage of 'f'", engine: SQLDialect.sqlite.displayName)
      ])
  }

  /// More digits than are written out.
  @Test func containment() throws {
    let resource = resource(Field("f", .json))
    func contains(_ json: String) -> Predicate {
      .jsonContains(FieldPath("f"), json: json, isNegated: false)
    }
    for dialect in [SQLDialect.sqlite, .duckDB, .mariaDB] {
      let refusal = Problem.notOnEngine(
        feature: "containment of so large a number", engine: dialect.displayName)
      for json in ["1e200000", #"{"a":[1e200000]}"#, "[1e-200000]"] {
        #expect(try problem(resource, contains(json), dialect) == refusal, "\(json)")
      }
      #expect(try problem(resource, contains("[1e200]"), dialect) == nil)
    }
    #expect(
      try problem(resource, contains(#"{"a":1,"a":2}"#), .sqlite)
        == .notOnEngine(feature: "containment of what is not JSON", engine: SQLDialect.sqlite.displayName))
    let quote = "a JSON key that is empty or holds a quote, a backslash or a control character"
    #expect(
      try problem(resource, contains(#"{"a\"b":1}"#), .sqlite)
        == .notOnEngine(feature: quote, engine: SQLDialect.sqlite.displayName))
    #expect(
      try problem(resource, contains(#"{"-a":1}"#), .mariaDB)
        == .notOnEngine(feature: "a JSON key that its paths can not spell", engine: "MariaDB"))
  }

  @Test func patterns() throws {
    let resource = resource(Field("f", .text))
    func pattern(_ text: String, _ tail: [UInt8]) -> Predicate {
      .pattern(
        FieldPath("f"), TextPattern(bytes: [0xFF] + Array(text.utf8) + tail, ignoresCase: false),
        isNegated: false)
    }
    #expect(try problem(resource, pattern("\u{FFFE}", []), .sqlite) != nil)
    #expect(try problem(resource, pattern("\u{FFFE}", []), .postgreSQL) == nil)
    #expect(try problem(resource, pattern("\u{FFFE}", [0xFF]), .sqlite) == nil)
    #expect(try problem(resource, pattern(String(repeating: "x", count: 50_001), []), .sqlite) != nil)
    let last = Predicate.pattern(
      FieldPath("f"), TextPattern(bytes: Array("\u{10FFFF}".utf8) + [0xFF], ignoresCase: false),
      isNegated: false)
    #expect(try problem(resource, last, .sqlite) == nil)
    #expect(try problem(resource, last, .postgreSQL) != nil)
  }

  @Test func keys() throws {
    let resource = resource(Field("f", .json).openKeys())
    for key in ["", "a\"b", "a\\b", "a\nb"] {
      let path = FieldPath("f", keys: [key], reading: .canonicalText)
      #expect(try problem(resource, .compare(path, .equal, .text("x")), .sqlite) != nil, "\(key)")
      #expect(try problem(resource, .compare(path, .equal, .text("x")), .postgreSQL) == nil, "\(key)")
    }
    let nul = FieldPath("f", keys: ["a\0"], reading: .canonicalText)
    #expect(try problem(resource, .compare(nul, .equal, .text("x")), .postgreSQL) != nil)
  }

  /// A document is equal to a document, and what stands under a key to a text, a number or a boolean.
  @Test func documentsUnderKeys() throws {
    let resource = resource(Field("f", .json).openKeys())
    let key = FieldPath("f", keys: ["k"], reading: .sameType)
    #expect(
      try problem(resource, .compare(key, .equal, .json("1")), .postgreSQL)
        == .notOnEngine(feature: "a comparison of JSON with this value", engine: "PostgreSQL"))
    let whole = try #require(Query(resource, where: .compare(FieldPath("f"), .equal, .json("1"))))
    let statement = try SQLEmitter(resource: resource, dialect: .postgreSQL).countStatement(for: whole)
    #expect(statement.text == #"SELECT count(*) FROM "r" WHERE "f" = $1"#)
    #expect(statement.bindings == [.json("1")])
  }

  @Test func listsOfDocuments() throws {
    for field in [Field("f", .json), Field("f", .json).storage(.text, on: "postgresql")] {
      let list = Predicate.member(FieldPath("f"), [.json("1"), .json("2")], isNegated: false)
      #expect(
        try problem(resource(field), list, .postgreSQL)
          == .notOnEngine(feature: "a list of whole documents", engine: "PostgreSQL"))
    }
  }

  /// A construct that the engine does not know is told at its bytes, where they are known.
  @Test func partsOfPatterns() throws {
    let resource = resource(Field("f", .text).matchable())
    let request = Array("f_matches=%61(?=b)".utf8)
    var node = PredicateNode(kind: .matches)
    node.field = try #require(resource.field(named: "f"))
    node.span = SourceSpan(0, request.count)
    for (place, span) in [
      (PatternPlace(span: SourceSpan(10, 18), isJSON: false).operand, SourceSpan(13, 16)),
      (Operand(.integer, number: 10 << 32 | 18 << 1), node.span),
    ] {
      var writer = PredicateWriter()
      writer.operands.append(place)
      let pattern = request.count..<request.count + 6
      writer.leaf(node, Operand(.text, text: pattern))
      let query = Query(
        resource: resource, buffer: request + Array("a(?=b)".utf8), nodes: writer.nodes,
        operands: writer.operands, page: Page(limit: 1, offset: 0), choices: nil)
      let error = try #require(throws: QueryError.self) {
        try SQLEmitter(resource: resource, dialect: .postgreSQL).statement(for: query)
      }
      #expect(error.diagnostics.map(\.code) == ["engine.not-supported"])
      #expect(error.diagnostics.first?.span == span)
    }
  }

  @Test func tooManyBindings() throws {
    let resource = resource(Field("f", .integer))
    func list(_ count: Int64) -> Predicate {
      .member(FieldPath("f"), (0..<count).map { .integer($0) }, isNegated: false)
    }
    #expect(try problem(resource, list(16_384), .sqlite) == nil)
    #expect(try problem(resource, list(16_385), .sqlite) == .tooManyBindings(limit: 32_766, engine: "SQLite"))
    #expect(try problem(resource, list(100_000), .postgreSQL) == nil)
    let many = Predicate.or((0..<66_000).map { .compare(FieldPath("f"), .equal, .integer($0)) })
    #expect(try problem(resource, many, .postgreSQL) == .tooManyBindings(limit: 65_535, engine: "PostgreSQL"))
    // An engine without numbered placeholders is sent a value as often as it is read: a key five times.
    func keys(_ count: Int) -> Predicate {
      let path = FieldPath("meta", keys: ["k"], reading: .canonicalText)
      return .or((0..<count).map { .compare(path, .equal, .text("\($0)")) })
    }
    let documents = self.resource(Field("meta", .json).openKeys())
    #expect(try problem(documents, keys(10_900), .mariaDB) == nil)
    let excess = Problem.tooManyBindings(limit: 65_535, engine: "MariaDB")
    #expect(try problem(documents, keys(10_950), .mariaDB) == excess)
  }

  /// Of two lists of one length the first is told.
  @Test func theWidestClauseIsTold() throws {
    let resource = resource(Field("f", .integer))
    let list = Predicate.member(FieldPath("f"), (0..<16_384).map { .integer($0) }, isNegated: false)
    let lone = Predicate.compare(FieldPath("f"), .greater, .integer(1))
    var query = try #require(Query(resource, where: .and([lone, list, list])))
    for index in query.nodes.indices { query.nodes[index].span = SourceSpan(index, index + 1) }
    let error = try #require(throws: QueryError.self) {
      try SQLEmitter(resource: resource, dialect: .sqlite).statement(for: query)
    }
    #expect(
      error.diagnostics == [
        Diagnostic(.tooManyBindings(limit: 32_766, engine: "SQLite"), SourceSpan(2, 3))
      ])
  }

  @Test func unsoundResources() throws {
    let nul = Resource("r", table: "a\0b", dialect: .suffix) { Field("id", .integer).primaryKey() }
    #expect(try problem(nul, .always, .sqlite) == .invalidResource(faults: ["a name holds a NUL"]))
  }

  @Test func valuesThatCannotBeStored() {
    let resource = resource(Field("f", .decimal(precision: 10, scale: 2)))
    let table = SQLTable(resource: resource, dialect: .sqlite)
    func stores(_ text: String) -> Bool {
      (try? table.rows(for: [StoredRecord(values: [.integer(1), .decimal(Decimal(canonical: text))])])) != nil
    }
    #expect(stores("1.25"))
    #expect(!stores("1.255"))
    #expect(!stores("10000000000000000"))
  }
}
