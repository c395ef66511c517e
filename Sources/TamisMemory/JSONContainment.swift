/// Whether one JSON value contains another, as PostgreSQL's `@>` has it.
///
/// Objects: every member of the operand is in the value. Arrays: every item of the operand is in some item,
/// whatever their order and number. Scalars: equal, numbers by value. At the top only, an array contains a bare
/// scalar. Each pair of values at one depth is compared once at most; recursion is as deep as the operand.
struct JSONContainment {
  let value: RecordTable
  let operand: RecordTable

  func contains(_ index: Int, _ other: Int) -> Bool {
    let cell = value.tape[index]
    if cell.isKind(.array), !isContainer(operand.tape[other]) { return hasItem(index, other) }
    return isContained(other, in: index)
  }

  private func isContainer(_ cell: Cell) -> Bool { cell.isKind(.array) || cell.isKind(.object) }

  private func isContained(_ other: Int, in index: Int) -> Bool {
    let cell = operand.tape[other]
    guard isContainer(cell) else { return isEqualScalar(value.tape[index], cell) }
    guard value.tape[index].isKind(cell.kind) else { return false }
    return cell.isKind(.object) ? hasMembers(index, other) : hasItems(index, other)
  }

  private func hasMembers(_ index: Int, _ other: Int) -> Bool {
    var next = other + 1
    while next < Int(operand.tape[other].payload) {
      let name = operand.tape[next]
      guard let found = member(named: name, of: index), isContained(next + 1, in: found) else { return false }
      next = operand.end(ofValue: next + 1)
    }
    return true
  }

  private func member(named name: Cell, of index: Int) -> Int? {
    var next = index + 1
    while next < Int(value.tape[index].payload) {
      if Cell.isSameText(value.tape[next], value.arena.span, name, operand.arena.span) { return next + 1 }
      next = value.end(ofValue: next + 1)
    }
    return nil
  }

  private func hasItems(_ index: Int, _ other: Int) -> Bool {
    var next = other + 1
    while next < Int(operand.tape[other].payload) {
      guard hasItem(index, next) else { return false }
      next = operand.end(ofValue: next)
    }
    return true
  }

  private func hasItem(_ index: Int, _ other: Int) -> Bool {
    var next = index + 1
    while next < Int(value.tape[index].payload) {
      if isContained(other, in: next) { return true }
      next = value.end(ofValue: next)
    }
    return false
  }

  /// Numbers are canonical, so equal numbers have equal digits.
  private func isEqualScalar(_ left: Cell, _ right: Cell) -> Bool {
    guard left.isKind(right.kind) else { return false }
    switch left.kind {
    case .null: return true
    case .boolean: return left.payload == right.payload
    case .text: return Cell.isSameText(left, value.arena.span, right, operand.arena.span)
    case .scaled: return left.payload == right.payload
    case .digits: return value.arena[left.range] == operand.arena[right.range]
    case .array, .object, .number, .document: return false
    }
  }
}
