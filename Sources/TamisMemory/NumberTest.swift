import TamisModel

/// Whether a 64-bit number lies in a closed range, or outside it: every comparison of integers, dates, instants,
/// booleans and scaled decimals.
struct NumberTest: Sendable {
  var lower = Int64.min
  var upper = Int64.max
  var isNegated = false

  @inline(__always)
  func matches(_ number: Int64) -> Bool {
    (number >= lower && number <= upper) != isNegated
  }

  /// Holds no number, or negated every number.
  static func empty(isNegated: Bool = false) -> NumberTest {
    NumberTest(lower: 1, upper: 0, isNegated: isNegated)
  }

  static func comparison(_ comparison: Comparison, _ value: Int64) -> NumberTest {
    switch comparison {
    case .equal: NumberTest(lower: value, upper: value)
    case .notEqual: NumberTest(lower: value, upper: value, isNegated: true)
    case .less: value == .min ? .empty() : NumberTest(upper: value - 1)
    case .lessOrEqual: NumberTest(upper: value)
    case .greater: value == .max ? .empty() : NumberTest(lower: value + 1)
    case .greaterOrEqual: NumberTest(lower: value)
    }
  }

  static func within(_ lower: Int64, _ upper: Int64, isHalfOpen: Bool, isNegated: Bool) -> NumberTest {
    var test = comparison(isHalfOpen ? .less : .lessOrEqual, upper)
    if test.lower > test.upper { return .empty(isNegated: isNegated) }
    test.lower = lower
    test.isNegated = isNegated
    return test
  }
}

/// Whether a number is one of a list.
struct NumberSet: Sendable {
  private let numbers: [Int64]
  let isNegated: Bool

  init(_ numbers: [Int64], isNegated: Bool) {
    self.numbers = numbers.sorted()
    self.isNegated = isNegated
  }

  @inline(__always)
  func matches(_ number: Int64) -> Bool {
    contains(number) != isNegated
  }

  private func contains(_ number: Int64) -> Bool {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low &+ high) / 2
      if numbers[middle] < number { low = middle &+ 1 } else { high = middle }
    }
    return low < numbers.count && numbers[low] == number
  }
}
