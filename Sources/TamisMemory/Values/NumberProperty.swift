import TamisModel

/// A type whose values are 64-bit numbers to a field: each has its own copy of the loops.
protocol NumberProperty: FieldRepresentable, Sendable {
  var fieldNumber: Int64 { get }
  static func keep(
    _ rows: inout RowSelection, _ first: RowAddress, _ offset: Int, _ stride: Int, _ test: CellTest,
    _ constants: [UInt8])
  static func keepOptional(
    _ rows: inout RowSelection, _ first: RowAddress, _ offset: Int, _ stride: Int, _ test: CellTest,
    _ constants: [UInt8])
}

extension NumberProperty {
  static func keep(
    _ rows: inout RowSelection, _ first: RowAddress, _ offset: Int, _ stride: Int, _ test: CellTest,
    _ constants: [UInt8]
  ) {
    test.keepNumbers(&rows, Numbers<Self>(first: first, offset: offset, stride: stride), constants)
  }

  static func keepOptional(
    _ rows: inout RowSelection, _ first: RowAddress, _ offset: Int, _ stride: Int, _ test: CellTest,
    _ constants: [UInt8]
  ) {
    test.keepNumbers(&rows, OptionalNumbers<Self>(first: first, offset: offset, stride: stride), constants)
  }

  /// A column of them, where the field's cells are numbers or whole decimals.
  static func column(offset: Int, isOptional: Bool, _ type: FieldType) -> (any BoundColumn)? {
    switch type {
    case .integer, .boolean, .date, .timestamp:
      NumberColumn<Self>(offset: offset, isOptional: isOptional, isDecimal: false)
    case .bigInteger: NumberColumn<Self>(offset: offset, isOptional: isOptional, isDecimal: true)
    case .decimal(let precision, let scale):
      // Every number of 64 bits has at most 19 digits.
      scale == 0 && precision >= 19
        ? NumberColumn<Self>(offset: offset, isOptional: isOptional, isDecimal: true) : nil
    case .text, .uuid, .enumeration, .json: nil
    }
  }
}

extension Int: NumberProperty {
  var fieldNumber: Int64 { Int64(self) }
}

extension Int64: NumberProperty {
  var fieldNumber: Int64 { self }
}

extension Int32: NumberProperty {
  var fieldNumber: Int64 { Int64(self) }
}

extension Int16: NumberProperty {
  var fieldNumber: Int64 { Int64(self) }
}

extension Int8: NumberProperty {
  var fieldNumber: Int64 { Int64(self) }
}

extension UInt32: NumberProperty {
  var fieldNumber: Int64 { Int64(self) }
}

extension UInt16: NumberProperty {
  var fieldNumber: Int64 { Int64(self) }
}

extension UInt8: NumberProperty {
  var fieldNumber: Int64 { Int64(self) }
}

extension Bool: NumberProperty {
  var fieldNumber: Int64 { self ? 1 : 0 }
}

extension Timestamp: NumberProperty {
  var fieldNumber: Int64 { microseconds }
}

extension CalendarDate: NumberProperty {
  var fieldNumber: Int64 { daysSinceEpoch }
}

// MARK: Where they stand

/// The numbers of rows.
protocol NumberSource {
  /// Nil for null.
  func number(_ row: Int) -> Int64?
  func isNull(_ row: Int) -> Bool
}

struct Numbers<Number: NumberProperty>: NumberSource {
  let first: RowAddress
  let offset: Int
  let stride: Int

  @inline(__always)
  func number(_ row: Int) -> Int64? {
    first.row(row, stride: stride).value(at: offset, as: Number.self).fieldNumber
  }

  @inline(__always) func isNull(_ row: Int) -> Bool { false }
}

struct OptionalNumbers<Number: NumberProperty>: NumberSource {
  let first: RowAddress
  let offset: Int
  let stride: Int

  @inline(__always)
  func number(_ row: Int) -> Int64? {
    first.row(row, stride: stride).value(at: offset, as: Number?.self)?.fieldNumber
  }

  @inline(__always) func isNull(_ row: Int) -> Bool { number(row) == nil }
}
