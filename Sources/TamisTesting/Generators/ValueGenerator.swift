import TamisModel

/// Values of every type: small pools, so that matches are common, with the boundaries that engines differ on.
enum ValueGenerator {
  static let texts = [
    "", " ", "a", "A", "abc", "ABC", "ab", "abd", "abc ", " abc", "aBc", "abcabc", "a%c", "a_c", "a\\c", "%",
    "_",
    "\\", "\u{E9}", "e\u{301}", "\u{DF}", "ss", "\u{17F}", "s", "\u{212A}", "k", "K", "\u{130}", "i",
    "\u{131}", "I",
    "\u{1F600}", "\u{1F600}\u{1F3FD}", "\u{10FFFF}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}", "007",
    "7", "7.0",
    "1e3", "true", "null", "a'b", "a\"b", "a;b--", "a,b", "a|b", "a..b", "1..9", "\u{65E5}\u{672C}", "\u{1}",
    "a\tb",
    "a\nb", "a+b", "a b", "a&b=c", "[x]", "{}", "$1", "?1", ":a", "a#b", "z", "zz", "\u{7F}", "\u{80}",
    "\u{FEFF}a",
    "a\u{200D}b", "\u{C5}", "A\u{30A}", "2024-01-01", "*", "a*", "a?c", "[a-c]",
  ]

  static let bigTexts = [
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "18446744073709551616", "1234567890123456789012345678901234567890",
    "999999999999999999999999999999999999999",
    "1000000000000000000000000000000000000000", "-1234567890123456789012345678901234567890",
  ]

  static let integers = [
    0, 1, -1, 2, 3, 5, 7, 10, 100, -10, 1 << 31, -(1 << 31), (1 << 53) - 1, 1 << 53, (1 << 53) + 1,
    -(1 << 53) - 1,
    .max, .min, .max - 1, .min + 1,
  ]

  static func pool(_ type: FieldType, count: Int, _ random: inout RandomSource) -> [ReferenceValue] {
    (0..<count).map { _ in value(type, &random) }
  }

  static func value(_ type: FieldType, _ random: inout RandomSource) -> ReferenceValue {
    switch type {
    case .text: .text(Array(text(&random).unicodeScalars))
    case .integer: .number(ReferenceNumber(integer(&random)))
    case .bigInteger: .number(bigInteger(&random))
    case .decimal(let precision, let scale): .number(decimal(precision, scale, &random))
    case .boolean: .boolean(random.chance(50))
    case .uuid: .uuid(uuid(&random))
    case .date: .day(day(&random))
    case .timestamp: .instant(instant(&random))
    case .enumeration(let list): enumeration(list, &random)
    case .json: .json(document(depth: 0, &random))
    }
  }

  private static func enumeration(_ list: Enumeration, _ random: inout RandomSource) -> ReferenceValue {
    let item = random.pick(list.cases)
    return .enumeration(name: item.name, stored: item.stored)
  }

  static func text(_ random: inout RandomSource) -> String {
    if random.chance(60) { return random.pick(texts) }
    let letters: [Unicode.Scalar] = ["a", "b", "A", "B", "c", "%", "_", "\u{E9}", " "]
    var text = String.UnicodeScalarView()
    for _ in 0..<random.within(1...5) { text.append(random.pick(letters)) }
    return String(text)
  }

  static func integer(_ random: inout RandomSource) -> Int {
    random.chance(60) ? random.pick(integers) : random.within(-20...20)
  }

  private static func bigInteger(_ random: inout RandomSource) -> ReferenceNumber {
    let number = ReferenceNumber(random.pick(bigTexts)) ?? ReferenceNumber(0)
    return random.chance(50) ? number : ReferenceNumber(integer(&random))
  }

  static func decimal(_ precision: Int, _ scale: Int, _ random: inout RandomSource) -> ReferenceNumber {
    let width = precision - scale
    let digits: (inout RandomSource, Int) -> [UInt8] = { random, count in
      let isEdge = random.chance(20)
      return (0..<count).map { _ in isEdge ? 9 : UInt8(random.below(10)) }
    }
    let wholeCount = random.chance(70) ? Swift.min(width, random.below(3)) : random.within(0...width)
    let fractionCount = random.chance(70) ? Swift.min(scale, random.below(3)) : random.within(0...scale)
    return ReferenceNumber(
      isNegative: random.chance(30), whole: digits(&random, wholeCount),
      fraction: digits(&random, fractionCount))
  }

  private static func uuid(_ random: inout RandomSource) -> String {
    random.pick([
      "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001",
      "7f000000-0000-4000-8000-000000000000", "80000000-0000-4000-8000-000000000000",
      "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "9f0eebc9-9c0b-4ef8-bb6d-6bb9bd380a11",
    ])
  }

  static let minimumDay = ReferenceDate.days(1, 1, 1)
  static let maximumDay = ReferenceDate.days(9999, 12, 31)

