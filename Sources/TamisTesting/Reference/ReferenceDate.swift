/// Days and microseconds, counted from 0001-01-01 with a table of months, then moved to 1970.
public enum ReferenceDate {
  public static let microsecondsPerDay = 86_400_000_000

  public static func isLeap(_ year: Int) -> Bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  }

  public static func daysIn(year: Int, month: Int) -> Int {
    [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days from 0001-01-01 to the first of January of the year.
  private static func daysBefore(year: Int) -> Int {
    let past = year - 1
    return past * 365 + past / 4 - past / 100 + past / 400
  }

  /// Days since 1970-01-01. A month of 13 is the next January.
  public static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    if month == 13 { return days(year + 1, 1, day) }
    let months = (1..<month).reduce(0) { $0 + daysIn(year: year, month: $1) }
    return daysBefore(year: year) - daysBefore(year: 1970) + months + day - 1
  }

  /// Year, month and day of a day, found by going forward.
  public static func parts(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    var year = 1970 + day / 366 - 2
    if day < 0 { year = 1970 + day / 365 - 2 }
    while days(year + 1, 1, 1) <= day { year += 1 }
    var month = 1
    while days(year, month + 1, 1) <= day { month += 1 }
    return (year, month, day - days(year, month, 1) + 1)
  }

  /// `2024-02-29`; nil for another shape.
  public static func day(_ text: String) -> Int? {
    let parts = text.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
    return days(year, month, day)
  }

  /// `2024-02-29T10:30:00[.123456][Z|+02:00]`; without an offset the one given holds.
  public static func instant(_ text: String, offsetMinutes: Int) -> Int? {
    let halves = text.split(whereSeparator: { $0 == "T" || $0 == " " })
    guard halves.count == 2, let day = day(String(halves[0])) else { return nil }
    var clock = String(halves[1])
    var offset = offsetMinutes
    if clock.hasSuffix("Z") {
      clock.removeLast()
      offset = 0
    } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let written = clock[clock.index(after: sign)...].split(separator: ":").compactMap { Int($0) }
      guard written.count == 2 else { return nil }
      offset = (written[0] * 60 + written[1]) * (clock[sign] == "-" ? -1 : 1)
      clock = String(clock[..<sign])
    }
    guard let micros = timeOfDay(clock) else { return nil }
    return day * microsecondsPerDay + micros - offset * 60_000_000
  }

  private static func timeOfDay(_ text: String) -> Int? {
    let parts = text.split(separator: ":")
    guard parts.count == 3, let hour = Int(parts[0]), let minute = Int(parts[1]) else { return nil }
    let seconds = parts[2].split(separator: ".")
    guard let second = Int(seconds[0]) else { return nil }
    var micros = 0
    if seconds.count == 2 {
      let padded = seconds[1] + String(repeating: "0", count: 6 - seconds[1].count)
      guard let fraction = Int(padded) else { return nil }
      micros = fraction
    }
    return ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros
  }
}
