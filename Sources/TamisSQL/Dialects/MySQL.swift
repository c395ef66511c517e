extension SQLDialect {
  /// MySQL 8.0.17 or newer, which has `utf8mb4_0900_bin`. Texts are `utf8mb4`, whatever their collation; instants are
  /// `DATETIME(6)` of the years 1000 to 9999, which the engine promises, and mean UTC; decimals of up to 64 digits are the
  /// engine's own, larger ones ordered text; booleans are 0 and 1.
  ///
  /// Its JSON keeps a fraction, and a whole number beyond 64 bits, as a binary float, so that a column of type `JSON` would
  /// change documents: they are text. A comparison that may read such a number is refused. So are regular expressions:
  /// they are ICU's, with limits of their own.
  public static let mySQL = mySQLFamily(
    name: "mysql", displayName: "MySQL", oldestVersion: "8.0.17", checking: .parsed,
    // "Binary, no padding", in the order of code points. `utf8mb4_bin` pads with blanks.
    collation: " COLLATE utf8mb4_0900_bin", jsonType: "LONGTEXT",
    decimals: FixedDecimal(precision: 64, scale: 30), firstYear: .thousand, jsonFunctions: .mySQL)
}

extension JSONFunctions {
  fileprivate static let mySQL = JSONFunctions(
    path: { MySQLJSON.path($0, minusMayLead: true).map { [$0] } },
    value: MySQLJSON.value,
    kind: MySQLJSON.kind,
    string: MySQLJSON.unquoted,
    number: MySQLJSON.unquoted,
    // An unsigned number may be too large for a signed one, and is then no number of 64 bits.
    integer: {
      "CASE WHEN CAST(\(MySQLJSON.value($0, $1)) AS DECIMAL(20, 0)) <= 9223372036854775807 "
        + "THEN CAST(\(MySQLJSON.value($0, $1)) AS SIGNED) END"
    },
    // A JSON boolean equals no text, its text does.
    truth: { "(\(MySQLJSON.unquoted($0, $1)) = 'true')" },
    kinds: Kinds(
      string: "'STRING'", integers: ["'INTEGER'", "'UNSIGNED INTEGER'"],
      numbers: ["'INTEGER'", "'UNSIGNED INTEGER'", "'DOUBLE'", "'DECIMAL'"], boolean: "'BOOLEAN'",
      array: "'ARRAY'", object: "'OBJECT'", null: "'NULL'"),
    text: MySQLJSON.value,
    elements: .rows(
      items: itemRows,
      object: { document, path, alias in
        MySQLJSON.rows(
          alias,
          "CASE \(MySQLJSON.kind(document, path)) WHEN 'OBJECT' "
            + "THEN JSON_ARRAY(\(MySQLJSON.value(document, path))) ELSE JSON_ARRAY() END")
      }),
    anyItem: { ItemTest(rows: itemRows($0, $1, $2), $2) },
    readsItemsExactly: false, readsNumbers: false,
    // A query in FROM sees the row from 8.0.14 on.
    letting: { "(SELECT \($1) FROM (SELECT \($0) AS n) AS _n)" },
    pointPlace: "INSTR(CONCAT(n, '.'), '.')")

  @Sendable private static func itemRows(_ document: String, _ path: String, _ alias: String) -> String {
    MySQLJSON.items(document, path, alias, otherwise: "JSON_ARRAY()")
  }
}
