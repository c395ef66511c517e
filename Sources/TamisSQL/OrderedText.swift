import TamisModel

/// Decimals of any size as text whose byte order is the order of the numbers, and whose equality is theirs.
///
/// A sign (`0` negative, `1` otherwise), the number of whole digits in four digits, then the digits without the
/// point. Of a negative number every digit is complemented to nine, and `~`, larger than a digit, ends it, so that
/// the longer fraction is the smaller number: `12.5` is `10002125`, `-12.5` is `09997874~`.
package enum OrderedText {
  /// Smaller and larger than every stored number, and equal to none: literals with more whole digits than fit.
  private static let below = ""
  private static let above = "2"
  private static let longestWhole = 9_999

  /// Whether a canonical number can be stored.
  package static func holds(_ bytes: ArraySlice<UInt8>) -> Bool {
    wholeDigits(bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes) <= longestWhole
  }

  package static func encode(_ bytes: ArraySlice<UInt8>) -> String {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let magnitude = isNegative ? bytes.dropFirst() : bytes
    let whole = wholeDigits(magnitude)
    guard whole <= longestWhole else { return isNegative ? below : above }
    var output: [UInt8] = []
    output.reserveCapacity(magnitude.count + 6)
    output.append(UInt8(ascii: isNegative ? "0" : "1"))
    FixedDigits.append(whole, width: 4, to: &output)
    for byte in magnitude where byte != UInt8(ascii: ".") { output.append(byte) }
    if isNegative {
      for index in 1..<output.count { output[index] = 105 &- output[index] }
      output.append(UInt8(ascii: "~"))
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The canonical number that a text was made from; nil for a text that none gives.
  package static func decode(_ text: String) -> String? {
    var bytes = Array(text.utf8)
    let isNegative = bytes.first == UInt8(ascii: "0")
    if isNegative {
      guard bytes.last == UInt8(ascii: "~") else { return nil }
      bytes.removeLast()
      for index in bytes.indices.dropFirst() { bytes[index] = 105 &- bytes[index] }
    }
    guard bytes.count > 5, bytes.dropFirst().allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    let whole = bytes[1..<5].reduce(0) { $0 * 10 + Int($1 &- 48) }
    let digits = bytes[5...]
    guard whole <= digits.count else { return nil }
    var output: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    output += digits.prefix(whole)
    if whole < digits.count { output += [UInt8(ascii: ".")] + digits.dropFirst(whole) }
    return String(decoding: output, as: UTF8.self)
  }

  private static func wholeDigits(_ magnitude: ArraySlice<UInt8>) -> Int {
    (magnitude.firstIndex(of: UInt8(ascii: ".")) ?? magnitude.endIndex) - magnitude.startIndex
  }
}
