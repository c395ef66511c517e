/// A pattern read as the portable subset of PCRE2's syntax: literals, `.`, classes, `\d \w \s` and their complements,
/// anchors, `\b`, groups, alternation, repetition, and `(?i)` at the start.
///
/// What PCRE2 has beyond it (look-around, back references, Unicode properties, possessive repetition …) is refused with
/// its name and place. A pattern that PCRE2 itself refuses need not be refused here in the same words.
///
///     regex       = [ "(?i)" ] alternation
///     alternation = branch *( "|" branch )
///     branch      = *( atom *( quantifier [ "?" ] ) )
///     atom        = literal / "." / class / escape / anchor / "(" [ "?:" ] alternation ")"
///     quantifier  = "*" / "+" / "?" / "{" … "}"
package struct RegexSubset: Hashable, Sendable {
  package let root: RegexNode

  /// Repetitions that every engine can be told.
  static let repetitionLimit = 255
  static let weightLimit = 2_000

  package init(_ pattern: [UInt8]) throws(RegexFault) {
    var parser = RegexSubsetParser(pattern)
    root = try parser.parse()
    guard root.weight <= Self.weightLimit else {
      throw RegexFault(
        reason: "more than \(Self.weightLimit) characters after its repetitions are written out",
        bytes: 0..<pattern.count)
    }
  }

  package static func ignoresCase(_ pattern: [UInt8]) -> Bool {
    pattern.starts(with: "(?i)".utf8)
  }

  /// As an ARE of PostgreSQL that finds the same texts under the collation `C`.
  package var postgreSQL: String {
    String(decoding: RegexSubsetWriter.write(root, as: .postgreSQL), as: UTF8.self)
  }
}

extension RegexSubset {
  /// What RE2 repeats at most, repetitions of repetitions multiplied.
  private static let linearRepetitions = 1_000

  /// As a pattern of RE2 that finds the same texts. It has nothing that looks ahead, so a `$` that a line feed may
  /// follow must be the last. It finds `\B` between the bytes of one character, so there is none.
  package func re2(_ pattern: [UInt8]) throws(RegexFault) -> String {
    guard root.endsOnlyLast(isLast: true) else {
      throw RegexFault(reason: "a '$' before the end of the pattern", bytes: 0..<pattern.count)
    }
    guard !root.hasNoWordBoundary else {
      throw RegexFault(reason: "a '\\B'", bytes: 0..<pattern.count)
    }
    guard root.repetitions <= Self.linearRepetitions else {
      throw RegexFault(
        reason: "more than \(Self.linearRepetitions) repetitions, one inside another",
        bytes: 0..<pattern.count)
    }
    return String(decoding: RegexSubsetWriter.write(root, as: .re2), as: UTF8.self)
  }
}

extension RegexNode {
  fileprivate func endsOnlyLast(isLast: Bool) -> Bool {
    switch self {
    case .empty, .set: true
    case .anchor(let anchor): isLast || anchor != .endOfText
    case .concatenation(let parts):
      parts.indices.allSatisfy { parts[$0].endsOnlyLast(isLast: isLast && $0 == parts.count - 1) }
    case .alternation(let parts): parts.allSatisfy { $0.endsOnlyLast(isLast: isLast) }
    case .repetition(let inner, _, _): inner.endsOnlyLast(isLast: false)
    }
  }

  fileprivate var hasNoWordBoundary: Bool {
    switch self {
    case .empty, .set: false
    case .anchor(let anchor): anchor == .noWordBoundary
    case .concatenation(let parts), .alternation(let parts): parts.contains(where: \.hasNoWordBoundary)
    case .repetition(let inner, _, _): inner.hasNoWordBoundary
    }
  }

  fileprivate var repetitions: Int {
    switch self {
    case .empty, .set, .anchor: 1
    case .concatenation(let parts), .alternation(let parts): parts.reduce(1) { Swift.max($0, $1.repetitions) }
    case .repetition(let inner, let minimum, let maximum):
      Swift.min(1_000_000, inner.repetitions * Swift.max(1, maximum ?? minimum))
    }
  }
}

