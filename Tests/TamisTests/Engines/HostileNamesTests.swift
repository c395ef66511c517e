import Tamis
import TamisEngines
import TamisSQL
import TamisTesting
import Testing

import class Foundation.ProcessInfo

/// Names that hold what SQL, a driver or the emitter could take for something else: as tables, columns, keys of
/// documents, child tables and members of structs, made and asked on every engine that is here.
@Suite struct HostileNamesTests {
  static let names = [
    "it's", "a\"b", "back`tick", "[b]", "]", "back\\slash", "\\", "\\'", "''", "\"\"", "a b", " leading",
    "trailing ", "tab\tbed", "new\nline", "return\r", "bell\u{7}", "\u{1}", "\u{7F}", "order", "SELECT",
    "null",
    "true", "na\u{EF}ve", "\u{65E5}\u{672C}", "\u{1F600}", "e\u{301}", "\u{FEFF}bom", "\u{200B}", "?", "?1",
    "$1",
    "{p1:String}", ":p1", "%s", "%(a)s", "@x", "--", "/*", "*/", ";", "); DROP TABLE x; --", "#", "a.b",
    "a.null",
    "*", "-", "-a", "0", "1234567891", "_r", "_e", "_j0", "_j1", "_k0", "_n", "n", "value", "type", "key",
    "rowid",
    "_part", "$", "$.a", "\u{130}", String(repeating: "x", count: 63), String(repeating: "y", count: 64),
    String(repeating: "z", count: 300),
  ]

  private static let long = names.filter { $0.utf8.count > 60 }

  /// What an engine itself, or its driver, does not take for a name, with its own error when a table is made or asked.
  private static func isRefused(_ name: String, _ isStruct: Bool, by dialect: SQLDialect) -> Bool {
    switch dialect {
    case .mariaDB: (["trailing ", "return\r", "\u{1F600}"] + long).contains(name)
    // Its tables are files, and its members have names of their own.
    case .clickHouse: name.utf8.count > 200 || (isStruct && ["null", "a.null"].contains(name))
    // Ours: the engine would cut them.
    case .postgreSQL: long.contains(name)
    default: false
    }
  }

  /// Keys of documents that an engine's paths can not spell: queries that need them are refused.
  private static func isUnspeakable(_ name: String, by dialect: SQLDialect) -> Bool {
    let holdsControl = name.utf8.contains { $0 < 0x20 }
    switch dialect {
    case .sqlite: return holdsControl || name.utf8.contains { "\"\\".utf8.contains($0) }
    case .mariaDB: return holdsControl || name.hasPrefix("-")
    case .duckDB: return false
    default: return false
    }
  }

