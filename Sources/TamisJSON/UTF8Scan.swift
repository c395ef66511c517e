/// Checks of single characters in bytes, shared by the readers of JSON and of query strings.
package enum UTF8Scan {
  /// The length of the well-formed UTF-8 sequence at `index`, or 0.
  package static func validLength(_ source: Span<UInt8>, at index: Int) -> Int {
    let lead = source[index]
    let length: Int
    let second: ClosedRange<UInt8>
    switch lead {
    case 0..<0x80: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard index + length <= source.count, second.contains(source[index + 1]) else { return 0 }
    for offset in 2..<Swift.max(length, 2) where source[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }

  package static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 55
    default: nil
    }
  }
}