/// Reads one pattern. Recursion is bounded by the nesting of groups.
struct RegexSubsetParser {
  private let pattern: [UInt8]
  private let ignoresCase: Bool
  private var index = 0
  private var depth = 0

  init(_ pattern: [UInt8]) {
    self.pattern = pattern
    ignoresCase = RegexSubset.ignoresCase(pattern)
    if ignoresCase { index = 4 }
  }

  mutating func parse() throws(RegexFault) -> RegexNode {
    let node = try alternation()
    guard index == pattern.count else { throw outside("an unmatched parenthesis", from: index) }
    return node
  }

  private var next: UInt8? { index < pattern.count ? pattern[index] : nil }

  private func outside(_ construct: String, from start: Int, to end: Int? = nil) -> RegexFault {
    let start = Swift.min(start, pattern.count)
    return RegexFault(
      reason: construct, bytes: start..<Swift.min(Swift.max(end ?? start + 1, start), pattern.count))
  }

  private mutating func alternation() throws(RegexFault) -> RegexNode {
    var branches = [try branch()]
    while next == UInt8(ascii: "|") {
      index += 1
      branches.append(try branch())
    }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func branch() throws(RegexFault) -> RegexNode {
    var parts: [RegexNode] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let start = index
      let part = try atom(byte)
      parts.append(try repeated(part, from: start))
    }
    return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .concatenation(parts)
  }

  // MARK: Atoms

  private mutating func atom(_ byte: UInt8) throws(RegexFault) -> RegexNode {
    switch byte {
    case UInt8(ascii: "."): return one(.set(.any))
    case UInt8(ascii: "^"): return one(.anchor(.start))
    case UInt8(ascii: "$"): return one(.anchor(.endOfText))
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return .set(try characterClass())
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
      throw outside("a repetition of nothing", from: index)
    default: return .set(folded(RegexSet(scalar())))
    }
  }

  private mutating func one(_ node: RegexNode) -> RegexNode {
    index += 1
    return node
  }

  private func folded(_ set: RegexSet) -> RegexSet { ignoresCase ? set.folded : set }

  /// The scalar at the index. Patterns are UTF-8; what is not is read byte by byte and refused by PCRE2.
  private mutating func scalar() -> UInt32 {
    let first = pattern[index]
    var value = UInt32(first)
    var count = 0
    switch first {
    case 0xC0..<0xE0: (value, count) = (value & 0x1F, 1)
    case 0xE0..<0xF0: (value, count) = (value & 0x0F, 2)
    case 0xF0...: (value, count) = (value & 0x07, 3)
    default: break
    }
    index += 1
    for _ in 0..<count where index < pattern.count {
      value = value << 6 | UInt32(pattern[index] & 0x3F)
      index += 1
    }
    return value
  }

  // group = "(" [ "?:" ] alternation ")"
  private mutating func group() throws(RegexFault) -> RegexNode {
    let start = index
    index += 1
    if next == UInt8(ascii: "?") {
      guard index + 1 < pattern.count, pattern[index + 1] == UInt8(ascii: ":") else {
        throw outside("this kind of group", from: start, to: start + 3)
      }
      index += 2
    } else if next == UInt8(ascii: "*") {
      throw outside("a verb", from: start, to: start + 2)
    }
    depth += 1
    guard depth <= Int(RegexLimits.nesting) else { throw outside("so deep a nesting", from: start) }
    let inner = try alternation()
    guard next == UInt8(ascii: ")") else { throw outside("a group without an end", from: start) }
    index += 1
    depth -= 1
    return inner
  }

  private mutating func escape() throws(RegexFault) -> RegexNode {
    let start = index
    guard index + 1 < pattern.count else { throw outside("a backslash at the end", from: start) }
    let byte = pattern[index + 1]
    switch byte {
    case UInt8(ascii: "A"): return anchor(.start)
    case UInt8(ascii: "Z"): return anchor(.endOfText)
    case UInt8(ascii: "z"): return anchor(.veryEnd)
    case UInt8(ascii: "b"): return anchor(.wordBoundary)
    case UInt8(ascii: "B"): return anchor(.noWordBoundary)
    default: break
    }
    if let set = Self.shorthand(byte) {
      index += 2
      return .set(set)
    }
    return .set(folded(RegexSet(try escapedScalar())))
  }