  /// - Parameter tables: another name for the tables than that of everything in them.
  static func resource(_ name: String, nested: Bool, tables: String? = nil) -> Resource {
    let table = (tables ?? " " + name).split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"")
    let (quoted, child) = ("\"t\(table)\"", "\"c\(table)\"")
    return Resource(
      "things", table: quoted, dialect: .suffix, paging: .cursor(defaultLimit: 3, maximumLimit: 9)
    ) {
      Field("id", .integer).column("k\(name)").primaryKey()
      Field("text", .text).column(name).nullable().sortable()
      Field("other", .integer).column("\(name)2").nullable().sortable()
      Field("inside", .text).nullable().inJSON("d\(name)", name).at("inside")
      Relation("lines", .many) { Field("amount", .integer).column(name).nullable() }
        .childTable(child, foreignKey: "f\(name)", parentKey: "k\(name)")
      if nested {
        Relation("boxes", .many) { Field("size", .integer).column(name).nullable() }.inJSON("b\(name)", name)
      } else {
        Relation("boxes", .many) { Field("size", .integer).column(name).nullable() }.inStructs("b\(name)")
      }
    }
  }

  static let records = [
    #"{"id":1,"text":"b","other":5,"inside":"x","lines":[{"amount":1},{"amount":7}],"boxes":[{"size":1}]}"#,
    #"{"id":2,"text":"a","other":null,"inside":"y","lines":[],"boxes":[{"size":2},{"size":3}]}"#,
    #"{"id":3,"text":null,"other":4,"inside":null,"lines":[{"amount":7}],"boxes":[]}"#,
    #"{"id":4,"text":"B","other":4,"inside":"x","lines":[{"amount":null}],"boxes":[{"size":3}]}"#,
    #"{"id":5,"text":"a","other":9,"inside":"x","lines":[{"amount":8}],"boxes":[{"size":null}]}"#,
  ]

  static func queries(_ resource: Resource) throws -> [Query] {
    func any(_ relation: String, _ field: String, _ number: Int64) -> Predicate {
      .any(
        relation: relation, .compare(FieldPath(field), .equal, .integer(number)), isNegated: false)
    }
    let predicates: [Predicate] = [
      .always, .compare(FieldPath("text"), .equal, .text("a")),
      .compare(FieldPath("text"), .greaterOrEqual, .text("a")),
      .member(FieldPath("text"), [.text("a"), .text("B")], isNegated: true),
      .compareFields(FieldPath("other"), .notEqual, FieldPath("id")),
      .compare(FieldPath("inside"), .equal, .text("x")), .isNull(FieldPath("inside"), isNegated: false),
      any("lines", "amount", 7), any("boxes", "size", 3), .not(any("boxes", "size", 3)),
      .any(relation: "lines", .always, isNegated: false, atLeast: 2),
    ]
    let text = try #require(resource.field(named: "text"))
    let other = try #require(resource.field(named: "other"))
    let orders = [
      [], [SortKey(field: text, direction: .descending)],
      [
        SortKey(field: other, direction: .ascending, nulls: .first),
        SortKey(field: text, direction: .ascending),
      ],
    ]
    return try predicates.enumerated().flatMap { index, predicate in
      try (index == 0 ? orders : [orders[index % 3]]).map { order in
        try #require(
          Query(resource, where: predicate, sort: order, page: Page(limit: 3, offset: index % 2)))
      }
    }
  }

  private static func memory(_ resource: Resource) throws -> RecordSet {
    try RecordReader(resource: resource).readAll(Array(records.joined(separator: "\n").utf8))
  }

  /// Checks that an engine answers as memory does. Gives what it says when it does not take the names.
  private func check(
    _ resource: Resource, _ name: String, _ isStruct: Bool, on engine: any LoadedEngine, every step: Int = 1
  ) throws -> String? {
    let dialect = engine.emitter.dialect
    let records = try Self.memory(resource)
    var refused: Set<String> = []
    for query in try Self.queries(resource).enumerated().filter({ $0.offset % step == 0 }).map(\.element) {
      let expected = try RecordSelection.select(query, from: records).indices.map { String($0 + 1) }
      do {
        #expect(try engine.ids(for: query) == expected, "\(name.debugDescription) on \(dialect.displayName)")
      } catch let error as QueryError {
        for diagnostic in error.diagnostics {
          guard case .notOnEngine(let feature, _) = diagnostic.problem else { throw error }
          refused.insert(feature)
        }
      } catch {
        return "\(error)"
      }
    }
    let isSpoken = !Self.isUnspeakable(name, by: dialect)
    var features: Set<String> = isSpoken ? [] : ["the storage of 'inside'"]
    if isStruct, !dialect.hasStructLists { features.insert("lists of structs") }
    if !isStruct, !isSpoken { features.insert("the path of 'boxes'") }
    #expect(refused == features, "\(name.debugDescription) on \(dialect.displayName)")
    return nil
  }

  @Test func memoryAndEnginesAgree() throws {
    let bridges = try BridgePool.lend()
    defer { BridgePool.takeBack(bridges) }
    for name in Self.names {
      for isStruct in [false, true] {
        let resource = Self.resource(name, nested: !isStruct)
        #expect(resource.faults == [])
        let records = try Self.memory(resource).map { StoredRecord($0) }
        for (dialect, open) in openings(resource, records, bridges) {
          let outcome: String?
          do { outcome = try check(resource, name, isStruct, on: try open()) } catch { outcome = "\(error)" }
          #expect(
            (outcome != nil) == Self.isRefused(name, isStruct, by: dialect),
            "\(name.debugDescription) on \(dialect.displayName): \(outcome ?? "taken")")
        }
      }
    }
  }

  /// On Spark, which is slow: each kind of clause, on names that are most unlike each other to it.
  @Test(.enabled(if: EngineBridge.isAvailable(.spark))) func spark() throws {
    let bridge = try EngineBridge(.spark)
    func open(_ resource: Resource, _ records: [StoredRecord]) throws -> any LoadedEngine {
      try BridgedEngine(resource: resource, records: records, dialect: .spark, bridge: bridge)
    }
    for (index, name) in Self.sparkNames.enumerated() {
      let isStruct = index.isMultiple(of: 2)
      // Its catalogue takes no other tables than of letters, digits and underscores.
      let resource = Self.resource(name, nested: !isStruct, tables: "_1")
      let engine = try open(resource, try Self.memory(resource).map { StoredRecord($0) })
      #expect(try check(resource, name, isStruct, on: engine, every: 4) == nil, "\(name.debugDescription)")
    }
    try checkColumns(of: .spark, open)
  }

  private static let sparkNames =
    ProcessInfo.processInfo.environment["TAMIS_SPARK_NAMES"] == "all"
    ? names
    : [
      "it's", "a\"b", "back`tick", "back\\slash", "new\nline", "order", "\u{65E5}\u{672C}", ":p1", "/*", "; ",
      "a.b", "*", "$.a",
    ]

  private typealias Opening = (dialect: SQLDialect, open: () throws -> any LoadedEngine)

  /// Every engine that is here.
  private func openings(
    _ resource: Resource, _ records: [StoredRecord], _ bridges: [BridgePool.Lent]
  ) -> [Opening] {
    var openings: [Opening] = []
    #if CommandLine
      openings.append((.sqlite, { try SQLiteEngine(resource: resource, records: records) }))
    #endif
    if let server = PostgreSQLConnection.connectionString {
      openings.append(
        (.postgreSQL, { try PostgreSQLEngine(resource: resource, records: records, server: server) }))
    }
    for lent in bridges {
      openings.append(
        (
          lent.dialect,
          {
            try BridgedEngine(
              resource: resource, records: records, dialect: lent.dialect, bridge: lent.bridge)
          }
        ))
    }
    return openings
  }

  // MARK: Names beside each other

  /// All names as columns of one table: each is its own column, whatever the others are called.
  @Test func columnsAreKeptApart() throws {
    let bridges = try BridgePool.lend()
    defer { BridgePool.takeBack(bridges) }
    for dialect in openings(Resource("none", dialect: .suffix) {}, [], bridges).map(\.dialect) {
      try checkColumns(of: dialect) { resource, records in
        try #require(openings(resource, records, bridges).first { $0.dialect == dialect }).open()
      }
    }
  }

  private func checkColumns(
    of dialect: SQLDialect, _ open: (Resource, [StoredRecord]) throws -> any LoadedEngine
  ) throws {
    let names = Self.names.filter { !Self.isRefused($0, true, by: dialect) && $0.utf8.count < 70 }
    let fields = names.enumerated().map { Field("f\($0)", .text).column($1).sortable() }
    let resource = Resource("things", dialect: .suffix, paging: .cursor(defaultLimit: 3, maximumLimit: 9)) {
      [.field(Field("id", .integer).column("the key").primaryKey())] + fields.map { .field($0) }
    }
    // The first record is the first by every second column.
    let values: [[Value?]] = (0..<2).map { record in
      [.integer(Int64(record))] + names.indices.map { .text("\($0)-\((record + $0) % 2)") }
    }
    let engine = try open(resource, values.map { StoredRecord(values: $0) })
    for (index, name) in names.enumerated() {
      let field = try #require(resource.field(named: "f\(index)"))
      let chosen = try #require(
        Query(resource, where: .compare(FieldPath("f\(index)"), .greaterOrEqual, .text("\(index)-1"))))
      let ordered = try #require(Query(resource, sort: [SortKey(field: field, direction: .ascending)]))
      let label = "\(name.debugDescription) on \(dialect.displayName)"
      #expect(try engine.ids(for: chosen) == [index.isMultiple(of: 2) ? "1" : "0"], "\(label)")
      #expect(
        try engine.ids(for: ordered) == (index.isMultiple(of: 2) ? ["0", "1"] : ["1", "0"]), "\(label)")
    }
  }

  /// Columns that have the names of other columns' aliases, in whatever case.
  @Test func aliasesAreNotColumns() throws {
    let resource = Resource("things", dialect: .suffix, paging: .cursor(defaultLimit: 9, maximumLimit: 9)) {
      Field("id", .integer).column("ID").primaryKey()
      Field("Name", .text).column("x").sortable()
      Field("other", .text).column("name").sortable()
      Field("first", .text).column("_k0").sortable()
      Field("second", .text).column("_K1").sortable()
      Field("doc", .text).column("y").sortable()
      Field("Y", .text).inJSON("doc", "y").at("z").nullable().sortable()
    }
    let records = try RecordReader(resource: resource).readAll(
      Array(
        [
          #"{"id":1,"Name":"c","other":"a","first":"b","second":"a","doc":"b","z":"c"}"#,
          #"{"id":2,"Name":"a","other":"b","first":"a","second":"c","doc":"c","z":"b"}"#,
          #"{"id":3,"Name":"b","other":"c","first":"c","second":"b","doc":"a","z":"a"}"#,
        ].joined(separator: "\n").utf8))
    let bridges = try BridgePool.lend()
    defer { BridgePool.takeBack(bridges) }
    for (dialect, open) in openings(resource, records.map { StoredRecord($0) }, bridges) {
      let engine = try open()
      for name in resource.fields.map(\.name) where name != "id" {
        let field = try #require(resource.field(named: name))
        let other = try #require(resource.field(named: "first"))
        for query in [
          Query(resource, sort: [SortKey(field: field, direction: .descending)]),
          Query(
            resource,
            sort: [
              SortKey(field: other, direction: .descending), SortKey(field: field, direction: .ascending),
            ]),
          Query(resource, where: .compare(FieldPath(name), .lessOrEqual, .text("b"))),
          Query(resource, where: .compare(FieldPath(name), .equal, .text("c"))),
        ] {
          let query = try #require(query)
          let expected = try RecordSelection.select(query, from: records).indices.map { String($0 + 1) }
          #expect(try engine.ids(for: query) == expected, "\(name) on \(dialect.displayName)")
        }
      }
    }
  }

  /// Names that an engine takes for one are refused on it, and kept apart on the others.
  @Test func namesThatDifferInCaseOnly() throws {
    let resource = Resource("things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("a", .text).column("Name")
      Field("b", .text).column("name")
    }
    let records = [StoredRecord(values: [.integer(1), .text("x"), .text("y")])]
    let fault = { (engine: String) in "\(engine) takes the columns 'Name' and 'name' for one" }
    let query = try #require(Query(resource, where: .compare(FieldPath("b"), .equal, .text("y"))))
    for dialect in SQLDialect.all {
      let isOne = dialect != .postgreSQL && dialect != .clickHouse
      #expect(
        SQLTable(resource: resource, dialect: dialect).faults == (isOne ? [fault(dialect.displayName)] : []))
      var problems: [Problem] = []
      do {
        _ = try SQLEmitter(resource: resource, dialect: dialect).statement(for: query)
      } catch {
        problems = error.diagnostics.map(\.problem)
      }
      #expect(problems == (isOne ? [.invalidResource(faults: [fault(dialect.displayName)])] : []))
    }
    let bridges = try BridgePool.lend()
    defer { BridgePool.takeBack(bridges) }
    for (dialect, open) in openings(resource, records, bridges)
    where dialect == .postgreSQL || dialect == .clickHouse {
      #expect(try open().ids(for: query) == ["1"])
    }
  }
}
