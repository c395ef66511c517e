import TamisModel

/// A text that PHP takes for a number: which kind it would be, and where its digits stand, so that none is lost.
package struct PHPNumber: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Whole, without point or exponent, and in 64 bits.
    case integer
    /// Everything else; PHP would round it.
    case double
  }

  package var kind: Kind
  /// The number without the blanks around it.
  package var range: Range<Int>

  /// PHP: `is_numeric`. `5`, ` +.5 `, `5.` and `1e3` are numbers; `0x1A`, `1_000`, `NaN` and an empty text are not.
  package static func read(_ bytes: [UInt8], _ range: Range<Int>) -> PHPNumber? {
    guard let number = prefix(bytes, range) else { return nil }
    return bytes[number.range.upperBound..<range.upperBound].allSatisfy(isBlank) ? number : nil
  }

  // number = *blank [sign] ( digits [ "." [digits] ] / "." digits ) [ "e" [sign] digits ]
  /// The number that a text begins with.
  private static func prefix(_ bytes: [UInt8], _ range: Range<Int>) -> PHPNumber? {
    let start = bytes[range].firstIndex { !isBlank($0) } ?? range.upperBound
    var end = start
    if end < range.upperBound, isSign(bytes[end]) { end += 1 }
    let whole = digits(bytes, end..<range.upperBound)
    end += whole
    var fraction = 0
    var isWhole = true
    if end < range.upperBound, bytes[end] == UInt8(ascii: ".") {
      fraction = digits(bytes, end + 1..<range.upperBound)
      isWhole = false
      end += 1 + fraction
    }
    guard whole + fraction > 0 else { return nil }
    if let exponent = exponentEnd(bytes, end..<range.upperBound) {
      end = exponent
      isWhole = false
    }
    let isInteger = isWhole && integer(bytes, start..<end) != nil
    return PHPNumber(kind: isInteger ? .integer : .double, range: start..<end)
  }

  private static func exponentEnd(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard let first = bytes[range].first, first | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = range.lowerBound + 1
    if index < range.upperBound, isSign(bytes[index]) { index += 1 }
    let count = digits(bytes, index..<range.upperBound)
    return count > 0 ? index + count : nil
  }

  private static func digits(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    bytes[range].prefix { $0 &- 48 < 10 }.count
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte &- 9 < 5 }

  /// Sign and digits, in 64 bits.
  private static func integer(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var number = 0
    let isNegative = bytes[range].first == UInt8(ascii: "-")
    for byte in bytes[range] where !isSign(byte) {
      let digit = Int(byte &- 48)
      let (tens, isOver) = number.multipliedReportingOverflow(by: 10)
      let (sum, isBeyond) =
        isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      if isOver || isBeyond { return nil }
      number = sum
    }
    return number
  }

  /// What PHP's double would be; nil where the text is no number to Swift.
  private static func double(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    Double(String(decoding: bytes[range], as: UTF8.self))
  }
}

// MARK: Casts

extension PHPNumber {
  /// PHP: `(int)`. The number that the text begins with, cut to an integer: `1e1` is 10, `2abc` is 2, and what is no
  /// number is 0. Beyond 64 bits it is the end of the range, and beyond a double's range 0.
  package static func integerCast(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    guard let number = prefix(bytes, range) else { return 0 }
    switch number.kind {
    case .integer: return integer(bytes, number.range) ?? 0
    case .double:
      guard let value = double(bytes, number.range), value.isFinite else { return 0 }
      return Int(exactly: value.rounded(.towardZero)) ?? (value < 0 ? Int.min : Int.max)
    }
  }
}

// MARK: Filters

extension PHPNumber {
  /// PHP: `filter_var` cuts these off before it looks at a text.
  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    let start = bytes[range].firstIndex { !isTrimmed($0) } ?? range.upperBound
    let end = bytes[start..<range.upperBound].lastIndex { !isTrimmed($0) } ?? start - 1
    return start..<end + 1
  }

  private static func isTrimmed(_ byte: UInt8) -> Bool { isBlank(byte) && byte != 0x0C }

  /// PHP: `FILTER_VALIDATE_INT`. ` +1` and `-0` are integers; `01`, `1.0`, `1e3` and what 64 bits do not hold are none.
  package static func filteredInteger(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let text = trimmed(bytes, range)
    let digits = bytes[text].first.map(isSign) == true ? text.dropFirst() : text
    guard let first = bytes[digits].first, bytes[digits].allSatisfy({ $0 &- 48 < 10 }),
      first != UInt8(ascii: "0") || digits.count == 1
    else { return nil }
    return integer(bytes, text)
  }

  /// PHP: `FILTER_VALIDATE_FLOAT`. Numbers that a double holds: not `1e999`, not `1e-400`, and not `0e5`, whose
  /// digits PHP takes for lost.
  package static func filteredFloat(_ bytes: [UInt8], _ range: Range<Int>) -> PHPNumber? {
    let text = trimmed(bytes, range)
    guard let first = bytes[text].first, !isBlank(first), let number = read(bytes, text),
      number.range == text, let value = double(bytes, text), value.isFinite
    else { return nil }
    let hasLost = number.kind == .double && value == 0 && bytes[text].contains { $0 &- 49 < 9 }
    return hasLost ? nil : number
  }

  /// PHP: `FILTER_VALIDATE_BOOLEAN`, in any letter case. An empty text is false; nil for any other.
  package static func filteredBoolean(_ bytes: [UInt8], _ range: Range<Int>) -> Bool? {
    let text = trimmed(bytes, range)
    guard text.count <= 5 else { return nil }
    switch String(decoding: bytes[text].map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self) {
    case "1", "true", "on", "yes": return true
    case "0", "false", "off", "no", "": return false
    default: return nil
    }
  }
}
