/// Numbers as text: reading any spelling into the canonical one, and comparing canonical texts by value.
package enum DecimalText {
  package enum Outcome: Sendable, Hashable {
    case number
    case notANumber
    case tooManyDigits
  }

  /// The pieces of a spelled number, as ranges of its bytes.
  private struct Parts {
    var isNegative = false
    var whole = 0..<0
    var fraction = 0..<0
    var exponent = 0
  }

  /// Appends the canonical text of `bytes[range]` to `output`; appends nothing unless it is a number.
  package static func canonicalise(
    _ bytes: [UInt8], _ range: Range<Int>, into output: inout [UInt8], digitLimit: Int
  ) -> Outcome {
    guard let parts = split(bytes, range) else { return .notANumber }
    return append(parts, of: bytes, to: &output, digitLimit: digitLimit)
  }

  // number = [sign] (digits ["." [digits]] / "." digits) ["e" [sign] digits]
  private static func split(_ bytes: [UInt8], _ range: Range<Int>) -> Parts? {
    var parts = Parts()
    var index = range.lowerBound
    let end = range.upperBound
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      parts.isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    parts.whole = digits(bytes, from: index, to: end)
    index = parts.whole.upperBound
    if index < end, bytes[index] == UInt8(ascii: ".") {
      parts.fraction = digits(bytes, from: index + 1, to: end)
      index = parts.fraction.upperBound
    }
    guard !parts.whole.isEmpty || !parts.fraction.isEmpty else { return nil }
    if index == end { return parts }
    guard let exponent = readExponent(bytes, from: index, to: end) else { return nil }
    parts.exponent = exponent
    return parts
  }

  private static func digits(_ bytes: [UInt8], from start: Int, to end: Int) -> Range<Int> {
    var index = start
    while index < end, bytes[index] &- 48 < 10 { index += 1 }
    return start..<index
  }

  /// The exponent's value, held at ten million: further is beyond every digit limit.
  private static func readExponent(_ bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    guard bytes[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = start + 1
    var isNegative = false
    if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < end, digits(bytes, from: index, to: end).upperBound == end else { return nil }
    var value = 0
    while index < end {
      value = Swift.min(value * 10 + Int(bytes[index] &- 48), 10_000_000)
      index += 1
    }
    return isNegative ? -value : value
  }

  private static func append(
    _ parts: Parts, of bytes: [UInt8], to output: inout [UInt8], digitLimit: Int
  ) -> Outcome {
    // The significant digits run over whole and fraction; `point` counts those before the decimal point.
    let count = parts.whole.count + parts.fraction.count
    func digit(_ index: Int) -> UInt8 {
      index < parts.whole.count
        ? bytes[parts.whole.lowerBound + index]
        : bytes[parts.fraction.lowerBound + index - parts.whole.count]
    }
    var first = 0
    while first < count, digit(first) == UInt8(ascii: "0") { first += 1 }
    var last = count
    while last > first, digit(last - 1) == UInt8(ascii: "0") { last -= 1 }
    if first == last {
      output.append(UInt8(ascii: "0"))
      return .number
    }
    let point = parts.whole.count + parts.exponent
    guard Swift.max(last, point) - Swift.min(first, point) <= digitLimit else { return .tooManyDigits }
    if parts.isNegative { output.append(UInt8(ascii: "-")) }
    if point <= first {
      output.append(UInt8(ascii: "0"))
    } else {
      for index in first..<point { output.append(index < last ? digit(index) : UInt8(ascii: "0")) }
    }
    if last > point {
      output.append(UInt8(ascii: "."))
      for index in Swift.min(first, point)..<first where index >= point { output.append(UInt8(ascii: "0")) }
      for index in Swift.max(first, point)..<last { output.append(digit(index)) }
    }
    return .number
  }

  /// Compares two canonical texts by value: negative, zero or positive like `left - right`.
  package static func compare(
    _ left: [UInt8], _ leftRange: Range<Int>, _ right: [UInt8], _ rightRange: Range<Int>
  ) -> Int {
    let leftNegative = !leftRange.isEmpty && left[leftRange.lowerBound] == UInt8(ascii: "-")
    let rightNegative = !rightRange.isEmpty && right[rightRange.lowerBound] == UInt8(ascii: "-")
    if leftNegative != rightNegative { return leftNegative ? -1 : 1 }
    let skip = leftNegative ? 1 : 0
    let order = compareMagnitude(
      left, (leftRange.lowerBound + skip)..<leftRange.upperBound,
      right, (rightRange.lowerBound + skip)..<rightRange.upperBound)
    return leftNegative ? -order : order
  }

  /// Numbers without sign: the longer whole part is larger; then the digits decide, as text.
  private static func compareMagnitude(
    _ left: [UInt8], _ leftRange: Range<Int>, _ right: [UInt8], _ rightRange: Range<Int>
  ) -> Int {
    let leftWhole = digits(left, from: leftRange.lowerBound, to: leftRange.upperBound).count
    let rightWhole = digits(right, from: rightRange.lowerBound, to: rightRange.upperBound).count
    if leftWhole != rightWhole { return leftWhole < rightWhole ? -1 : 1 }
    let shared = Swift.min(leftRange.count, rightRange.count)
    for index in 0..<shared {
      let first = left[leftRange.lowerBound + index]
      let second = right[rightRange.lowerBound + index]
      if first != second { return first < second ? -1 : 1 }
    }
    return leftRange.count - rightRange.count
  }

  /// Longest text that counts as a number inside a JSON string.
  package static let plainNumberBytes = 1_000

  // plain-number = [ "+" / "-" ] ( digits [ "." [ digits ] ] / "." digits )
  /// Whether a text spells a number without an exponent.
  package static func isPlainNumber(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count <= plainNumberBytes, let parts = split(bytes, range) else { return false }
    return Swift.max(parts.whole.upperBound, parts.fraction.upperBound) == range.upperBound
  }

  /// Digits before and after the decimal point of a canonical text.
  package static func measure(_ bytes: [UInt8], _ range: Range<Int>) -> (whole: Int, fraction: Int) {
    let isNegative = !range.isEmpty && bytes[range.lowerBound] == UInt8(ascii: "-")
    let start = range.lowerBound + (isNegative ? 1 : 0)
    let whole = digits(bytes, from: start, to: range.upperBound)
    return (whole.count, Swift.max(0, range.upperBound - whole.upperBound - 1))
  }
}
