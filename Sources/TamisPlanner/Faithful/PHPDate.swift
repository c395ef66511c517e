import TamisModel

/// A date as PHP's `new DateTime` reads it: what its clock shows, whatever the zone.
///
/// Understood is what stands for one moment by itself: `2024-01-31T10:11:12.5+02:00`, `20240131`, `2024-W05-3`,
/// `2024-031`, `31.01.2024`, `01/31/2024`, `@1706659200.5`, and days that roll over, as `2024-02-30`. A date that
/// depends on the present, on words or on the rules of a place is not.
package enum PHPDate {
  package enum Reading: Hashable, Sendable {
    /// Microseconds since 1970-01-01 on the clock that is shown: `10:11+02:00` is 10:11.
    case clock(microseconds: Int64)
    /// PHP can not read it.
    case unreadable
    /// Nor this, because the `+` of the offset was sent unescaped: `2024-01-31T10:11:12 02:00`.
    case blankForPlus
    /// PHP may read it; it is left alone, because its meaning is not in the text.
    case unsupported
  }

  /// Longer texts are not looked at.
  static let longest = 128

  package static func read(_ bytes: [UInt8], _ range: Range<Int>) -> Reading {
    guard hasDigit(bytes[range]) || hasLanguage(bytes[range]) else { return .unreadable }
    guard range.count <= longest, !hasLanguage(bytes[range]), !hasPlace(bytes[range]) else {
      return .unsupported
    }
    var scanner = PHPDateScanner(text: trimmed(bytes[range]))
    return scanner.scan()
  }

  private static func hasDigit(_ text: ArraySlice<UInt8>) -> Bool { text.contains { $0 &- 48 < 10 } }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte &- 9 < 5 }
    guard let first = text.firstIndex(where: { !isBlank($0) }),
      let last = text.lastIndex(where: { !isBlank($0) })
    else { return text.prefix(0) }
    return text[first...last]
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

  /// Whether a word of PHP's date language is in it.
  private static func hasLanguage(_ text: ArraySlice<UInt8>) -> Bool {
    // The longest word has twelve letters.
    text.split { !isLetter($0) }.contains {
      $0.count <= 12 && PHPDateWords.isLanguage(String(decoding: $0, as: UTF8.self))
    }
  }

  /// `Europe/Paris`: a zone whose clock may leave hours out.
  private static func hasPlace(_ text: ArraySlice<UInt8>) -> Bool {
    text.indices.dropFirst().dropLast().contains {
      (text[$0] == UInt8(ascii: "/") || text[$0] == UInt8(ascii: "_")) && isLetter(text[$0 - 1])
        && isLetter(text[$0 + 1])
    }
  }
}

/// Cuts a text into pieces, each the longest there is, and gathers what they say.
struct PHPDateScanner {
  let text: ArraySlice<UInt8>
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var extraDays = 0
  private var time: (hours: Int, minutes: Int, seconds: Int, microseconds: Int) = (0, 0, 0, 0)
  private var dates = 0
  private var times = 0
  private var zones = 0
  private var seconds: Int64?
  /// Set by the first piece that PHP refuses.
  private var fault: PHPDate.Reading?

  init(text: ArraySlice<UInt8>) { self.text = text }

  mutating func scan() -> PHPDate.Reading {
    var place = text.startIndex
    while place < text.endIndex, fault == nil {
      if [0x20, 0x09, 0x2E, 0x2C, 0x00, 0x0A].contains(text[place]) {
        // PHP: what stands between pieces. A dot or sign that begins one is found below.
        if PHPDateForm.longest(text, at: place) == nil {
          place += 1
          continue
        }
      }
      guard let (form, end) = PHPDateForm.longest(text, at: place) else { return .unreadable }
      apply(form, place..<end)
      place = end
    }
    return fault ?? result()
  }

