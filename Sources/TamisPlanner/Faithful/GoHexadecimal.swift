import TamisModel

/// A hexadecimal floating-point number of Go, `1.8p3` after its prefix: a whole number times a power of two.
struct GoHexadecimal {
  /// Digits of the number, the highest first, without leading zeros.
  private var digits: [UInt8] = []
  private var exponent = 0

  // hexadecimal = ( hex [ "." [ hex ] ] / "." hex ) "p" [ "+" / "-" ] digits, with underscores
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    var index = range.lowerBound
    var hasPoint = false
    var hasDigits = false
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") {
        if hasPoint { return nil }
        hasPoint = true
      } else if let digit = Self.value(byte) {
        hasDigits = true
        if !digits.isEmpty || digit != 0 { digits.append(digit) }
        if hasPoint { exponent -= 4 }
      } else if byte != UInt8(ascii: "_") {
        break
      }
      index += 1
    }
    // Go: the exponent is not optional here.
    guard hasDigits, index < range.upperBound, bytes[index] | 0x20 == UInt8(ascii: "p"),
      let written = Self.exponent(bytes, (index + 1)..<range.upperBound)
    else { return nil }
    exponent += written
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    if byte &- 48 < 10 { return byte &- 48 }
    let letter = (byte | 0x20) &- 97
    return letter < 6 ? letter + 10 : nil
  }

  private static func exponent(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    var isNegative = false
    if index < range.upperBound, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < range.upperBound, bytes[index] &- 48 < 10 else { return nil }
    var value = 0
    while index < range.upperBound {
      let byte = bytes[index]
      guard byte &- 48 < 10 || byte == UInt8(ascii: "_") else { return nil }
      if byte != UInt8(ascii: "_") { value = Swift.min(value * 10 + Int(byte &- 48), 1_000_000) }
      index += 1
    }
    return isNegative ? -value : value
  }

  /// The exact value in decimal digits. Nil where it is infinite as a float64, which makes it text.
  func decimal(isNegative: Bool, _ buffer: inout [UInt8], _ digitLimit: Int) -> GoNumber? {
    guard let first = digits.first else {
      return isNegative ? .negativeZero : .finite(GoNumber.append([UInt8(ascii: "0")], &buffer))
    }
    let bits = (digits.count - 1) * 4 + (UInt8.bitWidth - first.leadingZeroBitCount) + exponent
    if bits > 1_024 { return nil }
    // As many digits after the point as there are halvings left.
    if -exponent > digitLimit + 4 * digits.count { return .tooManyDigits }
    var number = DecimalLimbs()
    for digit in digits { number.multiply(by: 16, adding: UInt64(digit)) }
    var power = exponent
    while power < 0, number.isEven {
      number.halve()
      power += 1
    }
    guard -power <= digitLimit else { return .tooManyDigits }
    for _ in 0..<Swift.max(power, 0) { number.multiply(by: 2) }
    // n / 2^k = n · 5^k / 10^k
    for _ in 0..<Swift.max(-power, 0) { number.multiply(by: 5) }
    let text = (isNegative ? "-" : "") + number.text + "e" + String(Swift.min(power, 0))
    var canonical: [UInt8] = []
    let bytes = Array(text.utf8)
    let outcome = DecimalText.canonicalise(bytes, 0..<bytes.count, into: &canonical, digitLimit: digitLimit)
    guard outcome == .number else { return .tooManyDigits }
    return BinaryRange.overflows(bytes, 0..<bytes.count) ? nil : .finite(GoNumber.append(canonical, &buffer))
  }
}

/// A whole number of any size in limbs of nine decimal digits, the lowest first.
struct DecimalLimbs {
  private var limbs: [UInt64] = [0]
  private static let base: UInt64 = 1_000_000_000

  var isEven: Bool { limbs[0] & 1 == 0 }

  mutating func multiply(by factor: UInt64, adding addend: UInt64 = 0) {
    var carry = addend
    for index in limbs.indices {
      let value = limbs[index] &* factor &+ carry
      limbs[index] = value % Self.base
      carry = value / Self.base
    }
    if carry > 0 { limbs.append(carry) }
  }

  mutating func halve() {
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      let value = rest &* Self.base &+ limbs[index]
      limbs[index] = value / 2
      rest = value & 1
    }
    if limbs.count > 1, limbs.last == 0 { limbs.removeLast() }
  }

  var text: String {
    var bytes: [UInt8] = Array(String(limbs.last ?? 0).utf8)
    for limb in limbs.dropLast().reversed() {
      FixedDigits.append(Int(clamping: limb), width: 9, to: &bytes)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
