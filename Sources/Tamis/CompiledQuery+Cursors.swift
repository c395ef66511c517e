public import TamisMemory
public import TamisModel
import TamisPlanner
public import TamisSQL

extension CompiledQuery {
  /// The page that a statement's rows are, with the cursors of its neighbours.
  ///
  ///     let page = try query.page(rows, from: .postgreSQL) { row, column in .text(row[column]) }
  ///
  /// - Parameters:
  ///   - rows: all rows of the statement, in the order they came, the extra one included.
  ///   - cell: the value of a row's column, counted from 0. It is asked for `SQLStatement.keyColumns` only, and may
  ///     give numbers as text.
  /// - Throws: what `cell` throws, or a `QueryError`: no key for cursors, or a value that a key's field can not hold.
  public func page<Row>(
    _ rows: [Row], from dialect: SQLDialect, cell: (Row, Int) throws -> SQLBinding
  ) throws -> CursorPage<Row> {
    let emitter = emitter(dialect)
    let columns = emitter.keyColumns(for: query)
    let records = Array(rows.prefix(query.page.limit))
    return try neighbours(
      query.boundary?.side == .before ? records.reversed() : records, hasMore: rows.count > query.page.limit
    ) { row, side in
      try cursor(of: try emitter.boundary(side, try columns.map { try cell(row, $0) }, of: query))
    }
  }

  /// The page of a selection among records in memory, with the cursors of its neighbours.
  ///
  ///     let page = try query.page(query.select(from: records), of: records)
  public func page(
    _ selection: RecordSelection, of records: some RandomAccessCollection<Record>
  ) throws(QueryError) -> CursorPage<Record> {
    let page = selection.indices.map { records[records.index(records.startIndex, offsetBy: $0)] }
    return try neighbours(page, hasMore: selection.hasMore) { (record, side) throws(QueryError) in
      try cursor(of: KeysetBoundary(values: query.sort.map { record.value(of: $0.field) }, side: side))
    }
  }

  /// The same of a page of values of a Swift type.
  ///
  ///     let page = try query.page(query.select(from: balances, as: shape), as: shape)
  public func page<Row>(
    _ page: RecordPage<Row>, as shape: RecordShape<Row>
  ) throws(QueryError) -> CursorPage<Row> {
    let ordering = try RecordOrdering(query, shape)
    return try neighbours(page.records, hasMore: page.hasMore) { (row, side) throws(QueryError) in
      try cursor(of: KeysetBoundary(values: ordering.keyValues(of: row), side: side))
    }
  }

  /// The cursor of a place in this query's order: the values of its sort keys, in their order; nil is null.
  ///
  /// - Throws: when the server has no key for cursors, the values do not suit the keys, or the cursor would be longer
  ///   than the resource lets a value be.
  public func cursor(of place: KeysetBoundary) throws(QueryError) -> String {
    guard case .cursor = query.resource.paging else { throw Self.error(.notSupported(feature: "cursors")) }
    guard let cursors else { throw Self.error(.noCursorKey) }
    guard query.beside(place) != nil else {
      throw Self.error(.invalidCursor(reason: "its values are not those of the order"))
    }
    guard let token = CursorToken.write(place, of: query, with: cursors) else {
      throw Self.error(.noCursorKey)
    }
    let limit = query.resource.limits.valueBytes
    guard token.utf8.count <= limit else { throw Self.error(.valueTooLong(limit: limit)) }
    return token
  }

  private static func error(_ problem: Problem) -> QueryError {
    QueryError(Diagnostic(problem, SourceSpan(0, 0)))
  }

  /// A page read forwards has one before it when it began at a place; one read backwards has one after it.
  private func neighbours<Element, Failure: Error>(
    _ page: [Element], hasMore: Bool,
    _ cursor: (Element, KeysetBoundary.Side) throws(Failure) -> String
  ) throws(Failure) -> CursorPage<Element> {
    let isBackwards = query.boundary?.side == .before
    let hasNext = isBackwards || hasMore
    let hasPrevious = isBackwards ? hasMore : query.boundary != nil
    var next: String?
    var previous: String?
    if hasNext, let last = page.last { next = try cursor(last, .after) }
    if hasPrevious, let first = page.first { previous = try cursor(first, .before) }
    return CursorPage(records: page, next: next, previous: previous)
  }
}
