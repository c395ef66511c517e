/// A decimal times ten to a scale, rounded down to 64 bits, and whether that lost nothing.
///
/// Beyond the range, `floor` is the end of the range and not exact, so that a comparison with it still decides
/// rightly. The smallest `Int64` is never exact: no cell holds it.
struct ScaledDecimal {
  let floor: Int64
  let isExact: Bool

  /// `digits` is canonical: an optional sign, digits, and perhaps a point and more digits.
  init(_ bytes: [UInt8], _ digits: Range<Int>, scale: Int) {
    let isNegative = !digits.isEmpty && bytes[digits.lowerBound] == UInt8(ascii: "-")
    var magnitude: Int64 = 0
    var places: Int?
    var isExact = true
    var overflowed = false
    func take(_ digit: Int64) {
      let (product, first) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(digit)
      overflowed = overflowed || first || second
      magnitude = sum
    }
    for index in digits.dropFirst(isNegative ? 1 : 0) where !overflowed {
      if bytes[index] == UInt8(ascii: ".") {
        places = 0
      } else if let count = places, count == scale {
        // Canonical digits end in one that is not zero.
        isExact = false
        break
      } else {
        take(Int64(bytes[index] &- 48))
        places = places.map { $0 + 1 }
      }
    }
    var missing = scale - (places ?? 0)
    while missing > 0, !overflowed, magnitude != 0 {
      take(0)
      missing -= 1
    }
    if overflowed {
      floor = isNegative ? .min : .max
      self.isExact = false
    } else {
      floor = isNegative ? (isExact ? -magnitude : -magnitude - 1) : magnitude
      self.isExact = isExact
    }
  }
}
