extension SQLDialect {
  /// MariaDB 10.6 or newer. Texts are `utf8mb4`, whatever their collation; instants are `DATETIME(6)` and mean UTC;
  /// decimals of up to 64 digits are the engine's own, larger ones ordered text; booleans are 0 and 1.
  ///
  /// Its regular expressions end in "no match" when they take too many steps, and its times with the year 9999: such
  /// clauses are refused.
  public static let mariaDB = SQLDialect(
    name: "mariadb", displayName: "MariaDB", bindingLimit: 65_535, placeholders: .positional,
    identifierQuote: UInt8(ascii: "`"), trueLiteral: "TRUE", falseLiteral: "FALSE", lists: .padded,
    // Every other collation, `utf8mb4_bin` too, ignores trailing blanks.
    nullOrder: .smallest, byteCollation: " COLLATE utf8mb4_nopad_bin", patterns: .like, prefixes: .unbounded,
    regex: .none, positionFunction: "INSTR", json: .functions, schemas: .created,
    types: TypeNames(
      text: "LONGTEXT", keyText: "VARCHAR(255)", integer: "BIGINT", bytes: "VARBINARY(255)", json: "JSON",
      date: "DATE", timestamp: "DATETIME(6)", fixedDecimal: FixedDecimal(precision: 64, scale: 38)),
    characterCode: "ORD(CONVERT(t USING utf32))", castsParameters: false, equality: .folding,
    nullPlacement: .tested, backslashes: .unknown, asciiFolding: letterByLetter(" COLLATE utf8mb4_nopad_bin"),
    conversions: Conversions(
      decimal: { Wrapping("CAST(", " AS DECIMAL(\($0), \($1)))") },
      readingTimestamp: Wrapping("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ", ")"),
      readingDate: Wrapping("DATEDIFF(", ", '1970-01-01')"), boundsDates: true),
    jsonFunctions: .mariaDB, ranksRows: false)

  /// `LOWER` knows every script, and there is no function that replaces several letters.
  private static func letterByLetter(_ collation: String) -> Wrapping {
    let pairs = zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
    return Wrapping(
      String(repeating: "REPLACE(", count: 26), collation + pairs.map { ", '\($0)', '\($1)')" }.joined())
  }
}

extension JSONFunctions {
  fileprivate static let mariaDB = JSONFunctions(
    path: { MariaDBPath.text($0).map { [$0] } },
    value: { "JSON_EXTRACT(\($0), \($1))" },
    kind: { "JSON_TYPE(JSON_EXTRACT(\($0), \($1)))" },
    string: { "JSON_UNQUOTE(JSON_EXTRACT(\($0), \($1)))" },
    // Numbers stay the text that they are.
    number: { "JSON_EXTRACT(\($0), \($1))" },
    integer: { "CAST(JSON_EXTRACT(\($0), \($1)) AS SIGNED)" },
    truth: { "(JSON_EXTRACT(\($0), \($1)) = 'true')" },
    kinds: Kinds(
      string: "'STRING'", integers: ["'INTEGER'"], numbers: ["'INTEGER'", "'DOUBLE'"], boolean: "'BOOLEAN'",
      array: "'ARRAY'", object: "'OBJECT'", null: "'NULL'"),
    text: { "JSON_EXTRACT(\($0), \($1))" },
    elements: .rows(
      items: itemRows,
      object: { document, path, alias in
        rows(
          alias,
          "CASE JSON_TYPE(JSON_EXTRACT(\(document), \(path))) WHEN 'OBJECT' "
            + "THEN CONCAT('[', JSON_EXTRACT(\(document), \(path)), ']') ELSE '[]' END")
      }),
    anyItem: { ItemTest(rows: itemRows($0, $1, $2), $2) },
    // A query in FROM can not see the row, a table function can.
    letting: {
      "(SELECT \($1) FROM JSON_TABLE(JSON_ARRAY(\($0)), '$[*]' COLUMNS (n LONGTEXT PATH '$')) AS _n)"
    },
    pointPlace: "INSTR(CONCAT(n, '.'), '.')")

  @Sendable private static func itemRows(_ document: String, _ path: String, _ alias: String) -> String {
    rows(
      alias,
      "CASE JSON_TYPE(JSON_EXTRACT(\(document), \(path))) WHEN 'ARRAY' "
        + "THEN JSON_EXTRACT(\(document), \(path)) ELSE '[]' END")
  }

  private static func rows(_ alias: String, _ array: String) -> String {
    "JSON_TABLE(\(array), '$[*]' COLUMNS (value JSON PATH '$')) AS \(alias)"
  }
}

/// Paths as MariaDB spells them: `$."a"."b"`.
private enum MariaDBPath {
  static func text(_ keys: [String]) -> String? {
    guard keys.allSatisfy(isPlain) else { return nil }
    return "$" + keys.map { ".\"" + SQLIdentifier.escaped($0, SQLIdentifier.inQuotes) + "\"" }.joined()
  }

  /// A document spells control characters in another way than the path, and a minus at the start is no path to the
  /// engine, which answers null.
  private static func isPlain(_ key: String) -> Bool {
    key.utf8.first != UInt8(ascii: "-") && !key.utf8.contains { $0 < 0x20 }
  }
}
