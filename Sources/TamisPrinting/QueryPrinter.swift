public import TamisModel
package import TamisPlanner
import TamisSyntax

/// Writes typed queries as requests: the way back from a meaning to a spelling, in any query dialect.
///
///     let printer = QueryPrinter(resource: balances)
///     try printer.text(of: query, in: .suffix)     // currency_eq=USD&created_at_gte=2024-01-01
///     try printer.text(of: query, in: .jsonAPI)    // filter[currency]=USD&filter[created_at][gte]=2024-01-01
///
/// The text is canonical: equal queries give equal text. Read again, it means the same query; what a dialect can not
/// say is refused, never left out. Made once for a resource; used by any number of requests at a time.
public struct QueryPrinter: Sendable {
  private let planner: Planner

  public init(resource: Resource) {
    planner = Planner(resource: resource)
  }

  /// The reason that nobody foresaw: what was written would be read as another query. Tests look for it.
  package static let unforeseen = "it would be read as something else"

  package init(planner: Planner) {
    self.planner = planner
  }

  /// The request that means this query.
  ///
  /// The conditions of the resource's named parameters are written as those parameters; a default that applies by
  /// itself is not written, and neither are scopes, which only the server knows.
  ///
  /// - Parameter scope: the values of the resource's scopes, by name. Without them the clauses of the scopes are
  ///   found by where they stand, after all that a client wrote; a query that was built by hand needs them, if its
  ///   own last clause might be taken for a scope's.
  /// - Throws: for each clause that the dialect has no way to say a diagnostic, with the clause's span in the request
  ///   that the query came from.
  public func text(
    of query: Query, in dialect: QueryDialect, scope: [String: String]? = nil
  ) throws(QueryError) -> String {
    if !planner.faults.isEmpty {
      throw QueryError(Diagnostic(.invalidResource(faults: planner.faults), SourceSpan(0, 0)))
    }
    guard query.resource == planner.resource else {
      let fault = "the query is one of the resource '\(query.resource.name)'"
      throw QueryError(Diagnostic(.invalidResource(faults: [fault]), SourceSpan(0, 0)))
    }
    let query = Normalizer.normalise(query)
    let parts = try RequestParts(query, planner, dialect, scope: scope)
    let written = try write(query, parts, dialect)
    try check(written, parts, query, dialect)
    return String(decoding: written.bytes, as: UTF8.self)
  }

  private func write(
    _ query: Query, _ parts: RequestParts, _ dialect: QueryDialect
  ) throws(QueryError) -> WrittenText {
    guard dialect == .body else {
      var writer = URLWriter(query: query, dialect: dialect)
      return try writer.write(parts)
    }
    var writer = BodyWriter(query: query)
    return try writer.write(parts)
  }

  /// Reads what was written, and compares: a text that means anything else is not given away. What stops it is named
  /// by its clause: a limit of the resource, or a field whose name the dialect reads as something else.
  private func check(
    _ written: WrittenText, _ parts: RequestParts, _ query: Query, _ dialect: QueryDialect
  ) throws(QueryError) {
    let resource = planner.resource
    let parsed = Parser.parse(
      written.bytes, as: dialect, limits: resource.limits, groups: resource.readsGroups)
    let again: Query
    do {
      again = try planner.plan(
        parsed, dialect: dialect, scope: parts.scope, randomSeed: query.randomOrder?.seed
      ).query
    } catch {
      throw Refusal(query, dialect).unreadable(error, written)
    }
    guard again == query else {
      throw Refusal(query, dialect).error(nil, reason: Self.unforeseen)
    }
  }
}

extension Query {
  /// The request that means this query, in a query dialect: see `QueryPrinter`, which is made once for many.
  ///
  ///     try compiler.compile("filter[currency]=USD", dialect: .jsonAPI).query.text(in: .suffix)  // currency_eq=USD
  public func text(in dialect: QueryDialect) throws(QueryError) -> String {
    try QueryPrinter(resource: resource).text(of: self, in: dialect)
  }
}
