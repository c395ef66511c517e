extension SQLDialect {
  /// SQLite 3.38 or newer. Instants are integer microseconds, days are text, decimals of up to 18 digits are
  /// integers times a power of ten and larger ones ordered text, booleans are 0 and 1. A regular expression needs the
  /// function that `MatchFunction` tells how to register.
  public static let sqlite = SQLDialect(
    name: "sqlite", displayName: "SQLite", oldestVersion: "3.38", bindingLimit: 32_766,
    placeholders: .questionMark,
    identifierQuote: UInt8(ascii: "\""), trueLiteral: "1", falseLiteral: "0", lists: .padded,
    nullOrder: .smallest, byteCollation: nil, patterns: .glob, prefixes: .blobAboveText,
    regex: .function(MatchFunction.name), positionFunction: "instr", json: .text, schemas: .attached,
    types: TypeNames(text: "TEXT", integer: "INTEGER", bytes: "BLOB", json: "TEXT"),
    characterCode: "unicode(t)", castsParameters: false,
    indexRules: IndexRules(
      declaresNulls: false, nullTestHolds: true, loneItemHolds: true, skipsHeldColumns: false,
      knowsHeldExpressions: false,
      endsWithRowNumber: true, readsNullsApart: true))
}
