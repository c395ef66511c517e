#if CommandLine
  import Foundation
  import TamisModel
  import TamisSQL
  import Testing

  /// What each engine is sent, as text: the filters that `SQLExecutionTests` puts to the engines that are there, and
  /// orders and places in them. SQLite is there always. A change is
  /// seen without any server.
  ///
  /// `TAMIS_RECORD=1 swift test --filter StatementGoldenTests` writes the goldens anew, and fails.
  @Suite struct StatementGoldenTests {
    private static let filters: [TamisModel.Predicate] =
      (ExecutionCases.engines + ExecutionCases.containment).map(\.predicate)
      + [Comparison.equal, .notEqual, .less].map { .compareFields(FieldPath("name"), $0, FieldPath("name")) }
      + ["items", "lines"].map { relation in
        .any(
          relation: relation, .compare(FieldPath("start"), .greater, .integer(0)), isNegated: false,
          atLeast: 2)
      }
      + ["^ab", "a.c$", "a|b"].flatMap { pattern in
        [false, true].map { .matches(FieldPath("name"), pattern, isNegated: $0) }
      }

    @Test(arguments: SQLDialect.all.map(\.name).filter { $0 != "sqlite" })
    func everyClauseAsItIsSent(_ name: String) throws {
      let dialect = try #require(SQLDialect.all.first { $0.name == name })
      var golden = StatementGolden()
      for storages in SQLExecutionTests.storages {
        let resource = SQLExecutionTests.resource(storages, on: dialect)
        let emitter = SQLEmitter(resource: resource, dialect: dialect)
        for predicate in Self.filters { try golden.addFilter(predicate, emitter) }
        if storages.isEmpty { try golden.addOrders(emitter) }
      }
      let path = "Goldens/Statements/\(name).txt"
      if ProcessInfo.processInfo.environment["TAMIS_RECORD"] != nil {
        try CaseFiles.write(golden.text, to: path)
        Issue.record("recorded \(path)")
      } else {
        compare(golden.text, try CaseFiles.text(path), path)
      }
    }

    private func compare(_ found: String, _ golden: String, _ path: String) {
      let lines = found.split(separator: "\n")
      let expected = golden.split(separator: "\n")
      for (index, pair) in zip(lines, expected).enumerated() where pair.0 != pair.1 {
        Issue.record("\(path):\(index + 1): expected \(pair.1), found \(pair.0)")
        return
      }
      #expect(lines.count == expected.count, "\(path)")
    }
  }

  /// The statements of one engine. Each text stands there once, with the values of the first query that has it.
  private struct StatementGolden {
    private(set) var text = ""
    private var known: Set<String> = []

    mutating func addFilter(_ predicate: TamisModel.Predicate, _ emitter: SQLEmitter) throws {
      let query = try #require(Query(emitter.resource, where: predicate))
      try add("\(predicate)", after: " WHERE ") { () throws(QueryError) in
        try emitter.countStatement(for: query)
      }
    }

    /// Some fields in each direction, with null at each end, and the places after and before a record that has a
    /// value there, and one that has not.
    mutating func addOrders(_ emitter: SQLEmitter) throws {
      for (name, value) in [
        ("name", Value.text("abc")), ("huge", SQLSamples.decimal("0.5")), ("flag", .boolean(true)),
        ("inner_count", .integer(5)), ("status", .enumeration("active")),
      ] {
        let field = try #require(emitter.resource.field(named: name))
        for (direction, nulls) in [
          (SortKey.Direction.ascending, SortKey.NullPlacement.first), (.ascending, .last),
          (.descending, .first), (.descending, .last),
        ] {
          let key = SortKey(field: field, direction: direction, nulls: nulls)
          let query = try #require(Query(emitter.resource, sort: [key]))
          try addOrder(query, "\(name) \(direction), nulls \(nulls)", value, emitter)
          guard name == "huge", direction == .descending, nulls == .last else { continue }
          for position in 0...1 {
            let shuffled = query.shuffled(RandomOrder(seed: 7, position: position))
            try addOrder(shuffled, "by chance after \(position) of \(name) \(direction)", value, emitter)
          }
        }
      }
    }

    private mutating func addOrder(
      _ query: Query, _ name: String, _ value: Value, _ emitter: SQLEmitter
    ) throws {
      try add(name, after: " ORDER BY ") { () throws(QueryError) in try emitter.statement(for: query) }
      for (side, value) in [
        (KeysetBoundary.Side.after, value), (.after, nil), (.before, value), (.before, nil),
      ] {
        let beside = try #require(query.beside(KeysetBoundary(values: [value, .integer(1)], side: side)))
        try add("\(name), \(side) \(value.map(\.description) ?? "null")", after: " WHERE ") {
          () throws(QueryError) in try emitter.statement(for: beside)
        }
      }
    }

    private mutating func add(
      _ name: String, after mark: String, _ statement: () throws(QueryError) -> SQLStatement
    ) throws {
      var line: String
      var values = ""
      do throws(QueryError) {
        let statement = try statement()
        line =
          statement.text.firstRange(of: mark).map { String(statement.text[$0.upperBound...]) } ?? "everything"
        values = statement.bindings.map { " · \($0)" }.joined()
      } catch {
        line = "refused: \(error.diagnostics.map(\.message).joined(separator: "; "))"
      }
      guard known.insert(line).inserted else { return }
      text += "\(name)\n  \(line)\(values)\n".replacing("\r", with: "\\r")
    }
  }
#endif
