import TamisModel

/// A test of the value that stands at a path of keys inside a JSON field.
struct JSONPathTest: Sendable {
  /// How the value is taken.
  enum Reading: Sendable {
    /// Scalars as their text; objects and arrays are UNKNOWN.
    case canonicalText
    /// As it is: the test knows the kind it accepts.
    case asIs
    /// As a document of its own.
    case document
    /// A number, or the one that a text spells; anything else is UNKNOWN.
    case numericText
  }

  let path: [[UInt8]]
  let reading: Reading
  let test: CellTest

  /// `cell` is the JSON field's.
  func matches(_ cell: Cell, _ table: RecordTable, _ constants: [UInt8]) -> Bool {
    let value = value(in: cell, table)
    if reading == .numericText, value.isKind(.text) { return matchesNumber(in: value, table, constants) }
    return test.matches(value, table, constants)
  }

  /// The number that a text spells, in digits of its own.
  private func matchesNumber(in text: Cell, _ table: RecordTable, _ constants: [UInt8]) -> Bool {
    guard DecimalText.isPlainNumber(table.arena, text.range) else { return false }
    var digits = RecordTable(fieldless: ())
    guard
      let cell = try? digits.decimal(
        table.arena, text.range, scale: 0, digitLimit: DecimalText.plainNumberBytes)
    else { return false }
    return test.matches(cell, digits, constants)
  }

  /// A missing value is null.
  private func value(in cell: Cell, _ table: RecordTable) -> Cell {
    guard cell.isKind(.document), let index = table.value(at: path, from: Int(cell.payload)) else {
      return .null
    }
    let value = table.tape[index]
    switch reading {
    case .asIs, .numericText: return value
    case .document: return value.isNull ? value : Cell(.document, Int64(index))
    case .canonicalText:
      switch value.kind {
      case .scaled, .digits, .boolean: return Cell(text: value.range, of: table.arena)
      case .null, .text, .array, .object, .number, .document: return value
      }
    }
  }
}
