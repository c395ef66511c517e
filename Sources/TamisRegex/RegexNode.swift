/// A regular expression of the portable subset: what every engine can be told, with one meaning.
package indirect enum RegexNode: Hashable, Sendable {
  /// The empty text.
  case empty
  /// One scalar of a set: `a`, `.`, `[a-z]`, `\d`.
  case set(RegexSet)
  case anchor(RegexAnchor)
  case concatenation([RegexNode])
  case alternation([RegexNode])
  /// `a{2,5}`; greedy or lazy find the same texts.
  case repetition(RegexNode, minimum: Int, maximum: Int?)

  /// Scalars after every repetition is written out: what engines that do so pay for.
  var weight: Int {
    switch self {
    case .empty: 0
    case .set, .anchor: 1
    case .concatenation(let parts), .alternation(let parts):
      parts.reduce(1) { RegexNode.bounded($0 + $1.weight) }
    case .repetition(let inner, let minimum, let maximum):
      RegexNode.bounded((inner.weight + 1) * Swift.max(1, maximum ?? minimum + 1))
    }
  }

  /// Far above every limit and far below overflow.
  private static func bounded(_ weight: Int) -> Int { Swift.min(weight, 1_000_000) }
}

/// A place between two scalars.
package enum RegexAnchor: UInt8, Hashable, Sendable, CaseIterable {
  /// `^`, `\A`: before the first scalar.
  case start
  /// `$`, `\Z`: after the last scalar, or before a line feed that is the last.
  case endOfText
  /// `\z`: after the last scalar.
  case veryEnd
  /// `\b`: between an ASCII letter, digit or `_` and something else.
  case wordBoundary
  /// `\B`.
  case noWordBoundary
}

/// A set of scalars as ascending ranges of code points, or all but them.
package struct RegexSet: Hashable, Sendable {
  package var ranges: [ClosedRange<UInt32>]
  package var isNegated: Bool

  init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  init(_ scalar: UInt32) {
    self.init([scalar...scalar])
  }

  /// `.`: everything but a line feed.
  static let any = RegexSet([10...10], isNegated: true)
  static let digits = RegexSet([48...57])
  static let word = RegexSet([48...57, 65...90, 95...95, 97...122])
  static let blanks = RegexSet([9...13, 32...32])

  var negated: RegexSet { RegexSet(ranges, isNegated: !isNegated) }

  /// With every ASCII letter in both cases.
  var folded: RegexSet {
    var all = ranges
    for range in ranges {
      if let upper = Self.overlap(range, 97...122) {
        all.append(upper.lowerBound - 32...upper.upperBound - 32)
      }
      if let lower = Self.overlap(range, 65...90) {
        all.append(lower.lowerBound + 32...lower.upperBound + 32)
      }
    }
    return RegexSet(all.sorted { $0.lowerBound < $1.lowerBound }, isNegated: isNegated)
  }

  private static func overlap(
    _ left: ClosedRange<UInt32>, _ right: ClosedRange<UInt32>
  ) -> ClosedRange<UInt32>? {
    left.overlaps(right) ? left.clamped(to: right) : nil
  }
}
