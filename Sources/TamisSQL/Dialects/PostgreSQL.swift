extension SQLDialect {
  /// PostgreSQL 13 or newer, in a UTF-8 database. Every type is stored as the engine's own.
  public static let postgreSQL = SQLDialect(
    name: "postgresql", displayName: "PostgreSQL", oldestVersion: "13", bindingLimit: 65_535,
    placeholders: .dollar,
    identifierQuote: UInt8(ascii: "\""), trueLiteral: "TRUE", falseLiteral: "FALSE", lists: .array,
    nullOrder: .largest, byteCollation: " COLLATE \"C\"", patterns: .like, prefixes: .unbounded,
    regex: .advancedExpressions, positionFunction: "strpos", json: .binary, schemas: .created,
    types: TypeNames(
      text: "text", integer: "bigint", bytes: "bytea", json: "jsonb", numeric: "numeric", boolean: "boolean",
      uuid: "uuid", date: "date", timestamp: "timestamptz"),
    // As SQLite reads the two noncharacters.
    characterCode: "CASE WHEN ascii(t) IN (65534, 65535) THEN 65533 ELSE ascii(t) END",
    castsParameters: true,
    indexRules: IndexRules(
      declaresNulls: true, nullTestHolds: false, loneItemHolds: false, skipsHeldColumns: true,
      knowsHeldExpressions: true,
      endsWithRowNumber: false, readsNullsApart: false, patternClass: " text_pattern_ops"),
    foldsNames: false, nameCut: 63)
}
