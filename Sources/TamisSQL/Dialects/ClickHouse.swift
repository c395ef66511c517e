extension SQLDialect {
  /// ClickHouse 25.8 or newer, which has correlated subqueries. Instants are `DateTime64(6, 'UTC')`, days `Date32`;
  /// decimals of up to 75 digits are the engine's own, larger ones ordered text; documents are text. Its own UUIDs are
  /// ordered by their second half, so UUIDs are text.
  ///
  /// Parameters are `{p1:Int64}`, `{p2:String}` and so on.
  public static let clickHouse = SQLDialect(
    name: "clickhouse", displayName: "ClickHouse", oldestVersion: "25.8", bindingLimit: 10_000,
    placeholders: .typed,
    identifierQuote: UInt8(ascii: "\""), trueLiteral: "TRUE", falseLiteral: "FALSE", lists: .padded,
    nullOrder: .last, byteCollation: nil, patterns: .like, prefixes: .unbounded, regex: .linear("match"),
    positionFunction: "position", json: .functions, schemas: .databases,
    types: TypeNames(
      text: "String", integer: "Int64", bytes: "String", json: "String", boolean: "Bool", date: "Date32",
      timestamp: "DateTime64(6, 'UTC')", fixedDecimal: FixedDecimal(precision: 75, scale: 75),
      nullable: Wrapping("Nullable(", ")"), tableEnding: " ENGINE = MergeTree ORDER BY tuple()"),
    characterCode: "", castsParameters: false,
    // A tuple with a null is neither before nor after another, even where its first item says which.
    comparesRows: false, backslashes: .escapes,
    conversions: Conversions(
      decimal: { Wrapping("toDecimal256(", ", \($1))") },
      timestamp: Wrapping("fromUnixTimestamp64Micro(", ", 'UTC')"),
      readingTimestamp: Wrapping("toUnixTimestamp64Micro(", ")"), readingDate: Wrapping("toInt32(", ")"),
      firstYear: .one),
    jsonFunctions: .clickHouse, ranksRows: false,
    // A subquery inside of another sees only that one, and a count of no rows would be null.
    subqueries: .separate, foldsNames: false, structs: .clickHouse)
}

extension StructLists {
  fileprivate static let clickHouse = StructLists(
    type: { "Array(Tuple(\($0.map { "\($0.name) \($0.type)" }.joined(separator: ", "))))" },
    list: { "[\($0.map { "tuple(\($0.joined(separator: ", ")))" }.joined(separator: ", "))]" },
    member: { element, name, dialect in
      let name = String(decoding: SQLIdentifier.textLiteral(name.utf8, dialect), as: UTF8.self)
      return "tupleElement(\(element), \(name))"
    },
    elements: .arrays(any: ClickHouseArrays.any, count: ClickHouseArrays.count),
    isSelected: true)
}

extension JSONFunctions {
  fileprivate static let clickHouse = JSONFunctions(
    path: { $0 },
    value: { call("JSONExtractRaw", $0, $1) },
    // A whole number beyond 64 bits passes for a string, and a fraction for a binary float. With every number outside
    // of strings in an array of its own, what was none and is one now is a number.
    kind: { document, path in
      "CASE WHEN \(call("JSONType", document, path)) = 'String' "
        + "AND \(call("JSONType", withNumbersInArrays(document), path)) = 'Array' "
        + "THEN 'Double' ELSE \(call("JSONType", document, path)) END"
    },
    string: { call("JSONExtractString", $0, $1) },
    number: { call("JSONExtractString", withNumbersInArrays($0), $1.isEmpty ? "1" : $1 + ", 1") },
    integer: { call("JSONExtractInt", $0, $1) },
    truth: { call("JSONExtractBool", $0, $1) },
    kinds: Kinds(
      string: "'String'", integers: ["'Int64'"], numbers: ["'Int64'", "'UInt64'", "'Double'"],
      boolean: "'Bool'", array: "'Array'", object: "'Object'", null: "'Null'"),
    text: { call("JSONExtractRaw", $0, $1) },
    // A subquery sees the row just outside of it and no other, so tests inside tests are functions of arrays.
    elements: .arrays(
      Arrays(
        items: array,
        object: { document, path in
          let document = "ifNull(\(document), '')"
          return "if(\(call("JSONType", document, path)) = 'Object', "
            + "[\(call("JSONExtractRaw", document, path))], [])"
        },
        filter: { SQLDialect.Wrapping("arrayFilter(\($1) -> ", ", \($0))") },
        any: ClickHouseArrays.any, count: ClickHouseArrays.count)),
    anyItem: {
      ItemTest(opening: "arrayExists(\($2) -> ifNull(", item: $2, closing: ", FALSE), \(array($0, $1)))")
    },
    letting: { "arrayMap(n -> \($1), [\($0)])[1]" },
    pointPlace: "position(concat(n, '.'), '.')")

  @Sendable private static func array(_ document: String, _ path: String) -> String {
    call("JSONExtractArrayRaw", "ifNull(\(document), '')", path)
  }

  private static func call(_ name: String, _ document: String, _ path: String) -> String {
    path.isEmpty ? "\(name)(\(document))" : "\(name)(\(document), \(path))"
  }

  /// Two control characters, which JSON text never holds as such, mark the numbers in between.
  private static func withNumbersInArrays(_ document: String) -> String {
    let tokens = #"("(?:[^"\\\\]|\\\\.)*")|(-?[0-9][-+.0-9eE]*)"#
    return "replaceAll(replaceAll(replaceAll(replaceRegexpAll(\(document), '\(tokens)', "
      + #"'\\1\x01\\2\x02'), '\x01\x02', ''), '\x01', '["'), '\x02', '"]')"#
  }
}

/// Tests of an array's items, whatever the items are. An item of which the test is unknown does not pass it.
private enum ClickHouseArrays {
  @Sendable static func any(_ array: String, _ item: String) -> SQLDialect.Wrapping {
    SQLDialect.Wrapping("arrayExists(\(item) -> ifNull(", ", FALSE), \(array))")
  }

  @Sendable static func count(_ array: String, _ item: String) -> SQLDialect.Wrapping {
    SQLDialect.Wrapping("arrayCount(\(item) -> ifNull(", ", FALSE), \(array))")
  }
}
