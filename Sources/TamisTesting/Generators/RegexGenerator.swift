/// Regular expressions of the portable subset that match a text, or nearly.
public struct RegexGenerator {
  private var random: RandomSource

  public init(random: RandomSource) {
    self.random = random
  }

  /// What is random about the characters of texts and patterns: those on which engines differ.
  public static let alphabet: [Unicode.Scalar] = [
    "a", "b", "c", "A", "B", "k", "K", "s", "_", "0", "7", " ", "-", ".", "\n", "\n", "\r", "\t", "\u{B}",
    "\u{85}",
    "\u{A0}", "\u{AA}", "\u{E9}", "\u{C9}", "e", "\u{301}", "\u{DF}", "\u{17F}", "\u{212A}", "\u{130}",
    "\u{660}",
    "\u{2028}", "\u{65E5}", "\u{FFFD}", "\u{FFFF}", "\u{1F600}", "\u{10FFFF}", "\u{1}", "\u{7F}", "$", "^",
    "\\", "|",
  ]

  public mutating func text() -> [Unicode.Scalar] {
    let count = random.chance(10) ? 0 : random.within(1...8)
    var text = (0..<count).map { _ in random.chance(55) ? random.pick(["a", "b", "c"]) : scalar() }
    if random.chance(15) { text.append("\n") }
    return text
  }

  private mutating func scalar() -> Unicode.Scalar { random.pick(Self.alphabet) }

  /// A pattern around a part of the text.
  public mutating func pattern(around text: [Unicode.Scalar]) -> String {
    let start = random.below(text.count + 1)
    let end = random.within(start...text.count)
    let piece =
      random.chance(15) ? (0..<random.within(0...3)).map { _ in scalar() } : Array(text[start..<end])
    var pattern = random.chance(15) ? "(?i)" : ""
    if random.chance(20) { pattern += random.pick(["^", "\\A", "\\b", "\\B"]) }
    pattern += choice(piece, depth: 0)
    if random.chance(25) { pattern += random.pick(["$", "\\z", "\\Z", "\\b", "\\B"]) }
    return pattern
  }

  private mutating func choice(_ text: [Unicode.Scalar], depth: Int) -> String {
    guard depth < 3, random.chance(25) else { return sequence(text, depth) }
    var branches = [sequence(text, depth)]
    for _ in 0..<random.within(1...2) {
      branches.append(
        random.chance(20) ? "" : sequence((0..<random.within(1...2)).map { _ in scalar() }, depth))
    }
    let joined = random.shuffled(branches).joined(separator: "|")
    return depth == 0 && random.chance(30) ? joined : "(\(random.chance(50) ? "?:" : "")\(joined))"
  }

  private mutating func sequence(_ text: [Unicode.Scalar], _ depth: Int) -> String {
    var pattern = ""
    var rest = text[...]
    while let scalar = rest.popFirst() {
      if depth < 3, random.chance(15) {
        let inner = [scalar] + rest.prefix(random.below(3))
        rest = rest.dropFirst(inner.count - 1)
        pattern += "(" + choice(inner, depth: depth + 1) + ")" + quantifier()
      } else {
        pattern += atom(scalar) + quantifier()
      }
      if random.chance(6) { pattern += atom(self.scalar()) + random.pick(["?", "*", "{0}", "{0,2}", "*?"]) }
      if random.chance(5) {
        pattern += random.pick(["\\b", "\\B", "^", "$", "(?:)", "()", "(^|b)", "($|a)"])
      }
    }
    return pattern
  }

  private mutating func quantifier() -> String {
    guard random.chance(30) else { return "" }
    let quantifier = random.pick(["*", "+", "?", "{1}", "{1,}", "{0,3}", "{2}", "{1,2}", "{0,}", "{3,5}"])
    return quantifier + (random.chance(20) ? "?" : "")
  }

  // MARK: One scalar

  private mutating func atom(_ scalar: Unicode.Scalar) -> String {
    switch random.below(10) {
    case 0: "."
    case 1: random.pick(["\\w", "\\W", "\\d", "\\D", "\\s", "\\S"])
    case 2, 3: characterClass(around: scalar)
    case 4: "\\x{\(String((scalar.value == 0 ? 1 : scalar.value), radix: 16))}"
    default: literal(scalar)
    }
  }

  private func literal(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\t": "\\t"
    case "a"..."z", "A"..."Z", "0"..."9": String(scalar)
    case "!"..."~", " ": "\\" + String(scalar)
    default: String(scalar)
    }
  }

  private mutating func characterClass(around scalar: Unicode.Scalar) -> String {
    var members = random.chance(70) ? [range(around: scalar)] : []
    for _ in 0..<random.within(members.isEmpty ? 1...2 : 0...2) {
      members.append(
        random.chance(50)
          ? literal(self.scalar())
          : random.pick([
            "a-c", "\\d", "\\w", "\\s", "[:alpha:]", "[:upper:]", "[:space:]", "[:punct:]", "[:alnum:]",
            "0-9", "A-Z",
            "[:cntrl:]", "[:print:]", "[:xdigit:]", "[:graph:]", "[:blank:]", "[:lower:]", "[:digit:]",
          ]))
    }
    return "[" + (random.chance(25) ? "^" : "") + random.shuffled(members).joined() + "]"
  }

  private mutating func range(around scalar: Unicode.Scalar) -> String {
    guard random.chance(40) else { return literal(scalar) }
    let lower = Unicode.Scalar(scalar.value > 2 ? scalar.value - 2 : 1) ?? scalar
    let upper = Unicode.Scalar(scalar.value + 3) ?? scalar
    return "\\x{\(String(lower.value, radix: 16))}-\\x{\(String(upper.value, radix: 16))}"
  }
}
