public import TamisModel
public import TamisSQL

/// A table or view of a PostgreSQL database, as a resource.
///
///     let table = PostgreSQLTableImport(table: "blnk.balances")
///     let answers = table.statements.map { rows(of: $0) }          // with any driver, each cell as text or nil
///     let imported = try table.resource(from: answers)
///
/// Every type whose comparisons are exact becomes a field, through domains; enumerations with their labels; foreign
/// keys become relations, both ways. What is left out, and what is assumed, the notes say. A column may hold values
/// that no field has, `infinity` of a timestamp and `NaN` of a numeric: such rows can be selected, not read in memory.
public struct PostgreSQLTableImport: Sendable {
  private let table: String

  /// - Parameter table: with its schema where it is not on the search path.
  public init(table: String) {
    self.table = table
  }

  /// What to ask the database, in this order.
  public var statements: [SQLStatement] {
    let name = String(decoding: SQLIdentifier.table(table, .postgreSQL), as: UTF8.self)
    return [Self.columns, Self.keys, Self.foreignKeys].map { SQLStatement(text: $0, bindings: [.text(name)]) }
  }

  private static let columns = """
    WITH RECURSIVE tables AS (SELECT to_regclass($1)::oid AS id \
    UNION SELECT confrelid FROM pg_constraint WHERE contype = 'f' AND conrelid = to_regclass($1) \
    UNION SELECT conrelid FROM pg_constraint WHERE contype = 'f' AND confrelid = to_regclass($1)), \
    base AS (SELECT a.attrelid, a.attnum, a.attname, a.atttypid AS typid, a.atttypmod AS typmod, \
    a.attnotnull AS isrequired, a.attcollation AS collation, 0 AS level \
    FROM pg_attribute a JOIN tables ON a.attrelid = tables.id WHERE a.attnum > 0 AND NOT a.attisdropped \
    UNION ALL SELECT b.attrelid, b.attnum, b.attname, t.typbasetype, \
    CASE WHEN b.typmod = -1 THEN t.typtypmod ELSE b.typmod END, b.isrequired OR t.typnotnull, b.collation, b.level + 1 \
    FROM base b JOIN pg_type t ON t.oid = b.typid WHERE t.typtype = 'd') \
    SELECT (b.attrelid = to_regclass($1))::int, b.attrelid::regclass::text, b.attname, \
    format_type(b.typid, b.typmod), t.typname, t.typtype, b.typmod, b.isrequired::int, \
    c.collname, c.collisdeterministic::int, b.level, col_description(b.attrelid, b.attnum), \
    (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e WHERE e.enumtypid = t.oid) \
    FROM base b JOIN pg_type t ON t.oid = b.typid LEFT JOIN pg_collation c ON c.oid = b.collation \
    WHERE t.typtype <> 'd' ORDER BY 1 DESC, 2, b.attnum
    """

  private static let keys = """
    SELECT i.indisprimary::int, i.indexrelid::text, a.attname, a.attnotnull::int \
    FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(attnum, place) \
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum \
    WHERE i.indrelid = to_regclass($1) AND i.indisunique AND i.indpred IS NULL AND k.place <= i.indnkeyatts \
    ORDER BY i.indisprimary DESC, i.indexrelid, k.place
    """

  private static let foreignKeys = """
    SELECT c.conrelid::regclass::text, (c.conrelid = to_regclass($1))::int, f.attname, \
    c.confrelid::regclass::text, (c.confrelid = to_regclass($1))::int, t.attname, cardinality(c.conkey), c.conname \
    FROM pg_constraint c JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1] \
    JOIN pg_attribute t ON t.attrelid = c.confrelid AND t.attnum = c.confkey[1] \
    WHERE c.contype = 'f' AND c.conparentid = 0 \
    AND (c.conrelid = to_regclass($1) OR c.confrelid = to_regclass($1)) ORDER BY 2 DESC, c.conname, c.oid
    """

  /// The resource that the answers describe: for each statement its rows, in order, each cell as text, null as nil.
  ///
  /// - Throws: no such table, no usable primary key.
  public func resource(
    from answers: [[[String?]]], options: ImportOptions = ImportOptions()
  ) throws(QueryError) -> ImportedResource {
    func rows(_ index: Int) -> TableRows { TableRows(answers.indices.contains(index) ? answers[index] : nil) }
    var reader = PostgreSQLTableReader(table: table)
    reader.readColumns(rows(0))
    reader.readKeys(rows(1))
    reader.readForeignKeys(rows(2))
    var builder = TableResource(facts: reader.facts, options: options)
    return try builder.build()
  }
}
