import Testing

@testable import TamisPlanner

/// Numbers as PHP 8.2 was measured to take them: `is_numeric`, `FILTER_VALIDATE_INT`, `FILTER_VALIDATE_FLOAT`, `(int)`.
struct PHPNumberTests {
  private static let integer = PHPNumber.Kind.integer
  private static let double = PHPNumber.Kind.double

  @Test(
    arguments: [
      ("5.", double, nil, true, 5), (".5", double, nil, true, 0), (".", nil, nil, false, 0),
      ("1e", nil, nil, false, 1),
      ("1e+5", double, nil, true, 100_000), ("1e 5", nil, nil, false, 1), (" 5", integer, 5, true, 5),
      ("5 ", integer, 5, true, 5), ("\n5", integer, 5, true, 5), ("5\u{0C}", integer, nil, false, 5),
      ("0x1A", nil, nil, false, 0), ("1_0", nil, nil, false, 1), ("-", nil, nil, false, 0),
      ("+5", integer, 5, true, 5),
      ("-0", integer, 0, true, 0), ("", nil, nil, false, 0), ("  ", nil, nil, false, 0),
      ("00", integer, nil, true, 0),
      ("01", integer, nil, true, 1), ("1.0", double, nil, true, 1), ("1e1000", double, nil, false, 0),
      ("-9223372036854775808", integer, Int.min, true, Int.min),
      ("9223372036854775807", integer, Int.max, true, Int.max),
      ("9223372036854775808", double, nil, true, Int.max),
      ("-9223372036854775809", double, nil, true, Int.min),
      ("00000000000000000000000000000005", integer, nil, true, 5), ("0e5", double, nil, false, 0),
      ("1e-400", double, nil, false, 0), ("0.0", double, nil, true, 0), ("5\u{0}", nil, nil, false, 5),
      ("--5", nil, nil, false, 0), ("1e1", double, nil, true, 10), ("INF", nil, nil, false, 0),
      ("NaN", nil, nil, false, 0), ("1.5e3abc", nil, nil, false, 1_500), ("5.e3", double, nil, true, 5_000),
      ("1.99999999999999999999", double, nil, true, 2), ("9.3e18", double, nil, true, Int.max),
      ("2abc", nil, nil, false, 2), ("1,5", nil, nil, false, 1),
      ("99999999999999999999", double, nil, true, Int.max),
    ] as [(String, PHPNumber.Kind?, Int?, Bool, Int)])
  func measured(_ text: String, _ kind: PHPNumber.Kind?, _ filtered: Int?, _ isFloat: Bool, _ cast: Int) {
    let bytes = Array("7\(text)7".utf8)
    let range = 1..<bytes.count - 1
    #expect(PHPNumber.read(bytes, range)?.kind == kind)
    #expect(PHPNumber.filteredInteger(bytes, range) == filtered)
    #expect((PHPNumber.filteredFloat(bytes, range) != nil) == isFloat)
    #expect(PHPNumber.integerCast(bytes, range) == cast)
  }

  @Test func digitsAreKept() {
    let bytes = Array(" +0012345678901234567890.1234567890123456789 ".utf8)
    let number = PHPNumber.read(bytes, 0..<bytes.count)
    #expect(number?.range == 1..<bytes.count - 1)
  }

  @Test(
    arguments: [
      ("1", true), ("ON", true), ("yes", true), (" true ", true), ("True\n", true), ("0", false),
      ("off", false),
      ("NO", false), ("", false), (" ", false), ("y", nil), ("t", nil), ("2", nil), ("null", nil),
      ("truefalse", nil),
    ] as [(String, Bool?)])
  func booleans(_ text: String, _ expected: Bool?) {
    let bytes = Array("7\(text)7".utf8)
    #expect(PHPNumber.filteredBoolean(bytes, 1..<bytes.count - 1) == expected)
  }

  @Test func longTexts() {
    let digits = [UInt8](repeating: 49, count: 1_000_000)
    #expect(PHPNumber.read(digits, 0..<digits.count)?.kind == .double)
    #expect(PHPNumber.filteredInteger(digits, 0..<digits.count) == nil)
    #expect(PHPNumber.integerCast(digits, 0..<digits.count) == 0)
    let blanks = [UInt8](repeating: 32, count: 1_000_000)
    #expect(PHPNumber.read(blanks, 0..<blanks.count) == nil)
    #expect(PHPNumber.filteredFloat(blanks, 0..<blanks.count) == nil)
  }
}
