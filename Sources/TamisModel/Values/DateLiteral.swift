/// A date or time as written: the half-open interval `[floor, ceiling)` that its precision denotes.
///
/// `2024-02` is all of February; `2024-02-01T10:30Z` is one minute; six fraction digits are one microsecond.
package struct DateLiteral: Sendable, Hashable {
  package enum Precision: UInt8, Sendable, Hashable, Comparable {
    case year
    case month
    case day
    case hour
    case minute
    case second
    case fraction

    package static func < (left: Precision, right: Precision) -> Bool { left.rawValue < right.rawValue }
  }

  package enum Fault: Error, Sendable, Hashable {
    /// Not in the shape of a date.
    case shape
    case noSuchDate
    case noSuchTime
    case tooManyFractionDigits
    case yearOutOfRange
    /// `…T00:00:00 02:00`: the `+` of an offset was decoded to a blank.
    case blankForPlus
  }

  /// Microseconds since 1970 UTC.
  package var floor: Int64
  package var ceiling: Int64
  package var precision: Precision
  package var hasOffset: Bool

  /// Reads `YYYY[-MM[-DD[Thh[:mm[:ss[.f]]]]]]` with an optional `Z` or `±hh:mm` after a time. `t`, a blank for `T`,
  /// `z`, and `/` between the parts of a date are accepted.
  package static func read(
    _ bytes: [UInt8], _ range: Range<Int>, offsetMinutes: Int
  ) throws(Fault) -> DateLiteral {
    var reader = DateReader(bytes: bytes, index: range.lowerBound, end: range.upperBound)
    return try reader.read(defaultOffset: offsetMinutes)
  }
}

/// A cursor over the text of one date.
private struct DateReader: DigitReader {
  let bytes: [UInt8]
  var index: Int
  let end: Int

  mutating func read(defaultOffset: Int) throws(DateLiteral.Fault) -> DateLiteral {
    guard let year = number(4) else { throw .shape }
    guard (1...9999).contains(year) else { throw .yearOutOfRange }
    if index == end {
      return try interval(
        CalendarDate.days(year: year, month: 1, day: 1), CalendarDate.days(year: year + 1, month: 1, day: 1),
        .year, defaultOffset)
    }
    let separator = bytes[index]
    guard separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/"), accept(separator),
      let month = number(2)
    else { throw .shape }
    guard (1...12).contains(month) else { throw .noSuchDate }
    if index == end {
      guard separator == UInt8(ascii: "-") else { throw .shape }
      let next = month == 12 ? (year + 1, 1) : (year, month + 1)
      return try interval(
        CalendarDate.days(year: year, month: month, day: 1),
        CalendarDate.days(year: next.0, month: next.1, day: 1), .month, defaultOffset)
    }
    guard accept(separator), let day = number(2) else { throw .shape }
    guard day >= 1, day <= CalendarDate.daysInMonth(year: year, month: month) else { throw .noSuchDate }
    let days = CalendarDate.days(year: year, month: month, day: day)
    if index == end { return try interval(days, days + 1, .day, defaultOffset) }
    guard separator == UInt8(ascii: "-") else { throw .shape }
    return try readTime(days: days, defaultOffset: defaultOffset)
  }

  private mutating func readTime(days: Int64, defaultOffset: Int) throws(DateLiteral.Fault) -> DateLiteral {
    guard accept(UInt8(ascii: "T")) || accept(UInt8(ascii: "t")) || accept(UInt8(ascii: " ")),
      let hour = number(2)
    else { throw .shape }
    guard hour < 24 else { throw .noSuchTime }
    var micros = Int64(hour) * 3_600_000_000
    var unit: Int64 = 3_600_000_000
    var precision = DateLiteral.Precision.hour
    if accept(UInt8(ascii: ":")) {
      guard let minute = number(2) else { throw .shape }
      guard minute < 60 else { throw .noSuchTime }
      micros += Int64(minute) * 60_000_000
      (unit, precision) = (60_000_000, .minute)
      if accept(UInt8(ascii: ":")) {
        guard let second = number(2) else { throw .shape }
        guard second < 60 else { throw .noSuchTime }
        micros += Int64(second) * 1_000_000
        (unit, precision) = (1_000_000, .second)
        if accept(UInt8(ascii: ".")) {
          micros += try fraction(&unit)
          precision = .fraction
        }
      }
    }
    let written = try readOffset()
    let offset = Int64(written ?? defaultOffset) * 60_000_000
    let floor = days * Timestamp.microsecondsPerDay + micros - offset
    return try checked(floor, floor + unit, precision, hasOffset: written != nil)
  }

  /// One to six digits; `unit` becomes the weight of the last one.
  private mutating func fraction(_ unit: inout Int64) throws(DateLiteral.Fault) -> Int64 {
    var micros: Int64 = 0
    var count = 0
    while index < end, bytes[index] &- 48 < 10 {
      guard count < 6 else { throw .tooManyFractionDigits }
      unit /= 10
      micros += Int64(bytes[index] &- 48) * unit
      count += 1
      index += 1
    }
    guard count > 0 else { throw .shape }
    return micros
  }

  /// `Z`, `±hh:mm`, or nothing at the end of the text.
  private mutating func readOffset() throws(DateLiteral.Fault) -> Int? {
    if index == end { return nil }
    if accept(UInt8(ascii: "Z")) || accept(UInt8(ascii: "z")) {
      guard index == end else { throw .shape }
      return 0
    }
    let sign = bytes[index]
    let isBlank = sign == UInt8(ascii: " ")
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") || isBlank, accept(sign),
      let hours = number(2), accept(UInt8(ascii: ":")), let minutes = number(2), index == end
    else { throw .shape }
    if isBlank { throw .blankForPlus }
    guard hours < 24, minutes < 60 else { throw .noSuchTime }
    let total = hours * 60 + minutes
    return sign == UInt8(ascii: "-") ? -total : total
  }

  private func interval(
    _ first: Int64, _ next: Int64, _ precision: DateLiteral.Precision, _ offset: Int
  ) throws(DateLiteral.Fault) -> DateLiteral {
    let shift = Int64(offset) * 60_000_000
    return try checked(
      first * Timestamp.microsecondsPerDay - shift, next * Timestamp.microsecondsPerDay - shift,
      precision, hasOffset: false)
  }

  /// The instant itself must lie in the years 1 to 9999 of UTC; the end of its interval may touch the year 10000.
  private func checked(
    _ floor: Int64, _ ceiling: Int64, _ precision: DateLiteral.Precision, hasOffset: Bool
  ) throws(DateLiteral.Fault) -> DateLiteral {
    guard floor >= Timestamp.minimum, ceiling <= Timestamp.end else { throw .yearOutOfRange }
    return DateLiteral(floor: floor, ceiling: ceiling, precision: precision, hasOffset: hasOffset)
  }
}
