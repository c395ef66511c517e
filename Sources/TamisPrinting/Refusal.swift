import TamisModel

/// What is said of a query that a dialect can not say.
struct Refusal {
  let query: Query
  let dialect: QueryDialect

  /// Why a minimum of elements can not be said.
  static let severalElements = "no request asks for more than one element"

  /// Why `any` without the condition of its relation can not be said.
  static let withoutCondition = "the resource adds a condition that is not in it"

  init(_ query: Query, _ dialect: QueryDialect) {
    self.query = query
    self.dialect = dialect
  }

  /// About a clause, or about the query as a whole.
  func error(_ node: Int?, reason: String? = nil) -> QueryError {
    QueryError(diagnostic(node, reason: reason))
  }

  func diagnostic(_ node: Int?, reason: String? = nil) -> Diagnostic {
    guard let node else { return part("this query", reason: reason) }
    return Diagnostic(
      .notInDialect(
        clause: query.predicate(at: node).description, dialect: dialect.rawValue, reason: reason),
      span(of: node))
  }

  /// About the order, the page and the like.
  func part(_ name: String, reason: String? = nil) -> Diagnostic {
    Diagnostic(.notInDialect(clause: name, dialect: dialect.rawValue, reason: reason), SourceSpan(0, 0))
  }

  /// The first clause inside a group that the client wrote.
  private func span(of node: Int) -> SourceSpan {
    let spans = query.nodes[node..<Int(query.nodes[node].end)].map { query.span(of: $0) }
    return spans.first { $0.count > 0 } ?? SourceSpan(0, 0)
  }

  /// What reading the text complained about, said of the clauses.
  func unreadable(_ error: QueryError, _ written: WrittenText) -> QueryError {
    let diagnostics = error.diagnostics.map { diagnostic(written.node(at: $0.span), reason: $0.message) }
    return QueryError(diagnostics) ?? error
  }
}
