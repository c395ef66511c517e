/// One decoded value in 16 bytes: a number, or a range of its table's byte arena with its first eight bytes.
struct Cell: Sendable {
  enum Kind: UInt8, Sendable {
    case null
    /// Integer, date, timestamp, boolean column, or an enumeration's case: the payload is the value.
    case number
    /// A decimal whose payload is the value times ten to the field's scale; the arena holds its canonical digits.
    case scaled
    /// A decimal too large (inside JSON: or too fine) for a payload; the arena holds its canonical digits.
    case digits
    /// Text or a UUID; the payload holds the first eight bytes, so that most comparisons end there.
    case text
    /// A JSON boolean; the arena holds `true` or `false`.
    case boolean
    /// A JSON array; the payload is the tape's index after it.
    case array
    /// A JSON object; the payload is the tape's index after it. Each member is a text cell and a value.
    case object
    /// A JSON field: the payload is the tape's index of its document.
    case document
  }

  var payload: Int64
  private var storedOffset: UInt32
  /// Length above, kind in the lowest byte.
  private var lengthAndKind: UInt32

  /// Longest text of one cell.
  static let longestText = 1 << 24 - 1

  static let null = Cell(.null, 0)

  init(_ kind: Kind, _ payload: Int64) {
    self.payload = payload
    storedOffset = 0
    lengthAndKind = UInt32(kind.rawValue)
  }

  init(_ kind: Kind, _ payload: Int64, text: Range<Int>) {
    self.payload = payload
    storedOffset = UInt32(clamping: text.lowerBound)
    lengthAndKind = UInt32(clamping: Swift.min(text.count, Self.longestText)) << 8 | UInt32(kind.rawValue)
  }

  /// A text cell over the arena.
  init(text range: Range<Int>, of arena: [UInt8]) {
    self.init(text: range, of: arena.span)
  }

  /// A text cell over bytes.
  @inline(__always)
  init(text range: Range<Int>, of bytes: Span<UInt8>) {
    self.init(.text, Self.prefix(of: bytes, range), text: range)
  }

  @inline(__always) var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: lengthAndKind)) ?? .null }
  @inline(__always) var isNull: Bool { lengthAndKind & 0xFF == 0 }
  @inline(__always) func isKind(_ kind: Kind) -> Bool { lengthAndKind & 0xFF == UInt32(kind.rawValue) }
  @inline(__always) var count: Int { Int(lengthAndKind >> 8) }
  @inline(__always) var offset: Int { Int(storedOffset) }
  /// Where its text stands in the arena.
  @inline(__always) var range: Range<Int> { offset..<offset &+ count }

  /// The first eight bytes, the first of them highest, filled up with zeros: their order is the order of bytes.
  static func prefix(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int64 {
    var word: UInt64 = 0
    let shared = Swift.min(range.count, 8)
    for index in 0..<shared { word = word << 8 | UInt64(bytes[range.lowerBound + index]) }
    return Int64(bitPattern: shared == 0 ? 0 : word << UInt64(64 - 8 * shared))
  }

  /// Order of two texts by their bytes: negative, zero or positive.
  static func compareText(
    _ left: Cell, _ leftArena: Span<UInt8>, _ right: Cell, _ rightArena: Span<UInt8>
  ) -> Int {
    let first = UInt64(bitPattern: left.payload)
    let second = UInt64(bitPattern: right.payload)
    if first != second { return first < second ? -1 : 1 }
    let shared = Swift.min(left.count, right.count)
    var index = 8
    while index < shared {
      let one = leftArena[left.offset &+ index]
      let other = rightArena[right.offset &+ index]
      if one != other { return one < other ? -1 : 1 }
      index &+= 1
    }
    return left.count - right.count
  }

  /// Whether two texts are the same bytes.
  @inline(__always)
  static func isSameText(
    _ left: Cell, _ leftArena: Span<UInt8>, _ right: Cell, _ rightArena: Span<UInt8>
  ) -> Bool {
    guard left.payload == right.payload, left.count == right.count else { return false }
    return left.count <= 8 || compareText(left, leftArena, right, rightArena) == 0
  }
}
