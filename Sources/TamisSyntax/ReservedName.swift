/// The roots of names that some URL dialect claims for itself. Which dialect claims which stands in its own file.
enum ReservedName: String {
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
    guard let first = bytes[range].first else { return nil }
    switch (range.count, first) {
    case (4, UInt8(ascii: "p")): return .page
    case (4, UInt8(ascii: "s")): return .sort
    case (5, UInt8(ascii: "l")): return .limit
    case (5, UInt8(ascii: "o")): return .order
    case (6, UInt8(ascii: "c")): return .cursor
    case (6, UInt8(ascii: "e")): return .exists
    case (6, UInt8(ascii: "f")): return bytes[range.lowerBound + 2] == UInt8(ascii: "l") ? .filter : .fields
    case (6, UInt8(ascii: "o")): return .offset
    case (7, UInt8(ascii: "i")): return .include
    case (9, UInt8(ascii: "n")): return .nextPage
    case (12, UInt8(ascii: "i")): return .itemsPerPage
    case (16, UInt8(ascii: "l")): return .logicalOperator
    default: return nil
    }
  }
}
