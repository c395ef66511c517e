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

  /// - Parameter cachedShapes: how many statements are kept, by shape, so that their text need not be written again.
  public init(resource: Resource, dialect: SQLDialect, cachedShapes: Int = 256) {
    prepared = PreparedResource(resource, dialect, cachedShapes: cachedShapes)
  }

  /// How often a statement's text was at hand.
  public var cacheStatistics: StatementCacheStatistics { prepared.cache.statistics }

  public var resource: Resource { prepared.resource }
  public var dialect: SQLDialect { prepared.dialect }

  /// Whether this is the emitter of a dialect.
  package func writes(_ dialect: SQLDialect) -> Bool { prepared.dialect == dialect }

  /// The page of records: the selected columns, then what is missing of the primary key, then the sort keys where
  /// the resource is paged by cursors; one row more than the page holds, so that the caller knows whether more follow.
  /// Rows of a page before a place come in reverse, the nearest first.
  ///
  /// Throws a diagnostic at the clause that the engine cannot run exactly.
  public func statement(for query: Query) throws(QueryError) -> SQLStatement {
    try checkFaults()
    var statement = try shapedStatement(for: query)
    if prepared.hasKeyColumns { statement.keyColumns = keyColumns(for: query) }
    return statement
  }

  /// The places of a statement's hidden columns, one for each sort key: `SQLStatement.keyColumns`.
  public func keyColumns(for query: Query) -> Range<Int> {
    guard prepared.hasKeyColumns else { return 0..<0 }
    let count = PreparedResource.columns(query.selection, resource).count
    return count..<count + query.sort.count
  }

  private func shapedStatement(for query: Query) throws(QueryError) -> SQLStatement {
    let cache = prepared.cache
    // What was kept has been checked: an index serves a shape, whatever its values are.
    guard cache.isOn else { return try written(query, recordsSlots: false).statement }
    let hash = query.shapeHash
    if let template = cache.template(for: query, hash: hash) {
      return try template.statement(for: query, prepared.dialect)
    }
    let (statement, slots) = try written(query, recordsSlots: cache.hasRoom(for: hash))
    if let slots { cache.keep(StatementTemplate(query, hash: hash, text: statement.text, slots: slots)) }
    return statement
  }

  private func written(
    _ query: Query, recordsSlots: Bool
  ) throws(QueryError) -> (statement: SQLStatement, slots: [BindingSlot]?) {
    try checkIndexes(for: query, isCount: false)
    let written = try SQLText.write(
      estimate: StatementWriter.estimate(prepared, query)
    ) { (text) throws(QueryError) in
      var writer = StatementWriter(prepared, query, text, recordsSlots: recordsSlots)
      writer.writeHead()
      try writer.writePageFilter()
      try writer.writeOrder()
      try writer.writePage()
      return try writer.finished()
    }
    return try placed(written, query)
  }

  /// With the placeholders that the engine has.
  private func placed(
    _ written: (statement: SQLStatement, slots: [BindingSlot]?), _ query: Query
  ) throws(QueryError) -> (statement: SQLStatement, slots: [BindingSlot]?) {
    guard case .positional = dialect.placeholders else { return written }
    let placed = PositionalPlaceholders.placed(written.statement, written.slots)
    guard placed.statement.bindings.count <= dialect.bindingLimit else {
      throw StatementWriter.excess(query, dialect)
    }
    return placed
  }

  /// How many records the filter selects, whatever the page.
  public func countStatement(for query: Query) throws(QueryError) -> SQLStatement {
    try checkFaults()
    try checkIndexes(for: query, isCount: true)
    let written = try SQLText.write(estimate: StatementWriter.estimate(prepared, query)) {
      (text) throws(QueryError) in
      var writer = StatementWriter(prepared, query, text, recordsSlots: false)
      writer.writeCountHead()
      try writer.writeFilter()
      return try writer.finished()
    }
    return try placed(written, query).statement
  }

  private func checkFaults() throws(QueryError) {
    guard prepared.faults.isEmpty else {
      throw QueryError(Diagnostic(.invalidResource(faults: prepared.faults), SourceSpan(0, 0)))
    }
  }

  /// What the indexes of the resource can do for a query; nil for an engine whose indexes nothing is known of.
  public func indexAdvice(for query: Query) -> IndexAdvice? {
    IndexAdvisor(query, prepared)?.advice()
  }

  private func checkIndexes(for query: Query, isCount: Bool) throws(QueryError) {
    let demand = resource.requiredIndexes
    guard !demand.isEmpty, let advisor = IndexAdvisor(query, prepared) else { return }
    try advisor.check(demand, isCount: isCount)
  }

  /// The place beside a row: its sort keys, from the statement's hidden columns.
  ///
  /// - Parameter cells: the values of `SQLStatement.keyColumns`, in order. Numbers may come as text.
  /// - Throws: a diagnostic for a cell that its field can not hold.
  public func boundary(
    _ side: KeysetBoundary.Side, _ cells: [SQLBinding], of query: Query
  ) throws(QueryError) -> KeysetBoundary {
    let keys = query.sort
    var values: [Value?] = []
    for (index, key) in keys.enumerated() {
      let cell = cells.indices.contains(index) ? cells[index] : .null
      let field = resource.field(key.field)
      let encoding = ColumnEncoding.resolve(field, dialect, insideJSON: field.jsonLocation != nil)
      let value = cell == .null ? nil : encoding?.value(from: cell, of: field)
      guard value != nil || (cell == .null && field.isNullable) else {
        throw QueryError(
          Diagnostic(
            .wrongShape(expected: "\(field.type.noun) for the sort key '\(field.name)'", found: cell.type),
            SourceSpan(0, 0)))
      }
      values.append(value)
    }
    return KeysetBoundary(values: values, side: side)
  }

  /// The public names of a statement's columns, in order, without the hidden ones.
  public func columnNames(for query: Query) -> [String] {
    PreparedResource.columns(query.selection, resource).map { resource.field($0).name }
  }
}
