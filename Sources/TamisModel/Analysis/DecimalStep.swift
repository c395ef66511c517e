/// Steps between the numbers of a fixed scale.
enum DecimalStep {
  /// The smallest multiple of 10^-scale that is greater than a canonical number: of 1.25 with one digit, 1.3.
  static func next(_ text: [UInt8], scale: Int) -> [UInt8] {
    let isNegative = text.first == UInt8(ascii: "-")
    var number = scaled(isNegative ? text[1...] : text[...], scale: scale)
    if !isNegative {
      increment(&number.digits)
    } else if !number.hasRest {
      decrement(&number.digits)
    }
    return canonical(number.digits, scale: scale, isNegative: isNegative)
  }

  /// Whether a canonical number is a multiple of 10^-scale.
  static func holds(_ text: [UInt8], scale: Int) -> Bool {
    DecimalText.measure(text, 0..<text.count).fraction <= scale
  }

  /// All digits before the point, and `scale` digits after it.
  private static func scaled(_ text: ArraySlice<UInt8>, scale: Int) -> (digits: [UInt8], hasRest: Bool) {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : []
    let kept = fraction.prefix(scale)
    let padding = Array(repeating: UInt8(ascii: "0"), count: Swift.max(0, scale - kept.count))
    return (Array(parts.first ?? []) + kept + padding, fraction.count > scale)
  }

  private static func increment(_ digits: inout [UInt8]) {
    var index = digits.count - 1
    while index >= 0, digits[index] == UInt8(ascii: "9") {
      digits[index] = UInt8(ascii: "0")
      index -= 1
    }
    if index < 0 { digits.insert(UInt8(ascii: "1"), at: 0) } else { digits[index] += 1 }
  }

  /// Of a number that is not zero.
  private static func decrement(_ digits: inout [UInt8]) {
    var index = digits.count - 1
    while index >= 0, digits[index] == UInt8(ascii: "0") {
      digits[index] = UInt8(ascii: "9")
      index -= 1
    }
    if index >= 0 { digits[index] -= 1 }
  }

  private static func canonical(_ digits: [UInt8], scale: Int, isNegative: Bool) -> [UInt8] {
    var text = isNegative ? [UInt8(ascii: "-")] : []
    text += digits.dropLast(scale)
    if scale > 0 { text += [UInt8(ascii: ".")] + digits.suffix(scale) }
    var output: [UInt8] = []
    let outcome = DecimalText.canonicalise(text, 0..<text.count, into: &output, digitLimit: .max)
    return outcome == .number ? output : text
  }
}
