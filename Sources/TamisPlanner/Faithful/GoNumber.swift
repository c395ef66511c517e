import TamisModel

/// A number as Go's `ParseInt` and, where that fails, `ParseFloat` read it, but exact: no digit is lost.
enum GoNumber: Hashable {
  /// Canonical decimal digits in the buffer.
  case finite(Range<Int>)
  /// `-0.0`, which Go writes with its sign.
  case negativeZero
  case notANumber
  case infinity(isNegative: Bool)
  case tooManyDigits

  /// Nil for text that is no number. Canonical digits are appended to the buffer.
  static func read(_ buffer: inout [UInt8], _ range: Range<Int>, digitLimit: Int) -> GoNumber? {
    guard let first = range.first(where: { !isSign(buffer[$0]) }), first - range.lowerBound <= 1 else {
      return nil
    }
    switch buffer[first] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
      return number(&buffer, range, first, digitLimit)
    case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "n"), UInt8(ascii: "N"):
      return special(buffer, range, first)
    default: return nil
    }
  }

  private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }

  /// Go: `nan` has no sign, `inf` and `infinity` may have one; any letter case.
  private static func special(_ buffer: [UInt8], _ range: Range<Int>, _ first: Int) -> GoNumber? {
    guard range.upperBound - first <= 8 else { return nil }
    let word = String(decoding: buffer[first..<range.upperBound], as: UTF8.self).asciiLowercased
    switch word {
    case "nan": return first == range.lowerBound ? .notANumber : nil
    case "inf", "infinity": return .infinity(isNegative: buffer[range.lowerBound] == UInt8(ascii: "-"))
    default: return nil
    }
  }

  private static func number(
    _ buffer: inout [UInt8], _ range: Range<Int>, _ first: Int, _ digitLimit: Int
  ) -> GoNumber? {
    let isHexadecimal =
      first + 2 < range.upperBound && buffer[first] == UInt8(ascii: "0")
      && buffer[first + 1] | 0x20 == UInt8(ascii: "x")
    let hasUnderscores = buffer[range].contains(UInt8(ascii: "_"))
    if hasUnderscores, !areUnderscoresFine(buffer, first..<range.upperBound) { return nil }
    let isNegative = buffer[range.lowerBound] == UInt8(ascii: "-")
    if isHexadecimal {
      guard let value = GoHexadecimal(buffer, (first + 2)..<range.upperBound) else { return nil }
      return value.decimal(isNegative: isNegative, &buffer, digitLimit)
    }
    return decimal(&buffer, range, hasUnderscores, digitLimit)
  }

  private static func decimal(
    _ buffer: inout [UInt8], _ range: Range<Int>, _ hasUnderscores: Bool, _ digitLimit: Int
  ) -> GoNumber? {
    let text = buffer[range].filter { $0 != UInt8(ascii: "_") }
    var canonical: [UInt8] = []
    let outcome = DecimalText.canonicalise(text, 0..<text.count, into: &canonical, digitLimit: digitLimit)
    // Go: what is infinite as a float64 is no number, and stays text.
    if outcome == .notANumber || BinaryRange.overflows(text, 0..<text.count) { return nil }
    if outcome == .tooManyDigits { return .tooManyDigits }
    let isWhole = text.allSatisfy { isSign($0) || $0 &- 48 < 10 }
    if canonical == [UInt8(ascii: "0")], text.first == UInt8(ascii: "-"), !isWhole || hasUnderscores {
      return .negativeZero
    }
    return .finite(append(canonical, &buffer))
  }

  static func append(_ digits: [UInt8], _ buffer: inout [UInt8]) -> Range<Int> {
    let start = buffer.count
    buffer.append(contentsOf: digits)
    return start..<buffer.count
  }

  /// Go: an underscore stands between digits; the base prefix counts as one.
  private static func areUnderscoresFine(_ buffer: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    var isAfterDigit = false
    var isAfterUnderscore = false
    var isHexadecimal = false
    if range.count >= 2, buffer[index] == UInt8(ascii: "0"), "xob".utf8.contains(buffer[index + 1] | 0x20) {
      isHexadecimal = buffer[index + 1] | 0x20 == UInt8(ascii: "x")
      index += 2
      isAfterDigit = true
    }
    while index < range.upperBound {
      let byte = buffer[index]
      let isDigit = byte &- 48 < 10 || isHexadecimal && (byte | 0x20) &- 97 < 6
      let isUnderscore = byte == UInt8(ascii: "_")
      if isUnderscore ? !isAfterDigit : isAfterUnderscore && !isDigit { return false }
      (isAfterDigit, isAfterUnderscore) = (isDigit, isUnderscore)
      index += 1
    }
    return !isAfterUnderscore
  }
}
