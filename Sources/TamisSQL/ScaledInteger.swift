import TamisModel

/// Decimals as integers times a power of ten.
///
/// A column holds magnitudes below 10^18; ±10^18 itself is never stored, and stands for what is beyond it and for
/// what equals nothing.
package enum ScaledInteger {
  package enum Rounding: Hashable, Sendable {
    /// A number between two stored ones becomes one that is never stored.
    case exact
    case down
    case up
  }

  private static let limit: Int64 = 1_000_000_000_000_000_000

  /// The stored integer that a comparison with a canonical number is made with.
  package static func literal(_ bytes: ArraySlice<UInt8>, scale: Int, rounding: Rounding) -> Int64 {
    let number = read(bytes, scale: scale)
    if number.isLarge { return number.isNegative ? -limit : limit }
    let toward = number.isNegative ? -number.magnitude : number.magnitude
    guard number.hasRest else { return toward }
    switch rounding {
    case .exact: return limit
    case .down: return number.isNegative ? toward - 1 : toward
    case .up: return number.isNegative ? toward : toward + 1
    }
  }

  /// The integer to store; nil when the number is too large or too precise.
  package static func stored(_ bytes: ArraySlice<UInt8>, scale: Int) -> Int64? {
    let number = read(bytes, scale: scale)
    guard !number.isLarge, !number.hasRest else { return nil }
    return number.isNegative ? -number.magnitude : number.magnitude
  }

  private struct Reading {
    var isNegative = false
    var magnitude: Int64 = 0
    /// At or beyond 10^18.
    var isLarge = false
    /// Digits other than zero were cut off.
    var hasRest = false

    mutating func take(_ digit: Int64) {
      guard !isLarge, magnitude < ScaledInteger.limit / 10 else {
        isLarge = true
        return
      }
      magnitude = magnitude * 10 + digit
    }
  }

  private static func read(_ bytes: ArraySlice<UInt8>, scale: Int) -> Reading {
    var number = Reading()
    var fraction: Int?
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "-"): number.isNegative = true
      case UInt8(ascii: "."): fraction = 0
      default:
        if let places = fraction {
          guard places < scale else {
            number.hasRest = true
            return number
          }
          fraction = places + 1
        }
        number.take(Int64(byte &- 48))
      }
    }
    for _ in 0..<Swift.max(0, scale - (fraction ?? 0)) { number.take(0) }
    return number
  }
}
