import TamisModel

/// What a column, or a place inside a JSON document, holds for a field on one engine.
package enum ColumnEncoding: Hashable, Sendable {
  case text
  case integer
  /// The engine's exact decimal.
  case numeric
  /// The engine's exact decimal of limited precision. A literal between two numbers that it holds is rounded before.
  case fixedDecimal(precision: Int, scale: Int)
  case scaledInteger(scale: Int)
  case orderedText
  /// A JSON number as canonical decimal text, on engines that would read it as a binary float.
  case decimalText
  case boolean
  case booleanInteger
  case booleanText
  case uuid
  case uuidText
  case uuidBytes
  case date
  case dateInteger
  case dateText
  /// The engine's day, its parameters days since 1970.
  case dateFromInteger
  case timestamp
  case timestampInteger
  case timestampText
  /// The engine's instant, its parameters microseconds since 1970.
  case timestampFromInteger
  case enumerationInteger
  case enumerationText
  /// A JSON document.
  case document
  /// A JSON document in a column of text.
  case documentText
  /// A JSON scalar of any kind as text.
  case scalarText

  /// How a value is written inside a JSON document.
  enum JSONKind: Hashable, Sendable {
    case string
    case number
    case boolean
    case document
    /// It cannot be.
    case none
  }

  /// Whether the engine compares it as text, so that an order needs the byte collation.
  var isText: Bool {
    switch self {
    case .text, .orderedText, .dateText, .timestampText, .enumerationText, .booleanText, .uuidText,
      .scalarText:
      true
    case .integer, .numeric, .fixedDecimal, .scaledInteger, .decimalText, .boolean, .booleanInteger, .uuid,
      .uuidBytes, .date, .dateInteger, .dateFromInteger, .timestamp, .timestampInteger, .timestampFromInteger,
      .enumerationInteger, .document, .documentText:
      false
    }
  }

  /// A value of the type that its bindings have.
  var sample: SQLBinding {
    switch self {
    case .text, .orderedText, .decimalText, .booleanText, .uuidText, .dateText, .timestampText,
      .enumerationText, .scalarText:
      .text("")
    case .integer, .scaledInteger, .booleanInteger, .dateInteger, .dateFromInteger, .timestampInteger,
      .timestampFromInteger, .enumerationInteger:
      .integer(0)
    case .numeric, .fixedDecimal: .decimal("0")
    case .boolean: .boolean(false)
    case .uuid: .uuid("")
    case .uuidBytes: .bytes([])
    case .date: .date(0)
    case .timestamp: .timestamp(0)
    case .document, .documentText: .json("")
    }
  }

  var jsonKind: JSONKind {
    switch self {
    case .text, .orderedText, .dateText, .timestampText, .enumerationText, .booleanText, .uuidText: .string
    case .integer, .numeric, .scaledInteger, .decimalText, .booleanInteger, .dateInteger, .timestampInteger,
      .enumerationInteger:
      .number
    case .boolean: .boolean
    case .document: .document
    case .uuid, .uuidBytes, .date, .dateFromInteger, .timestamp, .timestampFromInteger, .fixedDecimal,
      .documentText, .scalarText:
      .none
    }
  }

  /// What stands around a parameter: the cast of a number, so that no narrower column type can refuse it, and the
  /// conversion of what reaches the engine in another type.
  func parameter(_ dialect: SQLDialect) -> SQLDialect.Wrapping? {
    switch self {
    case .integer, .scaledInteger, .booleanInteger, .dateInteger, .timestampInteger, .enumerationInteger:
      return dialect.castsParameters ? SQLDialect.Wrapping("", "::" + dialect.types.integer) : nil
    case .numeric:
      guard dialect.castsParameters, let type = dialect.types.numeric else { return nil }
      return SQLDialect.Wrapping("", "::" + type)
    case .fixedDecimal(let precision, let scale): return dialect.conversions.decimal(precision + 1, scale)
    case .timestampFromInteger: return dialect.conversions.timestamp
    case .dateFromInteger: return dialect.conversions.date
    case .text, .orderedText, .decimalText, .boolean, .booleanText, .uuid, .uuidText, .uuidBytes, .date,
      .dateText, .timestamp, .timestampText, .enumerationText, .document, .documentText, .scalarText:
      return nil
    }
  }

  /// The column's type in a table made for the field.
  func columnType(_ dialect: SQLDialect) -> String {
    let types = dialect.types
    switch self {
    case .text, .orderedText, .booleanText, .uuidText, .dateText, .timestampText, .enumerationText,
      .decimalText,
      .scalarText, .documentText:
      return types.text
    case .integer, .scaledInteger, .booleanInteger, .dateInteger, .timestampInteger, .enumerationInteger:
      return types.integer
    case .numeric: return types.numeric ?? types.text
    case .fixedDecimal(let precision, let scale): return "DECIMAL(\(precision), \(scale))"
    case .boolean: return types.boolean ?? types.integer
    case .uuid: return types.uuid ?? types.text
    case .uuidBytes: return types.bytes
    case .date, .dateFromInteger: return types.date ?? types.text
    case .timestamp, .timestampFromInteger: return types.timestamp ?? types.integer
    case .document: return types.json
    }
  }
}

