/// Goes through the digits and marks of a written date or time.
package protocol DigitReader {
  var bytes: [UInt8] { get }
  /// The place of the next byte.
  var index: Int { get set }
  var end: Int { get }
}

extension DigitReader {
  /// Goes past the byte, if it is the next.
  package mutating func accept(_ byte: UInt8) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// A number of exactly `width` digits; few enough for an `Int`.
  package mutating func number(_ width: Int) -> Int? {
    guard end - index >= width else { return nil }
    var value = 0
    for position in index..<(index + width) {
      guard bytes[position] &- 48 < 10 else { return nil }
      value = value * 10 + Int(bytes[position] &- 48)
    }
    index += width
    return value
  }
}
