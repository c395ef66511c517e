import TamisModel

/// A date in one of seven forms, from `2022` to `2022-03-05T10:20:30.123456`, whose missing parts are the first of
/// their kind: one instant, in UTC.
enum KeyChainDate {
  enum Reading {
    /// Microseconds since 1970.
    case instant(Int64)
    /// A year of fewer than four digits.
    // Laravel: the validator compares `22` with `0022` as numbers, and lets it pass; the filter does not.
    case shortYear
    case invalid
  }

  static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
    if (1...3).contains(bytes.count), bytes.allSatisfy({ $0 &- 48 < 10 }) { return .shortYear }
    var parts = Parts(bytes: bytes, place: bytes.startIndex)
    guard let year = parts.number(4, after: nil) else { return .invalid }
    let month = parts.number(2, after: "-")
    let day = month == nil ? nil : parts.number(2, after: "-")
    let hour = day == nil ? nil : parts.number(2, after: "T")
    let minute = hour == nil ? nil : parts.number(2, after: ":")
    let second = minute == nil ? nil : parts.number(2, after: ":")
    let fraction = second == nil ? nil : parts.number(6, after: ".")
    guard parts.isAtEnd, (1...12).contains(month ?? 1),
      (1...CalendarDate.daysInMonth(year: year, month: month ?? 1)).contains(day ?? 1), hour ?? 0 < 24,
      minute ?? 0 < 60, second ?? 0 < 60
    else { return .invalid }
    let days = CalendarDate.days(year: year, month: month ?? 1, day: day ?? 1)
    let clock = ((hour ?? 0) * 60 + (minute ?? 0)) * 60 + (second ?? 0)
    return .instant(days * Timestamp.microsecondsPerDay + Int64(clock * 1_000_000 + (fraction ?? 0)))
  }

  private struct Parts {
    let bytes: ArraySlice<UInt8>
    var place: Int

    var isAtEnd: Bool { place == bytes.endIndex }

    /// Exactly so many digits after a separator; nil, and nothing read, where they are not.
    mutating func number(_ count: Int, after separator: Unicode.Scalar?) -> Int? {
      var start = place
      if let separator {
        guard start < bytes.endIndex, bytes[start] == UInt8(ascii: separator) else { return nil }
        start += 1
      }
      let digits = bytes[start...].prefix(count)
      guard digits.count == count, digits.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
      place = digits.endIndex
      return digits.reduce(0) { $0 * 10 + Int($1 &- 48) }
    }
  }
}
