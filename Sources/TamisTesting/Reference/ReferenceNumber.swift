/// A decimal number as two strings of digits, compared the way it is taught at school.
public struct ReferenceNumber: Hashable, Sendable {
  public private(set) var isNegative: Bool
  /// Digits before the point, without leading zeros; empty for zero.
  public private(set) var whole: [UInt8]
  /// Digits after the point, without trailing zeros.
  public private(set) var fraction: [UInt8]

  public init(isNegative: Bool = false, whole: [UInt8], fraction: [UInt8] = []) {
    self.whole = Array(whole.drop { $0 == 0 })
    self.fraction = fraction
    while self.fraction.last == 0 { self.fraction.removeLast() }
    self.isNegative = isNegative && !(self.whole.isEmpty && self.fraction.isEmpty)
  }

  public init(_ number: Int) {
    self.init(
      isNegative: number < 0, whole: String(number).utf8.filter { $0 != 45 }.map { $0 - 48 })
  }

  /// `12`, `-1.50`, `+.5`, `1e-3`; nil for anything else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let mantissaEnd = bytes.firstIndex { $0 == 0x65 || $0 == 0x45 } ?? bytes.count
    var mantissa = Array(bytes[..<mantissaEnd])
    let isNegative = mantissa.first == 0x2D
    if let sign = mantissa.first, sign == 0x2D || sign == 0x2B { mantissa.removeFirst() }
    let parts = mantissa.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count <= 2, mantissa.contains(where: { $0 != 0x2E }) else { return nil }
    var whole = parts[0].map { $0 &- 48 }
    var fraction = (parts.count == 2 ? Array(parts[1]) : []).map { $0 &- 48 }
    guard (whole + fraction).allSatisfy({ $0 < 10 }) else { return nil }
    var exponent = 0
    if mantissaEnd < bytes.count {
      guard let written = Int(String(decoding: bytes[(mantissaEnd + 1)...], as: UTF8.self)),
        abs(written) < 5_000
      else { return nil }
      exponent = written
    }
    while exponent > 0 {
      whole.append(fraction.isEmpty ? 0 : fraction.removeFirst())
      exponent -= 1
    }
    while exponent < 0 {
      fraction.insert(whole.popLast() ?? 0, at: 0)
      exponent += 1
    }
    self.init(isNegative: isNegative, whole: whole, fraction: fraction)
  }

  /// Negative, zero or positive, like `self - other`.
  public func order(_ other: ReferenceNumber) -> Int {
    if isNegative != other.isNegative { return isNegative ? -1 : 1 }
    let magnitude = magnitudeOrder(other)
    return isNegative ? -magnitude : magnitude
  }

  private func magnitudeOrder(_ other: ReferenceNumber) -> Int {
    if whole.count != other.whole.count { return whole.count - other.whole.count }
    for (left, right) in zip(whole + fraction, other.whole + other.fraction) where left != right {
      return left < right ? -1 : 1
    }
    return fraction.count - other.fraction.count
  }

  /// The next number up or down, `digits` places after the point.
  public func stepped(up: Bool, digits places: Int) -> ReferenceNumber {
    var digits = whole + fraction + Array(repeating: 0, count: max(0, places - fraction.count))
    let fractionCount = max(places, fraction.count)
    let step = digits.count - (fractionCount - places) - 1
    let isGrowing = up != isNegative
    if !isGrowing, digits.allSatisfy({ $0 == 0 }) || step < 0 {
      return ReferenceNumber(isNegative: true, whole: [1], fraction: []).shifted(places)
    }
    var position = step
    while true {
      if position < 0 {
        digits.insert(1, at: 0)
        break
      }
      let carries = digits[position] == (isGrowing ? 9 : 0)
      digits[position] =
        carries ? (isGrowing ? 0 : 9) : isGrowing ? digits[position] + 1 : digits[position] - 1
      if !carries { break }
      position -= 1
      // Below the smallest unit a shrinking number would cross zero.
      if position < 0, !isGrowing { return ReferenceNumber(whole: []) }
    }
    let split = digits.count - fractionCount
    return ReferenceNumber(
      isNegative: isNegative, whole: Array(digits[..<split]), fraction: Array(digits[split...]))
  }

  /// Divided by ten to the power given.
  private func shifted(_ places: Int) -> ReferenceNumber {
    var whole = whole
    var fraction = fraction
    for _ in 0..<places { fraction.insert(whole.popLast() ?? 0, at: 0) }
    return ReferenceNumber(isNegative: isNegative, whole: whole, fraction: fraction)
  }
}

extension ReferenceNumber: CustomStringConvertible {
  /// The shortest plain spelling: `-1.5`, `0`, `1000`.
  public var description: String {
    let digits = { (digits: [UInt8]) in String(decoding: digits.map { $0 + 48 }, as: UTF8.self) }
    return (isNegative ? "-" : "") + (whole.isEmpty ? "0" : digits(whole))
      + (fraction.isEmpty ? "" : "." + digits(fraction))
  }
}
