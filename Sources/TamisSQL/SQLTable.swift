public import TamisModel

/// The tables that hold a resource's records on one engine: how they are made, and how a record becomes rows.
///
/// For tests, demonstrations and the command line; a server has its tables already.
public struct SQLTable: Sendable {
  private let resource: Resource
  private let dialect: SQLDialect
  private let root: TableLayout
  private let children: [(relation: Int, layout: TableLayout)]
  /// Why the engine cannot hold the resource; empty when it can.
  public let faults: [String]

  public init(resource: Resource, dialect: SQLDialect) {
    self.resource = resource
    self.dialect = dialect
    root = TableLayout(root: resource, dialect)
    children = resource.relations.indices.compactMap { index in
      TableLayout(child: index, of: resource, dialect).map { (index, $0) }
    }
    let layouts = [root] + children.map(\.layout)
    faults = resource.faults + layouts.flatMap(\.faults)
  }

  /// Statements that make the tables, schema first. Empty when there are faults.
  public var createStatements: [String] {
    guard faults.isEmpty else { return [] }
    var schemas: [String] = []
    var tables: [(name: String, statement: String)] = []
    for layout in [root] + children.map(\.layout) {
      for schema in layout.schemaStatements where !schemas.contains(schema) { schemas.append(schema) }
      if !tables.contains(where: { $0.name == layout.table }) {
        tables.append((layout.table, layout.createStatement))
      }
    }
    return schemas + tables.map(\.statement)
  }

  /// The insertions of one record: its own row, then its children's.
  ///
  /// Throws when a value cannot be stored: too many digits, or not of its field's type.
  public func rows(for record: StoredRecord) throws(QueryError) -> [SQLStatement] {
    guard faults.isEmpty else {
      throw QueryError(Diagnostic(.invalidResource(faults: faults), SourceSpan(0, 0)))
    }
    var statements = [
      SQLStatement(text: root.insertStatement, bindings: try root.row(record.values, record.elements, record))
    ]
    for child in children where record.elements.indices.contains(child.relation) {
      for element in record.elements[child.relation] {
        statements.append(
          SQLStatement(
            text: child.layout.insertStatement, bindings: try child.layout.row(element, [], record)))
      }
    }
    return statements
  }
}
