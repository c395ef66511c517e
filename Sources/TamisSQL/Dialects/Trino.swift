extension SQLDialect {
  /// Trino 400 or newer, with `?` for `EXECUTE … USING`. Instants are `TIMESTAMP(6)` without a zone and mean UTC; decimals
  /// of up to 37 digits are the engine's own, larger ones ordered text; documents are text.
  ///
  /// How it reads a JSON number that is not whole is not promised to be exact, so a comparison that may read one is
  /// refused; regular expressions are another language there, and refused too.
  public static let trino = SQLDialect(
    name: "trino", displayName: "Trino", oldestVersion: "400", checking: .parsed, bindingLimit: 10_000,
    placeholders: .positional, identifierQuote: UInt8(ascii: "\""), trueLiteral: "TRUE",
    falseLiteral: "FALSE",
    // Nulls stand last in both directions where an order does not say.
    lists: .padded, nullOrder: .last, byteCollation: nil, patterns: .like, prefixes: .unbounded, regex: .none,
    positionFunction: "strpos", json: .functions, schemas: .created,
    types: TypeNames(
      text: "VARCHAR", integer: "BIGINT", bytes: "VARBINARY", json: "VARCHAR", boolean: "BOOLEAN",
      date: "DATE", timestamp: "TIMESTAMP(6)", fixedDecimal: FixedDecimal(precision: 37, scale: 37),
      tableEnding: ""),
    characterCode: "", castsParameters: false,
    // Rows that hold a null are not compared but an error.
    comparesRows: false,
    // Its `lower` knows every script.
    asciiFolding: Wrapping("translate(", ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"),
    conversions: Conversions(
      decimal: { Wrapping("CAST(", " AS DECIMAL(\($0), \($1)))") },
      // Differences come in milliseconds at best; the last six digits of its text are the microseconds.
      readingTimestamp: Wrapping(
        "transform(ARRAY[CAST(",
        " AS TIMESTAMP(6))], t -> date_diff('second', TIMESTAMP '1970-01-01 00:00:00', date_trunc('second', t)) "
          + "* 1000000 + CAST(substr(CAST(t AS VARCHAR), -6) AS BIGINT))[1]"),
      readingDate: Wrapping("date_diff('day', DATE '1970-01-01', ", ")"), firstYear: .one),
    jsonFunctions: .trino, ranksRows: false,
    // `LIMIT 1 OFFSET 1` is a syntax error there.
    pageOrder: .offsetFirst)
}

extension JSONFunctions {
  fileprivate static let trino = JSONFunctions(
    path: { TrinoPath.text($0).map { [$0] } },
    value: { "json_format(json_extract(\($0), \($1)))" },
    kind: kind,
    string: { "json_extract_scalar(\($0), \($1))" },
    number: { "json_extract_scalar(\($0), \($1))" },
    integer: { "TRY_CAST(json_extract_scalar(\($0), \($1)) AS BIGINT)" },
    truth: { "(json_extract_scalar(\($0), \($1)) = 'true')" },
    kinds: Kinds(
      string: "'\"'", integers: ["'0'"], numbers: ["'0'"], boolean: "'t'", array: "'['", object: "'{'",
      null: "'n'"),
    text: { "json_format(json_extract(\($0), \($1)))" },
    elements: .arrays(
      Arrays(
        items: { "CASE \(kind($0, $1)) WHEN '[' THEN CAST(json_extract(\($0), \($1)) AS ARRAY(JSON)) END" },
        object: { "CASE \(kind($0, $1)) WHEN '{' THEN ARRAY[json_extract(\($0), \($1))] END" },
        filter: { SQLDialect.Wrapping("filter(\($0), \($1) -> ", ")") },
        any: { SQLDialect.Wrapping("COALESCE(any_match(\($0), \($1) -> COALESCE(", ", FALSE)), FALSE)") },
        count: {
          SQLDialect.Wrapping("COALESCE(cardinality(filter(\($0), \($1) -> COALESCE(", ", FALSE))), 0)")
        })),
    anyItem: { _, _, alias in ItemTest(opening: "", item: alias, closing: "") },
    readsItemsExactly: false, readsNumbers: false,
    letting: { "transform(ARRAY[\($0)], n -> \($1))[1]" },
    pointPlace: "strpos(n || '.', '.')")

  /// There is no function for a value's kind. Its text's first character says it, with one for all numbers and one for
  /// both booleans.
  @Sendable private static func kind(_ document: String, _ path: String) -> String {
    "translate(substr(json_format(json_extract(\(document), \(path))), 1, 1), '-123456789f', '0000000000t')"
  }
}

/// Paths as Trino spells them: `$["a"]["b"]`. A step of digits would lead into arrays too.
private enum TrinoPath {
  static func text(_ keys: [String]) -> String? {
    guard keys.allSatisfy(isPlain) else { return nil }
    return "$" + keys.map { "[\"" + SQLIdentifier.escaped($0, SQLIdentifier.inQuotes) + "\"]" }.joined()
  }

  private static func isPlain(_ key: String) -> Bool {
    guard !key.isEmpty, !key.utf8.contains(where: { $0 < 0x20 }) else { return false }
    return !key.utf8.allSatisfy { $0 &- 48 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
  }
}
