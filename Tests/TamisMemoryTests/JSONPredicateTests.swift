import TamisMemory
import TamisModel
import Testing

@Suite struct JSONPredicateTests {
  private func document(_ json: String) throws -> Record { try sample("\"meta\":\(json)") }

  @Test func canonicalText() throws {
    let cases: [(String, String, Truth)] = [
      (#"{"k":"gold"}"#, "gold", .yes), (#"{"k":"gold"}"#, "Gold", .no), (#"{"k":5}"#, "5", .yes),
      (#"{"k":5.0}"#, "5", .yes), (#"{"k":5.0}"#, "5.0", .no), (#"{"k":5e2}"#, "500", .yes),
      (#"{"k":true}"#, "true", .yes), (#"{"k":false}"#, "true", .no), (#"{"k":"true"}"#, "true", .yes),
      (#"{"k":null}"#, "null", .unknown), (#"{}"#, "gold", .unknown), (#"{"k":{}}"#, "gold", .unknown),
      (#"{"k":["gold"]}"#, "gold", .unknown), (#"["gold"]"#, "gold", .unknown), ("null", "gold", .unknown),
      (#"{"a":{"k":"gold"},"K":"gold"}"#, "gold", .unknown), (#"{"x":{"k":1},"k":"gold"}"#, "gold", .yes),
      (#"{"k":"caf\u00e9 and a long text"}"#, "café and a long text", .yes),
      (#"{"k":0.12345678901234567890123}"#, "0.12345678901234567890123", .yes),
    ]
    for (json, operand, expected) in cases {
      let record = try document(json)
      #expect(try truth(.compare(meta("k"), .equal, .text(operand)), record) == expected, "\(json)")
      let opposite: Truth = expected == .yes ? .no : expected == .no ? .yes : .unknown
      #expect(try truth(.compare(meta("k"), .notEqual, .text(operand)), record) == opposite, "\(json)")
      #expect(
        try truth(.member(meta("k"), [.text("x"), .text(operand)], isNegated: false), record) == expected)
      #expect(
        try truth(.member(meta("k"), [.text("x"), .text(operand)], isNegated: true), record) == opposite)
      let pattern = TextPattern(bytes: Array(operand.utf8), ignoresCase: false)
      #expect(try truth(.pattern(meta("k"), pattern, isNegated: false), record) == expected)
    }
    let number = try document(#"{"k":12}"#)
    #expect(try truth(.compare(meta("k"), .less, .text("2")), number) == .yes, "text, not number")
    #expect(try truth(.compare(meta("k"), .equal, decimal("12")), number) == .unknown)
  }

  @Test func sameType() throws {
    let cases: [(String, Value, Truth)] = [
      (#""a""#, .text("a"), .yes), ("5", .text("5"), .unknown), ("5", decimal("5"), .yes),
      ("5.00", decimal("5"), .yes),
      ("5e0", decimal("5"), .yes), ("6", decimal("5"), .no), (#""5""#, decimal("5"), .unknown),
      ("1.5", decimal("1.5"), .yes), ("1e400", decimal("1e400"), .yes), ("true", .boolean(true), .yes),
      ("false", .boolean(true), .no), ("1", .boolean(true), .unknown), (#""true""#, .boolean(true), .unknown),
      ("null", .text("a"), .unknown), ("[]", .text("a"), .unknown), ("{}", decimal("5"), .unknown),
    ]
    for (json, operand, expected) in cases {
      let record = try document("{\"k\":\(json)}")
      let path = meta("k", reading: .sameType)
      let opposite: Truth = expected == .yes ? .no : expected == .no ? .yes : .unknown
      #expect(try truth(.compare(path, .equal, operand), record) == expected, "\(json) = \(operand)")
      #expect(try truth(.compare(path, .notEqual, operand), record) == opposite, "\(json) <> \(operand)")
      #expect(try truth(.member(path, [operand], isNegated: false), record) == expected)
      #expect(try truth(.member(path, [operand], isNegated: true), record) == opposite)
    }
    let path = meta("k", reading: .sameType)
    let half = try document(#"{"k":1.5}"#)
    #expect(try truth(.compare(path, .greater, decimal("1")), half) == .yes)
    #expect(try truth(.compare(path, .less, decimal("1.25")), half) == .no)
    let ten = try document(#"{"k":10}"#)
    #expect(try truth(.compare(path, .greater, decimal("9.5")), ten) == .yes)
    let mixed = [Value.text("10"), decimal("10"), .boolean(true)]
    #expect(try truth(.member(path, mixed, isNegated: false), ten) == .yes)
    #expect(
      try truth(
        .within(path, lower: decimal("1"), upper: decimal("10"), isHalfOpen: false, isNegated: false), ten)
        == .yes)
  }

  @Test func nullTestsAndDepth() throws {
    let record = try document(#"{"a":{"b":{"c":1}},"n":null,"l":[]}"#)
    let cases: [([String], Truth)] = [
      ([], .no), (["a"], .no), (["a", "b", "c"], .no), (["a", "c"], .yes), (["n"], .yes), (["l"], .no),
      (["l", "x"], .yes), (["a", "b", "c", "d"], .yes),
    ]
    for (keys, expected) in cases {
      for reading in [JSONReading.canonicalText, .sameType] {
        let path = FieldPath("meta", keys: keys, reading: reading)
        #expect(try truth(.isNull(path, isNegated: false), record) == expected, "\(keys)")
      }
    }
    for members in ["", #""meta":null"#] {
      #expect(try truth(.isNull("meta", isNegated: false), sample(members)) == .yes)
      #expect(try truth(.isNull(meta("a"), isNegated: false), sample(members)) == .yes)
    }
    // Without a path only null tests and containment have a meaning.
    #expect(
      try truth(.compare(FieldPath("meta", reading: .canonicalText), .equal, .text("a")), document(#""a""#))
        == .unknown)
  }

  /// The order of members says nothing, that of items does; numbers are equal by value.
  @Test(arguments: [
    (#"{"a":1,"b":[1,{}]}"#, #"{"b":[1.0,{}],"a":1e0}"#, true), (#"{"a":1}"#, #"{"b":1}"#, false),
    (#"{"a":1,"b":2}"#, #"{"a":1}"#, false), (#"{"a":1}"#, #"{"a":"1"}"#, false),
    (#"{"a":null}"#, "{}", false),
    (#"{"a":{"b":1}}"#, #"{"a":{"b":2}}"#, false), ("{}", "{}", true), ("{}", "[]", false),
    ("[]", "[]", true), ("[1,2]", "[1,2.0]", true), ("[1,2]", "[2,1]", false), ("[1,2]", "[1]", false),
    ("[[1,2]]", "[[1],2]", false), ("[[1,2],[3]]", "[[1,2],[3]]", true), ("[null]", "[null]", true),
    ("[null]", "[false]", false), ("true", "true", true), ("true", "false", false),
    (#""a""#, #""a""#, true), (#""a""#, #""b""#, false),
    (#""a long text of letters""#, #""a long text of letterS""#, false),
    ("12345678901234567890123", "12345678901234567890123.0", true),
    ("12345678901234567890123", "12345678901234567890124", false), ("-1", "1", false),
  ])
  func wholeDocuments(_ left: String, _ right: String, _ expected: Bool) throws {
    for (value, operand) in [(left, right), (right, left)] {
      let record = try document(value)
      #expect(try truth(.compare("meta", .equal, .json(operand)), record) == (expected ? .yes : .no))
      #expect(try truth(.compare("meta", .notEqual, .json(operand)), record) == (expected ? .no : .yes))
      #expect(try truth(.compare("meta", .notEqual, .json(operand)), sample("")) == .unknown)
    }
  }

  @Test(arguments: [
    (#"{"a":1,"b":2}"#, #"{"a":1}"#, true), (#"{"a":1}"#, #"{"a":1,"b":2}"#, false),
    (#"{"a":1}"#, "{}", true),
    (#"{"a":1.0}"#, #"{"a":1}"#, true), (#"{"a":"1"}"#, #"{"a":1}"#, false), ("[1,2,3]", "[3,1]", true),
    ("[1,2]", "[1,1,2,2]", true), ("[1,2]", "[4]", false), ("[1,2]", "[]", true),
    ("[1,[2,3]]", "[[3]]", true),
    ("[1,2]", "[[1]]", false), (#"[{"a":1,"b":2}]"#, #"[{"b":2}]"#, true),
    (#"["foo","bar"]"#, #""foo""#, true),
    (#""foo""#, #"["foo"]"#, false), (#""foo""#, #""foo""#, true),
    (#"{"a":["foo"]}"#, #"{"a":"foo"}"#, false),
    (#"{"a":["foo"]}"#, #"{"a":["foo"]}"#, true),
    (#"{"a":{"b":[1,{"c":null}]}}"#, #"{"a":{"b":[{"c":null}]}}"#, true),
    (#"{"a":{"b":1}}"#, #"{"a":{}}"#, true), (#"{"a":[]}"#, #"{"a":{}}"#, false), ("[null]", "null", true),
    (#"{"a":1}"#, "[]", false), ("[]", "{}", false), ("[true]", "[false]", false),
    ("[12345678901234567890]", "[12345678901234567890.0]", true),
    (#"{"a long member name":1}"#, #"{"a long member name":1}"#, true), (#"[[1,2],[3]]"#, "[[1],[3]]", true),
    ("5", "5", true),
    ("[[1]]", "1", false), (#"{"a":1}"#, "1", false),
  ])
  func containment(_ value: String, _ operand: String, _ expected: Bool) throws {
    let record = try document(value)
    let contains = Predicate.jsonContains("meta", json: operand, isNegated: false)
    #expect(try truth(contains, record) == (expected ? .yes : .no))
    let nested = try document("{\"x\":\(value)}")
    #expect(
      try truth(.jsonContains(meta("x"), json: operand, isNegated: false), nested) == (expected ? .yes : .no))
    #expect(try truth(.jsonContains(meta("y"), json: operand, isNegated: false), nested) == .unknown)
    #expect(try truth(contains, sample("")) == .unknown)
  }
}
