public import TamisModel

/// A Swift type whose values a field can hold.
///
/// Integers of all widths, `Bool`, `String`, `Substring`, `Timestamp`, `CalendarDate`, `Decimal`, `JSONValue`,
/// dictionaries and optionals of all these are. An enumeration with raw values says so in its declaration:
///
///     enum Status: String, FieldRepresentable { case open, closed }
///
/// and a type of another module in one line:
///
///     extension Foundation.Date: @retroactive TimestampRepresentable {
///       public var timestamp: Timestamp { Timestamp(secondsSince1970: timeIntervalSince1970) }
///     }
public protocol FieldRepresentable: SendableMetatype {
  /// Whether the values are ones of a field's type. A field and a property that do not suit each other are a fault
  /// of their `RecordShape`.
  static func represents(_ type: FieldType) -> Bool
  /// Whether a value can be null.
  static var isOptional: Bool { get }
  /// The value as a field holds it; nil for null.
  var fieldValue: Value? { get }
}

extension FieldRepresentable {
  public static var isOptional: Bool { false }
}

/// Nil is null.
extension Optional: FieldRepresentable where Wrapped: FieldRepresentable {
  public static func represents(_ type: FieldType) -> Bool { Wrapped.represents(type) }
  public static var isOptional: Bool { true }
  public var fieldValue: Value? { flatMap(\.fieldValue) }
}

/// An enumeration's case by its raw value: the case's public name or stored text, or its stored integer.
extension FieldRepresentable where Self: RawRepresentable, RawValue: FieldRepresentable {
  public static func represents(_ type: FieldType) -> Bool { RawValue.represents(type) }
  public static var isOptional: Bool { RawValue.isOptional }
  public var fieldValue: Value? { rawValue.fieldValue }
}
