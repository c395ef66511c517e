import TamisModel

/// The pivot table of a relation: one row for each element of each record.
struct LinkLayout: Sendable {
  let table: String
  let faults: [String]
  private let dialect: SQLDialect
  private let columns: [String]
  /// The fields that the two columns repeat: the owner's, the element's.
  private let keys: [(place: Int, field: StoredField)]

  /// Nil for a relation without a pivot table.
  ///
  /// - Parameter owner: the fields of the record, or element, that elements belong to.
  init?(_ entry: RelationEntry, of owner: [Field], _ dialect: SQLDialect) {
    guard
      case .pivotTable(let pivot, let foreignKey, let targetKey, _, let key, let parentKey) =
        entry.relation.location
    else { return nil }
    table = pivot
    self.dialect = dialect
    columns = [foreignKey, targetKey]
    let found = [
      TableLayout.key(parentKey, of: owner, dialect),
      TableLayout.key(key, of: entry.relation.fields, dialect),
    ]
    keys = found.compactMap { $0 }.map { (place: $0.0, field: $0.1) }
    faults = zip(found, [parentKey, key]).compactMap { found, column in
      found == nil
        ? "the relation '\(entry.name)' refers to the column '\(column)', which no field has" : nil
    }
  }

  private var quotedTable: String { String(decoding: SQLIdentifier.table(table, dialect), as: UTF8.self) }
  private var quotedColumns: [String] {
    columns.map { String(decoding: SQLIdentifier.quote($0, dialect), as: UTF8.self) }
  }

  var schemaStatements: [String] { dialect.schemaStatements(of: table) }

  var createStatement: String {
    let parts = zip(quotedColumns, keys).map { $0 + " " + $1.field.columnType(inKey: true) }
    return "CREATE TABLE \(quotedTable) (\(parts.joined(separator: ", ")))"
      + (dialect.types.tableEnding ?? "")
  }

  func insertion(_ element: StoredRecord, owner: StoredRecord) throws(QueryError) -> SQLStatement {
    var row = InsertedRow(dialect)
    var places: [String] = []
    for (key, record) in zip(keys, [owner, element]) {
      let value = record.values.indices.contains(key.place) ? record.values[key.place] : nil
      places.append(row.place(try key.field.binding(value), key.field.encoding, key.field.conversion))
    }
    return SQLStatement(
      text: "INSERT INTO \(quotedTable) (\(quotedColumns.joined(separator: ", "))) "
        + "VALUES (\(places.joined(separator: ", ")))", bindings: row.bindings)
  }
}
