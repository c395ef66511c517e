#if CommandLine
  import TamisEngines
  import TamisModel
  import TamisSQL
  import Testing

  /// A filter, and the records it selects by hand, in the order of their keys.
  struct ExecutionCase {
    var predicate: Predicate
    var ids: [Int]
    var line: Int

    init(_ predicate: Predicate, _ ids: [Int], line: Int = #line) {
      self.predicate = predicate
      self.ids = ids
      self.line = line
    }
  }

  private func field(_ name: String) -> FieldPath { FieldPath(name) }
  private func url(_ keys: String...) -> FieldPath { FieldPath("meta", keys: keys, reading: .canonicalText) }
  private func body(_ keys: String...) -> FieldPath { FieldPath("meta", keys: keys, reading: .sameType) }
  private func compare(_ name: String, _ comparison: Comparison, _ value: Value) -> Predicate {
    .compare(field(name), comparison, value)
  }
  private func like(_ path: FieldPath, _ text: String, any: Bool = false, not: Bool = false) -> Predicate {
    // `%` and `_` are the wildcards, `~` a literal next.
    var bytes: [UInt8] = []
    var isLiteral = false
    for byte in text.utf8 {
      if isLiteral {
        bytes.append(byte)
        isLiteral = false
      } else if byte == UInt8(ascii: "~") {
        isLiteral = true
      } else if byte == UInt8(ascii: "%") {
        bytes.append(TextPattern.anyRun)
      } else if byte == UInt8(ascii: "_") {
        bytes.append(TextPattern.anyOne)
      } else {
        bytes.append(byte)
      }
    }
    return .pattern(path, TextPattern(bytes: bytes, ignoresCase: any), isNegated: not)
  }
  private func name(_ text: String, any: Bool = false, not: Bool = false) -> Predicate {
    like(field("name"), text, any: any, not: not)
  }
  private func decimal(_ text: String) -> Value { SQLSamples.decimal(text) }
  private func instant(_ microseconds: Int64) -> Value { SQLSamples.instant(microseconds) }
  private func day(_ days: Int64) -> Value { SQLSamples.day(days) }
  private func contains(_ json: String, _ keys: String..., not: Bool = false) -> Predicate {
    .jsonContains(FieldPath("meta", keys: keys), json: json, isNegated: not)
  }

  enum ExecutionCases {
    private static let all = Array(1...12)
    private static let named = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]

    static let logic: [ExecutionCase] = [
      .init(.always, all), .init(.never, []), .init(.and([]), all), .init(.or([]), []),
      .init(.not(.and([])), []), .init(.not(.or([])), all), .init(.not(.always), []),
      .init(
        .and([
          .or([compare("id", .equal, .integer(1)), compare("id", .equal, .integer(2))]),
          compare("count", .greater, .integer(0)),
        ]), [1]),
      .init(
        .or([
          .and([compare("id", .equal, .integer(1)), compare("id", .equal, .integer(2))]),
          compare("count", .less, .integer(0)),
        ]), [2, 4]),
      .init(
        .not(.and([compare("count", .greater, .integer(0)), compare("count", .less, .integer(6))])),
        [2, 3, 4]),
      .init(.not(.or([compare("count", .greater, .integer(5)), compare("count", .less, .integer(0))])), [1]),
      .init(.not(.not(compare("count", .equal, .integer(5)))), [1]),
      .init(.not(compare("count", .equal, .integer(5))), [2, 3, 4]),
      .init(.not(.isNull(field("count"), isNegated: false)), [1, 2, 3, 4]),
      .init(.not(name("a%")), [2, 4, 6, 7, 8, 9, 11, 12]),
      .init(.not(.member(field("count"), [.integer(5)], isNegated: true)), [1]),
      .init(
        .not(
          .within(
            field("count"), lower: .integer(-5), upper: .integer(5), isHalfOpen: false, isNegated: false)),
        [3, 4]),
    ]

    static let text: [ExecutionCase] = [
      .init(compare("name", .equal, .text("abc")), [1]),
      .init(compare("name", .equal, .text("")), [4]),
      .init(compare("name", .notEqual, .text("abc")), [2, 3, 4, 6, 7, 8, 9, 10, 11, 12]),
      .init(compare("name", .less, .text("ab")), [2, 4, 12]),
      .init(compare("name", .greaterOrEqual, .text("abc")), [1, 6, 7, 8, 9, 10, 11]),
      .init(compare("name", .greater, .text("é")), [6, 7, 9, 11]),
      .init(
        .within(field("name"), lower: .text("B"), upper: .text("ab"), isHalfOpen: false, isNegated: false),
        [3, 12]),
      .init(
        .within(field("name"), lower: .text("B"), upper: .text("ab"), isHalfOpen: true, isNegated: false),
        [12]),
      .init(
        .within(field("name"), lower: .text("B"), upper: .text("abc"), isHalfOpen: true, isNegated: true),
        [1, 2, 4, 6, 7, 8, 9, 10, 11]),
      .init(
        .member(field("name"), [.text("abc"), .text(""), .text("kelvin")], isNegated: false), [1, 4, 8]),
      .init(
        .member(field("name"), [.text("abc"), .text("a\"b"), .text("{},\\NULL")], isNegated: true),
        [2, 3, 4, 6, 7, 8, 9, 10, 11, 12]),
      .init(.member(field("name"), [], isNegated: false), []),
      .init(.member(field("name"), [], isNegated: true), all),
      .init(.isNull(field("name"), isNegated: false), [5]),
      .init(.isNull(field("name"), isNegated: true), named),
    ]

    static let patterns: [ExecutionCase] = [
      .init(name("abc"), [1]), .init(name("abc", any: true), [1, 2]), .init(name("ABC", any: true), [1, 2]),
      .init(name("abc", any: true, not: true), [3, 4, 6, 7, 8, 9, 10, 11, 12]),
      .init(name("%"), named), .init(name("%", not: true), []), .init(name("%", any: true), named),
      .init(name("ab%"), [1, 3, 10]), .init(name("AB%", any: true), [1, 2, 3, 10]),
      .init(name("ab%", not: true), [2, 4, 6, 7, 8, 9, 11, 12]),
      .init(name("\u{10FFFF}x%"), [11]), .init(name("é~%~_%"), [6]),
      .init(name("k%", any: true), [8]), .init(name("K%", any: true), [8]),
      .init(name("\u{212A}%", any: true), [7]),
      .init(name("s%", any: true), []), .init(name("S%", any: true), []), .init(name("É%", any: true), []),
      .init(name("%c"), [1]), .init(name("%C", any: true), [1, 2]),
      .init(
        name("%c", not: true),
        [2, 3, 4, 6, 7, 8, 9, 10, 11, 12]),
      .init(name("%x"), [6, 11]), .init(name("%]x"), [6]), .init(name("%*?[]x"), [6]),
      .init(name("%b%"), [1, 3, 10, 12]), .init(name("%B%", any: true), [1, 2, 3, 10, 12]),
      .init(name("%b%", not: true), [2, 4, 6, 7, 8, 9, 11]),
      .init(name("%~%~_\\!%"), [6]), .init(name("% %"), [10]), .init(name("%'%"), []),
      .init(name("___"), [1, 2]), .init(name("__"), [3, 11]), .init(name("_x"), [11]), .init(name("_"), []),
      .init(name("_elvin"), [7, 8]), .init(name("a%c"), [1]), .init(name("a%c", any: true), [1, 2]),
      .init(name("a_%"), [1, 3, 10]), .init(name("%_!%*%["), []), .init(name("%_!%*%[%"), [6]),
      .init(name("é~%~_\\!*?[]_"), [6]), .init(name("_~%%[]%"), [6]),
      .init(
        name("_b_", not: true),
        [2, 3, 4, 6, 7, 8, 9, 10, 11, 12]),
    ]

    static let numbers: [ExecutionCase] = [
      .init(compare("count", .greaterOrEqual, .integer(5)), [1, 3]),
      .init(compare("count", .equal, .integer(Int64.max)), [3]),
      .init(compare("count", .lessOrEqual, .integer(Int64.min)), [4]),
      .init(.member(field("count"), [.integer(5), .integer(-5), .integer(7)], isNegated: false), [1, 2]),
      .init(.member(field("count"), [.integer(5), .integer(-5), .integer(7)], isNegated: true), [3, 4]),
      .init(compare("big", .greater, decimal("5")), [3]), .init(compare("big", .less, decimal("-5")), [4]),
      .init(compare("big", .equal, decimal("123456789012345678901234567890")), [3]),
      .init(compare("big", .less, decimal("123456789012345678901234567890")), [1, 2, 4]),
      .init(compare("amount", .equal, decimal("1.5")), [1]),
      .init(compare("amount", .equal, decimal("1.505")), []),
      .init(compare("amount", .notEqual, decimal("1.505")), [1, 2, 3, 4]),
      .init(compare("amount", .less, decimal("1.505")), [1, 2, 4]),
      .init(compare("amount", .lessOrEqual, decimal("1.505")), [1, 2, 4]),
      .init(compare("amount", .greater, decimal("1.495")), [1, 3]),
      .init(compare("amount", .greaterOrEqual, decimal("1.505")), [3]),
      .init(compare("amount", .less, decimal("-1.495")), [2, 4]),
      .init(compare("amount", .lessOrEqual, decimal("-1.505")), [4]),
      .init(compare("amount", .greater, decimal("-1.505")), [1, 2, 3]),
      .init(compare("amount", .greaterOrEqual, decimal("-1.495")), [1, 3]),
      .init(compare("amount", .less, decimal("100000000000000000000000")), [1, 2, 3, 4]),
      .init(compare("amount", .greaterOrEqual, decimal("100000000000000000000000")), []),
      .init(compare("amount", .greater, decimal("-100000000000000000000000")), [1, 2, 3, 4]),
      .init(compare("amount", .notEqual, decimal("-100000000000000000000000")), [1, 2, 3, 4]),
      .init(
        .within(
          field("amount"), lower: decimal("-1.505"), upper: decimal("1.505"), isHalfOpen: false,
          isNegated: false), [1, 2]),
      .init(
        .within(
          field("amount"), lower: decimal("-1.5"), upper: decimal("1.5"), isHalfOpen: true,
          isNegated: false), [2]),
      .init(
        .within(
          field("amount"), lower: decimal("-1.495"), upper: decimal("1.495"), isHalfOpen: false,
          isNegated: true), [1, 2, 3, 4]),
      .init(.member(field("amount"), [decimal("1.5"), decimal("1.505")], isNegated: false), [1]),
      .init(.member(field("amount"), [decimal("1.5"), decimal("1.505")], isNegated: true), [2, 3, 4]),
      .init(compare("huge", .greater, decimal("0.5")), [3]),
      .init(compare("huge", .less, decimal("-0.49999999999999999999")), [2, 4]),
      .init(compare("huge", .greaterOrEqual, decimal("1234567890123456789012345678.0123456789")), [3]),
      .init(compare("huge", .greater, decimal("1234567890123456789012345678.0123456789")), []),
      .init(.compareFields(field("count"), .equal, field("other")), [1]),
      .init(.compareFields(field("count"), .less, field("other")), [2]),
      .init(.not(.compareFields(field("count"), .less, field("other"))), [1, 3]),
    ]

    static let others: [ExecutionCase] = [
      .init(compare("flag", .equal, .boolean(true)), [1]),
      .init(compare("flag", .notEqual, .boolean(true)), [2]),
      .init(.member(field("flag"), [.boolean(true), .boolean(false)], isNegated: false), [1, 2]),
      .init(compare("token", .equal, .uuid("ff000000-0000-0000-0000-00000000000a")), [2]),
      .init(
        .member(
          field("token"),
          [
            .uuid("ff000000-0000-0000-0000-00000000000a"),
            .uuid("00000000-0000-0000-0000-000000000000"),
          ], isNegated: true), [1]),
      .init(compare("day", .less, day(0)), [2, 4]),
      .init(compare("day", .less, day(CalendarDate.endDays)), [1, 2, 3, 4]),
      .init(compare("day", .greaterOrEqual, day(CalendarDate.endDays)), []),
      .init(compare("day", .equal, day(CalendarDate.minimumDays)), [4]),
      .init(.within(field("day"), lower: day(-1), upper: day(0), isHalfOpen: true, isNegated: false), [2]),
      .init(.member(field("day"), [day(0), day(1)], isNegated: false), [1]),
      .init(compare("at", .less, instant(0)), [2, 4]), .init(compare("at", .equal, instant(-1)), [2]),
      .init(compare("at", .less, instant(Timestamp.end)), [1, 2, 3, 4]),
      .init(compare("at", .greaterOrEqual, instant(Timestamp.end)), []),
      .init(compare("at", .greater, instant(Timestamp.minimum - 1)), [1, 2, 3, 4]),
      .init(compare("at", .greater, instant(Int64.min)), [1, 2, 3, 4]),
      .init(compare("at", .less, instant(Int64.max)), [1, 2, 3, 4]),
      .init(
        .within(
          field("at"), lower: instant(-1), upper: instant(Timestamp.end), isHalfOpen: true, isNegated: false),
        [1, 2, 3]),
      .init(
        .within(field("at"), lower: instant(-1), upper: instant(0), isHalfOpen: true, isNegated: true),
        [1, 3, 4]),
      .init(.member(field("at"), [instant(0), instant(5)], isNegated: true), [2, 3, 4]),
      .init(compare("status", .equal, .enumeration("closed")), [2]),
      .init(compare("status", .greater, .enumeration("closed")), [1, 6]),
      .init(
        .member(field("status"), [.enumeration("active"), .enumeration("draft")], isNegated: false), [1, 6]),
      .init(compare("tier", .notEqual, .enumeration("gold")), [2]),
    ]

    static let json: [ExecutionCase] = [
      .init(.compare(url("k"), .equal, .text("a")), [1]),
      .init(.compare(url("k"), .equal, .text("1.5")), [2, 4]),
      .init(.compare(url("k"), .equal, .text("true")), [7]),
      .init(.compare(url("n"), .equal, .text("1000")), [4]),
      .init(.compare(url("n"), .equal, .text("1.5")), [1, 2]),
      .init(.compare(url("n"), .equal, .text("-1000000000000000000000000.25")), [3]),
      .init(.compare(url("k"), .notEqual, .text("a")), [2, 4, 6, 7, 9, 10]),
      .init(.compare(url("k"), .less, .text("a")), [2, 4, 9, 10]),
      .init(.member(url("k"), [.text("a"), .text("é"), .text("x")], isNegated: false), [1, 6]),
      .init(.member(url("k"), [.text("a"), .text("é"), .text("x")], isNegated: true), [2, 4, 7, 9, 10]),
      .init(.isNull(url("k"), isNegated: false), [3, 5, 11, 12]),
      .init(.isNull(url("k"), isNegated: true), [1, 2, 4, 6, 7, 8, 9, 10]),
      .init(.isNull(field("meta"), isNegated: false), [5]),
      .init(.compare(url("deep", "x", "y"), .equal, .text("z")), [1]),
      .init(.isNull(url("deep", "x", "y"), isNegated: true), [1]),
      .init(.compare(url("tags"), .equal, .text("a")), [4]),
      .init(.compare(url("it's \u{E9}"), .equal, .text("a")), []),
      .init(.compare(url("0"), .equal, .text("1")), []),
      .init(like(url("k"), "a%", any: true), [1, 10]), .init(like(url("k"), "%5"), [2, 4]),
      .init(like(url("k"), "_"), [1, 6, 10]), .init(like(url("k"), "%", not: true), []),
      .init(.compare(body("k"), .equal, .text("1.5")), [2]),
      .init(.compare(body("k"), .equal, decimal("1.5")), [4]),
      .init(.compare(body("k"), .notEqual, decimal("1.6")), [4]),
      .init(.compare(body("k"), .equal, .boolean(true)), [7]),
      .init(.compare(body("t"), .notEqual, .boolean(true)), [3]),
      .init(.compare(body("k"), .notEqual, .text("a")), [2, 6, 9, 10]),
      .init(.member(body("k"), [.text("a"), decimal("1.5"), .boolean(true)], isNegated: false), [1, 4, 7]),
      .init(.member(body("k"), [.text("a"), decimal("1.5")], isNegated: true), []),
      .init(.member(body("n"), [decimal("1.5"), decimal("9")], isNegated: true), [3, 4, 7, 8, 9, 10]),
      .init(.compare(body("n"), .less, decimal("9")), [1, 3, 8, 9, 10]),
      .init(.compare(body("n"), .lessOrEqual, decimal("9")), [1, 3, 6, 8, 9, 10]),
      .init(.compare(body("n"), .greater, decimal("9")), [4, 7]),
      .init(.compare(body("n"), .greaterOrEqual, decimal("-2.5")), [1, 4, 6, 7, 8, 10]),
      .init(.compare(body("n"), .greater, decimal("-2.55")), [1, 4, 6, 7, 8, 10]),
      .init(.compare(body("n"), .less, decimal("-2.5")), [3, 9]),
      .init(.compare(body("n"), .lessOrEqual, decimal("-2.55")), [3, 9]),
      .init(.compare(body("n"), .greater, decimal("0")), [1, 4, 6, 7]),
      .init(.compare(body("n"), .less, decimal("0")), [3, 8, 9]),
      .init(
        .within(
          body("n"), lower: decimal("-2.5"), upper: decimal("1.5"), isHalfOpen: false, isNegated: false),
        [1, 8, 10]),
    ]

    static let containment: [ExecutionCase] = [
      .init(contains(#"{"k":"a"}"#), [1]), .init(contains(#"{"n":1.5}"#), [1]),
      .init(contains(#"{"n":1.50,"t":true}"#), [1]),
      .init(contains(#"{"k":null}"#), [3]), .init(contains(#"{"t":false}"#), [3]),
      .init(contains("{}"), [1, 2, 3, 4, 6, 7, 8, 9, 10]), .init(contains("[]"), [11]),
      .init(contains("[2]"), [11]),
      .init(contains("2"), [11]), .init(contains("\"text\""), [12]), .init(contains("[2,1,2]"), [11]),
      .init(contains("[3]"), []),
      .init(contains(#"{"deep":{"x":{}}}"#), [1, 6]), .init(contains(#"{"deep":{"x":{"y":"z"}}}"#), [1]),
      .init(contains(#"{"tags":["b","a"]}"#), [1]), .init(contains(#"{"tags":[]}"#), [1, 2, 3, 6]),
      .init(contains(#"{"tags":[["b"]]}"#), [6]), .init(contains(#"{"tags":[{"q":[2]}]}"#), [1]),
      .init(contains(#"{"tags":[{"p":1,"q":[]}]}"#), [1]), .init(contains(#"{"tags":[{"p":2}]}"#), []),
      .init(contains(#"{"tags":[null]}"#), [6]), .init(contains(#"{"tags":[true]}"#), [6]),
      .init(contains(#"{"tags":"a"}"#), [4]),
      .init(contains(#"{"tags":["b"]}"#, not: true), [3, 4, 6, 7, 8, 9, 10, 11, 12]),
      .init(contains(#"["a"]"#, "tags"), [1, 6]), .init(contains(#""a""#, "tags"), [1, 4, 6]),
      .init(contains(#"["a"]"#, "tags", not: true), [2, 3, 4]),
      .init(contains(#"{"x":{"y":"z"}}"#, "deep"), [1]), .init(contains("1.5", "k"), [4]),
      .init(contains("true", "k", not: true), [1, 2, 4, 6, 8, 9, 10]),
    ]

    static let places: [ExecutionCase] = [
      .init(compare("inner_name", .equal, .text("abc")), [1]),
      .init(compare("inner_name", .greater, .text("Zz")), [1, 3]),
      .init(like(field("inner_name"), "a%", any: true), [1, 2, 3]),
      .init(.isNull(field("inner_name"), isNegated: true), [1, 2, 3]),
      .init(compare("inner_count", .less, .integer(5)), [2]),
      .init(compare("inner_count", .equal, .integer(Int64.max)), [3]),
      .init(compare("inner_amount", .greaterOrEqual, decimal("1.5")), [1, 3]),
      .init(compare("inner_amount", .less, decimal("-1.495")), [2]),
      .init(
        .member(field("inner_amount"), [decimal("1.5"), decimal("-1.5"), decimal("7")], isNegated: false),
        [1, 2]),
      .init(compare("inner_at", .less, instant(0)), [2]),
      .init(compare("inner_at", .less, instant(Timestamp.end)), [1, 2, 3]),
      .init(compare("inner_flag", .equal, .boolean(false)), [2]),
      .init(compare("inner_flag", .notEqual, .boolean(false)), [1]),
      .init(.any(relation: "owner", .compare(field("name"), .equal, .text("bob")), isNegated: false), [2]),
      .init(.any(relation: "owner", .always, isNegated: true), [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ]

    /// The same for a JSON array and for a child table.
    static func relation(_ name: String) -> [ExecutionCase] {
      func any(_ inner: Predicate, not: Bool = false) -> Predicate {
        .any(relation: name, inner, isNegated: not)
      }
      return [
        .init(any(.always), [1, 2]), .init(any(.always, not: true), Array(3...12)), .init(any(.never), []),
        .init(any(compare("start", .equal, .integer(5))), [1]),
        .init(any(compare("start", .notEqual, .integer(5))), [1, 2]),
        .init(any(compare("start", .notEqual, .integer(3)), not: true), Array(2...12)),
        .init(any(.not(compare("end", .equal, .integer(4)))), [1, 2]),
        .init(.not(any(compare("end", .equal, .integer(3)))), Array(3...12)),
        .init(
          any(
            .and([
              compare("start", .lessOrEqual, .integer(2)),
              .or([.isNull(field("end"), isNegated: false), compare("end", .greater, .integer(2))]),
            ])), [1]),
        .init(
          any(.or([.isNull(field("end"), isNegated: false), compare("end", .greater, .integer(7))])), [1]),
        .init(
          any(.and([compare("start", .equal, .integer(1)), .isNull(field("end"), isNegated: false)])), []),
        .init(
          .and([any(compare("start", .equal, .integer(1))), any(.isNull(field("end"), isNegated: false))]),
          [1]),
        .init(any(.compareFields(field("start"), .less, field("end"))), [1]),
        .init(any(.compareFields(field("start"), .greaterOrEqual, field("end"))), [2]),
        .init(any(.isNull(field("label"), isNegated: false)), [2]),
        .init(any(like(field("label"), "o%")), [1]),
        .init(
          .and([compare("id", .greater, .integer(1)), any(compare("start", .greater, .integer(0)))]), [2]),
      ]
    }

    static let engines =
      logic + text + patterns + numbers + others + json + places + relation("items") + relation("lines")
  }

  @Suite struct SQLExecutionTests {
    private static let orders: [(field: String, ids: [Int])] = [
      ("name", [4, 2, 12, 3, 1, 10, 8, 6, 9, 7, 11, 5]), ("count", [4, 2, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("big", [4, 2, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12]), ("amount", [4, 2, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("huge", [4, 2, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12]), ("flag", [2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("day", [4, 2, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12]), ("at", [4, 2, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("status", [2, 6, 1, 3, 4, 5, 7, 8, 9, 10, 11, 12]), ("tier", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("token", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("inner_name", [2, 3, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("inner_amount", [2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("inner_at", [2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
      ("inner_count", [2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ]

    private func run(_ cases: [ExecutionCase], on engine: some LoadedEngine) {
      for item in cases {
        let comment = Comment(rawValue: "line \(item.line): \(item.predicate)")
        guard let query = Query(engine.emitter.resource, where: item.predicate) else {
          Issue.record("no such query: \(comment)")
          continue
        }
        do {
          #expect(try engine.ids(for: query) == item.ids.map(String.init), comment)
          #expect(try engine.count(for: query) == item.ids.count, comment)
        } catch let error as QueryError where Self.isRefusal(error, on: engine.emitter.dialect) {
          continue
        } catch {
          Issue.record("\(error) at \(comment)")
        }
      }
    }

    /// What an engine is known not to do.
    private static let refusals: [String: Set<String>] = [
      "MariaDB": ["a comparison with a time beyond the years 1 to 9999"],
      "Spark SQL": ["containment of JSON"],
      "ClickHouse": ["a comparison with a time beyond the years 1 to 9999"],
    ]

    private static func isRefusal(_ error: QueryError, on dialect: SQLDialect) -> Bool {
      error.diagnostics.allSatisfy { diagnostic in
        guard case .notOnEngine(let feature, let engine) = diagnostic.problem else { return false }
        return refusals[engine]?.contains(feature) == true
      }
    }

    private func runOrders(on engine: some LoadedEngine) throws {
      let resource = engine.emitter.resource
      for (name, ids) in Self.orders {
        let field = try #require(resource.field(named: name))
        let nulls = ids.count { $0 > 0 && engineNull(name, $0) }
        let ascending = SortKey(field: field, direction: .ascending, nulls: .last)
        let first = SortKey(field: field, direction: .ascending, nulls: .first)
        let descending = SortKey(field: field, direction: .descending, nulls: .last)
        let values = Array(ids.dropLast(nulls))
        let empty = Array(ids.suffix(nulls))
        try expect(resource, [ascending], ids, engine, name)
        try expect(resource, [first], empty + values, engine, name)
        try expect(resource, [descending], values.reversed() + empty.reversed(), engine, name)
      }
    }

    private func engineNull(_ name: String, _ id: Int) -> Bool {
      let resource = SQLSamples.resource()
      let index = resource.fields.firstIndex { $0.name == name } ?? 0
      return SQLSamples.records(resource)[id - 1].values[index] == nil
    }

    private func expect(
      _ resource: Resource, _ sort: [SortKey], _ ids: [Int], _ engine: some LoadedEngine, _ name: String
    ) throws {
      let query = try #require(Query(resource, sort: sort, page: Page(limit: 20, offset: 0)))
      #expect(try engine.ids(for: query) == ids.map(String.init), "sort by \(name)")
    }

    private func runPages(on engine: some LoadedEngine) throws {
      let resource = engine.emitter.resource
      for (offset, limit, ids, hasMore) in [
        (0, 5, [1, 2, 3, 4, 5], true), (10, 5, [11, 12], false), (10, 2, [11, 12], false), (99, 5, [], false),
      ] {
        let query = try #require(Query(resource, page: Page(limit: limit, offset: offset)))
        #expect(try engine.page(for: query) == EnginePage(ids: ids.map(String.init), hasMore: hasMore))
      }
    }

    /// Everything once more with other storages than the default, which change the text and no answer.
    static let storages: [[FieldKind: Storage]] = [
      [:],
      [
        .integer: .orderedText, .bigInteger: .orderedText, .decimal: .orderedText, .boolean: .text,
        .uuid: .text,
        .date: .fixedWidthText, .timestamp: .fixedWidthText, .json: .text,
      ],
      [
        .integer: .integer, .smallDecimal: .integer, .boolean: .integer, .uuid: .bytes, .date: .integer,
        .timestamp: .integer,
      ],
    ]

    enum FieldKind: Hashable {
      case text, integer, bigInteger, decimal, smallDecimal, boolean, uuid, date, timestamp, enumeration, json
    }

    private static func kinds(_ field: Field) -> [FieldKind] {
      switch field.type {
      case .text: [.text]
      case .integer: [.integer]
      case .bigInteger: [.bigInteger]
      case .decimal(let precision, _): precision <= 18 ? [.smallDecimal, .decimal] : [.decimal]
      case .boolean: [.boolean]
      case .uuid: [.uuid]
      case .date: [.date]
      case .timestamp: [.timestamp]
      case .enumeration: [.enumeration]
      case .json: [.json]
      }
    }

    static func resource(_ storages: [FieldKind: Storage], on dialect: SQLDialect) -> Resource {
      SQLSamples.resource { field in
        if field.name == "id" { return field }
        let storage = kinds(field).compactMap { storages[$0] }.first
        return storage.map { field.storage($0, on: dialect.name) } ?? field
      }
    }

    private func runAll(on engine: some LoadedEngine) throws {
      run(ExecutionCases.engines + ExecutionCases.containment, on: engine)
      try runOrders(on: engine)
      try runPages(on: engine)
    }

    @Test func sqlite() throws {
      for storages in Self.storages {
        let resource = Self.resource(storages, on: .sqlite)
        try runAll(on: SQLiteEngine(resource: resource, records: SQLSamples.records(resource)))
      }
    }

    /// Texts inside documents are the numbers that they spell, or none.
    @Test func spelledNumbers() throws {
      let texts = [
        "1.5", "+01.50", "-.5", "0.", "007", String(repeating: "1", count: 1_000), "a", "1.5x", "x5", "1.2.3",
        "1 5", ".", "-", "--1", "1e5", "", String(repeating: "1", count: 1_001),
      ]
      let resource = Self.resource([:], on: .sqlite)
      let records = texts.enumerated().map { index, text in
        SQLSamples.record(resource, Int64(index + 1), ["meta": .json(#"{"k":"\#(text)"}"#)])
      }
      let path = FieldPath("meta", keys: ["k"], reading: .numericText)
      run(
        [
          .init(.compare(path, .notEqual, decimal("2")), [1, 2, 3, 4, 5, 6]),
          .init(.compare(path, .equal, decimal("1.5")), [1, 2]),
          .init(.compare(path, .lessOrEqual, decimal("0")), [3, 4]),
          .init(.compare(path, .greater, decimal("1.5")), [5, 6]),
        ], on: try SQLiteEngine(resource: resource, records: records))
    }

    @Test(.enabled(if: EngineBridge.isAvailable(.duckDB)))
    func duckDB() throws { try runBridged(.duckDB) }

    @Test(.enabled(if: EngineBridge.isAvailable(.mariaDB)))
    func mariaDB() throws { try runBridged(.mariaDB) }

    @Test(.enabled(if: EngineBridge.isAvailable(.clickHouse)))
    func clickHouse() throws { try runBridged(.clickHouse) }

    /// Slow: nearly a second for a statement.
    @Test(.enabled(if: EngineBridge.isAvailable(.spark)))
    func spark() throws { try runBridged(.spark, Array(Self.storages.prefix(1))) }

    private func runBridged(
      _ dialect: SQLDialect, _ storages: [[FieldKind: Storage]] = Self.storages
    ) throws {
      let bridge = try EngineBridge(dialect)
      for storages in storages {
        let resource = Self.resource(storages, on: dialect)
        try runAll(
          on: BridgedEngine(
            resource: resource, records: SQLSamples.records(resource), dialect: dialect, bridge: bridge))
      }
    }

    @Test(.enabled(if: PostgreSQLConnection.isAvailable))
    func postgreSQL() throws {
      let server = try #require(PostgreSQLConnection.connectionString)
      for storages in Self.storages {
        let resource = Self.resource(storages, on: .postgreSQL)
        try runAll(
          on: PostgreSQLEngine(resource: resource, records: SQLSamples.records(resource), server: server))
      }
    }
  }
#endif
