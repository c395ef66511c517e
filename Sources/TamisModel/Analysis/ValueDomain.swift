/// The values that a field may have where a predicate is TRUE: an over-approximation, as intervals and null.
struct ValueDomain: Sendable {
  struct Interval: Sendable {
    var lower: DomainCut
    var upper: DomainCut
  }

  var allowsNull: Bool
  /// Not empty, ascending, apart from each other.
  private(set) var intervals: [Interval]

  /// Intervals in any order; what is empty is left out, what touches is joined.
  init(allowsNull: Bool, _ intervals: [Interval]) {
    self.allowsNull = allowsNull
    self.intervals = Self.joined(intervals)
  }

  var isEmpty: Bool { !allowsNull && intervals.isEmpty }

  private static func joined(_ intervals: [Interval]) -> [Interval] {
    let sorted = intervals.filter { $0.lower < $0.upper }.sorted { $0.lower < $1.lower }
    var result: [Interval] = []
    result.reserveCapacity(sorted.count)
    for interval in sorted {
      if let last = result.last, interval.lower <= last.upper {
        if last.upper < interval.upper { result[result.count - 1].upper = interval.upper }
      } else {
        result.append(interval)
      }
    }
    return result
  }

  /// Linear in the intervals of both.
  func intersection(_ other: ValueDomain) -> ValueDomain {
    var result: [Interval] = []
    var left = 0
    var right = 0
    while left < intervals.count, right < other.intervals.count {
      let first = intervals[left]
      let second = other.intervals[right]
      let common = Interval(lower: max(first.lower, second.lower), upper: min(first.upper, second.upper))
      if common.lower < common.upper { result.append(common) }
      if first.upper < second.upper { left += 1 } else { right += 1 }
    }
    var domain = self
    domain.allowsNull = allowsNull && other.allowsNull
    domain.intervals = result
    return domain
  }

  /// Pairwise, so that nothing is gone through more often than a logarithm of times.
  static func intersection(_ domains: [ValueDomain]) -> ValueDomain? {
    var round = domains
    while round.count > 1 {
      var next: [ValueDomain] = []
      next.reserveCapacity(round.count / 2 + 1)
      for index in stride(from: 0, to: round.count, by: 2) {
        next.append(index + 1 < round.count ? round[index].intersection(round[index + 1]) : round[index])
      }
      round = next
    }
    return round.first
  }

  static func union(_ domains: [ValueDomain]) -> ValueDomain {
    ValueDomain(
      allowsNull: domains.contains { $0.allowsNull }, domains.flatMap(\.intervals))
  }

  /// What these intervals leave of the values from `lower` to `upper`.
  static func complement(_ intervals: [Interval], from lower: DomainCut, to upper: DomainCut) -> [Interval] {
    var result: [Interval] = []
    var start = lower
    for interval in joined(intervals) {
      result.append(Interval(lower: start, upper: interval.lower))
      start = interval.upper
    }
    result.append(Interval(lower: start, upper: upper))
    return result
  }
}
