import TamisModel

/// A date or time in one of the layouts that the server tries, as it is on the wall clock of its own zone.
struct GoTime: Hashable {
  /// The unit that an equality is widened to.
  enum Precision: Hashable {
    case microsecond
    case millisecond
    case second
    case minute
    case day
  }

  var year = 0
  var month = 0
  var day = 0
  var hour = 0
  var minute = 0
  var second = 0
  var nanosecond = 0
  /// East of UTC.
  var offsetMinutes = 0
  var precision = Precision.day

  /// Nil for text in none of the layouts: RFC 3339, the same without a zone and seconds, with a blank for the `T`,
  /// `YYYY-MM-DD`, `YYYY/MM/DD`.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) -> GoTime? {
    // What does not begin like one is nearly every text.
    guard range.count >= 10, bytes[range.lowerBound] &- 48 < 10 else { return nil }
    var reader = GoTimeReader(bytes: bytes, index: range.lowerBound, end: range.upperBound)
    return reader.read()
  }

  // MARK: On the wall clock

  private var daysSinceEpoch: Int64 { CalendarDate.days(year: year, month: month, day: day) }

  /// Microseconds since 1970 on the wall clock, nanoseconds cut off.
  private var microseconds: Int64 {
    let seconds = Int64(hour * 3_600 + minute * 60 + second)
    return daysSinceEpoch * Timestamp.microsecondsPerDay + seconds * 1_000_000 + Int64(nanosecond / 1_000)
  }

  /// The same as the database reads the written text: to the nearest microsecond.
  var rounded: Int64 {
    microseconds - Int64(nanosecond / 1_000) + Self.rounded(nanosecond: nanosecond)
  }

  /// PostgreSQL: the fraction as a double, times a million, to the nearest whole number, the even one of two.
  static func rounded(nanosecond: Int) -> Int64 {
    let scaled = Double(nanosecond) / 1e9 * 1e6
    let whole = Int64(scaled)
    let rest = scaled - Double(whole)
    if rest == 0.5 { return whole + (whole & 1) }
    return rest > 0.5 ? whole + 1 : whole
  }

  /// The half-open range that an equality is widened to.
  var interval: (floor: Int64, ceiling: Int64) {
    let unit: Int64 =
      switch precision {
      case .microsecond: 1
      case .millisecond: 1_000
      case .second: 1_000_000
      case .minute: 60_000_000
      case .day: Timestamp.microsecondsPerDay
      }
    let floor = Timestamp.floorDivide(microseconds, unit) * unit
    return (floor, floor + unit)
  }

  // MARK: As text

  /// As the driver sends it: `2024-01-15 10:30:45.5+02:00`, `Z` for UTC, the years before 1 with ` BC`.
  func append(to bytes: inout [UInt8]) {
    Self.append(microseconds, nanosecond % 1_000, offsetMinutes, to: &bytes)
  }

  /// The same of a time on the same wall clock.
  func append(_ wallClock: Int64, to bytes: inout [UInt8]) {
    Self.append(wallClock, 0, offsetMinutes, to: &bytes)
  }

  private static func append(
    _ microseconds: Int64, _ nanoseconds: Int, _ offsetMinutes: Int, to bytes: inout [UInt8]
  ) {
    let days = Timestamp.floorDivide(microseconds, Timestamp.microsecondsPerDay)
    let rest = microseconds - days * Timestamp.microsecondsPerDay
    let parts = CalendarDate(daysSinceEpoch: days).parts
    let isBeforeChrist = parts.year <= 0
    // Go: the year is moved, and the day with it where that year has none.
    let shown =
      isBeforeChrist
      ? CalendarDate(
        daysSinceEpoch: CalendarDate.days(year: 1 - parts.year, month: parts.month, day: parts.day))
      : CalendarDate(daysSinceEpoch: days)
    shown.append(to: &bytes)
    bytes.append(UInt8(ascii: " "))
    appendClock(Int(rest / 1_000_000), Int(rest % 1_000_000) * 1_000 + nanoseconds, to: &bytes)
    appendOffset(offsetMinutes, to: &bytes)
    if isBeforeChrist { bytes.append(contentsOf: " BC".utf8) }
  }

  private static func appendClock(_ seconds: Int, _ nanoseconds: Int, to bytes: inout [UInt8]) {
    FixedDigits.append(seconds / 3_600, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    FixedDigits.append(seconds / 60 % 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    FixedDigits.append(seconds % 60, width: 2, to: &bytes)
    guard nanoseconds > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    FixedDigits.append(nanoseconds, width: 9, to: &bytes)
    while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
  }

  private static func appendOffset(_ minutes: Int, to bytes: inout [UInt8]) {
    if minutes == 0 { return bytes.append(UInt8(ascii: "Z")) }
    bytes.append(minutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    FixedDigits.append(abs(minutes) / 60, width: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    FixedDigits.append(abs(minutes) % 60, width: 2, to: &bytes)
  }
}

/// A cursor over the text of one time.
private struct GoTimeReader: DigitReader {
  let bytes: [UInt8]
  var index: Int
  let end: Int

  mutating func read() -> GoTime? {
    let start = index
    var time = GoTime()
    guard let year = number(4), index < end else { return nil }
    let separator = bytes[index]
    guard separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/"), accept(separator),
      let month = number(2), accept(separator), let day = number(2), (1...12).contains(month), day >= 1,
      day <= CalendarDate.daysInMonth(year: year, month: month)
    else { return nil }
    (time.year, time.month, time.day) = (year, month, day)
    if index == end { return time }
    guard separator == UInt8(ascii: "-"), readClock(&time) else { return nil }
    time.precision = precision(of: bytes[start..<end])
    return time
  }

  // clock = ( "T" / 1*" " ) hour ":" minute [ ":" second [ fraction ] ] [ zone ]
  private mutating func readClock(_ time: inout GoTime) -> Bool {
    let isStandard = accept(UInt8(ascii: "T"))
    guard isStandard || accept(UInt8(ascii: " ")) else { return false }
    // Go: a blank of a layout stands for any number of them.
    while !isStandard, accept(UInt8(ascii: " ")) {}
    guard let hour = hour(), hour < 24, accept(UInt8(ascii: ":")), let minute = number(2), minute < 60 else {
      return false
    }
    (time.hour, time.minute) = (hour, minute)
    if index == end { return true }
    guard accept(UInt8(ascii: ":")), let second = number(2), second < 60 else { return false }
    time.second = second
    time.nanosecond = fraction()
    if index == end { return true }
    guard isStandard, let offset = offset() else { return false }
    time.offsetMinutes = offset
    return index == end
  }

  /// Go: an hour has one digit or two.
  private mutating func hour() -> Int? { number(2) ?? number(1) }

  /// Go: as many digits as there are after a point or a comma, nine of which count.
  private mutating func fraction() -> Int {
    guard index + 1 < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ","),
      bytes[index + 1] &- 48 < 10
    else { return 0 }
    index += 1
    var value = 0
    var unit = 100_000_000
    while index < end, bytes[index] &- 48 < 10 {
      value += Int(bytes[index] &- 48) * unit
      unit /= 10
      index += 1
    }
    return value
  }

  // zone = "Z" / ( "+" / "-" ) hours ":" minutes
  private mutating func offset() -> Int? {
    if accept(UInt8(ascii: "Z")) { return 0 }
    let sign = bytes[index]
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), accept(sign), let hours = number(2),
      accept(UInt8(ascii: ":")), let minutes = number(2), hours <= 24, minutes <= 60
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Blnk: read off the text: digits after the first point, else colons, those of a zone included.
  private func precision(of text: ArraySlice<UInt8>) -> GoTime.Precision {
    if let point = text.firstIndex(of: UInt8(ascii: ".")) {
      let digits = text[(point + 1)...].prefix { $0 &- 48 < 10 }.count
      return digits >= 6 ? .microsecond : .millisecond
    }
    return text.count { $0 == UInt8(ascii: ":") } >= 2 ? .second : .minute
  }
}
