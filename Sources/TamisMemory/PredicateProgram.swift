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
    /// Whether so many elements satisfy the program that follows.
    case any(relation: Int, minimum: Int, isNegated: Bool)
  }

  struct Node: Sendable {
    var step: Step
    /// Index after the last descendant.
    var end: Int
  }

  var nodes: [Node] = []
  /// Whether a regular expression is among the tests.
  var canFail = false
  /// Texts and digits of all operands.
  let constants: [UInt8]

  // MARK: One row

  /// Whether the predicate at `index` is TRUE of a row, or of an element inside `any`.
  func isTrue<Source: ColumnSource>(_ index: Int, _ place: Source.Place, _ source: borrowing Source) -> Bool {
    let node = nodes[index]
    switch node.step {
    case .and: return !isAnyMember(of: index, false, place, source)
    case .or: return isAnyMember(of: index, true, place, source)
    case .constant(let truth): return truth
    case .field(let column, let test): return source.holds(test, column, place, constants)
    case .path(let column, let test): return source.holds(test, column, place, constants)
    case .fields(let left, let right, let order, let comparison):
      return source.order(left, right, order, place).map(comparison.holds) ?? false
    case .any(let relation, let minimum, let isNegated):
      return source.hasElements(minimum, relation, place, program: self, index + 1) != isNegated
    }
  }

  /// Whether a member has the given truth.
  private func isAnyMember<Source: ColumnSource>(
    of index: Int, _ truth: Bool, _ place: Source.Place, _ source: borrowing Source
  ) -> Bool {
    var next = index + 1
    while next < nodes[index].end {
      if isTrue(next, place, source) == truth { return true }
      next = nodes[next].end
    }
    return false
  }

  // MARK: Many rows

  /// Keeps the rows for which the predicate at `index` is TRUE.
  func keep<Source: ColumnSource>(_ rows: inout RowSelection, _ index: Int, _ source: borrowing Source) {
    guard !rows.isEmpty else { return }
    switch nodes[index].step {
    case .and: keepAll(&rows, index, source)
    case .or: keepSome(&rows, index, source)
    case .constant(let truth): if !truth { rows.removeAll() }
    case .field(let column, let test): source.keep(&rows, test, column, constants)
    case .path(let column, let test): source.keep(&rows, test, column, constants)
    case .fields(let left, let right, let order, let comparison):
      source.keep(&rows, left, right, order, comparison)
    case .any(let relation, let minimum, let isNegated):
      source.keepAny(&rows, relation, minimum, isNegated: isNegated, program: self, index + 1)
    }
  }

  private func keepAll<Source: ColumnSource>(
    _ rows: inout RowSelection, _ index: Int, _ source: borrowing Source
  ) {
    var next = index + 1
    while next < nodes[index].end {
      keep(&rows, next, source)
      next = nodes[next].end
    }
  }

  /// Each member sees only the rows that those before it left out; what is never taken is taken out at the end.
  private func keepSome<Source: ColumnSource>(
    _ rows: inout RowSelection, _ index: Int, _ source: borrowing Source
  ) {
    var rest = rows
    var next = index + 1
    while next < nodes[index].end, !rest.isEmpty {
      var taken = rest
      keep(&taken, next, source)
      rest.subtract(taken)
      next = nodes[next].end
    }
    rows.subtract(rest)
  }
}
