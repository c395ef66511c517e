import TamisModel

/// A field's values among rows of one type.
protocol BoundColumn: Sendable {
  /// Whether the tests of the field have loops of their own; otherwise each value is read into a cell.
  var hasLoops: Bool { get }
  /// The value as decoded records hold it. Throws what the field's type cannot hold.
  func cell(_ row: RowAddress, into table: inout RecordTable) throws(FieldFault) -> Cell
  /// Keeps the rows whose value passes, in one loop. Only where `hasLoops`.
  func keep(
    _ rows: inout RowSelection, _ first: RowAddress, stride: Int, _ test: CellTest, _ constants: [UInt8])
}

/// Numbers that stand in the rows themselves.
struct NumberColumn<Number: NumberProperty>: BoundColumn {
  let offset: Int
  let isOptional: Bool
  /// Whether the field is a decimal, whose cells have digits.
  let isDecimal: Bool

  var hasLoops: Bool { true }

  func cell(_ row: RowAddress, into table: inout RecordTable) -> Cell {
    guard let number = number(row) else { return .null }
    return isDecimal ? table.decimal(number) : Cell(.number, number)
  }

  private func number(_ row: RowAddress) -> Int64? {
    isOptional
      ? row.value(at: offset, as: Number?.self)?.fieldNumber
      : row.value(at: offset, as: Number.self).fieldNumber
  }

  func keep(
    _ rows: inout RowSelection, _ first: RowAddress, stride: Int, _ test: CellTest, _ constants: [UInt8]
  ) {
    if isOptional {
      Number.keepOptional(&rows, first, offset, stride, test, constants)
    } else {
      Number.keep(&rows, first, offset, stride, test, constants)
    }
  }
}

/// Texts that stand in the rows themselves.
struct TextColumn: BoundColumn {
  let offset: Int
  let isOptional: Bool

  var hasLoops: Bool { true }

  func cell(_ row: RowAddress, into table: inout RecordTable) -> Cell {
    if isOptional {
      return row.withValue(at: offset, as: String?.self) { $0.map { table.text($0) } ?? .null }
    }
    return row.withValue(at: offset, as: String.self) { table.text($0) }
  }

  func keep(
    _ rows: inout RowSelection, _ first: RowAddress, stride: Int, _ test: CellTest, _ constants: [UInt8]
  ) {
    if isOptional {
      test.keepTexts(&rows, OptionalTexts(first: first, offset: offset, stride: stride), constants)
    } else {
      test.keepTexts(&rows, Texts(first: first, offset: offset, stride: stride), constants)
    }
  }
}

/// Values of any other type, each read into a cell.
struct EncodedColumn<Property: FieldRepresentable>: BoundColumn {
  let offset: Int
  let encoder: CellEncoder

  var hasLoops: Bool { false }

  func cell(_ row: RowAddress, into table: inout RecordTable) throws(FieldFault) -> Cell {
    guard let value = row.withValue(at: offset, as: Property.self, { $0.fieldValue }) else { return .null }
    return try encoder.cell(value, into: &table)
  }

  func keep(
    _ rows: inout RowSelection, _ first: RowAddress, stride: Int, _ test: CellTest, _ constants: [UInt8]
  ) {}
}

/// Values that a row computes, or holds elsewhere: read out first, then tested like those that stand side by side.
struct ProjectedColumn<Access: PropertyAccess>: BoundColumn {
  let access: Access
  /// Of the values alone.
  let column: any BoundColumn

  var hasLoops: Bool { column.hasLoops }

  func cell(_ row: RowAddress, into table: inout RecordTable) throws(FieldFault) -> Cell {
    let value = access.value(row)
    let outcome = RowAddress.with(value) { place -> Result<Cell, FieldFault> in
      Result { () throws(FieldFault) in try column.cell(place, into: &table) }
    }
    return try outcome.get()
  }

  func keep(
    _ rows: inout RowSelection, _ first: RowAddress, stride: Int, _ test: CellTest, _ constants: [UInt8]
  ) {
    let values = access.values(rows, first, stride: stride)
    var kept = RowSelection(0..<values.count)
    let size = MemoryLayout<Access.Value>.stride
    _ = RowAddress.withFirst(of: values.span) { column.keep(&kept, $0, stride: size, test, constants) }
    rows.keep(positions: kept)
  }
}

extension RecordTable {
  mutating func text(_ text: borrowing String) -> Cell {
    let start = arena.count
    arena.append(contentsOf: text.utf8)
    guard arena.count &- start <= Cell.longestText else { return .null }
    return Cell(text: start..<arena.count, of: arena)
  }

  /// A whole number as a decimal of scale 0.
  mutating func decimal(_ number: Int64) -> Cell {
    let digits = store(String(number).utf8)
    return number == .min ? Cell(.digits, 0, text: digits) : Cell(.scaled, number, text: digits)
  }
}
