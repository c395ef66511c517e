import TamisModel

/// The same value in the spellings that JSON records allow.
enum ValueSpelling {
  static func json(
    _ value: ReferenceValue, _ type: FieldType, offsetMinutes: Int, _ random: inout RandomSource
  ) -> JSONTree {
    switch value {
    case .null: .null
    case .text(let scalars): .string(string(scalars))
    case .number(let number): self.number(number, type, &random)
    case .boolean(let flag): .boolean(flag)
    case .uuid(let text): .string(random.chance(20) ? text.uppercased() : text)
    case .day(let day): .string(date(day))
    case .instant(let instant): .string(timestamp(instant, offsetMinutes: offsetMinutes, &random))
    case .enumeration(let name, _): .string(name)
    case .json(let tree): tree
    }
  }

  static func string(_ scalars: [Unicode.Scalar]) -> String { String(String.UnicodeScalarView(scalars)) }

  private static func number(_ number: ReferenceNumber, _ type: FieldType, _ random: inout RandomSource)
    -> JSONTree
  {
    let text = number.description
    if type == .integer { return .number(text) }
    if random.chance(20) { return .string(text) }
    guard case .decimal(_, let scale) = type, random.chance(30), number.fraction.count < scale else {
      return .number(text)
    }
    return .number(text + (number.fraction.isEmpty ? ".0" : "0"))
  }

  // MARK: Dates

  static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: Swift.max(0, width - text.utf8.count)) + text
  }

  static func date(_ day: Int) -> String {
    let parts = ReferenceDate.parts(ofDay: day)
    return digits(parts.year, 4) + "-" + digits(parts.month, 2) + "-" + digits(parts.day, 2)
  }

  static func offset(_ minutes: Int) -> String {
    (minutes < 0 ? "-" : "+") + digits(abs(minutes) / 60, 2) + ":" + digits(abs(minutes) % 60, 2)
  }

  /// Whether an instant has a year from 1 to 9999 at an offset.
  static func hasYear(_ instant: Int, offsetMinutes: Int) -> Bool {
    let local = instant + offsetMinutes * 60_000_000
    return local >= ValueGenerator.minimumInstant && local <= ValueGenerator.maximumInstant
  }

  /// Day and microseconds of the day, at an offset.
  static func local(_ instant: Int, offsetMinutes: Int) -> (day: Int, micros: Int) {
    let local = instant + offsetMinutes * 60_000_000
    var day = local / ReferenceDate.microsecondsPerDay
    if local % ReferenceDate.microsecondsPerDay < 0 { day -= 1 }
    return (day, local - day * ReferenceDate.microsecondsPerDay)
  }

  static func timestamp(_ instant: Int, offsetMinutes: Int, _ random: inout RandomSource) -> String {
    var offset = random.pick([0, 0, 0, 120, -330, 14 * 60])
    var suffix = offset == 0 ? "Z" : self.offset(offset)
    if random.chance(15) { (offset, suffix) = (offsetMinutes, "") }
    if !hasYear(instant, offsetMinutes: offset) { (offset, suffix) = (0, "Z") }
    let local = local(instant, offsetMinutes: offset)
    var text = date(local.day) + "T" + clock(local.micros / 1_000_000)
    let fraction = local.micros % 1_000_000
    if fraction != 0 || random.chance(30) { text += "." + self.fraction(fraction, &random) }
    return text + suffix
  }

  static func clock(_ second: Int) -> String {
    [second / 3600, second / 60 % 60, second % 60].map { digits($0, 2) }.joined(separator: ":")
  }

  /// Six digits, or as few as say the same.
  private static func fraction(_ micros: Int, _ random: inout RandomSource) -> String {
    var text = digits(micros, 6)
    while text.utf8.count > 1, text.hasSuffix("0"), random.chance(70) { text.removeLast() }
    return text
  }
}
