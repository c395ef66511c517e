/// The words that begin a group in a name: `filter[or][0][currency]`, `not[any][items][amount][gt]`.
package enum GroupWord: UInt8, Sendable, CaseIterable {
  case and, or, not, any

  /// Nil for a segment that is a field's or an operator's, which its length nearly always tells.
  package init?(_ bytes: [UInt8], _ range: Range<Int>) {
    let start = range.lowerBound
    switch range.count {
    case 2:
      guard bytes[start] == UInt8(ascii: "o"), bytes[start + 1] == UInt8(ascii: "r") else { return nil }
      self = .or
    case 3:
      switch (bytes[start], bytes[start + 1], bytes[start + 2]) {
      case (UInt8(ascii: "a"), UInt8(ascii: "n"), UInt8(ascii: "d")): self = .and
      case (UInt8(ascii: "n"), UInt8(ascii: "o"), UInt8(ascii: "t")): self = .not
      case (UInt8(ascii: "a"), UInt8(ascii: "n"), UInt8(ascii: "y")): self = .any
      default: return nil
      }
    default: return nil
    }
  }

  /// The word that a name of the suffix dialect begins with, before a bracket: `or[0][currency_eq]`.
  package init?(beginning bytes: [UInt8], _ range: Range<Int>) {
    guard let bracket = bytes[range].prefix(4).firstIndex(of: UInt8(ascii: "[")) else { return nil }
    self.init(bytes, range.lowerBound..<bracket)
  }

  var kind: ParsedFilterNode.Kind {
    switch self {
    case .and: .and
    case .or: .or
    case .not: .not
    case .any: .any
    }
  }
}
