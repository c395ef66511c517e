import TamisModel

/// What one leaf of a predicate asks of a value. Null, and a value of another kind than the test's, is never
/// TRUE: negation is inside the test.
enum CellTest: Sendable {
  /// UNKNOWN for every value: a literal of another kind than the field.
  case unknown
  case isNull
  case isNotNull
  case number(NumberTest)
  case numberSet(NumberSet)
  case decimal(DecimalTest)
  case decimalSet(DecimalSet)
  /// The most frequent test of all has a loop of its own.
  case textEqual(Cell)
  case text(TextTest)
  case textSet(TextSet)
  case pattern(PatternMatcher, isNegated: Bool)
  case boolean(NumberTest)
  case regex(RegexTest)
  /// The operand is at the root of a tape.
  case contains(RecordTable, isNegated: Bool)
  /// A document equal to the one at the root of a tape.
  case document(RecordTable, isNegated: Bool)

  /// `cell` belongs to `table`.
  func matches(_ cell: Cell, _ table: RecordTable, _ constants: [UInt8]) -> Bool {
    switch self {
    case .unknown: false
    case .isNull: cell.isNull
    case .isNotNull: !cell.isNull
    case .number(let test): cell.isKind(.number) && test.matches(cell.payload)
    case .numberSet(let set): cell.isKind(.number) && set.matches(cell.payload)
    case .decimal(let test): test.matches(cell, table.arena, constants)
    case .decimalSet(let set): set.matches(cell, table.arena, constants)
    case .textEqual(let text):
      cell.isKind(.text) && Cell.isSameText(cell, table.arena.span, text, constants.span)
    case .text(let test): cell.isKind(.text) && test.matches(cell, table.arena.span, constants.span)
    case .textSet(let set): cell.isKind(.text) && set.matches(cell, table.arena.span, constants.span)
    case .pattern(let matcher, let isNegated):
      cell.isKind(.text) && matcher.matches(table.arena.span, cell.range) != isNegated
    case .boolean(let test): cell.isKind(.boolean) && test.matches(cell.payload)
    case .regex(let test): cell.isKind(.text) && test.matches(table.arena.span, cell.range)
    case .contains(let operand, let isNegated):
      cell.isKind(.document)
        && JSONContainment(value: table, operand: operand).contains(Int(cell.payload), 0) != isNegated
    case .document(let operand, let isNegated):
      cell.isKind(.document)
        && JSONEquality(left: table, right: operand).holds(Int(cell.payload), 0) != isNegated
    }
  }

  /// Keeps the rows whose cell passes: the same table of tests, each with a loop of its own.
  func keep(
    _ rows: inout RowSelection, _ column: [Cell], _ table: RecordTable, _ constants: [UInt8]
  ) {
    let arena = table.arena
    let texts = arena.span
    let operands = constants.span
    switch self {
    case .unknown: rows.removeAll()
    case .isNull: rows.keep { column[$0].isNull }
    case .isNotNull: rows.keep { !column[$0].isNull }
    case .number(let test): rows.keep { column[$0].isKind(.number) && test.matches(column[$0].payload) }
    case .numberSet(let set): rows.keep { column[$0].isKind(.number) && set.matches(column[$0].payload) }
    case .decimal(let test): rows.keep { test.matches(column[$0], arena, constants) }
    case .decimalSet(let set): rows.keep { set.matches(column[$0], arena, constants) }
    case .textEqual(let text):
      rows.keep { column[$0].isKind(.text) && Cell.isSameText(column[$0], texts, text, operands) }
    case .text(let test): rows.keep { column[$0].isKind(.text) && test.matches(column[$0], texts, operands) }
    case .textSet(let set):
      rows.keep { column[$0].isKind(.text) && set.matches(column[$0], texts, operands) }
    case .pattern(let matcher, let isNegated):
      rows.keep { column[$0].isKind(.text) && matcher.matches(texts, column[$0].range) != isNegated }
    case .regex(let test):
      rows.keep { column[$0].isKind(.text) && test.matches(texts, column[$0].range) }
    case .boolean, .contains, .document: rows.keep { matches(column[$0], table, constants) }
    }
  }
}
