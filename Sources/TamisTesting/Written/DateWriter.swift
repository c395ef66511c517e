import TamisModel

/// Dates at every precision that a client may write, with the interval each denotes.
struct DateWriter {
  let offsetMinutes: Int

  private static let units = [3_600_000_000, 60_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1]

  /// A text whose interval holds the day.
  func day(_ day: Int, _ random: inout RandomSource) -> WrittenOperand {
    let parts = ReferenceDate.parts(ofDay: day)
    let year = ValueSpelling.digits(parts.year, 4)
    let month = ValueSpelling.digits(parts.month, 2)
    switch random.below(10) {
    case 0:
      return operand(
        year, .day(ReferenceDate.days(parts.year, 1, 1)), .day(ReferenceDate.days(parts.year + 1, 1, 1)))
    case 1, 2:
      return operand(
        year + "-" + month, .day(ReferenceDate.days(parts.year, parts.month, 1)),
        .day(ReferenceDate.days(parts.year, parts.month + 1, 1)))
    default:
      let separator = random.chance(10) ? "/" : "-"
      let text = [year, month, ValueSpelling.digits(parts.day, 2)].joined(separator: separator)
      return operand(text, .day(day), .day(day + 1))
    }
  }

  /// A text whose interval holds the instant.
  func instant(_ instant: Int, _ random: inout RandomSource) -> WrittenOperand {
    if random.chance(35), ValueSpelling.hasYear(instant, offsetMinutes: offsetMinutes) {
      let local = ValueSpelling.local(instant, offsetMinutes: offsetMinutes)
      let days = day(local.day, &random)
      if case .interval(.day(let first), .day(let end)) = days.meaning,
        let operand = checked(days.text, midnight(first), midnight(end))
      {
        return operand
      }
    }
    return time(instant, &random) ?? exact(instant)
  }

  private func midnight(_ day: Int) -> Int {
    day * ReferenceDate.microsecondsPerDay - offsetMinutes * 60_000_000
  }

  private func time(_ instant: Int, _ random: inout RandomSource) -> WrittenOperand? {
    let (offset, suffix) = zone(&random)
    guard ValueSpelling.hasYear(instant, offsetMinutes: offset) else { return nil }
    let local = ValueSpelling.local(instant, offsetMinutes: offset)
    let precision = random.chance(40) ? 8 : random.below(Self.units.count)
    let unit = Self.units[precision]
    let floor = local.micros / unit * unit
    let text =
      ValueSpelling.date(local.day) + random.pick(["T", "T", "T", "t", " "]) + clock(floor, precision)
      + suffix
    let start = local.day * ReferenceDate.microsecondsPerDay + floor - offset * 60_000_000
    return checked(text, start, start + unit)
  }

  private func zone(_ random: inout RandomSource) -> (minutes: Int, suffix: String) {
    switch random.below(6) {
    case 0, 1: (0, "Z")
    case 2: (0, "z")
    case 3: (120, "+02:00")
    case 4: (-330, "-05:30")
    default: (offsetMinutes, "")
    }
  }

  private func clock(_ micros: Int, _ precision: Int) -> String {
    let seconds = micros / 1_000_000
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { ValueSpelling.digits($0, 2) }
    let text = parts.prefix(precision + 1).joined(separator: ":")
    guard precision > 2 else { return text }
    return text + "." + ValueSpelling.digits(micros % 1_000_000, 6).prefix(precision - 2)
  }

  /// Nil outside the years 1 to 9999 of UTC.
  private func checked(_ text: String, _ floor: Int, _ end: Int) -> WrittenOperand? {
    guard floor >= ValueGenerator.minimumInstant, end <= ValueGenerator.maximumInstant + 1 else { return nil }
    return operand(text, .instant(floor), .instant(end))
  }

  private func exact(_ instant: Int) -> WrittenOperand {
    operand(OperandSpelling.timestamp(instant), .instant(instant), .instant(instant + 1))
  }

  private func operand(_ text: String, _ floor: ReferenceValue, _ end: ReferenceValue) -> WrittenOperand {
    WrittenOperand(meaning: .interval(floor, end), text: text, json: .string(text))
  }
}
