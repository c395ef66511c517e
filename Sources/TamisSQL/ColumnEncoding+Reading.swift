import TamisModel

/// Sort keys on their way back: as hidden columns of a statement, and as typed values.
extension ColumnEncoding {
  /// A column's value in a form that every driver reads alike: instants and days as integers.
  func transported(_ expression: [UInt8], _ dialect: SQLDialect) -> [UInt8] {
    switch self {
    case .timestamp, .timestampFromInteger:
      if let reading = dialect.conversions.readingTimestamp { return Self.wrapped(expression, reading) }
    case .date, .dateFromInteger:
      if let reading = dialect.conversions.readingDate { return Self.wrapped(expression, reading) }
    case .text, .integer, .numeric, .fixedDecimal, .scaledInteger, .orderedText, .decimalText, .boolean,
      .booleanInteger, .booleanText, .uuid, .uuidText, .uuidBytes, .dateInteger, .dateText, .timestampInteger,
      .timestampText, .enumerationInteger, .enumerationText, .document, .documentText, .scalarText:
      return expression
    }
    guard dialect.json == .binary else { return expression }
    let stored = String(decoding: expression, as: UTF8.self)
    switch self {
    case .timestamp:
      // Whole seconds and microseconds apart: one number for both is exact from PostgreSQL 14 on only.
      return Array(
        ("(EXTRACT(EPOCH FROM date_trunc('second', \(stored)))::bigint * 1000000 "
          + "+ EXTRACT(MICROSECONDS FROM \(stored))::bigint % 1000000)").utf8)
    case .date: return Array("(\(stored) - DATE '1970-01-01')::bigint".utf8)
    case .text, .integer, .numeric, .fixedDecimal, .scaledInteger, .orderedText, .decimalText, .boolean,
      .booleanInteger, .booleanText, .uuid, .uuidText, .uuidBytes, .dateInteger, .dateFromInteger, .dateText,
      .timestampInteger, .timestampFromInteger, .timestampText, .enumerationInteger, .enumerationText,
      .document, .documentText, .scalarText:
      return expression
    }
  }

  private static func wrapped(_ expression: [UInt8], _ wrapping: SQLDialect.Wrapping) -> [UInt8] {
    Array(wrapping.opening.utf8) + expression + Array(wrapping.closing.utf8)
  }

  /// The value that a cell of such a column holds; nil when it is of another kind. Numbers may come as text.
  func value(from cell: SQLBinding, of field: Field) -> Value? {
    switch self {
    case .text, .scalarText: return cell.textual.map { .text($0) }
    case .integer: return cell.whole.map { .integer($0) }
    case .numeric, .fixedDecimal, .decimalText:
      return cell.numeral.flatMap { Decimal($0) }.map { .decimal($0) }
    case .scaledInteger(let scale): return cell.whole.map { .decimal(Self.decimal($0, scale: scale)) }
    case .orderedText: return cell.textual.flatMap(OrderedText.decode).flatMap { Self.number($0, field.type) }
    case .boolean, .booleanInteger, .booleanText: return cell.flag.map { .boolean($0) }
    case .uuid, .uuidText, .uuidBytes: return cell.uuid.map { .uuid($0) }
    case .date, .dateInteger, .dateFromInteger:
      return cell.whole.map { .date(CalendarDate(daysSinceEpoch: $0)) }
    case .timestamp, .timestampInteger, .timestampFromInteger:
      return cell.whole.map { .timestamp(Timestamp(microseconds: $0)) }
    case .dateText:
      return cell.instant.map {
        .date(CalendarDate(daysSinceEpoch: Timestamp.floorDivide($0, Timestamp.microsecondsPerDay)))
      }
    case .timestampText: return cell.instant.map { .timestamp(Timestamp(microseconds: $0)) }
    case .enumerationInteger:
      return cell.whole.flatMap { number in field.enumeration?.name(stored: .integer(number)) }
    case .enumerationText:
      return cell.textual.flatMap { text in field.enumeration?.name(stored: .text(text)) }
    case .document, .documentText: return nil
    }
  }

  private static func decimal(_ number: Int64, scale: Int) -> Decimal {
    var digits = String(number.magnitude)
    if digits.utf8.count <= scale {
      digits = String(repeating: "0", count: scale + 1 - digits.utf8.count) + digits
    }
    let text = (number < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
    return Decimal(text) ?? Decimal(canonical: "0")
  }

  private static func number(_ text: String, _ type: FieldType) -> Value? {
    if type == .integer { return Int64(text).map { .integer($0) } }
    return Decimal(text, digitLimit: text.utf8.count).map { .decimal($0) }
  }
}

extension Enumeration {
  fileprivate func name(stored: StoredValue) -> Value? {
    cases.first { $0.stored == stored }.map { .enumeration($0.name) }
  }
}

extension SQLBinding {
  fileprivate var textual: String? {
    switch self {
    case .text(let text): text
    case .null, .integer, .boolean, .decimal, .timestamp, .date, .uuid, .bytes, .json, .array: nil
    }
  }

  fileprivate var numeral: String? {
    switch self {
    case .text(let text), .decimal(let text): text
    case .integer(let number): String(number)
    case .null, .boolean, .timestamp, .date, .uuid, .bytes, .json, .array: nil
    }
  }

  fileprivate var whole: Int64? {
    switch self {
    case .integer(let number), .timestamp(let number), .date(let number): number
    case .text(let text), .decimal(let text): Int64(text)
    case .null, .boolean, .uuid, .bytes, .json, .array: nil
    }
  }

  fileprivate var flag: Bool? {
    switch self {
    case .boolean(let flag): flag
    case .integer(let number): number == 0 ? false : number == 1 ? true : nil
    case .text("true"), .text("t"), .text("1"): true
    case .text("false"), .text("f"), .text("0"): false
    case .text, .null, .decimal, .timestamp, .date, .uuid, .bytes, .json, .array: nil
    }
  }

  fileprivate var uuid: String? {
    switch self {
    case .uuid(let text), .text(let text):
      let bytes = Array(text.utf8)
      var canonical: [UInt8] = []
      // `\x` and 32 digits is how PostgreSQL writes sixteen bytes as text.
      if bytes.count == 34, bytes.starts(with: "\\x".utf8) {
        return UUIDText.text(ofBytes: UUIDText.sixteenBytes(bytes.dropFirst(2)))
      }
      return UUIDText.canonicalise(bytes, 0..<bytes.count, into: &canonical)
        ? String(decoding: canonical, as: UTF8.self) : nil
    case .bytes(let bytes): return bytes.count == 16 ? UUIDText.text(ofBytes: bytes) : nil
    case .null, .integer, .boolean, .decimal, .timestamp, .date, .json, .array: return nil
    }
  }

  /// Microseconds of an instant or a day in fixed-width text.
  fileprivate var instant: Int64? {
    guard let text = textual else { return nil }
    let bytes = Array(text.utf8)
    return (try? DateLiteral.read(bytes, 0..<bytes.count, offsetMinutes: 0))?.floor
  }
}
