public import TamisModel

/// Turns typed queries over one resource into statements for one engine.
///
/// Make it once; it holds the resource's quoted names. `currency_eq=USD` becomes
///
///     SELECT "balance_id", "currency" FROM "balances" WHERE "currency" = $1
///       ORDER BY "balance_id" COLLATE "C" LIMIT $2 OFFSET $3
///
/// The text is a function of the resource and of the query's `shape`; values are bindings, always.
public struct SQLEmitter: Sendable {
  private let prepared: PreparedResource

  public init(resource: Resource, dialect: SQLDialect) {
    prepared = PreparedResource(resource, dialect)
  }

  public var resource: Resource { prepared.resource }
  public var dialect: SQLDialect { prepared.dialect }

  /// Whether this is the emitter of a dialect.
  package func writes(_ dialect: SQLDialect) -> Bool { prepared.dialect == dialect }

  /// The page of records: the selected columns, then what is missing of the primary key; one row more than the page
  /// holds, so that the caller knows whether more follow.
  ///
  /// Throws a diagnostic at the clause that the engine cannot run exactly.
  public func statement(for query: Query) throws(QueryError) -> SQLStatement {
    try checkFaults()
    return try SQLText.write(estimate: StatementWriter.estimate(prepared, query)) {
      (text) throws(QueryError) in
      var writer = StatementWriter(prepared, query, text)
      writer.writeHead()
      try writer.writeFilter()
      try writer.writeOrder()
      writer.writePage()
      return try writer.finished()
    }
  }

  /// How many records the filter selects, whatever the page.
  public func countStatement(for query: Query) throws(QueryError) -> SQLStatement {
    try checkFaults()
    return try SQLText.write(estimate: StatementWriter.estimate(prepared, query)) {
      (text) throws(QueryError) in
      var writer = StatementWriter(prepared, query, text)
      writer.writeCountHead()
      try writer.writeFilter()
      return try writer.finished()
    }
  }

  private func checkFaults() throws(QueryError) {
    guard prepared.faults.isEmpty else {
      throw QueryError(Diagnostic(.invalidResource(faults: prepared.faults), SourceSpan(0, 0)))
    }
  }

  /// The public names of a statement's columns, in order.
  public func columnNames(for query: Query) -> [String] {
    PreparedResource.columns(query.selection, resource).map { resource.field($0).name }
  }
}
