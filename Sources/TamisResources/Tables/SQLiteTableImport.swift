public import TamisModel
public import TamisSQL

/// A table of an SQLite database, as a resource.
///
///     let table = SQLiteTableImport(table: "balances")
///     let answers = table.statements.map { rows(of: $0) }          // with any driver, each cell as text or nil
///     let imported = try table.resource(from: answers)
///
/// A declared type says which comparisons are exact: whole numbers and texts are; a column that may hold binary
/// floating point is left out. What dates are stored as, no declaration tells: they are texts until the file says
/// `timestamp` or `date`.
public struct SQLiteTableImport: Sendable {
  private let table: String
  private let schema: String

  /// - Parameter table: with its schema where it has one: `main.balances`.
  public init(table: String) {
    let parts = table.split(separator: ".", maxSplits: 1).map(String.init)
    schema = parts.count > 1 ? parts[0] : "main"
    self.table = parts.count > 1 ? parts[1] : table
    name = table
  }

  private let name: String

  /// What to ask the database, in this order.
  public var statements: [SQLStatement] {
    [
      statement(
        """
        SELECT type, wr, strict, (SELECT sql FROM \(catalogue) WHERE name = t.name AND type IN ('table', 'view')) \
        FROM pragma_table_list(?) AS t WHERE t.schema = ?
        """),
      statement(columns("SELECT ?1 AS name")),
      statement(
        """
        SELECT il.name, ii.name FROM pragma_index_list(?1, ?2) AS il, pragma_index_info(il.name, ?2) AS ii \
        WHERE il."unique" AND NOT il.partial ORDER BY il.seq DESC, ii.seqno
        """),
      statement(
        """
        SELECT m.name, f.id, f."from", f."table", f."to" FROM \(catalogue) AS m, pragma_foreign_key_list(m.name, ?2) AS f \
        WHERE m.type = 'table' AND (lower(m.name) = lower(?1) OR lower(f."table") = lower(?1)) \
        ORDER BY lower(m.name) <> lower(?1), m.name, f.id DESC, f.seq
        """),
      statement(
        columns(
          """
          SELECT DISTINCT f."table" AS name FROM pragma_foreign_key_list(?1, ?2) AS f UNION \
          SELECT m.name FROM \(catalogue) AS m, pragma_foreign_key_list(m.name, ?2) AS f \
          WHERE lower(f."table") = lower(?1)
          """)),
    ]
  }

  private func columns(_ tables: String) -> String {
    """
    SELECT t.name, c.name, c.type, c."notnull", c.pk, c.hidden, s.sql FROM (\(tables)) AS t, \
    pragma_table_xinfo(t.name, ?2) AS c LEFT JOIN \(catalogue) AS s ON lower(s.name) = lower(t.name) \
    AND s.type = 'table' ORDER BY t.name, c.cid
    """
  }

  private var catalogue: String {
    String(decoding: SQLIdentifier.table("\(schema).sqlite_schema", .sqlite), as: UTF8.self)
  }

  private func statement(_ text: String) -> SQLStatement {
    SQLStatement(text: text, bindings: [.text(table), .text(schema)])
  }

  /// The resource that the answers describe: for each statement its rows, in order, each cell as text, null as nil.
  ///
  /// - Throws: no such table, no usable primary key.
  public func resource(
    from answers: [[[String?]]], options: ImportOptions = ImportOptions()
  ) throws(QueryError) -> ImportedResource {
    func rows(_ index: Int) -> TableRows { TableRows(answers.indices.contains(index) ? answers[index] : nil) }
    var reader = SQLiteTableReader(table: table, name: name)
    reader.readTable(rows(0))
    reader.readColumns(rows(1), isOwn: true)
    reader.readKeys(rows(2))
    reader.readColumns(rows(4), isOwn: false)
    reader.readForeignKeys(rows(3))
    var builder = TableResource(facts: reader.facts, options: options)
    return try builder.build()
  }
}
