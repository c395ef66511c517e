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

  /// As the column is declared; else as the kind of the value tells, for drivers that convert and for documents.
  private static func value(_ stored: SQLBinding, _ field: Field, _ encoding: ColumnEncoding?) -> Value? {
    if let value = encoding?.value(from: stored, of: field) { return value }
    switch stored {
    case .null, .array: return nil
    case .integer(let number): return value(number, field)
    case .text(let text), .decimal(let text), .uuid(let text), .json(let text): return value(text, field)
    case .boolean(let flag): return field.type == .json ? .json(flag ? "true" : "false") : nil
    case .timestamp(let microseconds):
      return field.type == .timestamp ? .timestamp(Timestamp(microseconds: microseconds)) : nil
    case .date(let days): return field.type == .date ? .date(CalendarDate(daysSinceEpoch: days)) : nil
    case .bytes(let bytes):
      return field.type == .uuid && bytes.count == 16 ? .uuid(UUIDText.text(ofBytes: bytes)) : nil
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

  private static func value(_ text: String, _ field: Field) -> Value? {
    switch field.type {
    case .text: .text(text)
    case .integer: Int64(text).map(Value.integer)
    case .bigInteger, .decimal: Decimal(text, digitLimit: 20_000).map(Value.decimal)
    case .boolean: text == "true" || text == "false" ? .boolean(text == "true") : nil
    case .uuid: .uuid(text)
    case .date, .timestamp: instant(text, field.type)
    // Drivers that give text give the numbers of cases as text, too.
    case .enumeration(let enumeration):
      name(.text(text), enumeration) ?? Int64(text).flatMap { name(.integer($0), enumeration) }
    // A document is the same text whatever blanks and spellings of numbers the engine keeps.
    case .json: .json(CanonicalJSON.text(text) ?? text)
    }
  }

  private static func name(_ stored: Enumeration.StoredValue, _ enumeration: Enumeration) -> Value? {
    enumeration.cases.first { $0.stored == stored }.map { .enumeration($0.name) }
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
}
