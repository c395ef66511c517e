/// UUIDs as text: any letter case in, lower case out.
package enum UUIDText {
  /// Appends the canonical form of `bytes[range]`; false, and nothing appended, when it is not 8-4-4-4-12 digits.
  package static func canonicalise(_ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8]) -> Bool
  {
    guard range.count == 36 else { return false }
    for offset in 0..<36 where !isValid(bytes[range.lowerBound + offset], at: offset) { return false }
    for index in range {
      let byte = bytes[index]
      output.append(byte &- 65 < 6 ? byte | 0x20 : byte)
    }
    return true
  }

  private static func isValid(_ byte: UInt8, at offset: Int) -> Bool {
    switch offset {
    case 8, 13, 18, 23: byte == UInt8(ascii: "-")
    default: byte &- 48 < 10 || (byte | 0x20) &- 97 < 6
    }
  }
}

extension UUIDText {
  /// The sixteen bytes of a canonical text.
  package static func sixteenBytes(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var high: UInt8?
    for byte in text where byte != UInt8(ascii: "-") {
      let digit = byte < 58 ? byte &- 48 : (byte | 0x20) &- 87
      if let first = high {
        output.append(first << 4 | digit & 15)
        high = nil
      } else {
        high = digit & 15
      }
    }
    return output
  }

  /// The canonical text of sixteen bytes.
  package static func text(ofBytes bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var output: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if index == 4 || index == 6 || index == 8 || index == 10 { output.append(UInt8(ascii: "-")) }
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    }
    return String(decoding: output, as: UTF8.self)
  }
}
