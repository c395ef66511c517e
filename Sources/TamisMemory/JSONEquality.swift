/// Whether two JSON values are the same, as PostgreSQL's `jsonb` has it: the order of members says nothing, that of
/// items does, and numbers are equal by value.
struct JSONEquality {
  let left: RecordTable
  let right: RecordTable

  /// Recursion is as deep as the operand, whose reading bounds it.
  func holds(_ index: Int, _ other: Int) -> Bool {
    let cell = right.tape[other]
    guard left.tape[index].isKind(cell.kind) else { return false }
    switch cell.kind {
    case .object: return hasSameMembers(index, other)
    case .array: return hasSameItems(index, other)
    case .null: return true
    case .boolean, .scaled: return left.tape[index].payload == cell.payload
    case .text: return Cell.isSameText(left.tape[index], left.arena.span, cell, right.arena.span)
    case .digits: return left.arena[left.tape[index].range] == right.arena[cell.range]
    case .number, .document: return false
    }
  }

  private func hasSameItems(_ index: Int, _ other: Int) -> Bool {
    var (first, second) = (index + 1, other + 1)
    let (firstEnd, secondEnd) = (Int(left.tape[index].payload), Int(right.tape[other].payload))
    while first < firstEnd, second < secondEnd {
      guard holds(first, second) else { return false }
      first = left.end(ofValue: first)
      second = right.end(ofValue: second)
    }
    return first == firstEnd && second == secondEnd
  }

  /// Names are unique in both.
  private func hasSameMembers(_ index: Int, _ other: Int) -> Bool {
    guard memberCount(left, index) == memberCount(right, other) else { return false }
    var next = other + 1
    while next < Int(right.tape[other].payload) {
      let name = Array(right.arena[right.tape[next].range])
      guard let found = left.member(name, ofObject: index), holds(found, next + 1) else { return false }
      next = right.end(ofValue: next + 1)
    }
    return true
  }

  private func memberCount(_ table: RecordTable, _ index: Int) -> Int {
    var count = 0
    var next = index + 1
    while next < Int(table.tape[index].payload) {
      count += 1
      next = table.end(ofValue: next + 1)
    }
    return count
  }
}
