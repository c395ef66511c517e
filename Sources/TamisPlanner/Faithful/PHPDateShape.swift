/// The form of a piece of a date, as a regular expression of bytes. Matching is by sets of places, so that no text
/// takes more than a few passes.
indirect enum PHPDateShape: Sendable {
  case bytes(ClosedRange<UInt8>)
  /// Any of these.
  case of([UInt8])
  case sequence([PHPDateShape])
  case either([PHPDateShape])
  case optional(PHPDateShape)
  case repeated(PHPDateShape, ClosedRange<Int>)

  /// The places after it, for a piece that begins at one of `starts`.
  func ends(_ text: ArraySlice<UInt8>, _ starts: [Int]) -> [Int] {
    switch self {
    case .bytes(let range):
      return starts.filter { $0 < text.endIndex && range.contains(text[$0]) }.map { $0 + 1 }
    case .of(let bytes):
      return starts.filter { $0 < text.endIndex && bytes.contains(text[$0]) }.map { $0 + 1 }
    case .sequence(let parts): return parts.reduce(starts) { $0.isEmpty ? $0 : $1.ends(text, $0) }
    case .either(let parts): return Self.distinct(parts.flatMap { $0.ends(text, starts) })
    case .optional(let part): return Self.distinct(starts + part.ends(text, starts))
    case .repeated(let part, let counts):
      var places = starts
      var found = counts.contains(0) ? starts : []
      for count in 1...counts.upperBound {
        places = Self.distinct(part.ends(text, places))
        if places.isEmpty { break }
        if counts.contains(count) { found += places }
      }
      return Self.distinct(found)
    }
  }

  /// Linear for the few places that there ever are.
  private static func distinct(_ places: [Int]) -> [Int] {
    var seen: [Int] = []
    for place in places where !seen.contains(place) { seen.append(place) }
    return seen
  }
}

extension PHPDateShape: ExpressibleByStringLiteral {
  /// The bytes themselves.
  init(stringLiteral text: StaticString) {
    self = .sequence("\(text)".utf8.map { .of([$0]) })
  }

  /// The bytes themselves, letters in either case.
  static func anyCase(_ text: String) -> PHPDateShape {
    .sequence(text.utf8.map { .of([$0, $0 ^ 0x20]) })
  }

  static func digits(_ counts: ClosedRange<Int>) -> PHPDateShape { .repeated(digit, counts) }
  static let digit = bytes(0x30...0x39)

  private static func upTo(_ last: UInt8) -> PHPDateShape { bytes(0x30...last) }

  // Names of pieces are timelib's, where it has one.
  static let hour24Padded: PHPDateShape = .either([
    .sequence([upTo(0x31), digit]), .sequence(["2", upTo(0x34)]),
  ])
  static let hour24: PHPDateShape = .either([hour24Padded, digit])
  static let minutePadded: PHPDateShape = .sequence([upTo(0x35), digit])
  static let minute: PHPDateShape = .either([minutePadded, digit])
  static let secondPadded: PHPDateShape = .either([minutePadded, "60"])
  static let second: PHPDateShape = .either([minute, "60"])
  static let monthPadded: PHPDateShape = .either([.sequence(["0", digit]), .sequence(["1", upTo(0x32)])])
  static let month: PHPDateShape = .either([monthPadded, digit])
  static let dayPadded: PHPDateShape = .either([
    .sequence([upTo(0x32), digit]), .sequence(["3", upTo(0x31)]),
  ])
  static let day: PHPDateShape = .either([dayPadded, digit])
  static let year4: PHPDateShape = .digits(4...4)
  static let sign: PHPDateShape = .of([0x2B, 0x2D])
  static let dayOfYear: PHPDateShape = .either([
    .sequence(["00", bytes(0x31...0x39)]), .sequence(["0", bytes(0x31...0x39), digit]),
    .sequence([bytes(0x31...0x32), digit, digit]), .sequence(["3", upTo(0x35), digit]),
    .sequence(["36", upTo(0x36)]),
  ])
  static let week: PHPDateShape = .either([
    .sequence(["0", bytes(0x31...0x39)]), .sequence([bytes(0x31...0x34), digit]),
    .sequence(["5", upTo(0x33)]),
  ])
  /// Between hours, minutes and seconds.
  static let colon: PHPDateShape = .of([0x3A, 0x2E])
  static let fraction: PHPDateShape = .sequence([".", .digits(1...PHPDate.longest)])
  static let t: PHPDateShape = anyCase("t")
  /// `+02:00`, `-5`, `GMT+1`
  static let offset: PHPDateShape = .sequence([
    .optional("GMT"), sign,
    .either([
      .sequence([hour24, .optional(.sequence([.optional(":"), minute]))]),
      .sequence([hour24Padded, minutePadded, secondPadded]),
      .sequence([hour24Padded, ":", minutePadded, ":", secondPadded]),
    ]),
  ])
  static let letter: PHPDateShape = .either([bytes(0x41...0x5A), bytes(0x61...0x7A)])
  /// `Z`, `(UTC)`
  static let zoneName: PHPDateShape = .sequence([.optional("("), .repeated(letter, 1...6), .optional(")")])
}
