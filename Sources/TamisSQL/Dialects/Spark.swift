extension SQLDialect {
  /// Spark SQL 4 or newer, with named arguments `:p1`, which the session takes beside the text. Instants are `TIMESTAMP`;
  /// decimals of up to 37 digits are the engine's own, larger ones ordered text; documents are text, read as variants.
  public static let spark = SQLDialect(
    name: "spark", displayName: "Spark SQL", oldestVersion: "4", bindingLimit: 10_000, placeholders: .named,
    identifierQuote: UInt8(ascii: "`"), trueLiteral: "TRUE", falseLiteral: "FALSE", lists: .padded,
    nullOrder: .smallest, byteCollation: nil, patterns: .like, prefixes: .unbounded, regex: .none,
    positionFunction: "instr", json: .functions, schemas: .created,
    types: TypeNames(
      text: "STRING", integer: "BIGINT", bytes: "BINARY", json: "STRING", boolean: "BOOLEAN", date: "DATE",
      timestamp: "TIMESTAMP", fixedDecimal: FixedDecimal(precision: 37, scale: 37), tableEnding: ""),
    characterCode: "", castsParameters: false,
    // A row with a null is compared as if null were a value.
    comparesRows: false, backslashes: .escapesInLiterals,
    asciiFolding: Wrapping("translate(", ", 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"),
    conversions: Conversions(
      decimal: { Wrapping("CAST(", " AS DECIMAL(\($0), \($1)))") },
      timestamp: Wrapping("timestamp_micros(", ")"),
      date: Wrapping("date_from_unix_date(CAST(", " AS INT))"),
      readingTimestamp: Wrapping("unix_micros(", ")"),
      readingDate: Wrapping("unix_date(", ")"), rowCount: Wrapping("CAST(LEAST(", ", 2147483647) AS INT)")),
    jsonFunctions: .spark, ranksRows: false, structs: .spark)
}

extension StructLists {
  fileprivate static let spark = StructLists(
    type: { "ARRAY<STRUCT<\($0.map { "\($0.name): \($0.type)" }.joined(separator: ", "))>>" },
    list: { "array(\($0.map { "struct(\($0.joined(separator: ", ")))" }.joined(separator: ", ")))" },
    member: { "\($0).\(String(decoding: SQLIdentifier.quote($1, $2), as: UTF8.self))" },
    elements: .arrays(
      any: { list, name in
        SQLDialect.Wrapping(
          "COALESCE(exists(\(list), \(name) -> COALESCE(\(name) IS NOT NULL AND (", "), FALSE)), FALSE)")
      },
      count: { list, name in
        SQLDialect.Wrapping(
          "COALESCE(size(filter(\(list), \(name) -> COALESCE(\(name) IS NOT NULL AND (", "), FALSE))), 0)")
      }))
}

extension JSONFunctions {
  fileprivate static let spark = JSONFunctions(
    path: { SparkPath.text($0).map { [$0] } },
    value: { "to_json(\(variant($0, $1)))" },
    kind: { "regexp_extract(schema_of_variant(\(variant($0, $1))), '^[A-Z]+', 0)" },
    string: { "try_variant_get(try_parse_json(\($0)), \($1), 'string')" },
    number: { "try_variant_get(try_parse_json(\(withNumbersQuoted($0))), \($1), 'string')" },
    integer: { "try_variant_get(try_parse_json(\($0)), \($1), 'bigint')" },
    truth: { "try_variant_get(try_parse_json(\($0)), \($1), 'boolean')" },
    kinds: Kinds(
      string: "'STRING'", integers: ["'BIGINT'"], numbers: ["'BIGINT'", "'DECIMAL'", "'DOUBLE'"],
      boolean: "'BOOLEAN'", array: "'ARRAY'", object: "'OBJECT'", null: "'VOID'"),
    text: { "to_json(\(variant($0, $1)))" },
    elements: .arrays(
      Arrays(
        items: { document, path in
          "transform(try_variant_get(try_parse_json(\(document)), \(path), 'array<variant>'), e -> to_json(e))"
        },
        object: { document, path in
          let value = variant(document, path)
          return "CASE WHEN schema_of_variant(\(value)) LIKE 'OBJECT%' THEN array(to_json(\(value))) END"
        },
        filter: { SQLDialect.Wrapping("filter(\($0), \($1) -> ", ")") },
        any: { SQLDialect.Wrapping("COALESCE(exists(\($0), \($1) -> COALESCE(", ", FALSE)), FALSE)") },
        count: { SQLDialect.Wrapping("COALESCE(size(filter(\($0), \($1) -> COALESCE(", ", FALSE))), 0)") })),
    anyItem: { _, _, alias in ItemTest(opening: "", item: alias, closing: "") },
    // An item is a variant, which keeps 38 digits.
    readsItemsExactly: false,
    letting: { "transform(array(\($0)), n -> \($1))[0]" },
    pointPlace: "instr(concat(n, '.'), '.')")

  private static func variant(_ document: String, _ path: String) -> String {
    "try_variant_get(try_parse_json(\(document)), \(path), 'variant')"
  }

  /// A variant keeps a number of more than 38 digits as a binary float. In the document's text every number outside of
  /// strings gets quotes, between two control characters that JSON text never holds as such.
  private static func withNumbersQuoted(_ document: String) -> String {
    let tokens = #"("[^"\\\\]*+(?:\\\\.[^"\\\\]*+)*+")|(-?[0-9][-+.0-9eE]*)"#
    return "replace(replace(replace(regexp_replace(\(document), '\(tokens)', "
      + #"'$1\u0001$2\u0002'), '\u0001\u0002', ''), '\u0001', '"'), '\u0002', '"')"#
  }
}

/// Paths of variants: `$["a"]['b']`.
private enum SparkPath {
  static func text(_ keys: [String]) -> String? {
    var output = "$"
    for key in keys {
      let holdsDouble = key.utf8.contains(UInt8(ascii: "\""))
      guard !holdsDouble || !key.utf8.contains(UInt8(ascii: "'")) else { return nil }
      output += holdsDouble ? "['" + key + "']" : "[\"" + key + "\"]"
    }
    return output
  }
}
