/// The rows of a batch that are still in question, ascending.
struct RowSelection {
  private(set) var rows: [Int]

  /// Rows decided together: what one test reads stays in the cache for the next.
  static let batchSize = 1_024

  init(_ range: Range<Int>) {
    rows = Array(range)
  }

  var isEmpty: Bool { rows.isEmpty }

  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
  }

  mutating func append(contentsOf range: Range<Int>) {
    rows.append(contentsOf: range)
  }

  /// Keeps the rows that pass; writes each row and moves on only for one that does, so that no branch depends on
  /// the data.
  @inline(__always)
  mutating func keep(_ test: (Int) -> Bool) {
    var kept = 0
    for index in rows.indices {
      let row = rows[index]
      rows[kept] = row
      kept &+= test(row) ? 1 : 0
    }
    rows.removeLast(rows.count &- kept)
  }

  /// Keeps the rows at some positions among them, ascending.
  mutating func keep(positions: RowSelection) {
    for (place, position) in positions.rows.enumerated() { rows[place] = rows[position] }
    rows.removeLast(rows.count &- positions.rows.count)
  }

  /// Without the rows of `other`, all of which are among these.
  mutating func subtract(_ other: RowSelection) {
    var next = 0
    keep { row in
      guard next < other.rows.count, other.rows[next] == row else { return true }
      next &+= 1
      return false
    }
  }
}
