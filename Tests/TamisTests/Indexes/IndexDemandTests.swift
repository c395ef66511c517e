import Tamis
import TamisModel
import Testing

/// Requests that a resource refuses because no index serves them.
@Suite struct IndexDemandTests {
  private static let indexes = [
    Index("by_code", "code", "id"), Index("by_currency", "currency", "made_at", "id"),
    Index("by_secret", "secret"), Index("by_line", on: "lines", .foreignKey),
  ]

  private func compiled(_ request: String, _ demand: IndexDemand) throws(QueryError) -> CompiledQuery {
    let resource = IndexSamples.resource(Self.indexes, requireIndex: demand)
    return try QueryCompiler(resource: resource).compile(request)
  }

  /// What is refused, and at which text.
  private func refusal(
    _ request: String, _ demand: IndexDemand, _ dialect: SQLDialect = .postgreSQL
  ) throws -> [String] {
    let query = try compiled(request, demand)
    do throws(QueryError) {
      _ = try query.statement(for: dialect)
      return []
    } catch {
      return error.diagnostics.map { diagnostic in
        #expect(diagnostic.code == "engine.no-index" && diagnostic.httpStatus(isBody: false) == 422)
        let bytes = Array(request.utf8)[diagnostic.span.start..<diagnostic.span.end]
        return String(decoding: bytes, as: UTF8.self) + " [" + (diagnostic.parameter ?? "") + "]: "
          + diagnostic.message.prefix { $0 != ";" }
      }
    }
  }

  @Test func filters() throws {
    for request in [
      "code_eq=c7", "code_contains=7&currency_eq=USD", "id_gt=5&label_eq=l7", "", "sort=-id",
      "or[0][code_eq]=c7&or[1][id_eq]=7", "lines.price_eq=7&code_startswith=c", "code_in=",
    ] {
      for dialect in IndexAdviceTests.dialects {
        #expect(try refusal(request, .filters, dialect) == [], "\(request)")
      }
    }
    #expect(
      try refusal("limit=3&label_eq=l7&amount_gt=5", .filters) == [
        "label_eq=l7 [label_eq]: no index on PostgreSQL serves this filter: no index has 'label'"
      ])
    #expect(
      try refusal("lines.price_eq=7", .filters, .sqlite) == [
        "lines.price_eq=7 [lines.price_eq]: no index on SQLite serves this filter: every record is looked at to "
          + "find its elements"
      ])
    #expect(
      try refusal("code_notlike=c7%25", .filters) == [
        "code_notlike=c7%25 [code_notlike]: no index on PostgreSQL serves this filter: what lies "
          + "outside of a range is nearly everything"
      ])
    // A page of everything is cheap in an order that an index gives, and in no other.
    #expect(
      try refusal("sort=amount,-code", .filters) == [
        "amount,-code [sort]: no index on PostgreSQL serves this order: no index has 'amount'"
      ])
  }

  @Test func order() throws {
    for request in ["label_eq=l7", "sort=-code", "currency_eq=USD&sort=made_at", "label_contains=7&sort=id"] {
      for dialect in IndexAdviceTests.dialects {
        #expect(try refusal(request, .order, dialect) == [], "\(request)")
      }
    }
    #expect(
      try refusal("code_eq=c7&sort=made_at", .order) == [
        "made_at [sort]: no index on PostgreSQL serves this order: no index has 'made_at'"
      ])
    #expect(
      try refusal("label_eq=l7&sort=code,-id", [.filters, .order]) == [
        "label_eq=l7 [label_eq]: no index on PostgreSQL serves this filter: no index has 'label'",
        "code,-id [sort]: no index on PostgreSQL serves this order: by_code has 'id' in the other direction",
      ])
  }

  /// What helps: names that clients may write, of the resource's own table.
  @Test func served() throws {
    let error = try #require(
      #expect(throws: QueryError.self) {
        try compiled("label_eq=l7&sort=label", [.filters, .order]).statement(for: .postgreSQL)
      })
    #expect(
      error.diagnostics.map { $0.message.split(separator: "; ").last } == [
        "served: 'id', 'code' and 'currency'", "served: 'id', 'code,id' and 'currency,made_at,id'",
      ])
  }

  /// A count has no order, and one of everything reads everything.
  @Test func counts() throws {
    #expect(throws: QueryError.self) {
      try compiled("label_eq=l7", .filters).countStatement(for: .postgreSQL)
    }
    _ = try compiled("sort=label", .order).countStatement(for: .postgreSQL)
    _ = try compiled("sort=label", .filters).countStatement(for: .postgreSQL)
  }

  /// In memory there are no indexes, and of other engines' nothing is known.
  @Test func elsewhere() throws {
    let query = try compiled("label_eq=l7&sort=label", [.filters, .order])
    _ = query.predicate()
    for dialect in SQLDialect.all where !IndexAdviceTests.dialects.contains(dialect) {
      #expect(query.indexAdvice(for: dialect) == nil)
      _ = try query.statement(for: dialect)
    }
  }

  /// One that was kept for its shape has been checked; one that was refused is refused again.
  @Test func keptStatements() throws {
    let compiler = QueryCompiler(resource: IndexSamples.resource(Self.indexes, requireIndex: .filters))
    for value in ["c1", "c2", "c3"] {
      _ = try compiler.compile("code_eq=\(value)").statement(for: .sqlite)
      #expect(throws: QueryError.self) {
        try compiler.compile("label_eq=\(value)").statement(for: .sqlite)
      }
    }
    #expect(compiler.cacheStatistics(for: .sqlite)?.hits == 2)
  }
}
