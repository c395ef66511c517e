import TamisModel

/// A regular expression for the texts that PostgreSQL reads as a time within the range that a time's precision
/// denotes: `2024-01-15`, `2024-01-15 10:30`, `2024-01-15T10:30:45.5+02:00`, the offset discarded.
struct TimeTextPattern {
  private(set) var bytes: [UInt8] = []

  init(_ time: GoTime) {
    let floor = time.interval.floor
    let day = Timestamp.floorDivide(floor, Timestamp.microsecondsPerDay)
    let clock = Int(floor - day * Timestamp.microsecondsPerDay)
    write("^")
    CalendarDate(daysSinceEpoch: day).append(to: &bytes)
    switch time.precision {
    case .day: write("([ T]\(Self.anyHour):\(Self.any60)(:\(Self.any60)([.][0-9]+)?)?\(Self.zone))?")
    case .minute: writeMinute(clock) { $0.write("(:\(Self.any60)([.][0-9]+)?)?") }
    case .second: writeSecond(clock) { $0.write("([.][0-9]+)?") }
    case .millisecond: writeFraction(clock, digits: 3)
    case .microsecond: writeFraction(clock, digits: 6)
    }
    write("$")
  }

  private static let anyHour = "([01][0-9]|2[0-3])"
  private static let any60 = "[0-5][0-9]"
  private static let zone = "(Z|[-+][0-9][0-9](:?[0-9][0-9])?)?"

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func writeNumber(_ number: Int) { FixedDigits.append(number, width: 2, to: &bytes) }

  /// Midnight is also a date alone.
  private mutating func writeMinute(_ clock: Int, _ seconds: (inout TimeTextPattern) -> Void) {
    let isMidnight = clock / 60_000_000 == 0
    write(isMidnight ? "([ T]" : "[ T]")
    writeNumber(clock / 3_600_000_000)
    write(":")
    writeNumber(clock / 60_000_000 % 60)
    seconds(&self)
    write(Self.zone)
    if isMidnight { write(")?") }
  }

  /// A whole minute may lack its seconds; and then it lacks the time only at midnight.
  private mutating func writeSecond(_ clock: Int, _ fraction: (inout TimeTextPattern) -> Void) {
    let second = clock / 1_000_000 % 60
    if second == 0 {
      return writeMinute(clock) { pattern in
        pattern.write("(:00")
        fraction(&pattern)
        pattern.write(")?")
      }
    }
    write("[ T]")
    writeNumber(clock / 3_600_000_000)
    write(":")
    writeNumber(clock / 60_000_000 % 60)
    write(":")
    writeNumber(second)
    fraction(&self)
    write(Self.zone)
  }

  /// So many digits of a fraction are fixed, others follow to the sixth. Zeros at the end need not be written.
  private mutating func writeFraction(_ clock: Int, digits: Int) {
    let micros = clock % 1_000_000
    var text: [UInt8] = []
    FixedDigits.append(micros, width: 6, to: &text)
    let fixed = Array(text.prefix(digits))
    let needed = (fixed.lastIndex { $0 != UInt8(ascii: "0") } ?? -1) + 1
    let fraction: (inout TimeTextPattern) -> Void = { pattern in
      // `.12` with three digits is `.12`, `.120`, and what follows it.
      let optional = fixed.count - needed
      let rest = digits == 6 ? "" : "[0-9]{0,3}"
      let zeros = optional == 0 ? rest : Self.zeros(optional, rest)
      if needed == 0 {
        pattern.write("([.](\(optional == 0 ? "" : Self.someZeros(optional, rest))))?")
      } else {
        pattern.write("[.]")
        pattern.bytes.append(contentsOf: fixed.prefix(needed))
        pattern.write(zeros)
      }
    }
    // A fraction that has to be written needs its second, too.
    if needed > 0, clock / 1_000_000 % 60 == 0 { return writeWhole(clock, fraction) }
    writeSecond(clock, fraction)
  }

  private mutating func writeWhole(_ clock: Int, _ fraction: (inout TimeTextPattern) -> Void) {
    write("[ T]")
    writeNumber(clock / 3_600_000_000)
    write(":")
    writeNumber(clock / 60_000_000 % 60)
    write(":00")
    fraction(&self)
    write(Self.zone)
  }

  /// None to all of the zeros, and the rest only after all of them.
  private static func zeros(_ count: Int, _ rest: String) -> String {
    (0..<count).reduce(rest) { inner, _ in "(0\(inner))?" }
  }

  /// The same with one zero at least.
  private static func someZeros(_ count: Int, _ rest: String) -> String { "0" + zeros(count - 1, rest) }
}