  private func result() -> PHPDate.Reading {
    if let seconds {
      guard dates == 0, times == 0 else { return .unsupported }
      return .clock(microseconds: seconds)
    }
    guard dates > 0, let year, let month, let day, abs(year) < 290_000 else { return .unsupported }
    let months = year * 12 + month - 1
    let first = CalendarDate.days(
      year: Int(Timestamp.floorDivide(Int64(months), 12)), month: (months % 12 + 12) % 12 + 1, day: 1)
    let days = first + Int64(day - 1 + extraDays)
    let clock = (time.hours * 60 + time.minutes) * 60 + time.seconds
    return .clock(
      microseconds: days * Timestamp.microsecondsPerDay + Int64(clock * 1_000_000 + time.microseconds))
  }

  // MARK: Pieces

  private mutating func apply(_ form: PHPDateForm, _ range: Range<Int>) {
    var piece = PHPDatePiece(text: text[range])
    switch form {
    case .secondsSince1970, .secondsWithFraction: setSeconds(&piece)
    case .time, .longDigitTime: setTime(&piece)
    case .digitTime: setDigitTime(&piece)
    case .monthDay: setDate(nil, piece.number(2), piece.number(2))
    case .monthDayYear:
      let (month, day) = (piece.number(2), piece.number(2))
      setDate(piece.year(4), month, day)
    case .isoDate, .isoSlashed, .slashed: setDate(piece.signedNumber(4), piece.number(2), piece.number(2))
    case .signedYear: setDate(piece.signedNumber(19), piece.number(2), piece.number(2))
    case .shortIsoDate, .looseDate: setDate(piece.year(4), piece.number(2), piece.number(2))
    case .yearMonth: setDate(piece.number(4), piece.number(2), 1)
    case .pointed, .shortPointed:
      let (day, month) = (piece.number(2), piece.number(2))
      setDate(piece.year(form == .pointed ? 4 : 2), month, day)
    case .digitDate: setDate(piece.number(4), piece.number(2), piece.number(2))
    case .dateTime, .looseDateTime, .digitDateTime, .allDigitDateTime, .imageDateTime:
      setDate(piece.number(4), piece.number(2), piece.number(2))
      setTime(&piece)
    case .ordinal: setDate(piece.number(4), 1, piece.number(3))
    case .weekday, .week: setWeek(piece.number(4), piece.number(2), form == .weekday ? piece.number(1) : 1)
    case .year: year = piece.number(4)
    case .offset: addZone(true)
    case .zone: addZone(piece.isKnownZone)
    }
  }

  private mutating func setSeconds(_ piece: inout PHPDatePiece) {
    // PHP: a zone before the seconds changes what they mean.
    guard seconds == nil, zones == 0 else {
      fault = .unsupported
      return
    }
    switch piece.microsecondsSince1970() {
    case .clock(let microseconds): seconds = microseconds
    case let other: fault = other
    }
    addZone(true)
  }

  private mutating func setDate(_ year: Int?, _ month: Int?, _ day: Int?) {
    dates += 1
    // PHP: a second date is an error.
    if dates > 1 { fault = .unreadable }
    (self.year, self.month, self.day) = (year ?? self.year, month, day)
  }

  private mutating func setWeek(_ year: Int?, _ week: Int?, _ weekday: Int?) {
    setDate(year, 1, 1)
    let first = CalendarDate.days(year: year ?? 0, month: 1, day: 1)
    // 1970-01-01 was a Thursday; Sunday is 0.
    let weekdayOfFirst = Int((first + 4) % 7 + 7) % 7
    extraDays =
      -(weekdayOfFirst > 4 ? weekdayOfFirst - 7 : weekdayOfFirst) + ((week ?? 1) - 1) * 7 + (weekday ?? 1)
  }

  private mutating func setTime(_ piece: inout PHPDatePiece) {
    times += 1
    guard times == 1 else {
      // PHP: so is a second time.
      fault = piece.isAfterBlank(in: text) ? .blankForPlus : .unreadable
      return
    }
    time = (piece.number(2) ?? 0, piece.number(2) ?? 0, piece.number(2) ?? 0, piece.fraction())
    if piece.beginsZone { addZone(true) }
  }

