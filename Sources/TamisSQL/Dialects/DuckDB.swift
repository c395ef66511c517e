extension SQLDialect {
  /// DuckDB 1.4 or newer. Decimals of up to 37 digits are the engine's own, larger ones ordered text; documents are its
  /// JSON. Instants are `TIMESTAMP WITH TIME ZONE`: a plain `TIMESTAMP` would be read in the session's zone.
  public static let duckDB = SQLDialect(
    name: "duckdb", displayName: "DuckDB", oldestVersion: "1.4", bindingLimit: 65_535, placeholders: .dollar,
    identifierQuote: UInt8(ascii: "\""), trueLiteral: "TRUE", falseLiteral: "FALSE", lists: .padded,
    nullOrder: .last, byteCollation: nil, patterns: .like, prefixes: .unbounded,
    regex: .linear("regexp_matches"), positionFunction: "strpos", json: .functions, schemas: .created,
    types: TypeNames(
      text: "VARCHAR", integer: "BIGINT", bytes: "BLOB", json: "JSON", boolean: "BOOLEAN", uuid: "UUID",
      date: "DATE", timestamp: "TIMESTAMPTZ", fixedDecimal: FixedDecimal(precision: 37, scale: 37)),
    // As SQLite reads the two noncharacters.
    characterCode: "CASE WHEN unicode(t) IN (65534, 65535) THEN 65533 ELSE unicode(t) END",
    castsParameters: true,
    // A row is a value there, in which null is the largest, and whose parts must be of the very same types.
    comparesRows: false,
    // Its `lower` knows every script.
    asciiFolding: Wrapping("translate(", ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"),
    conversions: Conversions(
      decimal: { Wrapping("", "::DECIMAL(\($0), \($1))") },
      timestamp: Wrapping("make_timestamptz(", "::BIGINT)"),
      date: Wrapping("(DATE '1970-01-01' + ", "::INTEGER)"), readingTimestamp: Wrapping("epoch_us(", ")"),
      readingDate: Wrapping("(", " - DATE '1970-01-01')")),
    jsonFunctions: .duckDB, structs: .duckDB)
}

extension StructLists {
  fileprivate static let duckDB = StructLists(
    type: { "STRUCT(\($0.map { "\($0.name) \($0.type)" }.joined(separator: ", ")))[]" },
    list: { "[\($0.map { "row(\($0.joined(separator: ", ")))" }.joined(separator: ", "))]" },
    member: { "\($0).\(String(decoding: SQLIdentifier.quote($1, $2), as: UTF8.self))" },
    elements: .rows { "(SELECT unnest(\($0)) AS value)" })
}

extension JSONFunctions {
  fileprivate static let duckDB = JSONFunctions(
    path: { DuckDBPath.text($0).map { [$0] } },
    value: { "json_extract(\($0), \($1))" },
    kind: { "json_type(\($0), \($1))" },
    string: { "json_extract_string(\($0), \($1))" },
    number: { "json_extract_string(\(withNumbersQuoted($0)), \($1))" },
    integer: { "TRY_CAST(json_extract_string(\($0), \($1)) AS BIGINT)" },
    truth: { "(json_extract_string(\($0), \($1)) = 'true')" },
    kinds: Kinds(
      string: "'VARCHAR'", integers: ["'UBIGINT'", "'BIGINT'"],
      numbers: ["'UBIGINT'", "'BIGINT'", "'HUGEINT'", "'UHUGEINT'", "'DOUBLE'"], boolean: "'BOOLEAN'",
      array: "'ARRAY'", object: "'OBJECT'", null: "'NULL'"),
    text: { "json_extract(\($0), \($1))::VARCHAR" },
    elements: .rows(
      items: itemRows,
      object: { document, path, alias in
        "(SELECT unnest(CASE json_type(\(document), \(path)) WHEN 'OBJECT' "
          + "THEN [json_extract(\(document), \(path))] END) AS value) AS \(alias)"
      }),
    anyItem: { ItemTest(rows: itemRows($0, $1, $2), $2) },
    letting: { "(SELECT \($1) FROM (SELECT \($0) AS n) AS _n)" },
    pointPlace: "strpos(n || '.', '.')")

  @Sendable private static func itemRows(_ document: String, _ path: String, _ alias: String) -> String {
    "(SELECT unnest(CASE json_type(\(document), \(path)) WHEN 'ARRAY' "
      + "THEN json_extract(json_extract(\(document), \(path)), '$[*]') END) AS value) AS \(alias)"
  }

  /// The engine reads a fraction as a binary float. In the document's text every number outside of strings gets
  /// quotes, between two control characters that JSON text never holds as such, and is then read as a string.
  private static func withNumbersQuoted(_ document: String) -> String {
    let tokens = #"("(?:[^"\\]|\\.)*")|(-?[0-9][-+.0-9eE]*)"#
    return "replace(replace(replace(regexp_replace(\(document)::VARCHAR, '\(tokens)', "
      + #"'\1' || chr(1) || '\2' || chr(2), 'g'), chr(1) || chr(2), ''), chr(1), '"'), chr(2), '"')"#
  }
}

/// Paths as DuckDB spells them: `$."a"."b"`, or `/a/b`, whose steps may be any text but also lead into arrays.
private enum DuckDBPath {
  static func text(_ keys: [String]) -> String? {
    if keys.allSatisfy(isPlain) {
      return "$" + keys.map { ".\"" + SQLIdentifier.escaped($0, SQLIdentifier.inQuotes) + "\"" }.joined()
    }
    guard keys.allSatisfy({ !isPlace($0) && !$0.utf8.contains(0) }) else { return nil }
    return keys.map { "/" + SQLIdentifier.escaped($0, ["~": "~0", "/": "~1"]) }.joined()
  }

  /// An empty key is refused there, and `*` would mean every key.
  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty && !key.utf8.contains { $0 == UInt8(ascii: "*") || $0 < 0x20 }
  }

  private static func isPlace(_ key: String) -> Bool {
    key == "-" || (!key.isEmpty && key.utf8.allSatisfy { $0 &- 48 < 10 })
  }
}
