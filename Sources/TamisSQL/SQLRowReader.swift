public import TamisModel

/// Reads the rows of a query's statement back into typed values, whatever storage the engine has for each field.
///
///     let reader = SQLRowReader(query, dialect: .sqlite)
///     let values = reader.values(of: [.text("bal_1"), .text("USD"), .integer(1_704_067_200_000_000)])
public struct SQLRowReader: Sendable {
  private let columns: [(field: Field, encoding: ColumnEncoding?)]

  /// For the columns of `SQLEmitter.statement(for:)`: the selected fields, then what is missing of the primary key.
  public init(_ query: Query, dialect: SQLDialect) {
    columns = PreparedResource.columns(query.selection, query.resource).map { id in
      let field = query.resource.field(id)
      return (
        field,
        ColumnEncoding.resolve(
          field, dialect, insideJSON: field.jsonLocation.map { !$0.path.isEmpty } ?? false)
      )
    }
  }

  /// One value for each column; nil for null, and for what the field's type can not be stored as.
  ///
  /// - Parameter row: what the driver gave, each as the binding it is closest to; text where the driver gives text.
  public func values(of row: [SQLBinding]) -> [Value?] {
    zip(columns, row).map { Self.value($1, $0.field, $0.encoding) }
  }

  /// The value of one column of a field.
  public static func value(_ stored: SQLBinding, of field: Field, dialect: SQLDialect) -> Value? {
    let insideJSON = field.jsonLocation.map { !$0.path.isEmpty } ?? false
    return value(stored, field, ColumnEncoding.resolve(field, dialect, insideJSON: insideJSON))
  }

  private static func value(_ stored: SQLBinding, _ field: Field, _ encoding: ColumnEncoding?) -> Value? {
    switch stored {
    case .null, .array: nil
    case .integer(let number): value(number, field)
    case .text(let text), .decimal(let text), .uuid(let text), .json(let text): value(text, field, encoding)
    case .boolean(let flag):
      field.type == .boolean ? .boolean(flag) : field.type == .json ? .json(flag ? "true" : "false") : nil
    case .timestamp(let microseconds):
      field.type == .timestamp ? .timestamp(Timestamp(microseconds: microseconds)) : nil
    case .date(let days): field.type == .date ? .date(CalendarDate(daysSinceEpoch: days)) : nil
    case .bytes(let bytes): field.type == .uuid ? uuid(bytes) : nil
    }
  }

  private static func value(_ number: Int64, _ field: Field) -> Value? {
    switch field.type {
    case .integer: .integer(number)
    case .bigInteger: Decimal(String(number)).map(Value.decimal)
    case .decimal(_, let scale): Decimal("\(number)e-\(scale)").map(Value.decimal)
    case .boolean: .boolean(number != 0)
    case .date: .date(CalendarDate(daysSinceEpoch: number))
    case .timestamp: .timestamp(Timestamp(microseconds: number))
    case .enumeration(let enumeration): name(.integer(number), enumeration)
    case .json: .json(String(number))
    case .text, .uuid: nil
    }
  }

  private static func value(_ text: String, _ field: Field, _ encoding: ColumnEncoding?) -> Value? {
    let isOrdered = encoding == .orderedText
    switch field.type {
    case .text: return .text(text)
    case .integer: return number(text, isOrdered).flatMap { Int64($0.text) }.map(Value.integer)
    case .bigInteger, .decimal: return number(text, isOrdered).map(Value.decimal)
    case .boolean: return .boolean(text == "true" || text == "t")
    case .uuid: return .uuid(text)
    case .date, .timestamp: return instant(text, field.type)
    case .enumeration(let enumeration):
      // Drivers that give text give the numbers of cases as text, too.
      let stored = Int64(text).flatMap { name(.integer($0), enumeration) }
      return name(.text(text), enumeration) ?? stored
    case .json: return .json(text)
    }
  }

  private static func name(_ stored: Enumeration.StoredValue, _ enumeration: Enumeration) -> Value? {
    enumeration.cases.first { $0.stored == stored }.map { .enumeration($0.name) }
  }

  private static func number(_ text: String, _ isOrdered: Bool) -> Decimal? {
    isOrdered ? ordered(text) : Decimal(text, digitLimit: 20_000)
  }

  /// Sign, four digits of length, digits; of a negative number all complemented, and `~`.
  private static func ordered(_ text: String) -> Decimal? {
    var bytes = Array(text.utf8)
    guard let sign = bytes.first, bytes.count >= 5 else { return nil }
    let isNegative = sign == UInt8(ascii: "0")
    bytes.removeFirst()
    if isNegative, bytes.last == UInt8(ascii: "~") { bytes.removeLast() }
    if isNegative { bytes = bytes.map { 105 &- $0 } }
    guard let whole = Int(String(decoding: bytes.prefix(4), as: UTF8.self)), whole <= bytes.count - 4 else {
      return nil
    }
    let digits = bytes.dropFirst(4)
    let number =
      (isNegative ? "-" : "") + String(decoding: digits.prefix(whole), as: UTF8.self) + "."
      + String(decoding: digits.dropFirst(whole), as: UTF8.self)
    return Decimal(number, digitLimit: 20_000)
  }

  /// Fixed-width text, as it is stored, or as PostgreSQL shows a native column: `2024-01-01 10:00:00.5+00`.
  private static func instant(_ text: String, _ type: FieldType) -> Value? {
    var bytes = Array(text.utf8)
    if bytes.count > 13, let sign = bytes.dropLast(2).last,
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    {
      bytes += ":00".utf8
    }
    guard let literal = try? DateLiteral.read(bytes, 0..<bytes.count, offsetMinutes: 0) else { return nil }
    return type == .date
      ? .date(
        CalendarDate(daysSinceEpoch: Timestamp.floorDivide(literal.floor, Timestamp.microsecondsPerDay)))
      : .timestamp(Timestamp(microseconds: literal.floor))
  }

  private static func uuid(_ bytes: [UInt8]) -> Value? {
    guard bytes.count == 16 else { return nil }
    var text = ""
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text += "-" }
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return .uuid(text)
  }
}