  private mutating func anchor(_ anchor: RegexAnchor) -> RegexNode {
    index += 2
    return .anchor(anchor)
  }

  private static func shorthand(_ byte: UInt8) -> RegexSet? {
    switch byte {
    case UInt8(ascii: "d"): .digits
    case UInt8(ascii: "D"): .digits.negated
    case UInt8(ascii: "w"): .word
    case UInt8(ascii: "W"): .word.negated
    case UInt8(ascii: "s"): .blanks
    case UInt8(ascii: "S"): .blanks.negated
    default: nil
    }
  }

  /// An escape that stands for one scalar.
  private mutating func escapedScalar() throws(RegexFault) -> UInt32 {
    let start = index
    guard index + 1 < pattern.count else { throw outside("a backslash at the end", from: start) }
    let byte = pattern[index + 1]
    index += 2
    switch byte {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "e"): return 27
    case UInt8(ascii: "a"): return 7
    case UInt8(ascii: "x"): return try hexadecimal(from: start)
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E, UInt8(ascii: " "): return UInt32(byte)
    default: throw outside("this escape", from: start, to: index)
    }
  }

  // hexadecimal = "\x" ( 2HEXDIG / "{" 1*6HEXDIG "}" )
  private mutating func hexadecimal(from start: Int) throws(RegexFault) -> UInt32 {
    let isBraced = next == UInt8(ascii: "{")
    if isBraced { index += 1 }
    var value: UInt32 = 0
    var digits = 0
    while digits < (isBraced ? 6 : 2), let byte = next, let digit = Self.hexadecimalDigit(byte) {
      value = value << 4 | digit
      index += 1
      digits += 1
    }
    if isBraced {
      guard next == UInt8(ascii: "}") else { throw outside("this escape", from: start, to: index) }
      index += 1
    }
    let isComplete = isBraced ? digits > 0 : digits == 2
    guard isComplete, value > 0, Unicode.Scalar(value) != nil else {
      throw outside("this escape", from: start, to: index)
    }
    return value
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 48...57: UInt32(byte) - 48
    case 65...70: UInt32(byte) - 55
    case 97...102: UInt32(byte) - 87
    default: nil
    }
  }
}

// MARK: Repetition

extension RegexSubsetParser {
  private mutating func repeated(_ atom: RegexNode, from start: Int) throws(RegexFault) -> RegexNode {
    var node = atom
    // One at most: PCRE2 has no repetition of a repetition, and their tree would be as deep as the pattern is
    // long.
    if let (minimum, maximum) = try quantifier() {
      if case .anchor = node { throw outside("the repetition of a place", from: start, to: index) }
      if next == UInt8(ascii: "+") { throw outside("a possessive repetition", from: start, to: index + 1) }
      if next == UInt8(ascii: "?") { index += 1 }
      node = .repetition(node, minimum: minimum, maximum: maximum)
    }
    return node
  }

  private mutating func quantifier() throws(RegexFault) -> (minimum: Int, maximum: Int?)? {
    switch next {
    case UInt8(ascii: "*"):
      index += 1
      return (0, nil)
    case UInt8(ascii: "+"):
      index += 1
      return (1, nil)
    case UInt8(ascii: "?"):
      index += 1
      return (0, 1)
    case UInt8(ascii: "{"): return try braces()
    default: return nil
    }
  }

  private mutating func braces() throws(RegexFault) -> (minimum: Int, maximum: Int?) {
    let start = index
    guard let found = RegexQuantifier(pattern, at: index) else {
      throw outside("a brace that is no repetition", from: start)
    }
    index = found.end
    guard Swift.max(found.minimum, found.maximum ?? 0) <= RegexSubset.repetitionLimit else {
      throw outside(
        "a repetition of more than \(RegexSubset.repetitionLimit) times", from: start, to: index)
    }
    return (found.minimum, found.maximum)
  }
}