  private mutating func setDigitTime(_ piece: inout PHPDatePiece) {
    if times == 1 {
      // PHP: four digits after a time are a year.
      times += 1
      year = piece.number(4)
    } else {
      setTime(&piece)
    }
  }

  private mutating func addZone(_ isKnown: Bool) {
    zones += 1
    // PHP: a second zone is a warning only, a third an error.
    if !isKnown || zones > 2 { fault = .unreadable }
  }
}

/// Reads the numbers of a piece, one after the other, over whatever stands between them.
struct PHPDatePiece {
  private let text: ArraySlice<UInt8>
  private var place: Int

  init(text: ArraySlice<UInt8>) {
    self.text = text
    place = text.startIndex
  }

  /// Up to `count` digits.
  mutating func number(_ count: Int) -> Int? {
    guard let first = text[place...].firstIndex(where: { $0 &- 48 < 10 }) else { return nil }
    let digits = text[first...].prefix(count).prefix { $0 &- 48 < 10 }
    place = digits.endIndex
    return digits.reduce(0) { number, digit in
      let (tens, isOver) = number.multipliedReportingOverflow(by: 10)
      return isOver ? Int.max / 20 : tens &+ Int(digit &- 48)
    }
  }

  // PHP: years of two digits are those from 1970 to 2069.
  mutating func year(_ count: Int) -> Int? {
    guard let first = text[place...].firstIndex(where: { $0 &- 48 < 10 }), let year = number(count) else {
      return nil
    }
    if place - first >= 4 || year >= 100 { return year }
    return year < 70 ? year + 2_000 : year + 1_900
  }

  mutating func signedNumber(_ count: Int) -> Int? {
    let isNegative = text[place...].first == UInt8(ascii: "-")
    return number(count).map { isNegative ? -$0 : $0 }
  }

  /// Microseconds of a `.` and digits; those beyond the sixth are cut off.
  mutating func fraction() -> Int {
    guard text[place...].first == UInt8(ascii: ".") else { return 0 }
    let digits = text[(place + 1)...].prefix { $0 &- 48 < 10 }
    place = digits.endIndex
    return (0..<6).reduce(0) { sum, index in
      sum * 10 + (index < digits.count ? Int(digits[digits.startIndex + index] &- 48) : 0)
    }
  }

  /// `@-1706659200.5`
  mutating func microsecondsSince1970() -> PHPDate.Reading {
    let isNegative = text.dropFirst().first == UInt8(ascii: "-")
    place = text.startIndex + (isNegative ? 2 : 1)
    let digits = text[place...].prefix { $0 &- 48 < 10 }
    // PHP: a number of 64 bits; and a point that no digit follows is an error.
    guard let seconds = Int64(String(decoding: digits, as: UTF8.self)), text.last != UInt8(ascii: ".") else {
      return .unreadable
    }
    guard seconds < 9_000_000_000_000 else { return .unsupported }
    place = digits.endIndex
    let microseconds = seconds * 1_000_000 + Int64(fraction())
    return .clock(microseconds: isNegative ? -microseconds : microseconds)
  }

  /// What is left is the offset of a date-time.
  var beginsZone: Bool { text[place...].contains { $0 == 0x2B || $0 == 0x2D } }

  /// An offset, or a short name that PHP knows.
  var isKnownZone: Bool {
    let name = text[place...].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "(") }
    let letters = name.prefix { ($0 | 0x20) &- 97 < 26 }
    if letters.endIndex < name.endIndex, text[letters.endIndex] == 0x2B || text[letters.endIndex] == 0x2D {
      return true
    }
    return PHPDateWords.isZone(String(decoding: letters, as: UTF8.self))
  }

  /// `hh:mm` after a blank: what was an offset, perhaps.
  func isAfterBlank(in whole: ArraySlice<UInt8>) -> Bool {
    text.startIndex > whole.startIndex && whole[text.startIndex - 1] == 0x20
      && text.contains(UInt8(ascii: ":")) && text.endIndex == whole.endIndex
  }
}
