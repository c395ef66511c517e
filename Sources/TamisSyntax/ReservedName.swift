/// The roots of names that some URL dialect claims for itself. Which dialect claims which stands in its own file.
package enum ReservedName: String, CaseIterable, Sendable {
  case cursor, exists, fields, filter, include, itemsPerPage, limit, offset, order, page, sort
  case logicalOperator = "logical_operator"
  case nextPage = "next_page"

  /// Nil for a name that is a resource's business, which its length and first byte nearly always tell.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    guard let candidate = Self.candidate(bytes, range),
      bytes[range].elementsEqual(candidate.rawValue.utf8)
    else { return nil }
    self = candidate
  }

  /// The only one that a name of this length and these letters can be.
  private static func candidate(_ bytes: [UInt8], _ range: Range<Int>) -> ReservedName? {
    guard !range.isEmpty else { return nil }
    let letter = bytes[range.lowerBound]
    switch range.count {
    case 4: return letter == UInt8(ascii: "p") ? .page : letter == UInt8(ascii: "s") ? .sort : nil
    case 5: return letter == UInt8(ascii: "l") ? .limit : letter == UInt8(ascii: "o") ? .order : nil
    case 6: return ofSix(letter, bytes[range.lowerBound + 2])
    case 7: return letter == UInt8(ascii: "i") ? .include : nil
    case 9: return letter == UInt8(ascii: "n") ? .nextPage : nil
    case 12: return letter == UInt8(ascii: "i") ? .itemsPerPage : nil
    case 16: return letter == UInt8(ascii: "l") ? .logicalOperator : nil
    default: return nil
    }
  }

  private static func ofSix(_ first: UInt8, _ third: UInt8) -> ReservedName? {
    switch first {
    case UInt8(ascii: "c"): .cursor
    case UInt8(ascii: "e"): .exists
    case UInt8(ascii: "f"): third == UInt8(ascii: "l") ? .filter : .fields
    case UInt8(ascii: "o"): .offset
    default: nil
    }
  }
}
