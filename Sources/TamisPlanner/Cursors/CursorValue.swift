import TamisModel

/// A sort key's value inside a cursor: a byte for its type, then the value, exact.
enum CursorValue {
  private static let null: UInt8 = 0
  private static let text: UInt8 = 1
  private static let integer: UInt8 = 2
  private static let decimal: UInt8 = 3
  private static let no: UInt8 = 4
  private static let yes: UInt8 = 5
  private static let uuid: UInt8 = 6
  private static let date: UInt8 = 7
  private static let timestamp: UInt8 = 8
  private static let enumeration: UInt8 = 9

  /// False for a value that nothing is sorted by.
  static func append(_ value: Value?, to writer: inout ByteWriter) -> Bool {
    switch value {
    case nil: writer.byte(null)
    case .text(let content): append(text, content, to: &writer)
    case .decimal(let number): append(decimal, number.text, to: &writer)
    case .enumeration(let name): append(enumeration, name, to: &writer)
    case .integer(let number): append(integer, number, to: &writer)
    case .date(let day): append(date, day.daysSinceEpoch, to: &writer)
    case .timestamp(let instant): append(timestamp, instant.microseconds, to: &writer)
    case .boolean(let flag): writer.byte(flag ? yes : no)
    case .uuid(let content): return append(uuid: content, to: &writer)
    case .json, .argument: return false
    }
    return true
  }

  private static func append(_ tag: UInt8, _ content: String, to writer: inout ByteWriter) {
    writer.byte(tag)
    writer.text(content.utf8)
  }

  private static func append(_ tag: UInt8, _ number: Int64, to writer: inout ByteWriter) {
    writer.byte(tag)
    writer.signed(number)
  }

  private static func append(uuid content: String, to writer: inout ByteWriter) -> Bool {
    var canonical: [UInt8] = []
    let bytes = Array(content.utf8)
    guard UUIDText.canonicalise(bytes, 0..<bytes.count, into: &canonical) else { return false }
    writer.byte(uuid)
    writer.bytes += UUIDText.sixteenBytes(canonical[...])
    return true
  }

  /// Nil where there is no value; `.some(nil)` is null.
  static func read(_ reader: inout ByteReader) -> Value?? {
    switch reader.byte() {
    case null: return .some(nil)
    case text: return reader.text().map { .text($0) }
    case integer: return reader.signed().map { .integer($0) }
    case decimal: return reader.text().flatMap(canonicalDecimal).map { .decimal($0) }
    case no: return .some(.boolean(false))
    case yes: return .some(.boolean(true))
    case uuid: return reader.take(16).map { .uuid(UUIDText.text(ofBytes: $0)) }
    case date: return reader.signed().map { .date(CalendarDate(daysSinceEpoch: $0)) }
    case timestamp: return reader.signed().map { .timestamp(Timestamp(microseconds: $0)) }
    case enumeration: return reader.text().map { .enumeration($0) }
    default: return nil
    }
  }

  /// A second spelling of a number is none.
  private static func canonicalDecimal(_ text: String) -> Decimal? {
    Decimal(text, digitLimit: text.utf8.count).flatMap { $0.text == text ? $0 : nil }
  }
}
