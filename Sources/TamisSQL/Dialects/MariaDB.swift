extension SQLDialect {
  /// MariaDB 10.6 or newer. Texts are `utf8mb4`, whatever their collation; instants are `DATETIME(6)` and mean UTC;
  /// decimals of up to 64 digits are the engine's own, larger ones ordered text; booleans are 0 and 1.
  ///
  /// Its regular expressions end in "no match" when they take too many steps, and its times with the year 9999: such
  /// clauses are refused.
  public static let mariaDB = mySQLFamily(
    name: "mariadb", displayName: "MariaDB", oldestVersion: "10.6", checking: .run,
    collation: " COLLATE utf8mb4_nopad_bin", jsonType: "JSON",
    decimals: FixedDecimal(precision: 64, scale: 38), firstYear: .one, jsonFunctions: .mariaDB)
}

extension JSONFunctions {
  fileprivate static let mariaDB = JSONFunctions(
    // A minus at the start of a key is no path to the engine, which answers null.
    path: { MySQLJSON.path($0, minusMayLead: false).map { [$0] } },
    value: MySQLJSON.value,
    kind: MySQLJSON.kind,
    string: MySQLJSON.unquoted,
    // Numbers stay the text that they are.
    number: MySQLJSON.value,
    integer: { "CAST(\(MySQLJSON.value($0, $1)) AS SIGNED)" },
    truth: { "(\(MySQLJSON.value($0, $1)) = 'true')" },
    kinds: Kinds(
      string: "'STRING'", integers: ["'INTEGER'"], numbers: ["'INTEGER'", "'DOUBLE'"], boolean: "'BOOLEAN'",
      array: "'ARRAY'", object: "'OBJECT'", null: "'NULL'"),
    text: MySQLJSON.value,
    elements: .rows(
      items: itemRows,
      object: { document, path, alias in
        MySQLJSON.rows(
          alias,
          "CASE \(MySQLJSON.kind(document, path)) WHEN 'OBJECT' "
            + "THEN CONCAT('[', \(MySQLJSON.value(document, path)), ']') ELSE '[]' END")
      }),
    anyItem: { ItemTest(rows: itemRows($0, $1, $2), $2) },
    // A query in FROM can not see the row, a table function can.
    letting: {
      "(SELECT \($1) FROM JSON_TABLE(JSON_ARRAY(\($0)), '$[*]' COLUMNS (n LONGTEXT PATH '$')) AS _n)"
    },
    pointPlace: "INSTR(CONCAT(n, '.'), '.')")

  @Sendable private static func itemRows(_ document: String, _ path: String, _ alias: String) -> String {
    MySQLJSON.items(document, path, alias, otherwise: "'[]'")
  }
}
