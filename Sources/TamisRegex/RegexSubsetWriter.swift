/// Spells a tree of the portable subset for an engine. Every group is one that captures nothing, and every scalar that
/// could mean something is escaped, so that no part depends on what stands beside it.
struct RegexSubsetWriter {
  enum Syntax {
    case pcre2
    /// An ARE. Without newline sensitivity, which is PostgreSQL's default: `^` and `\Z` are the text's ends alone,
    /// and a complement holds the line feed.
    case postgreSQL
    /// The pattern's `$` are its last parts, and it has no `\B`.
    case re2
  }

  private let syntax: Syntax
  private var output: [UInt8] = []

  static func write(_ node: RegexNode, as syntax: Syntax) -> [UInt8] {
    var writer = RegexSubsetWriter(syntax: syntax)
    writer.write(node)
    return writer.output
  }

  private init(syntax: Syntax) {
    self.syntax = syntax
  }

  private mutating func append(_ text: String) {
    output.append(contentsOf: text.utf8)
  }

  private mutating func write(_ node: RegexNode) {
    switch node {
    case .empty: append("(?:)")
    case .set(let set): write(set)
    case .anchor(let anchor): append(spelling(anchor))
    case .concatenation(let parts): for part in parts { write(part) }
    case .alternation(let parts): writeAlternation(parts)
    case .repetition(let inner, let minimum, let maximum):
      append("(?:")
      write(inner)
      append(")")
      append(Self.quantifier(minimum, maximum))
    }
  }

  private mutating func writeAlternation(_ parts: [RegexNode]) {
    append("(?:")
    for (index, part) in parts.enumerated() {
      if index > 0 { append("|") }
      write(part)
    }
    append(")")
  }

  private static func quantifier(_ minimum: Int, _ maximum: Int?) -> String {
    switch (minimum, maximum) {
    case (0, nil): "*"
    case (1, nil): "+"
    case (0, 1): "?"
    case (_, nil): "{\(minimum),}"
    case (_, let maximum?): "{\(minimum),\(maximum)}"
    }
  }

  private func spelling(_ anchor: RegexAnchor) -> String {
    switch (anchor, syntax) {
    case (.start, _): "\\A"
    case (.endOfText, .pcre2): "\\Z"
    case (.endOfText, .postgreSQL): "(?=\\u000A?\\Z)"
    case (.endOfText, .re2): "\\x{A}?\\z"
    case (.veryEnd, .pcre2), (.veryEnd, .re2): "\\z"
    case (.veryEnd, .postgreSQL): "\\Z"
    case (.wordBoundary, .pcre2), (.wordBoundary, .re2): "\\b"
    case (.wordBoundary, .postgreSQL): "\\y"
    case (.noWordBoundary, .pcre2), (.noWordBoundary, .re2): "\\B"
    case (.noWordBoundary, .postgreSQL): "\\Y"
    }
  }

  // MARK: Sets

  private mutating func write(_ set: RegexSet) {
    if !set.isNegated, set.ranges.count == 1, let only = set.ranges.first, only.count == 1 {
      return write(scalar: only.lowerBound)
    }
    append(set.isNegated ? "[^" : "[")
    for range in set.ranges {
      write(scalar: range.lowerBound)
      if range.count > 1 {
        append("-")
        write(scalar: range.upperBound)
      }
    }
    append("]")
  }

  /// ASCII letters and digits, and scalars beyond ASCII, as they are.
  private mutating func write(scalar value: UInt32) {
    let isPlain = value &- 48 < 10 || (value | 0x20) &- 97 < 26
    if isPlain || value >= 0x80, let scalar = Unicode.Scalar(value) {
      return append(String(scalar))
    }
    let digits = String(value, radix: 16, uppercase: true)
    switch syntax {
    case .pcre2, .re2: append("\\x{\(digits)}")
    case .postgreSQL: append("\\u" + String(repeating: "0", count: 4 - Swift.min(4, digits.count)) + digits)
    }
  }
}
