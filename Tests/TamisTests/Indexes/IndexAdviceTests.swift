import Tamis
import TamisEngines
import TamisModel
import Testing

/// What explanations say of indexes, against what is written down in the cases; and the engines' own plans against
/// what they say.
@Suite struct IndexAdviceTests {
  static let dialects: [SQLDialect] = [.postgreSQL, .sqlite]

  /// The lines of one kind in an explanation's section on indexes.
  private static func lines(_ kind: String, _ compiled: CompiledQuery, _ dialect: SQLDialect) -> [String] {
    let text = compiled.explain(engines: [dialect]).text
    let lines = text.split(separator: "\n").drop { $0 != "Indexes, \(dialect.name)" }.dropFirst()
    return lines.prefix { $0.hasPrefix("  ") }.map { String($0.dropFirst(2)) }.filter { $0.hasPrefix(kind) }
      .map { line in
        let said =
          kind == "filter" ? line.ranges(of: ": ").last?.upperBound : line.firstRange(of: ": ")?.upperBound
        let text = String(line[(said ?? line.startIndex)...])
        return text.firstRange(of: "  (bytes").map { String(text[..<$0.lowerBound]) } ?? text
      }
  }

  private func check(_ kind: String, _ cases: [IndexCase]) throws {
    for example in cases {
      let compiled = try example.compiled()
      for dialect in Self.dialects {
        let lines = Self.lines(kind, compiled, dialect)
        #expect(
          lines == example.expected(dialect), "line \(example.line), \(example.request), \(dialect.name)")
      }
    }
  }

  @Test func filters() throws { try check("filter", IndexCase.filters) }
  @Test func orders() throws { try check("order", IndexCase.orders) }
  @Test func places() throws { try check("place", IndexCase.places) }

  /// What is said of orders and places, in JSON.
  @Test func adviceAsJSON() throws {
    for (dialect, order) in [
      (SQLDialect.sqlite, #""order":{"index":"the primary key","access":"one record"}"#),
      (.postgreSQL, #""order":{"access":"constant"}"#),
    ] {
      let json = try IndexCase("id_eq=5", [Index("by_code", "code")]).compiled().explain(engines: [dialect])
        .json
      #expect(json.contains(order), "\(json)")
    }
    for example in IndexCase.places {
      let compiled = try example.compiled()
      let place = try #require(compiled.indexAdvice(for: .postgreSQL)?.boundary)
      let said =
        switch place {
        case .served(let index, let access): #"{"indexes":["\#(index)"],"access":"\#(access.rawValue)"}"#
        case .notServed(let obstacle): #"{"indexes":[],"reason":"\#(obstacle.message)"}"#
        case .alternatives, .elements, .constant: "no such place"
        }
      let expected = said.replacing("'", with: #"\u0027"#)
      let json = compiled.explain(engines: [.postgreSQL]).json
      #expect(json.contains(#""place":\#(expected)"#), "line \(example.line): \(json)")
    }
  }

  /// A primary key inside of a document has no index by itself.
  @Test func keysOfDocuments() throws {
    for (index, order) in [
      (nil, IndexAdvice.Order.sorted(.noIndex(field: "id"))),
      (
        Index("by_id", .ascending("id").expression()).unique(),
        .given(index: "by_id", isBackward: false)
      ),
    ] as [(Index?, IndexAdvice.Order)] {
      let resource = Resource("plans", dialect: .suffix) {
        Field("id", .integer).inJSON("doc", "id").primaryKey()
        if let index { index }
      }
      #expect(resource.faults == [])
      let compiled = try QueryCompiler(resource: resource).compile("id_gt=1")
      let advice = try #require(compiled.indexAdvice(for: .postgreSQL))
      #expect(advice.order == order)
      #expect(advice.isFilterServed == (index != nil))
    }
  }

  // MARK: Plans

  private func engines() throws -> [any PlanningEngine] {
    let resource = IndexSamples.resource([])
    var engines: [any PlanningEngine] = []
    #if CommandLine
      engines.append(try SQLitePlanningEngine(resource: resource, records: IndexSamples.records))
    #endif
    if let server = PostgreSQLConnection.connectionString {
      engines.append(
        try PostgreSQLPlanningEngine(resource: resource, records: IndexSamples.records, server: server))
    }
    return engines
  }

  private func withIndexes(
    _ example: IndexCase, _ engine: any PlanningEngine, _ body: () throws -> Void
  ) throws {
    let table = SQLTable(resource: IndexSamples.resource(example.indexes), dialect: engine.dialect)
    #expect(table.faults == [])
    #expect(table.indexStatements.count == example.indexes.count)
    for statement in table.indexStatements { try engine.execute(statement) }
    try engine.execute("ANALYZE")
    try body()
    for index in example.indexes { try engine.execute("DROP INDEX \"\(index.name)\"") }
  }

  @Test func plansOfFilters() throws {
    for engine in try engines() {
      for example in IndexCase.filters {
        try withIndexes(example, engine) {
          let compiled = try example.compiled()
          let advice = try #require(compiled.indexAdvice(for: engine.dialect))
          let statement = try compiled.countStatement(for: engine.dialect)
          let plan = try engine.plan(statement, isForOrder: false)
          let agreement = IndexAgreement(compiled.query.resource, engine.dialect)
          #expect(
            agreement.disagreement(on: advice, plan) == nil,
            "line \(example.line), \(example.request), \(engine.dialect.name): \(statement.text)\n\(plan)")
        }
      }
    }
  }

  @Test func plansOfOrders() throws {
    for engine in try engines() {
      for example in IndexCase.orders + IndexCase.places {
        try withIndexes(example, engine) {
          let compiled = try example.compiled()
          let advice = try #require(compiled.indexAdvice(for: engine.dialect))
          let statement = try compiled.statement(for: engine.dialect)
          let plan = try engine.plan(statement, isForOrder: true)
          let sorts = !advice.isOrderServed
          #expect(
            plan.sorts == sorts,
            "line \(example.line), \(example.request), \(engine.dialect.name): \(advice.order) \(statement.text)\n\(plan)"
          )
          guard let place = advice.boundary else { return }
          #expect(
            plan.enters(by: IndexAgreement.firstKey(compiled.query, engine.dialect)) == place.isServed,
            "line \(example.line), \(example.request), \(engine.dialect.name): \(place) \(statement.text)\n\(plan)"
          )
        }
      }
    }
  }
}
