import TamisModel

/// A compiled predicate: preorder, negation in the leaves, constants decoded.
///
/// With every negation in a leaf, a tree of AND and OR is TRUE exactly where its leaves' TRUE say so: UNKNOWN and
/// FALSE need not be told apart, and a set of rows is enough to evaluate with.
struct PredicateProgram: Sendable {
  enum Step: Sendable {
    case and
    case or
    case constant(Bool)
    /// A field's own value.
    case field(column: Int, CellTest)
    /// A value inside a JSON field.
    case path(column: Int, JSONPathTest)
    /// Two fields.
    case fields(left: Int, right: Int, CellOrder, Comparison)
    /// Whether one element satisfies the program that follows.
    case any(relation: Int, isNegated: Bool)
  }

  struct Node: Sendable {
    var step: Step
    /// Index after the last descendant.
    var end: Int
  }

  var nodes: [Node] = []
  /// Texts and digits of all operands.
  let constants: [UInt8]

  // MARK: One row

  /// Whether the predicate at `index` is TRUE of a row, or of an element inside `any`.
  func isTrue(_ index: Int, _ row: Int, _ table: RecordTable) -> Bool {
    let node = nodes[index]
    switch node.step {
    case .and: return !isAnyMember(of: index, false, row, table)
    case .or: return isAnyMember(of: index, true, row, table)
    case .constant(let truth): return truth
    case .field(let column, let test): return test.matches(table.columns[column][row], table, constants)
    case .path(let column, let test): return test.matches(table.columns[column][row], table, constants)
    case .fields(let left, let right, let order, let comparison):
      return Self.compare(table.columns[left][row], table.columns[right][row], table, order, comparison)
    case .any(let relation, let isNegated):
      let elements = table.elements(ofRow: row, inRelation: relation)
      return elements.contains { isTrue(index + 1, $0, table) } != isNegated
    }
  }

  /// Whether a member has the given truth.
  private func isAnyMember(of index: Int, _ truth: Bool, _ row: Int, _ table: RecordTable) -> Bool {
    var next = index + 1
    while next < nodes[index].end {
      if isTrue(next, row, table) == truth { return true }
      next = nodes[next].end
    }
    return false
  }

  private static func compare(
    _ left: Cell, _ right: Cell, _ table: RecordTable, _ order: CellOrder, _ comparison: Comparison
  ) -> Bool {
    guard !left.isNull, !right.isNull else { return false }
    return comparison.holds(forOrder: order.compare(left, table.arena, right, table.arena))
  }

  // MARK: Many rows

  /// Keeps the rows for which the predicate at `index` is TRUE.
  func keep(_ rows: inout RowSelection, _ index: Int, _ table: RecordTable) {
    guard !rows.isEmpty else { return }
    switch nodes[index].step {
    case .and: keepAll(&rows, index, table)
    case .or: keepSome(&rows, index, table)
    case .constant(let truth): if !truth { rows.removeAll() }
    case .field(let column, let test): test.keep(&rows, table.columns[column], table, constants)
    case .path(let column, let test):
      let cells = table.columns[column]
      rows.keep { test.matches(cells[$0], table, constants) }
    case .fields(let left, let right, let order, let comparison):
      let first = table.columns[left]
      let second = table.columns[right]
      rows.keep { Self.compare(first[$0], second[$0], table, order, comparison) }
    case .any(let relation, let isNegated): keepAny(&rows, index, table, relation, isNegated)
    }
  }

  private func keepAll(_ rows: inout RowSelection, _ index: Int, _ table: RecordTable) {
    var next = index + 1
    while next < nodes[index].end {
      keep(&rows, next, table)
      next = nodes[next].end
    }
  }

  /// Each member sees only the rows that those before it left out; what is never taken is taken out at the end.
  private func keepSome(_ rows: inout RowSelection, _ index: Int, _ table: RecordTable) {
    var rest = rows
    var next = index + 1
    while next < nodes[index].end, !rest.isEmpty {
      var taken = rest
      keep(&taken, next, table)
      rest.subtract(taken)
      next = nodes[next].end
    }
    rows.subtract(rest)
  }

  private func keepAny(
    _ rows: inout RowSelection, _ index: Int, _ table: RecordTable, _ relation: Int, _ isNegated: Bool
  ) {
    var elements = RowSelection(0..<0)
    for row in rows.rows { elements.append(contentsOf: table.elements(ofRow: row, inRelation: relation)) }
    keep(&elements, index + 1, table)
    let found = elements.rows
    var next = 0
    rows.keep { row in
      let end = table.elements(ofRow: row, inRelation: relation).upperBound
      let first = next
      while next < found.count, found[next] < end { next &+= 1 }
      return (next > first) != isNegated
    }
  }
}
