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
