public import TamisModel

/// A compiled filter over values of a Swift type. A row matches when the predicate is TRUE of it; FALSE and UNKNOWN
/// leave it out.
///
///     let predicate = try RecordPredicate(query, shape)
///     let found = try predicate.filter(balances)          // currency_eq=USD&created_at_gte=2024-01-01
///
/// Rows are decided a thousand at a time, each clause in a loop of its own over those that are still in question.
///
/// Evaluation throws where a regular expression takes more steps on a row than it may (`limit.match-steps`, with the
/// clause's span): such a row neither matches nor does it not. No other operator can fail.
public struct RecordPredicate<Row>: Sendable {
  private let program: PredicateProgram
  private let columns: BoundColumns

  /// Compiles a query's filter.
  ///
  /// - Throws: what the query uses that the shape does not bind, with the clause's span.
  public init(_ query: Query, _ shape: RecordShape<Row>) throws(QueryError) {
    try BindingCheck(query, shape.resource, shape.columns, typeName: String(describing: Row.self)).filter()
    program = PredicateCompiler(query).program
    columns = shape.columns
  }

  /// Whether one row is selected.
  public func matches(_ row: borrowing Row) throws(QueryError) -> Bool {
    let run = PredicateRun(program)
    let isMatch = RowAddress.with(row) { place in
      run.program.isTrue(0, place, ValueSource(first: place, stride: 0, columns: columns))
    }
    try run.checkFailure()
    return isMatch
  }

  /// The positions of the selected rows, ascending.
  public func indices(in rows: Span<Row>) throws(QueryError) -> [Int] {
    var found: [Int] = []
    try forEachBatch(of: rows) { found += $0.rows }
    return found
  }

  /// Gives the selected rows of one batch after another.
  private func forEachBatch(
    of rows: Span<Row>, _ body: (RowSelection) -> Void
  ) throws(QueryError) {
    let run = PredicateRun(program)
    let count = rows.count
    _ = RowAddress.withFirst(of: rows) { first in
      let source = ValueSource(first: first, stride: MemoryLayout<Row>.stride, columns: columns)
      var start = 0
      while start < count {
        let end = Swift.min(start + RowSelection.batchSize, count)
        var selection = RowSelection(start..<end)
        run.program.keep(&selection, 0, source)
        body(selection)
        start = end
      }
    }
    try run.checkFailure()
  }

  /// The positions of the selected rows, ascending.
  public func indices(in rows: [Row]) throws(QueryError) -> [Int] { try indices(in: rows.span) }

  /// The selected rows, in their order.
  public func filter(_ rows: [Row]) throws(QueryError) -> [Row] {
    try indices(in: rows.span).map { rows[$0] }
  }

  /// How many rows are selected.
  public func count(in rows: Span<Row>) throws(QueryError) -> Int {
    var count = 0
    try forEachBatch(of: rows) { count += $0.count }
    return count
  }

  /// How many rows are selected.
  public func count(in rows: [Row]) throws(QueryError) -> Int { try count(in: rows.span) }
}
