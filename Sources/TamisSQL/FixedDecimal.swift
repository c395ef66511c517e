import TamisModel

/// Decimals of an engine's `DECIMAL(p, s)`, which would round a literal of more digits or refuse it.
///
/// ±10^(p-s), which a column never holds and a parameter of one digit more does, stands for what is beyond the column
/// and for what equals nothing.
package enum FixedDecimal {
  /// The number that a comparison with a canonical number is made with.
  package static func literal(
    _ bytes: ArraySlice<UInt8>, precision: Int, scale: Int, rounding: ScaledInteger.Rounding
  ) -> String {
    let number = Reading(bytes, scale: scale)
    if number.digits.count > precision { return beyond(number.isNegative, precision, scale) }
    guard number.hasRest else { return text(number.digits, number.isNegative, scale) }
    switch rounding {
    case .exact: return beyond(false, precision, scale)
    case .down: return text(number.isNegative ? next(number.digits) : number.digits, number.isNegative, scale)
    case .up: return text(number.isNegative ? number.digits : next(number.digits), number.isNegative, scale)
    }
  }

  /// Whether a column holds a canonical number as it is.
  package static func holds(_ bytes: ArraySlice<UInt8>, precision: Int, scale: Int) -> Bool {
    let number = Reading(bytes, scale: scale)
    return number.digits.count <= precision && !number.hasRest
  }

  /// A number times 10^scale: its digits without leading zeros.
  private struct Reading {
    var isNegative = false
    var digits: [UInt8] = []
    /// Digits other than zero were cut off.
    var hasRest = false

    init(_ bytes: ArraySlice<UInt8>, scale: Int) {
      var fraction: Int?
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "-"): isNegative = true
        case UInt8(ascii: "."): fraction = 0
        case _ where (fraction ?? 0) >= scale && fraction != nil:
          if byte != UInt8(ascii: "0") { hasRest = true }
        default:
          if let places = fraction { fraction = places + 1 }
          if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte) }
        }
      }
      let missing = Swift.max(0, scale - (fraction ?? 0))
      if !digits.isEmpty { digits += [UInt8](repeating: UInt8(ascii: "0"), count: missing) }
    }
  }

  private static func next(_ digits: [UInt8]) -> [UInt8] {
    var digits = digits
    for index in digits.indices.reversed() {
      guard digits[index] == UInt8(ascii: "9") else {
        digits[index] += 1
        return digits
      }
      digits[index] = UInt8(ascii: "0")
    }
    return [UInt8(ascii: "1")] + digits
  }

  private static func beyond(_ isNegative: Bool, _ precision: Int, _ scale: Int) -> String {
    text([UInt8(ascii: "1")] + [UInt8](repeating: UInt8(ascii: "0"), count: precision), isNegative, scale)
  }

  private static func text(_ digits: [UInt8], _ isNegative: Bool, _ scale: Int) -> String {
    let missing = Swift.max(0, scale + 1 - digits.count)
    let padded = [UInt8](repeating: UInt8(ascii: "0"), count: missing) + digits
    var output: [UInt8] = isNegative && !digits.isEmpty ? [UInt8(ascii: "-")] : []
    output += padded.dropLast(scale)
    if scale > 0 { output += [UInt8(ascii: ".")] + padded.suffix(scale) }
    return String(decoding: output, as: UTF8.self)
  }
}
