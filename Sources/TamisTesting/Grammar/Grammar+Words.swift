/// Two things that Tamis' grammars say in words, because ABNF has no way to say them briefly.
extension Grammar {
  /// How a request may write a letter of a word without meaning anything else.
  public enum Escaping: Sendable {
    /// `%66ilter[usage]=5`: letters, digits, `-`, `.`, `_` and `~` (RFC 3986, section 2.3).
    case percent
    /// `{"\u006Cimit":5}` (RFC 8259, section 7).
    case json
  }

  /// The grammar in which a word, a text that is written `%s"…"` or `%i"…"`, may be written with escapes. A text in
  /// bare quotes stands for the bytes as they are sent.
  public func withEscapedWords(_ escaping: Escaping) -> Grammar {
    mapped { Self.escape($0, escaping) }
  }

  private static func escape(_ expression: GrammarExpression, _ escaping: Escaping) -> GrammarExpression {
    guard case .text(let bytes, let quotation) = expression, quotation != .bare else {
      return expression.mapped { escape($0, escaping) }
    }
    let letters = bytes.map { letter($0, quotation, escaping) }
    return letters.count == 1 ? letters[0] : .concatenation(letters)
  }

  private static func letter(
    _ byte: UInt8, _ quotation: GrammarExpression.Quotation, _ escaping: Escaping
  ) -> GrammarExpression {
    let isLetter = (byte | 0x20) &- 97 < 26
    let spelled = quotation == .insensitive && isLetter ? [byte | 0x20, byte & 0xDF] : [byte]
    return .alternation(
      spelled.flatMap { spelling -> [GrammarExpression] in
        [.range(spelling...spelling)] + (escaped(spelling, escaping).map { [$0] } ?? [])
      })
  }

  private static func escaped(_ byte: UInt8, _ escaping: Escaping) -> GrammarExpression? {
    let digits = Array((byte < 16 ? "0" : "").utf8) + Array(String(byte, radix: 16).utf8)
    switch escaping {
    case .percent:
      let isUnreserved = (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || Array("-._~".utf8).contains(byte)
      return isUnreserved ? .text([UInt8(ascii: "%")] + digits, .bare) : nil
    case .json:
      let start = Array(#"\u00"#.utf8).map { GrammarExpression.range($0...$0) }
      return .concatenation(start + [.text(digits, .bare)])
    }
  }

  /// The words of a rule and of the rules it needs, as they are written, sorted.
  public func words(of name: String) -> [String] {
    var words: Set<String> = []
    for rule in reachable(from: name) { Self.collect(expression(rule), into: &words) }
    return words.sorted()
  }

  private static func collect(_ expression: GrammarExpression, into words: inout Set<String>) {
    if case .text(let bytes, let quotation) = expression, quotation != .bare {
      words.insert(String(decoding: bytes, as: UTF8.self))
    }
    for part in expression.parts { collect(part, into: &words) }
  }
}
