/// A node of a flat predicate: preorder, a group followed by its members, `end` after the last of them.
@usableFromInline package struct PredicateNode: Sendable {
  @usableFromInline package enum Kind: UInt8, Sendable, Hashable {
    case and
    case or
    /// One member. Gone after normalisation.
    case not
    case always
    case never
    /// `field comparison operands[0]`
    case compare
    /// `field comparison other`
    case compareFields
    /// Lower and upper operand; `isHalfOpen` leaves the upper one out.
    case within
    /// `field` is one of the operands.
    case member
    /// One pattern operand; `ignoresCase` says how.
    case pattern
    case isNull
    /// `other` is the relation; the one member is a predicate over its element's fields, of which `minimum` elements
    /// make it TRUE.
    case any
    /// One JSON operand.
    case jsonContains
    /// One text operand, a regular expression. Where the client wrote it stands at `firstOperand` as a
    /// `.patternPlace`, which is no operand of the node.
    case matches
  }

  @usableFromInline package var kind: Kind
  @usableFromInline package var comparison: Comparison = .equal
  /// Of `within`, `member`, `pattern`, `isNull`, `any`, `jsonContains`, `matches`.
  @usableFromInline package var isNegated = false
  @usableFromInline package var isHalfOpen = false
  @usableFromInline package var ignoresCase = false
  @usableFromInline package var reading: JSONReading = .notJSON
  @usableFromInline package var field: FieldID = .none
  /// The other field of `compareFields`, or the relation's index of `any`.
  @usableFromInline package var other: FieldID = .none
  /// Of `any`: how many elements there must be at least. 1 of every other node.
  @usableFromInline package var minimum: UInt16 = 1
  /// Index after the last descendant.
  @usableFromInline package var end: UInt32 = 0
  /// Where several operands begin in the query's `operands`.
  @usableFromInline package var firstOperand: UInt32 = 0
  @usableFromInline package var operandCount: UInt32 = 0
  /// A lone operand, which most nodes have, stands here and nowhere else.
  @usableFromInline package var loneOperand = Operand(.boolean, number: 0)
  /// Index of the `.path` operand that holds the keys inside a JSON field, or `noPath`.
  @usableFromInline package var path: UInt32 = PredicateNode.noPath
  /// Where the client wrote it, name and value; empty at the start for what the client did not write.
  @usableFromInline package var span = SourceSpan(0, 0)

  @usableFromInline package static let noPath = UInt32.max

  @inlinable
  package init(kind: Kind) {
    self.kind = kind
  }

  @inlinable package var hasPath: Bool { path != Self.noPath }
  @usableFromInline package var isGroup: Bool { kind == .and || kind == .or }
}

/// A field's place in its resource's table of fields (the root's first, then each relation's).
public struct FieldID: Hashable, Sendable {
  @usableFromInline package var rawValue: UInt16

  @inlinable
  package init(_ index: Int) { rawValue = UInt16(clamping: index) }
  @inlinable package var index: Int { Int(rawValue) }
  @usableFromInline package static let none = FieldID(Int(UInt16.max))
}

/// A typed operand of 16 bytes: a number, or a range of the query's text buffer.
@usableFromInline package struct Operand: Sendable, Hashable {
  @usableFromInline package enum Kind: UInt8, Sendable, Hashable {
    /// UTF-8 in the buffer.
    case text
    case integer
    /// Canonical decimal text in the buffer.
    case decimal
    case boolean
    /// Canonical UUID text in the buffer.
    case uuid
    /// Days since 1970.
    case date
    /// Microseconds since 1970 UTC.
    case timestamp
    /// Index of the enumeration's case.
    case enumerationCase
    /// Minified JSON in the buffer.
    case json
    /// The bytes of a `TextPattern` in the buffer.
    case pattern
    /// Keys inside a JSON field, in the buffer, separated by `Operand.keySeparator`.
    case path
    /// A place for a parameter's argument, in a resource's own condition.
    case argument
    /// Where a regular expression stands in the request: a `PatternPlace`.
    case patternPlace
  }

  @usableFromInline package var kind: Kind
  /// The number, or start and end of the text.
  @usableFromInline package var payload: Int64

  /// A byte that UTF-8 never uses.
  @usableFromInline package static let keySeparator: UInt8 = 0xFF

  @inlinable
  package init(_ kind: Kind, number: Int64) {
    self.kind = kind
    payload = number
  }

  @inlinable
  package init(_ kind: Kind, text range: Range<Int>) {
    self.kind = kind
    payload = Int64(range.lowerBound) << 32 | Int64(range.upperBound)
  }

  /// Of a text operand.
  @inlinable package var range: Range<Int> {
    let start = Int(payload >> 32)
    return start..<Swift.max(start, Int(payload & 0xFFFF_FFFF))
  }

  @inlinable package var hasText: Bool {
    switch kind {
    case .text, .decimal, .uuid, .json, .pattern, .path: true
    case .integer, .boolean, .date, .timestamp, .enumerationCase, .argument, .patternPlace: false
    }
  }
}