// MARK: Classes

extension RegexSubsetParser {
  // class = "[" [ "^" ] 1*( member [ "-" member ] ) "]"
  private mutating func characterClass() throws(RegexFault) -> RegexSet {
    let start = index
    index += 1
    let isNegated = next == UInt8(ascii: "^")
    if isNegated { index += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let byte = next, isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      ranges += try classMember(byte)
    }
    guard next == UInt8(ascii: "]") else { throw outside("a class without an end", from: start) }
    index += 1
    let set = RegexSet(ranges.sorted { $0.lowerBound < $1.lowerBound }, isNegated: isNegated)
    return folded(set)
  }

  private mutating func classMember(_ byte: UInt8) throws(RegexFault) -> [ClosedRange<UInt32>] {
    let start = index
    if byte == UInt8(ascii: "["), let set = try posixClass() { return set.ranges }
    if byte == UInt8(ascii: "\\"), index + 1 < pattern.count, let set = Self.shorthand(pattern[index + 1]) {
      guard !set.isNegated else { throw outside("a complement in a class", from: start, to: start + 2) }
      index += 2
      try refuseRange(after: start)
      return set.ranges
    }
    let lower = try classScalar()
    guard isRange else { return [lower...lower] }
    index += 1
    let upperStart = index
    if next == UInt8(ascii: "["), try posixClass() != nil {
      throw outside("a range that ends with a class", from: start, to: index)
    }
    let upper = try classScalar()
    guard lower <= upper else { throw outside("a range that is upside down", from: upperStart) }
    return [lower...upper]
  }

  /// A dash that something other than the class's end follows.
  private var isRange: Bool {
    next == UInt8(ascii: "-") && index + 1 < pattern.count && pattern[index + 1] != UInt8(ascii: "]")
  }

  private func refuseRange(after start: Int) throws(RegexFault) {
    if isRange { throw outside("a dash after a class", from: start, to: index + 1) }
  }

  private mutating func classScalar() throws(RegexFault) -> UInt32 {
    guard index < pattern.count else { throw outside("a class without an end", from: index) }
    guard pattern[index] == UInt8(ascii: "\\") else { return scalar() }
    // In a class `\b` is a backspace.
    if index + 1 < pattern.count, pattern[index + 1] == UInt8(ascii: "b") {
      index += 2
      return 8
    }
    return try escapedScalar()
  }

  /// `[:alpha:]`; nil for a bracket that is text.
  private mutating func posixClass() throws(RegexFault) -> RegexSet? {
    let start = index
    guard index + 1 < pattern.count else { return nil }
    switch pattern[index + 1] {
    case UInt8(ascii: "."), UInt8(ascii: "="):
      throw outside("a bracket in a class that is not escaped", from: start)
    case UInt8(ascii: ":"): break
    default: return nil
    }
    guard let end = pattern[(start + 2)...].firstIndex(of: UInt8(ascii: ":")),
      end + 1 < pattern.count, pattern[end + 1] == UInt8(ascii: "]"),
      let ranges = Self.posixRanges(String(decoding: pattern[(start + 2)..<end], as: UTF8.self))
    else { throw outside("this class", from: start, to: start + 2) }
    index = end + 2
    try refuseRange(after: start)
    return RegexSet(ranges)
  }

  /// Of ASCII, as PCRE2 has them without Unicode properties.
  private static func posixRanges(_ name: String) -> [ClosedRange<UInt32>]? {
    switch name {
    case "alpha": [65...90, 97...122]
    case "digit": [48...57]
    case "alnum": [48...57, 65...90, 97...122]
    case "upper": [65...90]
    case "lower": [97...122]
    case "space": [9...13, 32...32]
    case "blank": [9...9, 32...32]
    case "punct": [33...47, 58...64, 91...96, 123...126]
    case "xdigit": [48...57, 65...70, 97...102]
    case "word": [48...57, 65...90, 95...95, 97...122]
    case "print": [32...126]
    case "graph": [33...126]
    case "cntrl": [1...31, 127...127]
    case "ascii": [1...127]
    default: nil
    }
  }
}
