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
  }

  let path: [[UInt8]]
  let reading: Reading
  let test: CellTest

  /// `cell` is the JSON field's.
  func matches(_ cell: Cell, _ table: RecordTable, _ constants: [UInt8]) -> Bool {
    test.matches(value(in: cell, table), table, constants)
  }

  /// A missing value is null.
  private func value(in cell: Cell, _ table: RecordTable) -> Cell {
    guard cell.isKind(.document), let index = table.value(at: path, from: Int(cell.payload)) else {
      return .null
    }
    let value = table.tape[index]
    switch reading {
    case .asIs: return value
    case .document: return value.isNull ? value : Cell(.document, Int64(index))
    case .canonicalText:
      switch value.kind {
      case .scaled, .digits, .boolean: return Cell(text: value.range, of: table.arena)
      case .null, .text, .array, .object, .number, .document: return value
      }
    }
  }
}
