import TamisModel

/// Whether a decimal lies between two bounds, or outside them.
///
/// Cells that fit 64 bits at their scale are compared as numbers, all others digit by digit.
struct DecimalTest: DecimalCondition {
  struct Bound: Sendable {
    var digits: Range<Int>
    /// Whether the bound itself is in.
    var isClosed: Bool
  }

  private let lower: Bound?
  private let upper: Bound?
  let isNegated: Bool
  /// The same bounds for cells held as numbers.
  let numbers: NumberTest

  /// Bounds are canonical digits in `constants`.
  init(_ lower: Bound?, _ upper: Bound?, isNegated: Bool, scale: Int, constants: [UInt8]) {
    self.lower = lower
    self.upper = upper
    self.isNegated = isNegated
    var range = NumberTest()
    if let lower { range.lower = Self.lowest(lower, scale, constants) ?? 1 }
    if let upper { range.upper = Self.highest(upper, scale, constants) ?? 0 }
    let isImpossible =
      lower.map { Self.lowest($0, scale, constants) == nil } ?? false
      || upper.map { Self.highest($0, scale, constants) == nil } ?? false
    numbers = isImpossible ? .empty(isNegated: isNegated) : range.negated(isNegated)
  }

  /// The least scaled number that the bound lets in; nil when there is none.
  private static func lowest(_ bound: Bound, _ scale: Int, _ constants: [UInt8]) -> Int64? {
    let scaled = ScaledDecimal(constants, bound.digits, scale: scale)
    if scaled.isExact && bound.isClosed { return scaled.floor }
    return scaled.floor == .max ? nil : scaled.floor + 1
  }

  private static func highest(_ bound: Bound, _ scale: Int, _ constants: [UInt8]) -> Int64? {
    let scaled = ScaledDecimal(constants, bound.digits, scale: scale)
    if !scaled.isExact || bound.isClosed { return scaled.floor }
    return scaled.floor == .min ? nil : scaled.floor - 1
  }

  static func comparison(
    _ comparison: Comparison, _ digits: Range<Int>, scale: Int, constants: [UInt8]
  ) -> DecimalTest {
    let closed = Bound(digits: digits, isClosed: true)
    let open = Bound(digits: digits, isClosed: false)
    let (lower, upper): (Bound?, Bound?) =
      switch comparison {
      case .equal, .notEqual: (closed, closed)
      case .less: (nil, open)
      case .lessOrEqual: (nil, closed)
      case .greater: (open, nil)
      case .greaterOrEqual: (closed, nil)
      }
    return DecimalTest(lower, upper, isNegated: comparison == .notEqual, scale: scale, constants: constants)
  }

  func contains(_ cell: Cell, _ arena: [UInt8], _ constants: [UInt8]) -> Bool {
    if let lower {
      let order = DecimalText.compare(arena, cell.range, constants, lower.digits)
      guard order > 0 || order == 0 && lower.isClosed else { return false }
    }
    if let upper {
      let order = DecimalText.compare(arena, cell.range, constants, upper.digits)
      guard order < 0 || order == 0 && upper.isClosed else { return false }
    }
    return true
  }
}

extension NumberTest {
  func negated(_ isNegated: Bool) -> NumberTest {
    NumberTest(lower: lower, upper: upper, isNegated: isNegated)
  }
}

/// Whether a decimal is one of a list.
struct DecimalSet: DecimalCondition {
  let numbers: NumberSet
  /// All members, in the order of their values.
  private let digits: [Range<Int>]
  let isNegated: Bool

  init(_ digits: [Range<Int>], isNegated: Bool, scale: Int, constants: [UInt8]) {
    let scaled = digits.map { ScaledDecimal(constants, $0, scale: scale) }
    numbers = NumberSet(scaled.filter(\.isExact).map(\.floor), isNegated: isNegated)
    self.digits = digits.sorted { DecimalText.compare(constants, $0, constants, $1) < 0 }
    self.isNegated = isNegated
  }

  func contains(_ cell: Cell, _ arena: [UInt8], _ constants: [UInt8]) -> Bool {
    var low = 0
    var high = digits.count
    while low < high {
      let middle = (low &+ high) / 2
      let order = DecimalText.compare(constants, digits[middle], arena, cell.range)
      if order == 0 { return true }
      if order < 0 { low = middle &+ 1 } else { high = middle }
    }
    return false
  }
}

/// What the two conditions on decimals share: cells that fit 64 bits are compared as numbers, all others by digits.
protocol DecimalCondition: Sendable {
  associatedtype Numbers: NumberCondition

  /// The condition on cells that are numbers, negated already.
  var numbers: Numbers { get }
  var isNegated: Bool { get }
  /// Of a cell that has digits, before it is negated.
  func contains(_ cell: Cell, _ arena: [UInt8], _ constants: [UInt8]) -> Bool
}

/// A condition on whole numbers.
protocol NumberCondition: Sendable {
  func matches(_ number: Int64) -> Bool
}

extension NumberTest: NumberCondition {}
extension NumberSet: NumberCondition {}

extension DecimalCondition {
  @inline(__always)
  func matches(_ cell: Cell, _ arena: [UInt8], _ constants: [UInt8]) -> Bool {
    if cell.isKind(.scaled) { return numbers.matches(cell.payload) }
    return cell.isKind(.digits) && contains(cell, arena, constants) != isNegated
  }

  /// Of a whole number, where the field's scale is 0.
  @inline(__always)
  func matches(_ number: Int64, _ constants: [UInt8]) -> Bool {
    number == .min ? matchesDigits(of: number, constants) : numbers.matches(number)
  }

  /// The smallest number is beyond the scaled ones.
  @inline(never)
  private func matchesDigits(of number: Int64, _ constants: [UInt8]) -> Bool {
    var table = RecordTable(fieldless: ())
    let cell = table.decimal(number)
    return contains(cell, table.arena, constants) != isNegated
  }
}
