import TamisModel

/// The values of a program's own types as columns: rows side by side in memory, or elements of one.
struct ValueSource: ColumnSource {
  typealias Place = RowAddress

  let first: RowAddress
  let stride: Int
  let columns: BoundColumns
  /// Where values are read into that have no loop of their own: one after another, each over the last.
  let scratch = ValueScratch()

  func place(ofRow row: Int) -> RowAddress { first.row(row, stride: stride) }

  func holds(_ test: CellTest, _ column: Int, _ row: RowAddress, _ constants: [UInt8]) -> Bool {
    guard let column = columns.fields[column] else { return false }
    return scratch.with { table in
      let cell = table.cell(column, row)
      return test.matches(cell, table, constants)
    }
  }

  func holds(_ test: JSONPathTest, _ column: Int, _ row: RowAddress, _ constants: [UInt8]) -> Bool {
    guard let column = columns.fields[column] else { return false }
    return scratch.with { table in
      let cell = table.cell(column, row)
      return test.matches(cell, table, constants)
    }
  }

  func order(_ left: Int, _ right: Int, _ order: CellOrder, _ row: RowAddress) -> Int? {
    guard let left = columns.fields[left], let right = columns.fields[right] else { return nil }
    return scratch.with { table in
      let first = table.cell(left, row)
      let second = table.cell(right, row)
      guard !first.isNull, !second.isNull else { return nil }
      return order.compare(first, table.arena, second, table.arena)
    }
  }

  func hasElements(
    _ minimum: Int, _ relation: Int, _ row: RowAddress, program: PredicateProgram, _ index: Int
  ) -> Bool {
    guard let relation = columns.relations[relation] else { return false }
    var missing = minimum
    return relation.hasElement(row) {
      if program.isTrue(index, $0, self) { missing &-= 1 }
      return missing == 0
    }
  }

  func keep(_ rows: inout RowSelection, _ test: CellTest, _ column: Int, _ constants: [UInt8]) {
    guard let bound = columns.fields[column] else { return rows.removeAll() }
    if bound.hasLoops { return bound.keep(&rows, first, stride: stride, test, constants) }
    rows.keep { holds(test, column, place(ofRow: $0), constants) }
  }
}

/// What a shape binds, by the places of its resource's fields and relations. A class, so that passing it around
/// copies nothing.
final class BoundColumns: Sendable {
  /// Nil where a field is bound to nothing.
  let fields: [(any BoundColumn)?]
  let relations: [(any BoundRelation)?]

  init(fields: [(any BoundColumn)?], relations: [(any BoundRelation)?]) {
    self.fields = fields
    self.relations = relations
  }
}

/// A table for the cells of one row at a time.
final class ValueScratch {
  private var table = RecordTable(fieldless: ())

  func with<Result>(_ body: (inout RecordTable) -> Result) -> Result {
    table.clear()
    return body(&table)
  }
}

extension RecordTable {
  mutating func clear() {
    arena.removeAll(keepingCapacity: true)
    tape.removeAll(keepingCapacity: true)
  }

  /// What the field's type cannot hold is null.
  mutating func cell(_ column: any BoundColumn, _ row: RowAddress) -> Cell {
    (try? column.cell(row, into: &self)) ?? .null
  }
}
