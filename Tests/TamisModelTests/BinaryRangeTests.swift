import TamisModel
import Testing

/// What is too large for a 64-bit binary floating-point number, to the digit: the first number that rounds to infinity
/// is half-way between the greatest finite one and 2^1024.
@Suite struct BinaryRangeTests {
  private static let first =
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475"
    + "09466490179775872070963302864166928879109465555478519404026306574886715058206819"
    + "08902000708383676273854845817711531764475730270069855571366959622842914819860834"
    + "936475292719074168444365510704342711559699508093042880177904174497792"

  private func overflows(_ text: String) -> Bool {
    let bytes = Array("9\(text)9".utf8)
    return BinaryRange.overflows(bytes, 1..<bytes.count - 1)
  }

  @Test func theBoundIsExact() {
    let first = Self.first
    let before = String(first.dropLast()) + "1"
    #expect(first.utf8.count == 309 && Double(first) == .infinity && Double(before)?.isFinite == true)
    for sign in ["", "-"] {
      #expect(overflows(sign + first))
      #expect(!overflows(sign + before))
      #expect(!overflows(sign + before + ".999"))
      #expect(overflows(sign + first + ".0"))
      #expect(overflows(sign + "00" + first))
      #expect(overflows(sign + first.prefix(1) + "." + first.dropFirst() + "e308"))
      #expect(!overflows(sign + before.prefix(1) + "." + before.dropFirst() + "e308"))
      #expect(overflows(sign + "0.00" + first + "E+311"))
      #expect(!overflows(sign + "0.00" + first + "E+310"))
    }
  }

  @Test(arguments: [
    ("1e308", false), ("1e309", true), ("2e308", true), ("0.1e309", false), ("0.1e310", true), ("0", false),
    ("0e999999999999", false), ("1e-999999999999", false), ("1e99999999999999999999", true),
    ("10e307", false),
    ("10e308", true), ("0.001e311", false),
  ])
  func magnitudes(_ text: String, _ expected: Bool) {
    #expect(overflows(text) == expected)
    #expect((Double(text)?.isInfinite ?? true) == expected)
  }
}
