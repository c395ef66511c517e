/// An instant, as microseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var microseconds: Int64

  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// An instant by its seconds since 1970, rounded to the microsecond. Seconds beyond the year 287,000 are taken as
  /// that year's, and what is not a number as 1970.
  public init(secondsSince1970 seconds: Double) {
    let held = seconds.isNaN ? 0 : Swift.max(-9e12, Swift.min(seconds, 9e12))
    microseconds = Int64(held * 1_000_000 + (held < 0 ? -0.5 : 0.5))
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  package static let microsecondsPerDay: Int64 = 86_400_000_000
  /// 0001-01-01T00:00:00Z.
  package static let minimum = CalendarDate.minimumDays * microsecondsPerDay
  /// 10000-01-01T00:00:00Z, the first instant out of range.
  package static let end = CalendarDate.endDays * microsecondsPerDay

  /// `2024-01-15T10:30:45.123456Z`: always six digits, always UTC.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes, separator: UInt8(ascii: "T"))
    bytes.append(UInt8(ascii: "Z"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Date, separator and time with six fraction digits, without a zone.
  package func append(to bytes: inout [UInt8], separator: UInt8) {
    let day = Timestamp.floorDivide(microseconds, Timestamp.microsecondsPerDay)
    let rest = Int(microseconds &- day &* Timestamp.microsecondsPerDay)
    CalendarDate(daysSinceEpoch: day).append(to: &bytes)
    bytes.append(separator)
    FixedDigits.append(rest / 3_600_000_000, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    FixedDigits.append(rest / 60_000_000 % 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    FixedDigits.append(rest / 1_000_000 % 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "."))
    FixedDigits.append(rest % 1_000_000, width: 6, to: &bytes)
  }

  package static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}
