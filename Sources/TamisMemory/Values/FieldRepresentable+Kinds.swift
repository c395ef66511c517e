public import TamisModel

/// A type whose values are instants.
public protocol TimestampRepresentable: FieldRepresentable {
  var timestamp: Timestamp { get }
}

extension TimestampRepresentable {
  public static func represents(_ type: FieldType) -> Bool { type == .timestamp }
  public var fieldValue: Value? { .timestamp(timestamp) }
}

/// A type whose values are days.
public protocol DateRepresentable: FieldRepresentable {
  var calendarDate: CalendarDate { get }
}

extension DateRepresentable {
  public static func represents(_ type: FieldType) -> Bool { type == .date }
  public var fieldValue: Value? { .date(calendarDate) }
}

/// A type whose values have a text: of a text field, a UUID, a case's name, a number's digits, a JSON document or a
/// date as ISO 8601 writes it.
public protocol TextRepresentable: FieldRepresentable {
  var text: String { get }
}

extension TextRepresentable {
  public static func represents(_ type: FieldType) -> Bool {
    switch type {
    case .text, .uuid, .bigInteger, .decimal, .enumeration, .json, .date, .timestamp: true
    case .integer, .boolean: false
    }
  }
  public var fieldValue: Value? { .text(text) }
}

/// A type whose values are whole numbers of 64 bits.
public protocol IntegerRepresentable: FieldRepresentable {
  var integer: Int64 { get }
}

extension IntegerRepresentable {
  public static func represents(_ type: FieldType) -> Bool {
    switch type {
    case .integer, .bigInteger, .decimal: true
    case .enumeration(let enumeration): enumeration.hasIntegers
    case .text, .boolean, .uuid, .date, .timestamp, .json: false
    }
  }
  public var fieldValue: Value? { .integer(integer) }
}

/// A type whose values are exact decimal numbers.
public protocol DecimalRepresentable: FieldRepresentable {
  var decimal: Decimal { get }
}

extension DecimalRepresentable {
  public static func represents(_ type: FieldType) -> Bool {
    switch type {
    case .bigInteger, .decimal: true
    case .text, .integer, .boolean, .uuid, .date, .timestamp, .enumeration, .json: false
    }
  }
  public var fieldValue: Value? { .decimal(decimal) }
}

/// The bytes of a UUID, first to last: Foundation's `uuid_t`.
public typealias UUIDBytes = (
  UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8,
  UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
)

/// A type whose values are the sixteen bytes of a UUID.
///
///     extension Foundation.UUID: @retroactive UUIDRepresentable { public var uuidBytes: UUIDBytes { uuid } }
public protocol UUIDRepresentable: FieldRepresentable {
  var uuidBytes: UUIDBytes { get }
}

extension UUIDRepresentable {
  public static func represents(_ type: FieldType) -> Bool { type == .uuid }
  public var fieldValue: Value? { .uuid(UUIDDigits.text(uuidBytes)) }
}

/// A type whose values are JSON documents.
public protocol JSONRepresentable: FieldRepresentable {
  var json: JSONValue { get }
}

extension JSONRepresentable {
  public static func represents(_ type: FieldType) -> Bool { type == .json }
  public var fieldValue: Value? { json == .null ? nil : .json(json.description) }
}

extension Enumeration {
  /// Whether a case is stored as an integer.
  var hasIntegers: Bool {
    cases.contains { if case .integer = $0.stored { true } else { false } }
  }
}
