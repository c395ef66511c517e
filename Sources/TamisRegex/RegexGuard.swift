/// Refuses what PCRE2 would take but a client may not write: what changes the rules of the match, what two versions of
/// PCRE2 read differently, and folding of letters other than ASCII.
///
/// It reads a pattern as PCRE2 does as far as that decides what is a construct and what is text: escapes, `\Q…\E`,
/// classes, comments.
struct RegexGuard {
  private let pattern: [UInt8]
  private var index = 0

  static func check(_ pattern: [UInt8]) throws(RegexFault) {
    var guardian = RegexGuard(pattern: pattern)
    try guardian.run()
  }

  private init(pattern: [UInt8]) {
    self.pattern = pattern
  }

  private func byte(_ offset: Int) -> UInt8? {
    index + offset < pattern.count ? pattern[index + offset] : nil
  }

  private mutating func run() throws(RegexFault) {
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "\\"): try escape()
      case UInt8(ascii: "["): try characterClass()
      case UInt8(ascii: "("): try group()
      case UInt8(ascii: "{"): try quantifier()
      case 0: throw fault("a NUL character", 1)
      default: index += 1
      }
    }
  }

  private func fault(_ reason: String, _ count: Int) -> RegexFault {
    RegexFault(reason: reason, bytes: index..<Swift.min(index + count, pattern.count))
  }

  // MARK: Escapes

  private mutating func escape() throws(RegexFault) {
    switch byte(1) {
    case UInt8(ascii: "C"): throw fault("\\C, which may split a character", 2)
    case UInt8(ascii: "Q"): skip(past: "\\E")
    case UInt8(ascii: "c"): index += 3
    case UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "g"),
      UInt8(ascii: "k"), UInt8(ascii: "N"):
      if byte(2) == UInt8(ascii: "{") { skip(past: "}") } else { index += 2 }
    default: index += 2
    }
  }

  /// To the byte after the next `end`, or to the pattern's end.
  private mutating func skip(past end: StaticString) {
    let wanted = Array(String(describing: end).utf8)
    while index < pattern.count, !pattern[index...].starts(with: wanted) { index += 1 }
    index += wanted.count
  }

  // MARK: Classes

  // class = "[" [ "^" ] [ "]" ] *( escape / posix / byte ) "]"
  private mutating func characterClass() throws(RegexFault) {
    index += 1
    if byte(0) == UInt8(ascii: "^") { index += 1 }
    if byte(0) == UInt8(ascii: "]") { index += 1 }
    while index < pattern.count, pattern[index] != UInt8(ascii: "]") {
      switch pattern[index] {
      case UInt8(ascii: "\\"): try escape()
      case UInt8(ascii: "["): skipPOSIXClass()
      case 0: throw fault("a NUL character", 1)
      default: index += 1
      }
    }
    index += 1
  }

  /// `[:alpha:]` ends with `:]`; without that end the bracket is text.
  private mutating func skipPOSIXClass() {
    index += 1
    guard byte(0) == UInt8(ascii: ":") else { return }
    var end = index + 1
    while end < pattern.count, pattern[end] != UInt8(ascii: "]") { end += 1 }
    if end < pattern.count, end > index + 1, pattern[end - 1] == UInt8(ascii: ":") { index = end + 1 }
  }

  // MARK: Groups

  private mutating func group() throws(RegexFault) {
    if byte(1) == UInt8(ascii: "*") { throw fault("a verb, which begins with (*", 2) }
    guard byte(1) == UInt8(ascii: "?") else {
      index += 1
      return
    }
    switch byte(2) {
    case UInt8(ascii: "C"): throw fault("a callout, (?C)", 3)
    case UInt8(ascii: "#"): skip(past: ")")
    default: try options()
    }
  }

  /// `(?i)`, `(?ms-n:`: letters up to `)` or `:`. Another group has no such list.
  private mutating func options() throws(RegexFault) {
    var end = index + 2
    while end < pattern.count, isOption(pattern[end]) { end += 1 }
    guard end < pattern.count, pattern[end] == UInt8(ascii: ")") || pattern[end] == UInt8(ascii: ":") else {
      index += 2
      return
    }
    let letters = pattern[(index + 2)..<end].prefix { $0 != UInt8(ascii: "-") }
    let count = end + 1 - index
    if letters.contains(UInt8(ascii: "x")) {
      throw fault("blanks and comments in a pattern, (?x)", count)
    }
    let isLeading = index == 0 && count == 4 && pattern[end] == UInt8(ascii: ")")
    if letters.contains(UInt8(ascii: "i")), !isLeading {
      throw fault("(?i) elsewhere than alone at the pattern's start", count)
    }
    index = end + 1
  }

  private func isOption(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "^")
  }

  // MARK: Quantifiers

  /// `{3}`, `{3,}`, `{3,5}`. What else a brace means depends on the version of PCRE2.
  private mutating func quantifier() throws(RegexFault) {
    guard let quantifier = RegexQuantifier(pattern, at: index) else {
      throw fault("a brace that is no repetition; write \\{", 1)
    }
    index = quantifier.end
  }
}
