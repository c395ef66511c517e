public import TamisModel

/// A compiled filter. A record matches when the predicate is TRUE of it; FALSE and UNKNOWN leave it out.
///
/// Evaluation throws where a regular expression takes more steps on a record than it may (`limit.match-steps`, with the
/// clause's span): such a record neither matches nor does it not. No other operator can fail.
public struct RecordSetPredicate: Sendable {
  let program: PredicateProgram

  init(program: PredicateProgram) {
    self.program = program
  }

  /// Compiles a query's filter.
  public init(_ query: Query) {
    self = PredicateCompiler(query).predicate
  }

  /// Whether one record is selected. Records must have been read with the query's resource.
  public func matches(_ record: borrowing Record) throws(QueryError) -> Bool {
    let run = PredicateRun(program)
    let isMatch = run.program.isTrue(0, record.row, record.storage.table)
    try run.checkFailure()
    return isMatch
  }

  /// The positions of the selected records, ascending.
  public func indices(in records: RecordSet) throws(QueryError) -> [Int] {
    var result: [Int] = []
    let run = PredicateRun(program)
    Self.append(records.storage, 0..<records.count, shift: 0, run.program, to: &result)
    try run.checkFailure()
    return result
  }

  /// The positions of the selected records, ascending. Neighbours in one set are decided together.
  public func indices(in records: [Record]) throws(QueryError) -> [Int] {
    var result: [Int] = []
    let run = PredicateRun(program)
    var start = 0
    while start < records.count {
      let first = records[start]
      var end = start + 1
      while end < records.count, records[end].storage === first.storage,
        records[end].row == first.row + (end - start)
      { end += 1 }
      let rows = first.row..<first.row + (end - start)
      Self.append(first.storage, rows, shift: start - first.row, run.program, to: &result)
      start = end
    }
    try run.checkFailure()
    return result
  }

  /// `shift` takes rows to positions.
  private static func append(
    _ storage: RecordStorage, _ rows: Range<Int>, shift: Int, _ program: PredicateProgram,
    to result: inout [Int]
  ) {
    if rows.count == 1 {
      if program.isTrue(0, rows.lowerBound, storage.table) { result.append(rows.lowerBound + shift) }
      return
    }
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = Swift.min(start + RowSelection.batchSize, rows.upperBound)
      var selection = RowSelection(start..<end)
      program.keep(&selection, 0, storage.table)
      for row in selection.rows { result.append(row + shift) }
      start = end
    }
  }
}
