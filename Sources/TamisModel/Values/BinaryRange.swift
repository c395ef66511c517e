/// Which decimal numbers a 64-bit binary floating-point number can not come near: what rounds to infinity.
package enum BinaryRange {
  /// 2^1024 - 2^970: half-way from the greatest finite number to the next one. What is not below it is infinite.
  private static let threshold = Array(
    ("17976931348623158079372897140530341507993413271003782693617377898044496829276475"
      + "09466490179775872070963302864166928879109465555478519404026306574886715058206819"
      + "08902000708383676273854845817711531764475730270069855571366959622842914819860834"
      + "936475292719074168444365510704342711559699508093042880177904174497792").utf8)

  /// Whether a number, spelled as `DecimalText` reads it, is infinite as a floating-point number. Linear, whatever its
  /// exponent.
  package static func overflows(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let mantissaEnd = bytes[range].firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? range.upperBound
    var digits: [UInt8] = []
    var whole = 0
    var hasPoint = false
    for index in range.lowerBound..<mantissaEnd {
      if bytes[index] == UInt8(ascii: ".") { hasPoint = true }
      guard bytes[index] &- 48 < 10 else { continue }
      // A leading zero moves the point only.
      if !digits.isEmpty || bytes[index] != UInt8(ascii: "0") {
        if digits.count < threshold.count { digits.append(bytes[index]) }
        if !hasPoint { whole += 1 }
      } else if hasPoint {
        whole -= 1
      }
    }
    guard !digits.isEmpty else { return false }
    let place = whole + exponent(bytes, mantissaEnd, range.upperBound)
    if place != threshold.count { return place > threshold.count }
    return !digits.lexicographicallyPrecedes(threshold)
  }

  /// Held at ten million, which is beyond every range.
  private static func exponent(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var value = 0
    var isNegative = false
    var index = start + 1
    while index < end {
      if bytes[index] == UInt8(ascii: "-") { isNegative = true }
      if bytes[index] &- 48 < 10 { value = Swift.min(value * 10 + Int(bytes[index] &- 48), 10_000_000) }
      index += 1
    }
    return isNegative ? -value : value
  }
}