extension ColumnEncoding {
  /// The encoding of a field; nil when the dialect cannot store its type so.
  ///
  /// Inside JSON documents instants and days are fixed-width text, UUIDs text, booleans JSON booleans; decimals are
  /// JSON numbers where the engine reads those exactly, and ordered text elsewhere.
  static func resolve(_ field: Field, _ dialect: SQLDialect, insideJSON: Bool) -> ColumnEncoding? {
    let storage = field.storageOverrides[dialect.name]
    let encoding =
      insideJSON
      ? insideJSONEncoding(field.type, storage, dialect) : columnEncoding(field.type, storage, dialect)
    guard let encoding, !insideJSON || encoding.jsonKind != .none else { return nil }
    return encoding
  }

  private static func columnEncoding(
    _ type: FieldType, _ storage: Storage?, _ dialect: SQLDialect
  ) -> ColumnEncoding? {
    switch type {
    case .text: only(storage, [.native, .text], .text)
    case .integer: integer(storage)
    case .bigInteger: decimal(storage, dialect, precision: nil, scale: 0)
    case .decimal(let precision, let scale): decimal(storage, dialect, precision: precision, scale: scale)
    case .boolean:
      choose(storage, dialect.types.boolean == nil ? .integer : .native) {
        switch $0 {
        case .native: dialect.types.boolean == nil ? nil : .boolean
        case .integer: .booleanInteger
        case .text: .booleanText
        case .fixedWidthText, .orderedText, .bytes: nil
        }
      }
    case .uuid:
      choose(storage, dialect.types.uuid == nil ? .text : .native) {
        switch $0 {
        case .native: dialect.types.uuid == nil ? nil : .uuid
        case .text: .uuidText
        case .bytes: .uuidBytes
        case .integer, .fixedWidthText, .orderedText: nil
        }
      }
    case .date:
      choose(storage, dialect.types.date == nil ? .fixedWidthText : .native) {
        switch $0 {
        case .native: nativeDate(dialect)
        case .integer: .dateInteger
        case .fixedWidthText, .text: .dateText
        case .orderedText, .bytes: nil
        }
      }
    case .timestamp:
      choose(storage, dialect.types.timestamp == nil ? .integer : .native) {
        switch $0 {
        case .native: nativeTimestamp(dialect)
        case .integer: .timestampInteger
        case .fixedWidthText, .text: .timestampText
        case .orderedText, .bytes: nil
        }
      }
    case .enumeration(let enumeration): enumerated(enumeration, storage)
    case .json:
      choose(storage, dialect.json == .binary ? .native : .text) {
        switch $0 {
        case .native: .document
        case .text: dialect.json == .binary ? .documentText : .document
        case .integer, .fixedWidthText, .orderedText, .bytes: nil
        }
      }
    }
  }