  static func day(_ random: inout RandomSource) -> Int {
    let edges = [
      minimumDay, minimumDay + 1, maximumDay, maximumDay - 1, -1, 0, 1, ReferenceDate.days(2024, 2, 29),
      ReferenceDate.days(2024, 3, 1), ReferenceDate.days(2023, 12, 31), ReferenceDate.days(2024, 1, 1),
      ReferenceDate.days(1900, 3, 1), ReferenceDate.days(1582, 10, 10), ReferenceDate.days(2000, 2, 29),
    ]
    return random.chance(40) ? random.pick(edges) : ReferenceDate.days(2024, 1, 1) + random.below(80)
  }

  static let minimumInstant = minimumDay * ReferenceDate.microsecondsPerDay
  static let maximumInstant = (maximumDay + 1) * ReferenceDate.microsecondsPerDay - 1

  static func instant(_ random: inout RandomSource) -> Int {
    let day = day(&random) * ReferenceDate.microsecondsPerDay
    let times = [
      0, 1, 999_999, 1_000_000, 3_600_000_000, 37_800_000_000, 37_845_123_456, 37_845_500_000, 86_399_999_999,
      86_399_000_000, 86_400_000_000 - 1_000_000,
    ]
    return day + (random.chance(70) ? random.pick(times) : random.below(86_400) * 1_000_000)
  }

  // MARK: JSON

  static let keys = ["tier", "color", "size", "flag", "n1", "x_"]

  static func document(depth: Int, _ random: inout RandomSource) -> JSONTree {
    let members = random.some(random.within(1...4), of: keys).map {
      JSONTree.Member($0, item(depth: depth + 1, &random))
    }
    return .object(members)
  }

  static let documentTexts = [
    "gold", "Gold", "silver", "", "1", "1.5", "true", "null", "a%b", "\u{E9}", "\u{1F600}",
  ]
  static let documentNumbers = [
    "0", "1", "-1", "1.5", "10", "100", "9007199254740993", "-2.25", "0.1", "1e2", "1.0",
  ]

  static func item(depth: Int, _ random: inout RandomSource) -> JSONTree {
    switch random.below(depth >= 3 ? 9 : 12) {
    case 0...3: .string(random.pick(documentTexts))
    case 4...6: .number(random.pick(documentNumbers))
    case 7: .boolean(random.chance(50))
    case 8: .null
    case 9, 10: document(depth: depth, &random)
    default: .array((0..<random.below(4)).map { _ in item(depth: depth + 1, &random) })
    }
  }
}

// MARK: - Neighbours

extension ValueGenerator {
  /// A value close to another one: just beside it, or so like it that a careless comparison takes one for the other.
  static func neighbour(_ value: ReferenceValue, _ type: FieldType, _ random: inout RandomSource)
    -> ReferenceValue
  {
    switch value {
    case .text(let scalars): return .text(neighbour(scalars, &random))
    case .number(let number): return .number(neighbour(number, type, &random))
    case .day(let day):
      return .day(Swift.min(Swift.max(day + random.pick([-1, 1]), minimumDay), maximumDay))
    case .instant(let instant):
      let step = random.pick([-1, 1, 1_000_000, -60_000_000])
      return .instant(Swift.min(Swift.max(instant + step, minimumInstant), maximumInstant))
    case .null, .boolean, .uuid, .enumeration, .json: return self.value(type, &random)
    }
  }

  private static func neighbour(
    _ number: ReferenceNumber, _ type: FieldType, _ random: inout RandomSource
  ) -> ReferenceNumber {
    switch type {
    case .decimal(_, let scale):
      // Now and then far beyond what the field can hold, or finer.
      if random.chance(8), let large = ReferenceNumber(random.pick(bigTexts + ["1e18", "-1e18"])) {
        return large
      }
      return number.stepped(up: random.chance(50), digits: scale + (random.chance(40) ? 1 : 0))
    case .integer:
      let next = number.stepped(up: random.chance(50), digits: 0)
      return Int(next.description) == nil ? number : next
    default: return number.stepped(up: random.chance(50), digits: 0)
    }
  }

  private static func neighbour(_ text: [Unicode.Scalar], _ random: inout RandomSource) -> [Unicode.Scalar] {
    guard let last = text.last else { return [random.pick(["\u{1}", " ", "a"])] }
    switch random.below(6) {
    case 0: return Array(text.dropLast())
    case 1: return Array(text.dropFirst())
    case 2: return text + [random.pick(["\u{1}", " ", "a", "\u{10FFFF}"])]
    case 3: return Array(text.dropLast()) + [successor(of: last)]
    default: return text.map(swapCase)
    }
  }

  private static func successor(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    scalar.value == 0xD7FF ? "\u{E000}" : Unicode.Scalar(scalar.value + 1) ?? scalar
  }

  static func swapCase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "A"..."Z": Unicode.Scalar(UInt8(scalar.value + 32))
    case "a"..."z": Unicode.Scalar(UInt8(scalar.value - 32))
    default: scalar
    }
  }
}
