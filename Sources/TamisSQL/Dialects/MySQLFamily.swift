/// What MariaDB and MySQL share. Texts are `utf8mb4`, whatever their collation; instants are `DATETIME(6)` and mean UTC;
/// booleans are 0 and 1.
extension SQLDialect {
  /// - Parameter collation: ` COLLATE …` of the one collation of `utf8mb4` that compares bytes and does not ignore
  ///   trailing blanks. `utf8mb4_bin` does ignore them, on both.
  static func mySQLFamily(
    name: String, displayName: String, oldestVersion: String, checking: Checking, collation: String,
    jsonType: String, decimals: FixedDecimal, firstYear: FirstYear, jsonFunctions: JSONFunctions
  ) -> SQLDialect {
    SQLDialect(
      name: name, displayName: displayName, oldestVersion: oldestVersion, checking: checking,
      bindingLimit: 65_535, placeholders: .positional, identifierQuote: UInt8(ascii: "`"),
      trueLiteral: "TRUE",
      falseLiteral: "FALSE", lists: .padded, nullOrder: .smallest, byteCollation: collation, patterns: .like,
      prefixes: .unbounded, regex: .none, positionFunction: "INSTR", json: .functions, schemas: .created,
      types: TypeNames(
        text: "LONGTEXT", keyText: "VARCHAR(255)", integer: "BIGINT", bytes: "VARBINARY(255)", json: jsonType,
        date: "DATE", timestamp: "DATETIME(6)", fixedDecimal: decimals),
      characterCode: "ORD(CONVERT(t USING utf32))", castsParameters: false, equality: .folding,
      nullPlacement: .tested, backslashes: .unknown, asciiFolding: letterByLetter(collation),
      conversions: Conversions(
        decimal: { Wrapping("CAST(", " AS DECIMAL(\($0), \($1)))") },
        readingTimestamp: Wrapping("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ", ")"),
        readingDate: Wrapping("DATEDIFF(", ", '1970-01-01')"), firstYear: firstYear),
      jsonFunctions: jsonFunctions, ranksRows: false)
  }

  /// `LOWER` knows every script, and there is no function that replaces several letters.
  private static func letterByLetter(_ collation: String) -> Wrapping {
    let pairs = zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
    return Wrapping(
      String(repeating: "REPLACE(", count: 26), collation + pairs.map { ", '\($0)', '\($1)')" }.joined())
  }
}

/// What the two read documents with.
enum MySQLJSON {
  /// `$."a"."b"`. Nil for a key with a control character, which a document may spell in another way than the path.
  static func path(_ keys: [String], minusMayLead: Bool) -> String? {
    for key in keys {
      if key.utf8.contains(where: { $0 < 0x20 }) { return nil }
      if !minusMayLead, key.utf8.first == UInt8(ascii: "-") { return nil }
    }
    return "$" + keys.map { ".\"" + SQLIdentifier.escaped($0, SQLIdentifier.inQuotes) + "\"" }.joined()
  }

  @Sendable static func value(_ document: String, _ path: String) -> String {
    "JSON_EXTRACT(\(document), \(path))"
  }

  @Sendable static func kind(_ document: String, _ path: String) -> String {
    "JSON_TYPE(\(value(document, path)))"
  }

  @Sendable static func unquoted(_ document: String, _ path: String) -> String {
    "JSON_UNQUOTE(\(value(document, path)))"
  }

  /// - Parameter empty: an empty array, for what is none.
  static func items(_ document: String, _ path: String, _ alias: String, otherwise empty: String) -> String {
    rows(alias, "CASE \(kind(document, path)) WHEN 'ARRAY' THEN \(value(document, path)) ELSE \(empty) END")
  }

  /// An array's items as the rows of a table.
  static func rows(_ alias: String, _ array: String) -> String {
    "JSON_TABLE(\(array), '$[*]' COLUMNS (value JSON PATH '$')) AS \(alias)"
  }
}