  private static func insideJSONEncoding(
    _ type: FieldType, _ storage: Storage?, _ dialect: SQLDialect
  ) -> ColumnEncoding? {
    switch type {
    case .boolean where storage == nil || storage == .native: .boolean
    case .uuid: columnEncoding(type, storage ?? .text, dialect)
    case .date, .timestamp: columnEncoding(type, storage ?? .fixedWidthText, dialect)
    case .bigInteger, .decimal:
      columnEncoding(type, storage ?? (dialect.types.numeric == nil ? .orderedText : .native), dialect)
    case .json: only(storage, [.native, .text], .document)
    case .text, .integer, .boolean, .enumeration: columnEncoding(type, storage, dialect)
    }
  }

  private static func nativeDate(_ dialect: SQLDialect) -> ColumnEncoding? {
    guard dialect.types.date != nil else { return nil }
    return dialect.conversions.date == nil ? .date : .dateFromInteger
  }

  private static func nativeTimestamp(_ dialect: SQLDialect) -> ColumnEncoding? {
    guard dialect.types.timestamp != nil else { return nil }
    return dialect.conversions.timestamp == nil ? .timestamp : .timestampFromInteger
  }

  private static func integer(_ storage: Storage?) -> ColumnEncoding? {
    choose(storage, .native) {
      switch $0 {
      case .native, .integer: .integer
      case .orderedText: .orderedText
      case .text, .fixedWidthText, .bytes: nil
      }
    }
  }

  /// Digits of every whole number of 64 bits, whatever they are.
  static let scaledPrecision = 18

  /// A big integer has no precision; stored as an integer, it is below 10^18.
  private static func decimal(
    _ storage: Storage?, _ dialect: SQLDialect, precision: Int?, scale: Int
  ) -> ColumnEncoding? {
    let fits =
      (precision ?? scaledPrecision) <= scaledPrecision && (0...scaledPrecision).contains(scale)
    let fallback = precision != nil && fits ? Storage.integer : .orderedText
    let native = nativeDecimal(dialect, precision: precision, scale: scale)
    return choose(storage, native == nil ? fallback : .native) {
      switch $0 {
      case .native: native
      case .integer: fits ? .scaledInteger(scale: scale) : nil
      case .orderedText: .orderedText
      case .text, .fixedWidthText, .bytes: nil
      }
    }
  }

  private static func nativeDecimal(_ dialect: SQLDialect, precision: Int?, scale: Int) -> ColumnEncoding? {
    if dialect.types.numeric != nil { return .numeric }
    guard let limit = dialect.types.fixedDecimal, let precision, (1...limit.precision).contains(precision),
      (0...Swift.min(limit.scale, precision)).contains(scale)
    else { return nil }
    return .fixedDecimal(precision: precision, scale: scale)
  }

  /// All cases are stored as text, or all as integers.
  private static func enumerated(_ enumeration: Enumeration, _ storage: Storage?) -> ColumnEncoding? {
    let integers = enumeration.cases.count { if case .integer = $0.stored { true } else { false } }
    if integers == 0 { return only(storage, [.native, .text], .enumerationText) }
    guard integers == enumeration.cases.count else { return nil }
    return only(storage, [.native, .integer], .enumerationInteger)
  }

  private static func only(
    _ storage: Storage?, _ allowed: [Storage], _ encoding: ColumnEncoding
  ) -> ColumnEncoding? {
    allowed.contains(storage ?? .native) ? encoding : nil
  }

  private static func choose(
    _ storage: Storage?, _ fallback: Storage, _ pick: (Storage) -> ColumnEncoding?
  ) -> ColumnEncoding? {
    pick(storage ?? fallback)
  }
}
