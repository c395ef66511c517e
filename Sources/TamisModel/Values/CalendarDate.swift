/// A day of the proleptic Gregorian calendar, 0001-01-01 … 9999-12-31, as days since 1970-01-01.
public struct CalendarDate: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Days since 1970-01-01; negative before.
  public var daysSinceEpoch: Int64

  public init(daysSinceEpoch: Int64) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// Nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.daysInMonth(year: year, month: month)
    else { return nil }
    daysSinceEpoch = Self.days(year: year, month: month, day: day)
  }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  /// 0001-01-01.
  package static let minimumDays: Int64 = -719_162
  /// 10000-01-01, the first day out of range.
  package static let endDays: Int64 = 2_932_897

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 of a date whose parts are in range. The year is counted from March, so that the leap
  /// day comes last and every month's start is a linear function.
  package static func days(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month and day.
  package var parts: (year: Int, month: Int, day: Int) {
    // Held in a range that cannot overflow; stored values are far inside it.
    let shifted = Int(Swift.min(Swift.max(daysSinceEpoch, -100_000_000), 100_000_000)) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// `2024-02-29`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package func append(to bytes: inout [UInt8]) {
    let (year, month, day) = parts
    FixedDigits.append(year, width: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    FixedDigits.append(month, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    FixedDigits.append(day, width: 2, to: &bytes)
  }
}

/// Numbers printed with leading zeros.
package enum FixedDigits {
  /// Appends at least `width` digits of a non-negative number.
  package static func append(_ value: Int, width: Int, to bytes: inout [UInt8]) {
    if width <= 2, value >= 0, value < 100 {
      if width == 2 || value >= 10 { bytes.append(48 &+ UInt8(truncatingIfNeeded: value / 10)) }
      return bytes.append(48 &+ UInt8(truncatingIfNeeded: value % 10))
    }
    var divisor = 1
    for _ in 1..<Swift.max(width, 2) where width > 1 { divisor *= 10 }
    while value / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(48 &+ UInt8(truncatingIfNeeded: abs(value / divisor % 10)))
      divisor /= 10
    }
  }
}
