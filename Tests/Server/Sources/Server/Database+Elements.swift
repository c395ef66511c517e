import Tamis

extension Database {
  /// The elements of the relations that a client asks for, `include=…`: for each row, by relation. One statement for
  /// each relation, whatever the number of rows.
  func elements(for query: Query, _ rows: [[SQLBinding]]) async throws -> [[String: [[Value?]]]] {
    var elements = [[String: [[Value?]]]](repeating: [:], count: rows.count)
    for relation in query.resource.relations where query.inclusion.contains(relation.name) {
      guard case .childTable(let table, let foreignKey, let parentKey) = relation.location else { continue }
      let keys = try Self.keys(parentKey, of: query, rows, dialect)
      let found = try await children(relation, table, foreignKey, of: keys)
      for (index, key) in keys.enumerated() { elements[index][relation.name] = found[key] ?? [] }
    }
    return elements
  }

  /// Each row's key, which is among its columns: they end with the primary key.
  private static func keys(
    _ column: String, of query: Query, _ rows: [[SQLBinding]], _ dialect: SQLDialect
  ) throws -> [SQLBinding] {
    let name = query.resource.fields.first { $0.columnName == column }?.name
    let names = SQLEmitter(resource: query.resource, dialect: dialect).columnNames(for: query)
    guard let place = names.firstIndex(where: { $0 == name }) else {
      throw DatabaseFault(description: "\(column) is not selected")
    }
    return rows.map { $0[place] }
  }

  private func children(
    _ relation: Relation, _ table: String, _ foreignKey: String, of keys: [SQLBinding]
  ) async throws -> [SQLBinding: [[Value?]]] {
    guard !keys.isEmpty else { return [:] }
    // The names are the resource's own.
    let columns = ([foreignKey] + relation.fields.map(\.columnName)).map { "\"\($0)\"" }.joined(
      separator: ", ")
    let isIn =
      dialect == .postgreSQL
      ? "= ANY ($1)" : "IN (\(keys.map { _ in "?" }.joined(separator: ", ")))"
    let text = "SELECT \(columns) FROM \"\(table)\" WHERE \"\(foreignKey)\" \(isIn) ORDER BY \(columns)"
    var children: [SQLBinding: [[Value?]]] = [:]
    for row in try await rows(text, dialect == .postgreSQL ? [.array(keys)] : keys) {
      let values = zip(relation.fields, row.dropFirst()).map { field, stored in
        SQLRowReader.value(stored, of: field, dialect: dialect)
      }
      children[row[0], default: []].append(values)
    }
    return children
  }
}
