import TamisModel
import TamisTesting
import Testing

/// The reference is the judge of every engine, so its own judgement is written down here by hand.
@Suite struct ReferenceTests {
  private static let resource = Resource("things", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("name", .text).nullable()
    Field("price", .decimal(precision: 40, scale: 10)).nullable()
    Field("at", .timestamp).nullable()
    Field("meta", .json).nullable().openKeys()
    Relation("items", .many) {
      Field("size", .integer).nullable()
    }
  }

  private static let records = [
    #"{"id":0,"name":"abc","price":1.50,"at":"2024-02-29T23:30:00-01:00","meta":{"a":1},"items":[{"size":1}]}"#,
    #"{"id":1,"name":"ABC","price":"-0.5","at":"2024-03-01T00:29:59.999999Z","meta":{"a":"1"},"items":[]}"#,
    #"{"id":2,"name":null,"price":9007199254740993,"at":null,"meta":{"a":null},"items":[{"size":null}]}"#,
    #"{"id":3,"name":"a%c","price":9007199254740992.5,"meta":null,"items":[{"size":2},{"size":3}]}"#,
  ]

  private func selected(_ predicate: Predicate) throws -> [Int] {
    let trees = try Self.records.map { try #require(JSONTree(parsing: $0)) }
    let query = try #require(Query(Self.resource, where: predicate))
    return ReferenceInterpreter(resource: Self.resource, records: trees).answer(query).places
  }

  private func number(_ text: String) throws -> Value { .decimal(try #require(Decimal(text))) }

  @Test func nullIsNeitherEqualNorDifferent() throws {
    let equal = Predicate.compare(FieldPath("name"), .equal, .text("abc"))
    #expect(try selected(equal) == [0])
    #expect(try selected(.not(equal)) == [1, 3])
    #expect(try selected(.isNull(FieldPath("name"), isNegated: false)) == [2])
    #expect(try selected(.or([equal, .not(equal)])) == [0, 1, 3])
    #expect(try selected(.member(FieldPath("name"), [], isNegated: true)) == [0, 1, 2, 3])
  }

  @Test func numbersAreComparedByEveryDigit() throws {
    let price = FieldPath("price")
    #expect(try selected(.compare(price, .equal, number("1.5"))) == [0])
    #expect(try selected(.compare(price, .less, number("0"))) == [1])
    #expect(try selected(.compare(price, .greater, number("9007199254740992.5"))) == [2])
    #expect(try selected(.compare(price, .greaterOrEqual, number("9007199254740992.5"))) == [2, 3])
  }

  @Test func instantsAreComparedInUTC() throws {
    let halfPast = Timestamp(microseconds: 1_709_253_000_000_000)  // 2024-03-01T00:30:00Z
    #expect(try selected(.compare(FieldPath("at"), .equal, .timestamp(halfPast))) == [0])
    #expect(try selected(.compare(FieldPath("at"), .less, .timestamp(halfPast))) == [1])
  }

  @Test func keysAreReadByTextOrByType() throws {
    let byText = FieldPath("meta", keys: ["a"], reading: .canonicalText)
    let byType = FieldPath("meta", keys: ["a"], reading: .sameType)
    #expect(try selected(.compare(byText, .equal, .text("1"))) == [0, 1])
    #expect(try selected(.compare(byType, .equal, .text("1"))) == [1])
    #expect(try selected(.compare(byType, .equal, number("1.0"))) == [0])
    #expect(try selected(.isNull(byText, isNegated: false)) == [2, 3])
    let contains = Predicate.jsonContains(FieldPath("meta"), json: #"{"a":1.0}"#, isNegated: false)
    #expect(try selected(contains) == [0])
    #expect(try selected(.not(contains)) == [1, 2])
  }

  @Test func anElementIsEnoughAndNoneIsFalse() throws {
    let small = Predicate.any(
      relation: "items", .compare(FieldPath("size"), .less, .integer(3)), isNegated: false)
    #expect(try selected(small) == [0, 3])
    #expect(try selected(.not(small)) == [1, 2])
  }

  @Test func elementsAreCounted() throws {
    let counts = try (1...4).map { count in
      try selected(.any(relation: "items", .always, isNegated: false, atLeast: count))
    }
    let exactly = try (0...3).map { try selected(.exactly($0, of: "items", .always)) }
    for place in 0..<4 {
      let count = counts.count { $0.contains(place) }
      #expect(exactly.indices.filter { exactly[$0].contains(place) } == [count])
      #expect(try selected(.atMost(count, of: "items", .always)).contains(place))
      if count > 0 { #expect(try !selected(.atMost(count - 1, of: "items", .always)).contains(place)) }
    }
  }

  @Test(arguments: [
    ("1", "1.00", 0), ("-1", "1", -1), ("0.5", "0.05", 1), ("10", "9", 1), ("-10", "-9", -1),
    ("1e2", "100", 0),
    ("-0", "0", 0), ("12e-1", "1.2", 0), (".5", "0.5", 0), ("9007199254740993", "9007199254740992", 1),
  ])
  func numbersHaveOneOrder(_ left: String, _ right: String, _ order: Int) throws {
    let first = try #require(ReferenceNumber(left))
    let second = try #require(ReferenceNumber(right))
    #expect(first.order(second).signum() == order)
    #expect(second.order(first).signum() == -order)
    #expect((first == second) == (order == 0))
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
    ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896), ("1900-03-01", -25_508),
  ])
  func daysAreCounted(_ text: String, _ days: Int) {
    #expect(ReferenceDate.day(text) == days)
    let parts = ReferenceDate.parts(ofDay: days)
    #expect(ReferenceDate.days(parts.year, parts.month, parts.day) == days)
  }

  @Test(arguments: ["", "{", "[1,]", "01x", "nul", "\"\\u12\"", "{\"a\" 1}", "1 2"])
  func brokenJSONIsNoTree(_ text: String) {
    #expect(JSONTree(parsing: text) == nil)
  }

  @Test func oneSeedGivesOneResource() {
    let first = GeneratedResource(seed: 7)
    let second = GeneratedResource(seed: 7)
    #expect(first.resource == second.resource)
    #expect(first.records == second.records)
    #expect(GeneratedResource(seed: 8).records != first.records)
  }
}
