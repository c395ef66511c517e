import TamisModel

extension SQLBinding {
  /// The value as a text-format parameter of PostgreSQL; nil for null.
  ///
  /// Instants carry `+00`, which a `timestamp` column drops and a `timestamptz` column reads; arrays are array
  /// literals.
  public var postgreSQLText: String? {
    switch self {
    case .null: return nil
    case .integer(let number): return String(number)
    case .text(let text), .decimal(let text), .uuid(let text), .json(let text): return text
    case .boolean(let flag): return flag ? "true" : "false"
    case .timestamp(let microseconds): return Self.instantText(microseconds)
    case .date(let days): return Self.dayText(days, suffix: [])
    case .bytes(let bytes): return "\\x" + Self.hexadecimal(bytes)
    case .array(let items): return Self.arrayLiteral(items)
    }
  }

  private static func instantText(_ microseconds: Int64) -> String {
    let day = Timestamp.floorDivide(microseconds, Timestamp.microsecondsPerDay)
    // The time of day, from an instant of the day 1970-01-01.
    var time: [UInt8] = []
    Timestamp(microseconds: microseconds &- day &* Timestamp.microsecondsPerDay)
      .append(to: &time, separator: UInt8(ascii: " "))
    return dayText(day, suffix: Array(time.dropFirst(10)) + Array("+00".utf8))
  }

  /// Years before 1 are written as PostgreSQL does, `0001-01-01 BC` for the year 0; days that it does not have
  /// are its infinities.
  private static func dayText(_ days: Int64, suffix: [UInt8]) -> String {
    // 4713 BC, and the year 273,000.
    if days < -2_440_000 { return "-infinity" }
    if days > 99_000_000 { return "infinity" }
    let (year, month, day) = CalendarDate(daysSinceEpoch: days).parts
    var bytes: [UInt8] = []
    FixedDigits.append(year > 0 ? year : 1 - year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    FixedDigits.append(month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    FixedDigits.append(day, width: 2, to: &bytes)
    bytes += suffix
    return String(decoding: bytes, as: UTF8.self) + (year > 0 ? "" : " BC")
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// `{"USD","a\"b",NULL}`: every item quoted, so that none reads as a keyword or a delimiter.
  private static func arrayLiteral(_ items: [SQLBinding]) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      guard let text = item.postgreSQLText else {
        bytes += "NULL".utf8
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }
}
