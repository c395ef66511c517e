import TamisMemory
public import TamisModel
import Testing

@Suite struct PredicateTests {
  @Test func comparisonsOfEveryType() throws {
    // A field, its JSON below, at and above the operand, the operand.
    let cases: [(String, [String], Value)] = [
      ("name", [#""Z""#, #""a""#, #""ab""#], .text("a")),
      (
        "name", [#""longer than e""#, #""longer than eight""#, #""longer thané""#], .text("longer than eight")
      ),
      ("count", ["-7", "5", "9223372036854775807"], .integer(5)),
      (
        "count", ["-9223372036854775807", #""9223372036854775806""#, "9223372036854775807"],
        .integer(.max - 1)
      ),
      ("total", ["-99999999999999999999999", "12", "99999999999999999999999"], decimal("12")),
      ("total", ["12", "99999999999999999999999", "1e23"], decimal("99999999999999999999999")),
      ("price", ["1.49", #""1.50""#, "1.51"], decimal("1.5")),
      ("price", ["-1.51", "-1.5", "-1.49"], decimal("-1.5")),
      (
        "price", ["123456789012345678901.01", "123456789012345678901.02", "123456789012345678901.03"],
        decimal("123456789012345678901.02")
      ),
      ("day", [#""1969-12-31""#, #""1970-01-01""#, #""1970-01-02T00:00:00Z""#], day(0)),
      (
        "at",
        [#""1970-01-01T00:00:00.999999Z""#, #""1970-01-01T02:00:01+02:00""#, #""9999-12-31T23:59:59Z""#],
        instant(1_000_000)
      ),
      ("active", ["false", "true"], .boolean(true)),
      ("state", [#""done""#, #""ready""#], .enumeration("ready")),
      ("state", ["4", "9"], .enumeration("ready")),
      (
        "key", [#""00000000-0000-0000-0000-00000000000A""#, #""10000000-0000-0000-0000-00000000000A""#],
        .uuid("10000000-0000-0000-0000-00000000000a")
      ),
    ]
    for (field, values, operand) in cases {
      for (place, json) in values.enumerated() {
        let record = try sample("\"\(field)\":\(json)")
        for comparison in Comparison.allCases {
          let expected: Truth = comparison.holds(forOrder: place - 1) ? .yes : .no
          let found = try truth(.compare(FieldPath(field), comparison, operand), record)
          #expect(found == expected, "\(json) \(comparison.symbol) \(operand)")
        }
      }
      for record in [try sample(""), try sample("\"\(field)\":null")] {
        for comparison in Comparison.allCases {
          #expect(try truth(.compare(FieldPath(field), comparison, operand), record) == .unknown)
        }
        #expect(try truth(.member(FieldPath(field), [operand], isNegated: false), record) == .unknown)
        #expect(try truth(.member(FieldPath(field), [operand], isNegated: true), record) == .unknown)
        #expect(try truth(.isNull(FieldPath(field), isNegated: false), record) == .yes)
        #expect(try truth(.isNull(FieldPath(field), isNegated: true), record) == .no)
      }
    }
  }

  /// Operands that no cell can hold: finer than the scale, larger than 64 bits.
  @Test(arguments: [
    ("price", "1.5", "1.505", -1), ("price", "-1.5", "-1.505", 1), ("price", "-1.51", "-1.505", -1),
    ("price", "5", "1e30", -1), ("price", "5", "-1e30", 1), ("total", "7", "7.5", -1),
    ("total", "-7", "-7.5", 1),
    ("total", "-9223372036854775808", "-9223372036854775808", 0), ("price", "0", "0.001", -1),
    ("price", "0", "-0.001", 1), ("total", "99999999999999999999", "99999999999999999999.5", -1),
  ])
  func decimalsBeyondACell(_ field: String, _ json: String, _ operand: String, _ order: Int) throws {
    let record = try sample("\"\(field)\":\(json)")
    for comparison in Comparison.allCases {
      let expected: Truth = comparison.holds(forOrder: order) ? .yes : .no
      #expect(try truth(.compare(FieldPath(field), comparison, decimal(operand)), record) == expected)
    }
    let member = Predicate.member(FieldPath(field), [decimal("3"), decimal(operand)], isNegated: false)
    #expect(try truth(member, record) == (order == 0 ? .yes : .no))
  }

  @Test func ranges() throws {
    func check(_ members: String, _ field: String, _ low: Value, _ high: Value, closed: Truth, open: Truth)
      throws
    {
      let record = try sample(members)
      let path = FieldPath(field)
      for (isHalfOpen, expected) in [(false, closed), (true, open)] {
        let inside = Predicate.within(path, lower: low, upper: high, isHalfOpen: isHalfOpen, isNegated: false)
        let outside = Predicate.within(path, lower: low, upper: high, isHalfOpen: isHalfOpen, isNegated: true)
        #expect(try truth(inside, record) == expected)
        #expect(try truth(outside, record) == (expected == .yes ? .no : expected == .no ? .yes : .unknown))
      }
    }
    try check(#""count":1"#, "count", .integer(1), .integer(9), closed: .yes, open: .yes)
    try check(#""count":9"#, "count", .integer(1), .integer(9), closed: .yes, open: .no)
    try check(#""count":10"#, "count", .integer(1), .integer(9), closed: .no, open: .no)
    try check(#""count":5"#, "count", .integer(9), .integer(1), closed: .no, open: .no)
    try check(#""count":5"#, "count", .integer(.min), .integer(.min), closed: .no, open: .no)
    try check("", "count", .integer(1), .integer(9), closed: .unknown, open: .unknown)
    try check(#""name":"b""#, "name", .text("a"), .text("b"), closed: .yes, open: .no)
    try check(#""price":"2.00""#, "price", decimal("1.5"), decimal("2"), closed: .yes, open: .no)
    try check(#""price":"2.00""#, "price", decimal("1.999"), decimal("2.001"), closed: .yes, open: .yes)
    try check(#""price":1e24"#, "price", decimal("1e24"), decimal("1e24"), closed: .yes, open: .no)
    try check(#""day":"1970-01-02""#, "day", day(0), day(1), closed: .yes, open: .no)
    try check(#""at":"1970-01-01T00:00:01Z""#, "at", instant(0), instant(1_000_000), closed: .yes, open: .no)
  }

  @Test func lists() throws {
    let texts = (0..<40).map { Value.text("text number \($0)") }
    let record = try sample(#""name":"text number 7","count":7,"price":"7.10","total":12345678901234567890"#)
    func check(_ field: String, _ values: [Value], _ expected: Truth) throws {
      #expect(try truth(.member(FieldPath(field), values, isNegated: false), record) == expected)
      #expect(
        try truth(.member(FieldPath(field), values, isNegated: true), record)
          == (expected == .yes ? .no : .yes))
    }
    try check("name", texts, .yes)
    try check("name", texts.filter { $0 != .text("text number 7") }, .no)
    try check("name", [.text("text number"), .text("text number 77"), .text("text nu")], .no)
    try check("count", (0..<100).map { .integer($0 * 2) }, .no)
    try check("count", (0..<100).reversed().map { .integer($0) }, .yes)
    try check("price", [decimal("7.1"), decimal("7.105")], .yes)
    try check("price", [decimal("7.105")], .no)
    try check(
      "total", [decimal("1"), decimal("12345678901234567890"), decimal("99999999999999999999")], .yes)
    try check("total", [decimal("12345678901234567891")], .no)
    let empty = try sample("")
    #expect(try truth(.member("name", [], isNegated: false), record) == .no)
    #expect(try truth(.member("name", [], isNegated: false), empty) == .no)
    #expect(try truth(.member("name", [], isNegated: true), empty) == .yes)
  }

  @Test func patterns() throws {
    let prefix = TextPattern(bytes: Array("Ab".utf8) + [TextPattern.anyRun], ignoresCase: false)
    let folded = TextPattern(bytes: Array("aB".utf8) + [TextPattern.anyRun], ignoresCase: true)
    let record = try sample(#""name":"Abc""#)
    #expect(try truth(.pattern("name", prefix, isNegated: false), record) == .yes)
    #expect(try truth(.pattern("name", prefix, isNegated: true), record) == .no)
    #expect(try truth(.pattern("name", folded, isNegated: false), record) == .yes)
    #expect(try truth(.pattern("name", folded, isNegated: false), sample(#""name":"ÀB""#)) == .no)
    #expect(try truth(.pattern("name", prefix, isNegated: false), sample("")) == .unknown)
    #expect(try truth(.pattern("name", prefix, isNegated: true), sample("")) == .unknown)
  }

  @Test func twoFields() throws {
    func check(_ members: String, _ left: FieldPath, _ right: FieldPath, _ order: Int?) throws {
      let record = try sample(members)
      for comparison in Comparison.allCases {
        let expected: Truth = order.map { comparison.holds(forOrder: $0) ? .yes : .no } ?? .unknown
        #expect(try truth(.compareFields(left, comparison, right), record) == expected, "\(members)")
      }
    }
    try check(#""count":5,"floor":5"#, "count", "floor", 0)
    try check(#""count":4,"floor":5"#, "count", "floor", -1)
    try check(#""count":4"#, "count", "floor", nil)
    try check(#""floor":4"#, "count", "floor", nil)
    try check(#""name":"b","other":"a longer text""#, "name", "other", 1)
    try check(#""price":"1.10","rate":"1.1""#, "price", "rate", 0)
    try check(#""price":"1.10","rate":"1.101""#, "price", "rate", -1)
    try check(#""count":2,"rate":"1.101""#, "count", "rate", 1)
    try check(#""total":99999999999999999999,"count":3"#, "total", "count", 1)
    try check(#""total":99999999999999999999,"price":"99999999999999999999.00""#, "total", "price", 0)
    // Types that never compare.
    try check(#""name":"b","count":1"#, "name", "count", nil)
  }

  @Test func threeValuedLogic() throws {
    let record = try sample(#""count":1"#)
    let values: [(Predicate, Truth)] = [
      (.compare("count", .equal, .integer(1)), .yes), (.compare("count", .equal, .integer(2)), .no),
      (.compare("floor", .equal, .integer(1)), .unknown),
    ]
    for (left, first) in values {
      for (right, second) in values {
        let and: Truth =
          first == .no || second == .no ? .no : first == .yes && second == .yes ? .yes : .unknown
        let or: Truth =
          first == .yes || second == .yes ? .yes : first == .no && second == .no ? .no : .unknown
        #expect(try truth(.and([left, right]), record) == and)
        #expect(try truth(.or([left, right]), record) == or)
        #expect(try truth(.not(.not(.and([left, right]))), record) == and)
        #expect(
          try truth(.or([.not(left), .not(right)]), record)
            == (and == .yes ? .no : and == .no ? .yes : .unknown))
      }
    }
    #expect(try truth(.and([]), record) == .yes)
    #expect(try truth(.or([]), record) == .no)
    #expect(try truth(.always, record) == .yes)
    #expect(try truth(.never, record) == .no)
  }

  @Test func relations() throws {
    let amountIsOne = Predicate.compare("amount", .equal, .integer(1))
    let overLimit = Predicate.compareFields("amount", .greater, "limit")
    func check(_ members: String, _ relation: String, _ inner: Predicate, _ expected: Truth) throws {
      let record = try sample(members)
      #expect(try truth(.any(relation: relation, inner, isNegated: false), record) == expected, "\(members)")
      #expect(
        try truth(.any(relation: relation, inner, isNegated: true), record) == (expected == .yes ? .no : .yes)
      )
    }
    try check(#""items":[{"amount":2},{"amount":1}]"#, "items", amountIsOne, .yes)
    try check(#""items":[{"amount":2},{"amount":null},{}]"#, "items", amountIsOne, .no)
    try check(#""items":[{"amount":null}]"#, "items", amountIsOne, .no)
    try check(#""items":[{"amount":null}]"#, "items", .not(amountIsOne), .no)
    try check(#""items":[{"amount":2}]"#, "items", .not(amountIsOne), .yes)
    try check(#""items":[{"amount":1,"limit":5},{"amount":9,"limit":7}]"#, "items", overLimit, .yes)
    try check(#""items":[{"amount":1,"limit":5},{"amount":6,"limit":7}]"#, "items", overLimit, .no)
    try check(
      #""items":[{"amount":1},{"limit":5}]"#, "items",
      .and([amountIsOne, .isNull("limit", isNegated: true)]), .no)
    for json in ["[]", "null", "5", #"{"amount":1}"#, #"[1,"x",null,[{"amount":1}]]"#] {
      try check("\"items\":\(json)", "items", amountIsOne, .no)
      try check("\"items\":\(json)", "items", .always, .no)
    }
    try check("", "items", .always, .no)
    try check(#""items":[{}]"#, "items", .always, .yes)
    try check(#""owner":{"name":"a"}"#, "owner", .compare("name", .equal, .text("a")), .yes)
    try check(#""owner":[{"name":"a"}]"#, "owner", .compare("name", .equal, .text("a")), .no)
  }

  /// Which elements are shown is asked of one relation's elements alone.
  @Test func elementsOfOneRelationAreShown() throws {
    let record = try sample(#""items":[{"amount":1},{"amount":2}],"owner":{"name":"a"}"#)
    let query = try #require(Query(samples))
    let elements = record.elements(of: 0) + record.elements(of: 1)
    func shown(_ inclusion: Inclusion) -> [Bool] { elements.map(ElementFilter(query, inclusion).holds) }
    #expect(
      shown(Inclusion("items", where: .compare("amount", .equal, .integer(1)))) == [true, false, false])
    #expect(shown(Inclusion("owner")) == [false, false, true])
    #expect(shown(Inclusion("nothing")) == [false, false, false])
  }

  /// The positions are right wherever the records come from, and across the batches of a long set.
  @Test func indices() throws {
    let lines = (0..<5_000).map { #"{"id":"\#($0)","count":\#($0 % 7),"items":[{"amount":\#($0 % 3)}]}"# }
    let set = try sampleReader.readAll(Array(lines.joined(separator: "\n").utf8))
    let query = try #require(
      Query(
        samples,
        where: .or([
          .compare("count", .equal, .integer(3)),
          .any(relation: "items", .compare("amount", .equal, .integer(2)), isNegated: false),
          .compare("id", .equal, .text("4999")),
        ])))
    let expected = (0..<5_000).filter { $0 % 7 == 3 || $0 % 3 == 2 || $0 == 4_999 }
    let predicate = RecordSetPredicate(query)
    #expect(try predicate.indices(in: set) == expected)
    #expect(try predicate.indices(in: Array(set)) == expected)
    let reversed = Array(set.reversed())
    #expect(try predicate.indices(in: reversed) == expected.map { 4_999 - $0 }.reversed())
    let mixed = try lines[0..<50].map { try sampleReader.read($0) } + set[50..<5_000]
    #expect(try predicate.indices(in: mixed) == expected)
    let moved = Array(set[100..<3_000]) + Array(set[0..<100])
    let back = expected.filter { $0 < 3_000 }.map { $0 < 100 ? $0 + 2_900 : $0 - 100 }.sorted()
    #expect(try predicate.indices(in: moved) == back)
    #expect(try predicate.indices(in: [Record]()) == [])
  }
}

extension FieldPath: ExpressibleByStringLiteral {
  public init(stringLiteral name: String) { self.init(name) }
}
