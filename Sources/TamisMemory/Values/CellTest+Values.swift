extension CellTest {
  /// Keeps the rows whose number passes. A test of another kind of value holds for none.
  @inline(__always)
  func keepNumbers<Source: NumberSource>(
    _ rows: inout RowSelection, _ numbers: Source, _ constants: [UInt8]
  ) {
    switch self {
    case .isNull: rows.keep { numbers.isNull($0) }
    case .isNotNull: rows.keep { !numbers.isNull($0) }
    case .number(let test): test.keep(&rows, numbers)
    case .numberSet(let set): rows.keep { numbers.number($0).map { set.matches($0) } ?? false }
    case .decimal(let test): rows.keep { numbers.number($0).map { test.matches($0, constants) } ?? false }
    case .decimalSet(let set): rows.keep { numbers.number($0).map { set.matches($0, constants) } ?? false }
    case .unknown, .textEqual, .text, .textSet, .pattern, .boolean, .regex, .contains, .document:
      rows.removeAll()
    }
  }

  /// Keeps the rows whose text passes. A test of another kind of value holds for none.
  @inline(__always)
  func keepTexts<Source: TextSource>(_ rows: inout RowSelection, _ texts: Source, _ constants: [UInt8]) {
    let operands = constants.span
    switch self {
    case .isNull: rows.keep { texts.isNull($0) }
    case .isNotNull: rows.keep { !texts.isNull($0) }
    case .textEqual(let text):
      if let short = ShortText(text, operands) {
        rows.keep { row in
          texts.isSame(row, short)
            ?? texts.holds(row) { cell, bytes in Cell.isSameText(cell, bytes, text, operands) }
        }
      } else {
        rows.keep { texts.holds($0) { cell, bytes in Cell.isSameText(cell, bytes, text, operands) } }
      }
    case .text(let test):
      rows.keep { texts.holds($0) { cell, bytes in test.matches(cell, bytes, operands) } }
    case .textSet(let set):
      rows.keep { texts.holds($0) { cell, bytes in set.matches(cell, bytes, operands) } }
    case .pattern(let matcher, let isNegated):
      rows.keep { texts.holds($0) { cell, bytes in matcher.matches(bytes, cell.range) != isNegated } }
    case .regex(let test):
      rows.keep { texts.holds($0) { cell, bytes in test.matches(bytes, cell.range) } }
    case .unknown, .number, .numberSet, .decimal, .decimalSet, .boolean, .contains, .document:
      rows.removeAll()
    }
  }
}

extension NumberTest {
  /// One comparison for both bounds, and no branch that depends on the data.
  @inline(__always)
  fileprivate func keep<Source: NumberSource>(_ rows: inout RowSelection, _ numbers: Source) {
    guard lower <= upper else {
      return isNegated ? rows.keep { !numbers.isNull($0) } : rows.removeAll()
    }
    let base = lower
    let width = UInt64(bitPattern: upper &- lower)
    let isNegated = isNegated
    rows.keep { row in
      guard let number = numbers.number(row) else { return false }
      return (UInt64(bitPattern: number &- base) <= width) != isNegated
    }
  }
}
