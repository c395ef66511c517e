import TamisModel
import Testing

@Suite("Values have an order, and equal ones one hash")
struct ValueOrderTests {
  @Test("days, instants and decimals")
  func orders() throws {
    let days = [CalendarDate(daysSinceEpoch: 5), CalendarDate(daysSinceEpoch: -3)]
    #expect(days.sorted().map(\.daysSinceEpoch) == [-3, 5])
    let instants = [7, -1, 0].map { Timestamp(microseconds: $0) }
    #expect(instants.sorted().map(\.microseconds) == [-1, 0, 7])
    let numbers = try ["10", "-2.5", "9.99"].map { try #require(Decimal($0)) }
    #expect(numbers.sorted().map(\.description) == ["-2.5", "9.99", "10"])
  }

  @Test("what is equal is found in a set")
  func hashes() throws {
    func resource(_ name: String) -> Resource {
      Resource(name, dialect: .suffix) {
        Field("id", .integer).primaryKey()
        Field("state", .enumeration(Enumeration(["on", "off"])))
      }
    }
    func query(_ number: Int64, _ limit: Int = 5) throws -> Query {
      try #require(
        Query(
          resource("a"), where: .compare(FieldPath("id"), .equal, .integer(number)),
          page: Page(limit: limit, offset: 0))
      )
    }
    #expect(Set([resource("a"), resource("b")]).contains(resource("a")))
    #expect(Set([resource("a"), resource("a")]).count == 1)
    #expect(try Set([query(1), query(2)]).contains(query(2)))
    #expect(try Set([query(1), query(1), query(1, 6), query(3)]).count == 3)
    let orders = [
      RandomOrder(seed: 1, position: 0), RandomOrder(seed: 1, position: 0, span: SourceSpan(3, 4)),
      RandomOrder(seed: 2, position: 0), RandomOrder(seed: 1, position: 1),
    ]
    #expect(Set(orders).count == 3)
    #expect(Set([Enumeration(["on"]), Enumeration(["on"]), Enumeration(["off"])]).count == 2)
  }

  /// 2^1024 - 2^970 is half-way from the greatest finite number of 64 bits to the next.
  @Test("the first decimal that is infinite in 64 bits")
  func binaryRange() {
    let greatest = Double.greatestFiniteMagnitude
    let digits =
      "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587"
      + "20709633028641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176447"
      + "57302700698555713669596228429148198608349364752927190741684443655107043427115596995080930428801779041744"
      + "97792"
    #expect(digits.utf8.count == 309 && Double(digits) == .infinity && greatest < .infinity)
    let below = String(digits.dropLast()) + "1"
    let texts: [(String, Bool)] = [
      (digits, true), (below, false), ("-" + digits, true), (digits + ".0", true), ("0" + digits, true),
      ("1e309", true), ("1e308", false), ("0.0001e313", true), ("0.0001e312", false), ("0e999999", false),
      ("1e99999999999999", true), ("1e-99999999999999", false),
    ]
    for (text, expected) in texts {
      let bytes = Array(text.utf8)
      #expect(BinaryRange.overflows(bytes, 0..<bytes.count) == expected, "\(text)")
      #expect((Double(text).map { $0.isInfinite } ?? expected) == expected, "\(text)")
    }
  }
}
