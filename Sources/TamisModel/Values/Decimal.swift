/// An exact decimal number of any size, kept as canonical text: `-12.5`, `0`, `1000`.
///
/// Canonical means no exponent, no leading or trailing zeros, no `-0`, so that equal numbers have equal text.
public struct Decimal: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The canonical text.
  public let text: String

  /// Nil when the text is not a number, or has more digits than the limit once its exponent is expanded.
  ///
  /// `1.50`, `+7`, `.5`, `1e3` are numbers; `0x10`, `1_000`, `NaN` and blanks are not.
  public init?(_ text: String, digitLimit: Int = 1_000) {
    var buffer: [UInt8] = []
    let bytes = Array(text.utf8)
    guard
      DecimalText.canonicalise(bytes, 0..<bytes.count, into: &buffer, digitLimit: digitLimit) == .number
    else { return nil }
    self.text = String(decoding: buffer, as: UTF8.self)
  }

  /// A whole number.
  public init(_ integer: some BinaryInteger) {
    text = String(integer)
  }

  package init(canonical text: String) {
    self.text = text
  }

  public var description: String { text }

  public static func < (left: Decimal, right: Decimal) -> Bool {
    let first = Array(left.text.utf8)
    let second = Array(right.text.utf8)
    return DecimalText.compare(first, 0..<first.count, second, 0..<second.count) < 0
  }
}
