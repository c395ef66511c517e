public import TamisModel

/// What a record holds for a field.
public enum ReferenceValue: Hashable, Sendable {
  case null
  case text([Unicode.Scalar])
  /// An integer, big integer or decimal.
  case number(ReferenceNumber)
  case boolean(Bool)
  /// In lower case.
  case uuid(String)
  /// Days since 1970.
  case day(Int)
  /// Microseconds since 1970 UTC.
  case instant(Int)
  case enumeration(name: String, stored: Enumeration.StoredValue)
  case json(JSONTree)

  /// The value as a field's type reads it; a member that is missing, null or of another kind is null.
  public init(_ tree: JSONTree?, as type: FieldType, offsetMinutes: Int) {
    switch (type, tree) {
    case (_, nil), (_, .null): self = .null
    case (.json, .some(let value)): self = .json(value)
    case (.text, .string(let text)): self = .text(Array(text.unicodeScalars))
    case (.integer, .number(let text)), (.bigInteger, .number(let text)), (.decimal, .number(let text)),
      (.integer, .string(let text)), (.bigInteger, .string(let text)), (.decimal, .string(let text)):
      self = ReferenceNumber(text).map(ReferenceValue.number) ?? .null
    case (.boolean, .boolean(let flag)): self = .boolean(flag)
    case (.uuid, .string(let text)): self = .uuid(text.lowercased())
    case (.date, .string(let text)): self = ReferenceDate.day(text).map(ReferenceValue.day) ?? .null
    case (.timestamp, .string(let text)):
      self =
        ReferenceDate.instant(text, offsetMinutes: offsetMinutes).map(ReferenceValue.instant) ?? .null
    case (.enumeration(let list), .string(let name)):
      self =
        list.cases.first { $0.name == name }
        .map { .enumeration(name: $0.name, stored: $0.stored) } ?? .null
    case (.text, _), (.integer, _), (.bigInteger, _), (.decimal, _), (.boolean, _), (.uuid, _), (.date, _),
      (.timestamp, _), (.enumeration, _):
      self = .null
    }
  }

  /// An operand of a typed query.
  public init(_ value: Value) {
    switch value {
    case .text(let text): self = .text(Array(text.unicodeScalars))
    case .integer(let number): self = .number(ReferenceNumber(Int(number)))
    case .decimal(let number): self = ReferenceNumber(number.text).map(ReferenceValue.number) ?? .null
    case .boolean(let flag): self = .boolean(flag)
    case .uuid(let text): self = .uuid(text)
    case .date(let date): self = .day(Int(date.daysSinceEpoch))
    case .timestamp(let instant): self = .instant(Int(instant.microseconds))
    case .enumeration(let name): self = .enumeration(name: name, stored: .text(name))
    case .json(let text): self = JSONTree(parsing: text).map(ReferenceValue.json) ?? .null
    case .argument: self = .null
    }
  }

  /// As a value of the library; nil for null.
  public func typed(as type: FieldType) -> Value? {
    switch self {
    case .null: return nil
    case .text(let scalars): return .text(String(String.UnicodeScalarView(scalars)))
    case .number(let number):
      if type == .integer { return Int64(number.description).map(Value.integer) }
      return Decimal(number.description).map(Value.decimal)
    case .boolean(let flag): return .boolean(flag)
    case .uuid(let text): return .uuid(text)
    case .day(let day): return .date(CalendarDate(daysSinceEpoch: Int64(day)))
    case .instant(let instant): return .timestamp(Timestamp(microseconds: Int64(instant)))
    case .enumeration(let name, _): return .enumeration(name)
    case .json(let tree): return .json(tree.description)
    }
  }

  /// Negative, zero or positive, like `self - other`; nil when one is null or they are of different kinds.
  public func order(_ other: ReferenceValue) -> Int? {
    switch (self, other) {
    case (.text(let left), .text(let right)): ReferenceText.order(left, right)
    case (.number(let left), .number(let right)): left.order(right)
    case (.boolean(let left), .boolean(let right)): (left ? 1 : 0) - (right ? 1 : 0)
    case (.uuid(let left), .uuid(let right)):
      ReferenceText.order(Array(left.unicodeScalars), Array(right.unicodeScalars))
    case (.day(let left), .day(let right)), (.instant(let left), .instant(let right)):
      left < right ? -1 : left > right ? 1 : 0
    case (.enumeration(let left, let leftStored), .enumeration(let right, let rightStored)):
      left == right ? 0 : leftStored < rightStored ? -1 : 1
    default: nil
    }
  }
}

extension ReferenceValue {
  /// A value at keys inside a JSON document, as the operand is compared with it.
  ///
  /// As canonical text, a number or boolean is its text. By its own type, it stays what it is. Objects and arrays
  /// have no scalar value.
  init(_ document: JSONTree?, reading: JSONReading) {
    switch (document, reading) {
    case (.string(let text), .numericText):
      let hasExponent = text.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }
      self = hasExponent ? .null : ReferenceNumber(text).map(ReferenceValue.number) ?? .null
    case (.boolean, .numericText): self = .null
    case (.string(let text), _): self = .text(Array(text.unicodeScalars))
    case (.number(let text), .canonicalText):
      self = .text(Array((ReferenceNumber(text)?.description ?? "").unicodeScalars))
    case (.boolean(let flag), .canonicalText): self = .text(Array((flag ? "true" : "false").unicodeScalars))
    case (.number(let text), _): self = ReferenceNumber(text).map(ReferenceValue.number) ?? .null
    case (.boolean(let flag), _): self = .boolean(flag)
    case (nil, _), (.null, _), (.array, _), (.object, _): self = .null
    }
  }
}
