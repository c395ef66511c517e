import TamisModel
import Testing

@Suite("Decimals are exact, and canonical")
struct DecimalTests {
  static let readings: [(String, String?)] = [
    ("0", "0"), ("-0", "0"), ("0.00", "0"), ("007", "7"), ("+7", "7"), ("1.50", "1.5"), (".5", "0.5"),
    ("5.", "5"), ("-.5", "-0.5"), ("1e3", "1000"), ("1.5e3", "1500"), ("1.5E-3", "0.0015"), ("15e-1", "1.5"),
    ("100e-2", "1"), ("-12.340e1", "-123.4"), ("0e999999999", "0"),
    ("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678901"),
    ("", nil), ("-", nil), (".", nil), ("e5", nil), ("1e", nil), ("1e+", nil), ("1 ", nil), (" 1", nil),
    ("0x10", nil), ("1_000", nil), ("NaN", nil), ("1.2.3", nil), ("--1", nil),
    ("1e1000", nil), ("1e999999999999999999999", nil), ("1e-1001", nil),
  ]

  @Test("any spelling becomes the canonical one, or nothing", arguments: readings)
  func reading(_ row: (String, String?)) {
    #expect(Decimal(row.0)?.text == row.1)
  }

  @Test("999 zeros are a number, 1,000 digits the limit")
  func digitLimit() {
    #expect(Decimal("1e999")?.text.utf8.count == 1000)
    #expect(Decimal("12", digitLimit: 1) == nil)
  }

  @Test("the order is by value")
  func order() throws {
    let texts = [
      "-100", "-12.5", "-12.45", "-12", "-0.5", "-0.05", "0", "0.05", "0.5", "9", "9.99", "10", "1e40",
    ]
    let numbers = try texts.map { try #require(Decimal($0)) }
    for (left, first) in numbers.enumerated() {
      for (right, second) in numbers.enumerated() {
        #expect((first < second) == (left < right), "\(first) \(second)")
        #expect((first == second) == (left == right))
      }
    }
  }

  @Test(
    "a text inside a document is a number without an exponent",
    arguments: [
      ("0", true), ("-7", true), ("+1.50", true), ("1.", true), (".5", true), ("", false), ("-", false),
      (".", false), ("a", false), ("1a", false), ("1e5", false), ("1.2.3", false), (" 1", false),
      (String(repeating: "1", count: 1_000), true), (String(repeating: "1", count: 1_001), false),
    ])
  func plainNumber(_ text: String, _ expected: Bool) {
    let bytes = Array("x\(text)x".utf8)
    #expect(DecimalText.isPlainNumber(bytes, 1..<bytes.count - 1) == expected)
  }
}
