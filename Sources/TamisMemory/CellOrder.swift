import TamisModel

/// How two values of one field, or of two comparable fields, are ordered.
enum CellOrder: Sendable {
  /// Integers, dates, instants; booleans, false first.
  case number
  /// Cases, by the order of what is stored for them.
  case rank([Int])
  /// Text and UUIDs, by bytes.
  case text
  /// Decimals and integers of one scale.
  case decimal
  /// Decimals and integers of two scales.
  case mixedDecimal

  /// Nil when values of the two types are never comparable.
  init?(_ left: FieldType, _ right: FieldType) {
    switch (left, right) {
    case (.integer, .integer), (.date, .date), (.timestamp, .timestamp), (.boolean, .boolean): self = .number
    case (.enumeration(let first), .enumeration(let second)):
      guard first.cases == second.cases else { return nil }
      self = .rank(first.ranks)
    case (.text, .text), (.uuid, .uuid): self = .text
    default:
      guard let first = Self.scale(left), let second = Self.scale(right) else { return nil }
      self = left == right && first == second ? .decimal : .mixedDecimal
    }
  }

  private static func scale(_ type: FieldType) -> Int? {
    switch type {
    case .integer, .bigInteger: 0
    case .decimal(_, let scale): scale
    case .text, .boolean, .uuid, .date, .timestamp, .enumeration, .json: nil
    }
  }

  /// Negative, zero or positive; neither cell is null.
  func compare(_ left: Cell, _ leftArena: [UInt8], _ right: Cell, _ rightArena: [UInt8]) -> Int {
    switch self {
    case .number: return Self.compare(left.payload, right.payload)
    case .rank(let ranks): return Self.compare(Self.rank(left, ranks), Self.rank(right, ranks))
    case .text: return Cell.compareText(left, leftArena.span, right, rightArena.span)
    case .decimal:
      if left.isKind(.scaled) && right.isKind(.scaled) { return Self.compare(left.payload, right.payload) }
      return DecimalText.compare(leftArena, left.range, rightArena, right.range)
    case .mixedDecimal: return Self.compareMixed(left, leftArena, right, rightArena)
    }
  }

  @inline(__always)
  private static func compare(_ left: Int64, _ right: Int64) -> Int {
    left < right ? -1 : left == right ? 0 : 1
  }

  private static func rank(_ cell: Cell, _ ranks: [Int]) -> Int64 {
    let index = Int(cell.payload)
    return Int64(ranks.indices.contains(index) ? ranks[index] : index)
  }

  /// Integers have no digits in the arena: they are written here, for this rare comparison only.
  private static func compareMixed(
    _ left: Cell, _ leftArena: [UInt8], _ right: Cell, _ rightArena: [UInt8]
  ) -> Int {
    let first = left.isKind(.number) ? Array(String(left.payload).utf8) : Array(leftArena[left.range])
    let second = right.isKind(.number) ? Array(String(right.payload).utf8) : Array(rightArena[right.range])
    return DecimalText.compare(first, 0..<first.count, second, 0..<second.count)
  }
}
