/// The rows of a batch that are still in question, ascending.
///
/// As long as no test has been made they are a range, so that the first test, which passes over all rows, need not
/// read which.
struct RowSelection {
  /// Where all of `range` are in question, this is not read.
  private var places: [Int] = []
  private var range: Range<Int>
  private var isRange = true

  /// Rows decided together: what one test reads stays in the cache for the next.
  static let batchSize = 1_024

  init(_ range: Range<Int>) {
    self.range = range
  }

  var count: Int { isRange ? range.count : places.count }
  var isEmpty: Bool { count == 0 }
  var rows: [Int] { isRange ? Array(range) : places }

  mutating func removeAll() {
    range = 0..<0
    isRange = true
  }

  mutating func append(contentsOf added: Range<Int>) {
    if isRange, range.isEmpty || range.upperBound == added.lowerBound {
      range = (range.isEmpty ? added.lowerBound : range.lowerBound)..<added.upperBound
    } else {
      places = rows
      places.append(contentsOf: added)
      isRange = false
    }
  }

  /// Keeps the rows that pass; writes each row and moves on only for one that does, so that no branch depends on
  /// the data.
  @inline(__always)
  mutating func keep(_ test: (Int) -> Bool) {
    if isRange {
      let range = range
      // Invariant: `kept` is at most the number of rows tested before, which is below the capacity; the first
      // `kept` places are initialised.
      unsafe places = Array(unsafeUninitializedCapacity: range.count) { places, kept in
        var next = 0
        for row in range {
          unsafe places[next] = row
          next &+= test(row) ? 1 : 0
        }
        kept = next
      }
      isRange = false
    } else {
      let count = places.count
      // Invariant: `kept` is at most `index`, which is below the count.
      let kept = unsafe places.withUnsafeMutableBufferPointer { places in
        var kept = 0
        for index in 0..<count {
          let row = unsafe places[index]
          unsafe places[kept] = row
          kept &+= test(row) ? 1 : 0
        }
        return kept
      }
      places.removeLast(count &- kept)
    }
  }

  /// Keeps the rows at some positions among them, ascending.
  mutating func keep(positions: RowSelection) {
    let all = rows
    places = positions.rows.map { all[$0] }
    isRange = false
  }

  /// Without the rows of `other`, all of which are among these.
  mutating func subtract(_ other: RowSelection) {
    let others = other.rows
    var next = 0
    keep { row in
      guard next < others.count, others[next] == row else { return true }
      next &+= 1
      return false
    }
  }
}
