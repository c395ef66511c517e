import TamisModel

/// Text that reaches a column unread, as PostgreSQL's input functions take it, as far as that is the same whatever
/// the server's settings.
enum PostgreSQLText {
  enum Outcome<Value> {
    case value(Value)
    /// PostgreSQL may well read it; nothing else does.
    case onlyThere
    /// PostgreSQL fails.
    case invalid
  }

  // MARK: Numbers

  /// PostgreSQL: a decimal number with blanks around it.
  static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Outcome<Range<Int>> {
    let trimmed = trim(bytes, range)
    var canonical: [UInt8] = []
    switch DecimalText.canonicalise(bytes, trimmed, into: &canonical, digitLimit: 1) {
    case .number, .tooManyDigits: return .value(trimmed)
    case .notANumber: break
    }
    let word = trimmed.count <= 9 ? lowercased(bytes, trimmed) : ""
    let infinities = ["inf", "infinity"].flatMap { [$0, "+" + $0, "-" + $0] }
    return word == "nan" || infinities.contains(word) ? .onlyThere : .invalid
  }

  private static func trim(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while start < end, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func lowercased(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).asciiLowercased
  }

  // MARK: Booleans

  /// PostgreSQL: words or the beginnings of them, in any letter case.
  static func boolean(_ bytes: [UInt8], _ range: Range<Int>) -> Bool? {
    let trimmed = trim(bytes, range)
    guard trimmed.count <= 5 else { return nil }
    switch lowercased(bytes, trimmed) {
    case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1": return true
    case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0": return false
    default: return nil
    }
  }

  // MARK: Times

  // date-time = date [ ( "T" / " " ) hh ":" mm [ ":" ss [ "." digits ] ] [ "Z" / ( "+" / "-" ) hh [ [ ":" ] mm ] ] ]
  /// Microseconds since 1970 on the wall clock: a column without a zone discards the offset.
  static func wallClock(_ bytes: [UInt8], _ range: Range<Int>) -> Outcome<Int64> {
    var reader = WallClockReader(bytes: bytes, index: range.lowerBound, end: range.upperBound)
    if let outcome = reader.read() { return outcome }
    return mayBeTime(bytes, trim(bytes, range)) ? .onlyThere : .invalid
  }

  /// Words of PostgreSQL's date language, and other orders and forms of numbers.
  private static func mayBeTime(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count <= 64 else { return false }
    let text = lowercased(bytes, range)
    let words = text.split { !("a"..."z").contains($0) }
    if words.contains(where: { word in
      dateWords.contains { word == $0 || (word.utf8.count >= 3 && months.contains(word.prefix(3))) }
    }) {
      return true
    }
    if text.utf8.allSatisfy({ $0 &- 48 < 10 }) { return [6, 8, 14].contains(text.utf8.count) }
    let pieces = text.split(maxSplits: 1) { $0 == " " || $0 == "t" }
    let numbers = (pieces.first ?? "").split(omittingEmptySubsequences: false) { "-/.".contains($0) }
      .map { $0.utf8.count > 4 ? nil : Int($0) }
    guard numbers.count == 3, numbers.allSatisfy({ $0 != nil }), pieces.count == 1 || isClock(pieces[1])
    else {
      return false
    }
    let small = numbers.compactMap { $0 }.filter { (1...31).contains($0) }
    return small.count >= 2 && small.contains { $0 <= 12 }
  }

  private static func isClock(_ text: Substring) -> Bool {
    // A blank before digits is no offset.
    text.contains(":") && !text.contains(" ")
  }

  private static let dateWords: Set<Substring> = [
    "now", "today", "tomorrow", "yesterday", "epoch", "infinity", "allballs", "am", "pm", "ad", "bc", "utc",
    "gmt", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday",
  ]
  private static let months: Set<Substring> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
}

/// A cursor over a time in the forms that are taken.
private struct WallClockReader: DigitReader {
  let bytes: [UInt8]
  var index: Int
  let end: Int

  /// Nil for text in another form.
  mutating func read() -> PostgreSQLText.Outcome<Int64>? {
    guard let year = number(4), accept("-"), let month = number(2), accept("-"), let day = number(2) else {
      return nil
    }
    var micros: Int64 = 0
    var isLate = false
    var isRight = true
    if index < end {
      guard accept("T") || accept(" "), let hour = number(2), accept(":"), let minute = number(2) else {
        return nil
      }
      var second = 0
      if accept(":") {
        guard let written = number(2) else { return nil }
        second = written
        if accept(".") {
          guard let fraction = fraction() else { return nil }
          micros = fraction
        }
      }
      guard readOffset(&isRight) else { return nil }
      // PostgreSQL: 24:00 and second 60 are the next day and minute.
      isLate = second == 60 || (hour == 24 && minute == 0 && second == 0 && micros == 0)
      isRight = isRight && hour <= 24 && minute < 60 && second <= 60 && (hour < 24 || isLate)
      micros += Int64(hour * 3_600 + minute * 60 + second) * 1_000_000
    }
    guard isRight, year >= 1, (1...12).contains(month), day >= 1,
      day <= CalendarDate.daysInMonth(year: year, month: month)
    else { return .invalid }
    if isLate { return .onlyThere }
    return .value(
      CalendarDate.days(year: year, month: month, day: day) * Timestamp.microsecondsPerDay + micros)
  }

  private mutating func fraction() -> Int64? {
    var digits = 0
    var nanoseconds = 0
    while index < end, bytes[index] &- 48 < 10 {
      if digits < 9 { nanoseconds = nanoseconds * 10 + Int(bytes[index] &- 48) }
      digits += 1
      index += 1
    }
    guard digits > 0 else { return nil }
    for _ in Swift.min(digits, 9)..<9 { nanoseconds *= 10 }
    return GoTime.rounded(nanosecond: nanoseconds)
  }

  private mutating func readOffset(_ isRight: inout Bool) -> Bool {
    if index == end { return true }
    if accept("Z") { return index == end }
    guard accept("+") || accept("-"), let hours = number(2) else { return false }
    var minutes = 0
    if index < end {
      _ = accept(":")
      guard let written = number(2) else { return false }
      minutes = written
    }
    // PostgreSQL: an offset is less than sixteen hours.
    isRight = hours < 16 && minutes < 60
    return index == end
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool { accept(UInt8(ascii: character)) }
}
