import TamisJSON

/// The `name=value` pairs of a query string as ranges of its bytes, undecoded, empty ones included.
struct QueryPairs: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func next() -> Range<Int>? {
    guard index <= bytes.count else { return nil }
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "&") { index += 1 }
    defer { index += 1 }
    return start..<index
  }

  /// The bytes before the first `=`.
  static func nameRange(of pair: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    pair.lowerBound..<(bytes[pair].firstIndex(of: UInt8(ascii: "=")) ?? pair.upperBound)
  }

  /// The decoded name. What can not be decoded is shown as U+FFFD, or as it stands.
  static func name(of pair: Range<Int>, in bytes: [UInt8]) -> String {
    String(decoding: decoded(nameRange(of: pair, in: bytes), in: bytes), as: UTF8.self)
  }

  /// The decoded pieces of the value, cut where one of the dialects cuts.
  static func values(of pair: Range<Int>, in bytes: [UInt8]) -> [[UInt8]] {
    guard pair.upperBound <= bytes.count else { return [] }
    var pieces: [[UInt8]] = []
    var start = Swift.min(nameRange(of: pair, in: bytes).upperBound + 1, pair.upperBound)
    var index = start
    while index <= pair.upperBound {
      let width = index < pair.upperBound ? separatorWidth(at: index, in: bytes[pair]) : 1
      if width > 0 { pieces.append(decoded(start..<index, in: bytes)) }
      index += Swift.max(width, 1)
      if width > 0 { start = index }
    }
    return pieces
  }

  private static func separatorWidth(at index: Int, in bytes: ArraySlice<UInt8>) -> Int {
    if bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "|") { return 1 }
    return bytes[index...].starts(with: "..".utf8) ? 2 : 0
  }

  private static func decoded(_ range: Range<Int>, in bytes: [UInt8]) -> [UInt8] {
    var decoded: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < range.upperBound,
        let high = UTF8Scan.hexadecimalDigit(bytes[index + 1]),
        let low = UTF8Scan.hexadecimalDigit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
        index += 1
      }
    }
    return decoded
  }
}
