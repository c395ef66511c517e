/// What is wrong with a grammar, and where: `jsonapi.abnf:12:8: a group is not closed`.
public struct GrammarError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Fault: Hashable, Sendable {
    case expected(String)
    case badRange(String)
    /// Beyond a byte, which is the alphabet here.
    case valueTooLarge(String)
    case definedTwice(rule: String)
    /// `=/` for a rule that nothing defines before.
    case nothingToExtend(rule: String)
    case undefined(rule: String)
    /// A rule of RFC 5234 is defined anew.
    case coreRule(String)
    case prose(rule: String)
    case tooLarge(rule: String)
  }

  public var fault: Fault
  public var file: String
  /// From 1.
  public var line: Int
  /// From 1, in bytes.
  public var column: Int

  public var description: String { "\(file):\(line):\(column): \(message)" }

  private var message: String {
    switch fault {
    case .expected(let noun): "expected \(noun)"
    case .badRange(let text): "nothing is in '\(text)': its end comes before its beginning"
    case .valueTooLarge(let text): "'\(text)' is no byte"
    case .definedTwice(let rule): "'\(rule)' is defined already; '=/' adds to it"
    case .nothingToExtend(let rule): "'\(rule)' is not defined yet, so '=/' has nothing to add to"
    case .coreRule(let rule): "'\(rule)' is a core rule of RFC 5234 already, whatever its letter case"
    case .undefined(let rule): "no rule is called '\(rule)'"
    case .prose(let rule): "'\(rule)' is prose, which no machine recognises"
    case .tooLarge(let rule): "'\(rule)' has too many parts"
    }
  }
}
