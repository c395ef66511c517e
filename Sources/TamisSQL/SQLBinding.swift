import TamisModel

/// The value of one placeholder, with the type that a driver should send it as.
public enum SQLBinding: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case boolean(Bool)
  /// An exact decimal, as canonical text: `-12.5`.
  case decimal(String)
  /// Microseconds since 1970-01-01T00:00:00Z.
  case timestamp(Int64)
  /// Days since 1970-01-01.
  case date(Int64)
  /// Canonical lower-case text.
  case uuid(String)
  case bytes([UInt8])
  /// A JSON document.
  case json(String)
  /// Items of one type: `currency = ANY ($1)`.
  case array([SQLBinding])

  /// The name of the value's type: `integer`, `text`, `boolean`, `decimal`, `timestamp`, `date`, `uuid`, `bytes`,
  /// `json`, `array` or `null`.
  public var type: String {
    switch self {
    case .null: "null"
    case .integer: "integer"
    case .text: "text"
    case .boolean: "boolean"
    case .decimal: "decimal"
    case .timestamp: "timestamp"
    case .date: "date"
    case .uuid: "uuid"
    case .bytes: "bytes"
    case .json: "json"
    case .array: "array"
    }
  }
}

extension SQLBinding {
  /// An instant or day outside of the years 1 to 9999.
  func isBeyondCalendar(from year: SQLDialect.FirstYear) -> Bool {
    switch self {
    case .timestamp(let number):
      number < year.daysSinceEpoch * Timestamp.microsecondsPerDay || number >= Timestamp.end
    case .date(let number): number < year.daysSinceEpoch || number >= CalendarDate.endDays
    case .null, .integer, .text, .boolean, .decimal, .uuid, .bytes, .json, .array: false
    }
  }
}
