public import TamisModel

// MARK: Numbers

extension Int: IntegerRepresentable {
  public var integer: Int64 { Int64(self) }
}

extension Int64: IntegerRepresentable {
  public var integer: Int64 { self }
}

extension Int32: IntegerRepresentable {
  public var integer: Int64 { Int64(self) }
}

extension Int16: IntegerRepresentable {
  public var integer: Int64 { Int64(self) }
}

extension Int8: IntegerRepresentable {
  public var integer: Int64 { Int64(self) }
}

extension UInt32: IntegerRepresentable {
  public var integer: Int64 { Int64(self) }
}

extension UInt16: IntegerRepresentable {
  public var integer: Int64 { Int64(self) }
}

extension UInt8: IntegerRepresentable {
  public var integer: Int64 { Int64(self) }
}

extension IntegerRepresentable where Self: FixedWidthInteger {
  /// Also microseconds of an instant since 1970, and days since 1970 of a date.
  public static func represents(_ type: FieldType) -> Bool {
    switch type {
    case .integer, .bigInteger, .decimal: true
    case .timestamp: bitWidth == 64
    case .date: true
    case .enumeration(let enumeration): enumeration.hasIntegers
    case .text, .boolean, .uuid, .json: false
    }
  }
}

/// Not for an integer field, whose range it exceeds.
extension UInt: DecimalRepresentable {
  public var decimal: Decimal { Decimal(canonical: String(self)) }
}

/// Not for an integer field, whose range it exceeds.
extension UInt64: DecimalRepresentable {
  public var decimal: Decimal { Decimal(canonical: String(self)) }
}

extension Decimal: DecimalRepresentable {
  public var decimal: Decimal { self }
}

extension Bool: FieldRepresentable {
  public static func represents(_ type: FieldType) -> Bool { type == .boolean }
  public var fieldValue: Value? { .boolean(self) }
}

// MARK: Texts

extension String: TextRepresentable {
  public var text: String { self }
}

extension Substring: TextRepresentable {
  public var text: String { String(self) }
}

// MARK: Dates

extension Timestamp: TimestampRepresentable {
  public var timestamp: Timestamp { self }
}

extension CalendarDate: DateRepresentable {
  public var calendarDate: CalendarDate { self }
}
