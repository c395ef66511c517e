import TamisModel
import TamisSQL
import Testing

@Suite struct EncodingTests {
  private static let numbers = [
    "-123456789012345678901234567890.5", "-123456789012345678901234567890", "-1000", "-999.99", "-100",
    "-12.55",
    "-12.5", "-12", "-1.01", "-1", "-0.5", "-0.05", "-0.001", "0", "0.001", "0.05", "0.5", "1", "1.01", "12",
    "12.5",
    "12.55", "99", "100", "999.99", "1000", "123456789012345678901234567890",
    "123456789012345678901234567890.5",
  ]

  private func ordered(_ text: String) -> [UInt8] { Array(OrderedText.encode(Array(text.utf8)[...]).utf8) }

  @Test func orderedTextSortsAsTheNumbersDo() {
    for (left, first) in Self.numbers.enumerated() {
      for (right, second) in Self.numbers.enumerated() {
        #expect(
          ordered(first).lexicographicallyPrecedes(ordered(second)) == (left < right), "\(first) \(second)")
        #expect((ordered(first) == ordered(second)) == (left == right))
      }
    }
    #expect(String(decoding: ordered("12.5"), as: UTF8.self) == "10002125")
    #expect(String(decoding: ordered("-12.5"), as: UTF8.self) == "09997874~")
  }

  @Test func orderedTextBeyondItsLengthIsBeyondAll() {
    let long = String(repeating: "9", count: 10_000)
    #expect(!OrderedText.holds(Array(long.utf8)[...]))
    for number in Self.numbers + ["-" + long.dropLast(), String(long.dropLast())] {
      #expect(ordered(number).lexicographicallyPrecedes(ordered(long)))
      #expect(ordered("-" + long).lexicographicallyPrecedes(ordered(number)))
    }
  }

  @Test func scaledLiteralsRoundAsTheirComparisonNeeds() {
    func literal(_ text: String, _ rounding: ScaledInteger.Rounding) -> Int64 {
      ScaledInteger.literal(Array(text.utf8)[...], scale: 2, rounding: rounding)
    }
    let limit: Int64 = 1_000_000_000_000_000_000
    for (text, down, up, exact) in [
      ("1.5", 150, 150, 150), ("-1.5", -150, -150, -150), ("0", 0, 0, 0), ("1.255", 125, 126, limit),
      ("-1.255", -126, -125, limit), ("0.001", 0, 1, limit), ("-0.001", -1, 0, limit),
      ("9999999999999999.99", limit - 1, limit - 1, limit - 1), ("10000000000000000", limit, limit, limit),
      ("9999999999999999.999", limit - 1, limit, limit), ("-10000000000000000", -limit, -limit, -limit),
      ("123456789012345678901234567890.001", limit, limit, limit),
    ] as [(String, Int64, Int64, Int64)] {
      #expect(literal(text, .down) == down, "\(text)")
      #expect(literal(text, .up) == up, "\(text)")
      #expect(literal(text, .exact) == exact, "\(text)")
    }
  }

  @Test func successors() {
    for (prefix, next) in [
      ("a", "b"), ("az", "a{"), ("\u{D7FF}", "\u{E000}"), ("a\u{10FFFF}", "b"), ("\u{7F}", "\u{80}"),
      ("é", "ê"),
      ("\u{10FFFF}\u{10FFFE}", "\u{10FFFF}\u{10FFFF}"), ("\u{10FFFF}", nil), ("", nil),
    ] as [(String, String?)] {
      #expect(PrefixSuccessor.of(Array(prefix.utf8)[...]) == next, "\(prefix)")
    }
  }

  @Test func postgreSQLTexts() {
    let day = Timestamp.microsecondsPerDay
    for (binding, text) in [
      (.null, nil), (.integer(-5), "-5"), (.text("a'b"), "a'b"), (.boolean(true), "true"),
      (.decimal("1.5"), "1.5"),
      (.timestamp(0), "1970-01-01 00:00:00.000000+00"), (.timestamp(-1), "1969-12-31 23:59:59.999999+00"),
      (.timestamp(Timestamp.end), "10000-01-01 00:00:00.000000+00"),
      (.timestamp(Timestamp.minimum - 1), "0001-12-31 23:59:59.999999+00 BC"),
      (.timestamp(Int64.min), "-infinity"), (.timestamp(Int64.max), "infinity"),
      (.timestamp(day * 366), "1971-01-02 00:00:00.000000+00"), (.date(0), "1970-01-01"),
      (.date(CalendarDate.endDays), "10000-01-01"), (.date(CalendarDate.minimumDays - 366), "0001-01-01 BC"),
      (.date(Int64.min), "-infinity"), (.date(Int64.max), "infinity"), (.uuid("x"), "x"),
      (.bytes([0, 255, 16]), "\\x00ff10"), (.json("{}"), "{}"), (.array([]), "{}"),
      (
        .array([.text("a"), .text("b\"\\,{}"), .text(""), .text("NULL"), .null]),
        #"{"a","b\"\\,{}","","NULL",NULL}"#
      ),
      (.array([.integer(1), .integer(-2)]), #"{"1","-2"}"#),
    ] as [(SQLBinding, String?)] {
      #expect(binding.postgreSQLText == text, "\(binding)")
    }
  }

  @Test func whatNoNumberIsWrittenAsIsNone() {
    #expect(OrderedText.decode("100015") == "5")
    #expect(OrderedText.decode("10000") == nil)
    #expect(OrderedText.decode("1000a5") == nil)
    #expect(OrderedText.decode("10001:") == nil)
    #expect(OrderedText.decode("100025") == nil)
    #expect(OrderedText.decode("099984") == nil)
    #expect(OrderedText.decode("099984~") == "-5")
  }

  @Test func dialectsAreFoundByName() {
    for dialect in SQLDialect.all { #expect(SQLDialect.named(dialect.name) == dialect) }
    #expect(
      SQLDialect.all.map(\.name) == [
        "postgresql", "sqlite", "mariadb", "duckdb", "clickhouse", "spark", "mysql", "trino",
      ])
    #expect(SQLDialect.named("PostgreSQL") == nil)
  }

  /// A document is stored without blanks, needless escapes or exponents; what is declared inside it is put in its place.
  @Test func documentsAreComposed() throws {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("doc", .json).nullable()
      Field("n", .decimal(precision: 10, scale: 2)).inJSON("doc", "a", "n").nullable()
      Field("at", .timestamp).inJSON("doc", "at").nullable()
      Relation("items", .many) { Field("x", .integer).nullable() }.inJSON("doc", "items")
    }
    func document(_ json: String?, _ n: String?, _ items: [[Value?]], _ dialect: SQLDialect) throws
      -> SQLBinding
    {
      let values: [Value?] = [
        .integer(1), json.map { .json($0) }, n.map { .decimal(Decimal(canonical: $0)) },
        .timestamp(Timestamp(microseconds: 0)),
      ]
      let rows = try SQLTable(resource: resource, dialect: dialect)
        .rows(for: [StoredRecord(values: values, elements: [items])])
      return rows[0].bindings[1]
    }
    let json = #" { "k" : [1e3, 1.50, -0.0], "\u0061" : {"m":"\u00e9\n"} } "#
    #expect(
      try document(json, "1.5", [[.integer(1)], [nil]], .postgreSQL)
        == .json(
          #"{"k":[1000,1.5,0],"a":{"m":"é\n","n":1.5},"at":"1970-01-01T00:00:00.000000Z","items":[{"x":1},{}]}"#
        ))
    #expect(
      try document(nil, "1.5", [], .sqlite)
        == .json(#"{"a":{"n":"1000115"},"at":"1970-01-01T00:00:00.000000Z","items":[]}"#))
  }
}
