/// The right side of a rule of ABNF (RFC 5234, with the strings of RFC 7405), over bytes.
public indirect enum GrammarExpression: Hashable, Sendable {
  /// How a text in quotes was written, which says whether letter case counts.
  public enum Quotation: Hashable, Sendable {
    /// `"abc"`: ASCII letters in any case.
    case bare
    /// `%i"abc"`: the same, said aloud.
    case insensitive
    /// `%s"abc"`: exactly these letters.
    case sensitive
  }

  /// `a / b`, two at least.
  case alternation([GrammarExpression])
  /// `a b`, two at least; none is the empty text.
  case concatenation([GrammarExpression])
  /// `*a`, `1*3a`, `2a`, and `[ a ]` as none or one.
  case repetition(GrammarExpression, least: Int, most: Int?)
  /// A rule by its name, in small letters, because names of rules have no case.
  case rule(String)
  case text([UInt8], Quotation)
  /// `%x41-5A`; one value of `%x0D.0A` is a range of one.
  case range(ClosedRange<UInt8>)
  /// `<what a person understands>`: no machine recognises it.
  case prose(String)

  /// What it is made of, one level down.
  public var parts: [GrammarExpression] {
    switch self {
    case .alternation(let parts), .concatenation(let parts): parts
    case .repetition(let part, _, _): [part]
    case .rule, .text, .range, .prose: []
    }
  }

  /// The same with each part changed.
  func mapped(_ change: (GrammarExpression) -> GrammarExpression) -> GrammarExpression {
    switch self {
    case .alternation(let parts): .alternation(parts.map(change))
    case .concatenation(let parts): .concatenation(parts.map(change))
    case .repetition(let part, let least, let most): .repetition(change(part), least: least, most: most)
    case .rule, .text, .range, .prose: self
    }
  }

  /// Every rule that it names.
  var references: Set<String> {
    if case .rule(let name) = self { return [name] }
    return parts.reduce(into: []) { $0.formUnion($1.references) }
  }
}
