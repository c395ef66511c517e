public import TamisModel

/// A compiled filter over values of a Swift type. A row matches when the predicate is TRUE of it; FALSE and UNKNOWN
/// leave it out.
///
///     let predicate = try RecordPredicate(query, shape)
///     let found = predicate.filter(balances)              // currency_eq=USD&created_at_gte=2024-01-01
///
/// Rows are decided a thousand at a time, each clause in a loop of its own over those that are still in question.
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
  public func matches(_ row: borrowing Row) -> Bool {
    RowAddress.with(row) { place in
      program.isTrue(0, place, ValueSource(first: place, stride: 0, columns: columns))
    }
  }

  /// The positions of the selected rows, ascending.
  public func indices(in rows: Span<Row>) -> [Int] {
    var found: [Int] = []
    forEachBatch(of: rows) { found += $0.rows }
    return found
  }

  /// Gives the selected rows of one batch after another.
  private func forEachBatch(of rows: Span<Row>, _ body: (RowSelection) -> Void) {
    let count = rows.count
    _ = RowAddress.withFirst(of: rows) { first in
      let source = ValueSource(first: first, stride: MemoryLayout<Row>.stride, columns: columns)
      var start = 0
      while start < count {
        let end = Swift.min(start + RowSelection.batchSize, count)
        var selection = RowSelection(start..<end)
        program.keep(&selection, 0, source)
        body(selection)
        start = end
      }
    }
  }

  /// The positions of the selected rows, ascending.
  public func indices(in rows: [Row]) -> [Int] { indices(in: rows.span) }

  /// The selected rows, in their order.
  public func filter(_ rows: [Row]) -> [Row] {
    indices(in: rows.span).map { rows[$0] }
  }

  /// How many rows are selected.
  public func count(in rows: Span<Row>) -> Int {
    var count = 0
    forEachBatch(of: rows) { count += $0.count }
    return count
  }

  /// How many rows are selected.
  public func count(in rows: [Row]) -> Int { count(in: rows.span) }
}
