import TamisModel

/// Texts of dates and times, for a bound or for an interval that a query holds.
struct DateSpelling {
  /// Whether values are days; else microseconds.
  let isDate: Bool
  let offsetMinutes: Int

  private static let day = Timestamp.microsecondsPerDay
  private static let hour: Int64 = 3_600_000_000
  private static let minute: Int64 = 60_000_000
  private static let second: Int64 = 1_000_000
  /// A second, and what one to six fraction digits denote.
  private static let fractions: [Int64] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1]

  // MARK: Bounds

  /// A text for exactly this value: a day, or six fraction digits.
  func point(_ value: Int64) -> String? {
    isDate ? dayText(value) : time(value, unit: 1)
  }

  /// A text whose interval begins here: a day where it can be, else the seconds and as many fraction digits as needed.
  func floor(_ value: Int64) -> String? {
    if isDate { return dayText(value) }
    return midnight(value).flatMap(dayText) ?? instant(value)
  }

  /// A time with its seconds and `Z`.
  func instant(_ value: Int64) -> String? {
    Self.fractions.first { value % $0 == 0 }.flatMap { time(value, unit: $0) }
  }

  /// A text of more than one value whose interval ends before this one.
  func ceiling(_ value: Int64) -> String? {
    if isDate { return monthText(endingAt: value) }
    if let day = midnight(value), let text = dayText(day - 1) { return text }
    return Self.fractions.dropLast().first { value % $0 == 0 }.flatMap { time(value - $0, unit: $0) }
  }

  // MARK: Intervals

  /// The shortest text that denotes all from the first value to before the second.
  func interval(_ first: Int64, _ end: Int64) -> String? {
    if isDate { return days(first, end) }
    if let firstDay = midnight(first), let endDay = midnight(end), let text = days(firstDay, endDay) {
      return text
    }
    switch end &- first {
    case Self.hour: return hourText(first)
    case Self.minute: return first % Self.minute == 0 ? time(first, unit: Self.minute) : nil
    case let width:
      guard Self.fractions.contains(width), first % width == 0 else { return nil }
      return time(first, unit: width)
    }
  }

  private func days(_ first: Int64, _ end: Int64) -> String? {
    guard isYearInRange(first) else { return nil }
    let (year, month, day) = CalendarDate(daysSinceEpoch: first).parts
    if (month, day) == (1, 1), end == CalendarDate.days(year: year + 1, month: 1, day: 1) {
      return Self.digits(year, 4)
    }
    if day == 1, monthText(endingAt: end) == Self.digits(year, 4) + "-" + Self.digits(month, 2) {
      return monthText(endingAt: end)
    }
    return end == first + 1 ? dayText(first) : nil
  }

  /// `2024-02` for the first of March.
  private func monthText(endingAt value: Int64) -> String? {
    guard isYearInRange(value - 1), CalendarDate(daysSinceEpoch: value).parts.day == 1 else { return nil }
    let (year, month, _) = CalendarDate(daysSinceEpoch: value - 1).parts
    return Self.digits(year, 4) + "-" + Self.digits(month, 2)
  }

  private func dayText(_ value: Int64) -> String? {
    isYearInRange(value) ? CalendarDate(daysSinceEpoch: value).description : nil
  }

  private func isYearInRange(_ day: Int64) -> Bool {
    day >= CalendarDate.minimumDays && day < CalendarDate.endDays
  }

  // MARK: Times

  /// The day that begins at this instant, where times without an offset are those of the resource.
  private func midnight(_ value: Int64) -> Int64? {
    let local = value &+ Int64(offsetMinutes) &* Self.minute
    return local % Self.day == 0 ? local / Self.day : nil
  }

  /// An hour of UTC, or of the offset in which it is a whole hour.
  private func hourText(_ value: Int64) -> String? {
    guard value % Self.minute == 0 else { return nil }
    let rest = Timestamp.floorDivide(value, Self.minute)
    let past = Int(rest - Timestamp.floorDivide(rest, 60) * 60)
    if past == 0 { return time(value, unit: Self.hour) }
    let shift = 60 - past
    return time(value + Int64(shift) * Self.minute, unit: Self.hour, zone: "+00:" + Self.digits(shift, 2))
  }

  private func time(_ value: Int64, unit: Int64, zone: String = "Z") -> String? {
    guard isYearInRange(Timestamp.floorDivide(value, Self.day)) else { return nil }
    let text = Timestamp(microseconds: value).description
    return String(text.prefix(Self.length(unit))) + zone
  }

  /// Characters of a time of this precision: `2024-01-15T10:30:45.123456`.
  private static func length(_ unit: Int64) -> Int {
    switch unit {
    case hour: 13
    case minute: 16
    case second: 19
    default: 19 + (fractions.firstIndex(of: unit).map { $0 + 1 } ?? 7)
    }
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    var bytes: [UInt8] = []
    FixedDigits.append(number, width: width, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Candidates

  /// Texts whose interval may begin or end at a value, the plainest first: for an argument of which only its effect
  /// is known.
  func candidates(around value: Int64) -> [String] {
    var texts = [floor(value), ceiling(value)]
    // A parameter may ask for a whole instant.
    if !isDate { texts.append(instant(value)) }
    texts.append(point(value))
    for unit in [1, 10, 100, 1_000, 10_000, 100_000, Self.second, Self.minute, Self.hour] where !isDate {
      texts += [interval(value, value &+ unit), interval(value &- unit, value)]
    }
    let day = isDate ? value : midnight(value)
    for end in day.map(neighbours) ?? [] {
      texts.append(days(Swift.min(day ?? 0, end), Swift.max(day ?? 0, end)))
    }
    var seen: Set<String> = []
    return texts.compactMap { $0 }.filter { seen.insert($0).inserted }
  }

  /// The days a month and a year before and after the first of a month.
  private func neighbours(_ day: Int64) -> [Int64] {
    let (year, month, _) = CalendarDate(daysSinceEpoch: day).parts
    let months = [(year, month + 1), (year, month - 1), (year + 1, month), (year - 1, month)]
    return months.map { year, month in
      let shifted = month == 13 ? (year + 1, 1) : month == 0 ? (year - 1, 12) : (year, month)
      return CalendarDate.days(year: shifted.0, month: shifted.1, day: 1)
    }
  }
}
