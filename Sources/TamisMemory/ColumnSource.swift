import TamisModel

/// Where a program's columns come from: decoded records, or the values of a program's own types.
protocol ColumnSource {
  /// Where a row stands, or an element of one.
  associatedtype Place

  func place(ofRow row: Int) -> Place

  // MARK: One row

  func holds(_ test: CellTest, _ column: Int, _ place: Place, _ constants: [UInt8]) -> Bool
  func holds(_ test: JSONPathTest, _ column: Int, _ place: Place, _ constants: [UInt8]) -> Bool
  /// Nil where one of the two is null.
  func order(_ left: Int, _ right: Int, _ order: CellOrder, _ place: Place) -> Int?
  /// Whether at least `minimum` elements make the program at `index` TRUE.
  func hasElements(
    _ minimum: Int, _ relation: Int, _ place: Place, program: PredicateProgram, _ index: Int
  ) -> Bool

  // MARK: Many rows

  func keep(_ rows: inout RowSelection, _ test: CellTest, _ column: Int, _ constants: [UInt8])
  func keep(_ rows: inout RowSelection, _ test: JSONPathTest, _ column: Int, _ constants: [UInt8])
  func keep(
    _ rows: inout RowSelection, _ left: Int, _ right: Int, _ order: CellOrder, _ comparison: Comparison)
  func keepAny(
    _ rows: inout RowSelection, _ relation: Int, _ minimum: Int, isNegated: Bool, program: PredicateProgram,
    _ index: Int)
}

extension ColumnSource {
  func keep(_ rows: inout RowSelection, _ test: JSONPathTest, _ column: Int, _ constants: [UInt8]) {
    rows.keep { holds(test, column, place(ofRow: $0), constants) }
  }

  func keep(
    _ rows: inout RowSelection, _ left: Int, _ right: Int, _ order: CellOrder, _ comparison: Comparison
  ) {
    rows.keep { self.order(left, right, order, place(ofRow: $0)).map(comparison.holds) ?? false }
  }

  func keepAny(
    _ rows: inout RowSelection, _ relation: Int, _ minimum: Int, isNegated: Bool, program: PredicateProgram,
    _ index: Int
  ) {
    rows.keep { hasElements(minimum, relation, place(ofRow: $0), program: program, index) != isNegated }
  }
}
