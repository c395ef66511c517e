import TamisJSON
public import TamisModel

/// A JSON value of a program's own: what a property holds that stands for a JSON field.
///
///     let metadata: JSONValue = ["tier": "gold", "size": 3, "tags": ["a", "b"]]      // meta_data.tier_eq=gold
public enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(Decimal)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue: JSONRepresentable {
  public var json: JSONValue { self }
}

extension JSONValue: CustomStringConvertible {
  /// Minified JSON, members in the order of their names' bytes.
  public var description: String {
    var writer = JSONWriter()
    write(to: &writer, depth: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// What is nested deeper than any reader goes is left out.
  private func write(to writer: inout JSONWriter, depth: Int) {
    guard depth < RecordText.limits.depth else { return writer.null() }
    switch self {
    case .null: writer.null()
    case .boolean(let flag): writer.boolean(flag)
    case .number(let number): writer.number(Array(number.text.utf8))
    case .text(let text): writer.string(Array(text.utf8))
    case .array(let items):
      writer.beginArray()
      for item in items { item.write(to: &writer, depth: depth + 1) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for (name, value) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        writer.name(Array(name.utf8))
        value.write(to: &writer, depth: depth + 1)
      }
      writer.endObject()
    }
  }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(integerLiteral value: Int64) { self = .number(Decimal(value)) }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Where a name is given twice, the last one counts.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}

/// A type that can stand inside a JSON document: `[String: String]` is an object of strings.
public protocol JSONValueConvertible {
  var jsonValue: JSONValue { get }
}

extension JSONValue: JSONValueConvertible {
  public var jsonValue: JSONValue { self }
}

extension String: JSONValueConvertible {
  public var jsonValue: JSONValue { .text(self) }
}

extension Bool: JSONValueConvertible {
  public var jsonValue: JSONValue { .boolean(self) }
}

extension Int: JSONValueConvertible {
  public var jsonValue: JSONValue { .number(Decimal(Int64(self))) }
}

extension Int64: JSONValueConvertible {
  public var jsonValue: JSONValue { .number(Decimal(self)) }
}

extension Decimal: JSONValueConvertible {
  public var jsonValue: JSONValue { .number(self) }
}

extension Optional: JSONValueConvertible where Wrapped: JSONValueConvertible {
  public var jsonValue: JSONValue { self?.jsonValue ?? .null }
}

extension Array: JSONValueConvertible where Element: JSONValueConvertible {
  public var jsonValue: JSONValue { .array(map(\.jsonValue)) }
}

extension Dictionary: JSONValueConvertible where Key == String, Value: JSONValueConvertible {
  public var jsonValue: JSONValue { .object(mapValues(\.jsonValue)) }
}

extension Dictionary: FieldRepresentable where Key == String, Value: JSONValueConvertible {}

extension Dictionary: JSONRepresentable where Key == String, Value: JSONValueConvertible {
  public var json: JSONValue { jsonValue }
}

extension Array: FieldRepresentable where Element: JSONValueConvertible {}

extension Array: JSONRepresentable where Element: JSONValueConvertible {
  public var json: JSONValue { jsonValue }
}
