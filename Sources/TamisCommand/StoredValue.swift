#if CommandLine
  import GRDB
  import Tamis
  import TamisJSON

  /// What SQLite stores for a field, read back: the field's type and the kind of the stored value say how.
  enum StoredValue {
    /// Nil for null, and for what the field's type can not be stored as.
    static func read(_ stored: DatabaseValue.Storage, _ field: Field) -> Value? {
      switch stored {
      case .null: nil
      case .int64(let number): read(number, field)
      case .string(let text): read(text, field)
      case .blob(let data): field.type == .uuid ? uuid(Array(data)) : nil
      case .double: nil
      }
    }

    private static func read(_ number: Int64, _ field: Field) -> Value? {
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

    private static func read(_ text: String, _ field: Field) -> Value? {
      switch field.type {
      case .text: .text(text)
      case .integer: ordered(text).flatMap { Int64($0.text) }.map(Value.integer)
      case .bigInteger, .decimal: ordered(text).map(Value.decimal)
      case .boolean: .boolean(text == "true")
      case .uuid: .uuid(text)
      case .date, .timestamp: instant(text, field.type)
      case .enumeration(let enumeration): name(.text(text), enumeration)
      case .json: .json(text)
      }
    }

    private static func name(_ stored: Enumeration.StoredValue, _ enumeration: Enumeration) -> Value? {
      enumeration.cases.first { $0.stored == stored }.map { .enumeration($0.name) }
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

    /// Fixed-width text, as it is stored.
    private static func instant(_ text: String, _ type: FieldType) -> Value? {
      let bytes = Array(text.utf8)
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

    // MARK: JSON

    static func write(_ value: Value?, to writer: inout JSONWriter) {
      switch value {
      case nil, .argument: writer.null()
      case .text(let text), .uuid(let text), .enumeration(let text): writer.string(text)
      case .integer(let number): writer.integer(number)
      case .decimal(let number): writer.raw(number.text.utf8)
      case .boolean(let flag): writer.boolean(flag)
      case .date(let date): writer.string(date.description)
      case .timestamp(let instant): writer.string(instant.description)
      case .json(let json): writer.raw(json.utf8)
      }
    }
  }
#endif
