import TamisModel

extension RecordTable: ColumnSource {
  func place(ofRow row: Int) -> Int { row }

  func holds(_ test: CellTest, _ column: Int, _ row: Int, _ constants: [UInt8]) -> Bool {
    test.matches(columns[column][row], self, constants)
  }

  func holds(_ test: JSONPathTest, _ column: Int, _ row: Int, _ constants: [UInt8]) -> Bool {
    test.matches(columns[column][row], self, constants)
  }

  func order(_ left: Int, _ right: Int, _ order: CellOrder, _ row: Int) -> Int? {
    let first = columns[left][row]
    let second = columns[right][row]
    guard !first.isNull, !second.isNull else { return nil }
    return order.compare(first, arena, second, arena)
  }

  func hasElements(
    _ minimum: Int, _ relation: Int, _ row: Int, program: PredicateProgram, _ index: Int
  ) -> Bool {
    var missing = minimum
    for element in elements(ofRow: row, inRelation: relation) where program.isTrue(index, element, self) {
      missing &-= 1
      if missing == 0 { return true }
    }
    return false
  }

  func keep(_ rows: inout RowSelection, _ test: CellTest, _ column: Int, _ constants: [UInt8]) {
    test.keep(&rows, columns[column], self, constants)
  }

  /// The elements of all rows are filtered together.
  func keepAny(
    _ rows: inout RowSelection, _ relation: Int, _ minimum: Int, isNegated: Bool, program: PredicateProgram,
    _ index: Int
  ) {
    var elements = RowSelection(0..<0)
    for row in rows.rows { elements.append(contentsOf: self.elements(ofRow: row, inRelation: relation)) }
    program.keep(&elements, index, self)
    let found = elements.rows
    var next = 0
    rows.keep { row in
      let end = self.elements(ofRow: row, inRelation: relation).upperBound
      let first = next
      while next < found.count, found[next] < end { next &+= 1 }
      return (next &- first >= minimum) != isNegated
    }
  }
}
