import TamisModel

/// Whether a text lies between two bounds by bytes, or outside them. Bounds are cells over the constants.
struct TextTest: Sendable {
  struct Bound: Sendable {
    var text: Cell
    /// Whether the bound itself is in.
    var isClosed: Bool
  }

  var lower: Bound?
  var upper: Bound?
  var isNegated: Bool

  static func comparison(_ comparison: Comparison, _ text: Cell) -> TextTest {
    let closed = Bound(text: text, isClosed: true)
    let open = Bound(text: text, isClosed: false)
    return switch comparison {
    case .equal, .notEqual:
      TextTest(lower: closed, upper: closed, isNegated: comparison == .notEqual)
    case .less: TextTest(upper: open, isNegated: false)
    case .lessOrEqual: TextTest(upper: closed, isNegated: false)
    case .greater: TextTest(lower: open, isNegated: false)
    case .greaterOrEqual: TextTest(lower: closed, isNegated: false)
    }
  }

  @inline(__always)
  func matches(_ cell: Cell, _ arena: Span<UInt8>, _ constants: Span<UInt8>) -> Bool {
    contains(cell, arena, constants) != isNegated
  }

  private func contains(_ cell: Cell, _ arena: Span<UInt8>, _ constants: Span<UInt8>) -> Bool {
    if let lower {
      let order = Cell.compareText(cell, arena, lower.text, constants)
      guard order > 0 || order == 0 && lower.isClosed else { return false }
    }
    if let upper {
      let order = Cell.compareText(cell, arena, upper.text, constants)
      guard order < 0 || order == 0 && upper.isClosed else { return false }
    }
    return true
  }
}

/// Whether a text is one of a list: a filter of bits refuses most others, a search in the sorted list decides the
/// rest, so that no list can be made slow.
struct TextSet: Sendable {
  private let texts: [Cell]
  private var filter = Array(repeating: UInt64(0), count: 16)
  let isNegated: Bool

  init(_ texts: [Cell], isNegated: Bool, constants: [UInt8]) {
    self.texts = texts.sorted { Cell.compareText($0, constants.span, $1, constants.span) < 0 }
    self.isNegated = isNegated
    for text in texts {
      let slot = Self.slot(text)
      filter[slot >> 6] |= 1 << UInt64(slot & 63)
    }
  }

  /// One of 1,024 by the first eight bytes and the length.
  @inline(__always)
  private static func slot(_ cell: Cell) -> Int {
    let word = (UInt64(bitPattern: cell.payload) ^ UInt64(cell.count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(word >> 54)
  }

  @inline(__always)
  func matches(_ cell: Cell, _ arena: Span<UInt8>, _ constants: Span<UInt8>) -> Bool {
    let slot = Self.slot(cell)
    guard filter[slot >> 6] >> UInt64(slot & 63) & 1 != 0 else { return isNegated }
    return contains(cell, arena, constants) != isNegated
  }

  private func contains(_ cell: Cell, _ arena: Span<UInt8>, _ constants: Span<UInt8>) -> Bool {
    var low = 0
    var high = texts.count
    while low < high {
      let middle = (low &+ high) / 2
      let order = Cell.compareText(texts[middle], constants, cell, arena)
      if order == 0 { return true }
      if order < 0 { low = middle &+ 1 } else { high = middle }
    }
    return false
  }
}
