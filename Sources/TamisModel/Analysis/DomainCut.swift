/// A value as the analysis orders it. JSON values of different types stand in the order of the cases.
enum DomainValue: Sendable {
  /// Integers, booleans, days, microseconds, and the ranks of an enumeration's cases.
  case number(Int64)
  /// Canonical decimal text.
  case decimal([UInt8])
  /// UTF-8, or canonical UUID text.
  case text([UInt8])

  enum Kind: UInt8, Comparable, CaseIterable, Sendable {
    case number
    case decimal
    case text

    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  var kind: Kind {
    switch self {
    case .number: .number
    case .decimal: .decimal
    case .text: .text
    }
  }

  /// Of two values of one kind: negative, zero or positive.
  func order(_ other: DomainValue) -> Int {
    switch (self, other) {
    case (.number(let left), .number(let right)): left < right ? -1 : left == right ? 0 : 1
    case (.decimal(let left), .decimal(let right)):
      DecimalText.compare(left, 0..<left.count, right, 0..<right.count)
    case (.text(let left), .text(let right)):
      left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
    case (.number, _), (.decimal, _), (.text, _): Int(kind.rawValue) - Int(other.kind.rawValue)
    }
  }
}

/// A place between values: an interval runs from one cut to another, so that open and closed bounds need no cases.
enum DomainCut: Comparable, Sendable {
  /// Before every value of the kind.
  case start(DomainValue.Kind)
  case before(DomainValue)
  case after(DomainValue)
  /// After every value of the kind.
  case end(DomainValue.Kind)

  private var kind: DomainValue.Kind {
    switch self {
    case .start(let kind), .end(let kind): kind
    case .before(let value), .after(let value): value.kind
    }
  }

  private var rank: Int {
    switch self {
    case .start: 0
    case .before, .after: 1
    case .end: 2
    }
  }

  private func order(_ other: DomainCut) -> Int {
    if kind != other.kind { return kind < other.kind ? -1 : 1 }
    switch (self, other) {
    case (.before(let left), .before(let right)), (.after(let left), .after(let right)):
      return left.order(right)
    case (.before(let left), .after(let right)):
      return left.order(right) > 0 ? 1 : -1
    case (.after(let left), .before(let right)):
      return left.order(right) < 0 ? -1 : 1
    case (.start, _), (.end, _), (.before, _), (.after, _): return rank - other.rank
    }
  }

  static func < (left: DomainCut, right: DomainCut) -> Bool { left.order(right) < 0 }
  static func == (left: DomainCut, right: DomainCut) -> Bool { left.order(right) == 0 }
}
