public import TamisModel

/// The tables that hold a resource's records on one engine: how they are made, and how a record becomes rows.
///
/// A list of structs that the engine has no column for is left out: queries that name it are refused there.
///
/// For tests, demonstrations and the command line; a server has its tables already.
public struct SQLTable: Sendable {
  private let resource: Resource
  private let dialect: SQLDialect
  private let root: TableLayout
  /// By relation; nil for one inside a column.
  private let children: [ElementTables?]
  /// Why the engine cannot hold the resource, or its indexes; empty when it can.
  public let faults: [String]

  /// The table of a relation's elements, and that of their links for many to many.
  private struct ElementTables: Sendable {
    var elements: TableLayout
    var links: LinkLayout?
  }

  public init(resource: Resource, dialect: SQLDialect) {
    self.resource = resource
    self.dialect = dialect
    root = TableLayout(root: resource, dialect)
    let entries = resource.relationEntries
    let tables: [ElementTables?] = entries.map { entry in
      let owner = entry.parent.map { entries[$0].relation.fields } ?? resource.fields
      guard let layout = TableLayout(child: entry, of: owner, dialect) else { return nil }
      return ElementTables(elements: layout, links: LinkLayout(entry, of: owner, dialect))
    }
    children = tables
    faults =
      resource.faults + ResourceNames(resource, dialect).faults + root.faults
      + tables.compactMap { $0 }.flatMap { $0.elements.faults + ($0.links?.faults ?? []) }
      + Self.indexFaults(resource, dialect)
  }

  private static func indexFaults(_ resource: Resource, _ dialect: SQLDialect) -> [String] {
    guard dialect.indexRules != nil else { return [] }
    return resource.indexes.filter { IndexLayout($0, of: resource, dialect).statement == nil }
      .map { "\(dialect.displayName) can not have the index '\($0.name)'" }
  }

  /// Statements that make the tables, schema first. Empty when there are faults.
  public var createStatements: [String] {
    guard faults.isEmpty else { return [] }
    var schemas: [String] = []
    var tables: [(name: String, statement: String)] = []
    func add(_ table: String, _ schema: [String], _ statement: String) {
      for schema in schema where !schemas.contains(schema) { schemas.append(schema) }
      if !tables.contains(where: { $0.name == table }) { tables.append((table, statement)) }
    }
    for layout in [root] + children.compactMap({ $0?.elements }) {
      add(layout.table, layout.schemaStatements, layout.createStatement)
    }
    for links in children.compactMap({ $0?.links }) {
      add(links.table, links.schemaStatements, links.createStatement)
    }
    return schemas + tables.map(\.statement)
  }

  /// Statements that make the resource's indexes, for tables that are there; after the rows of a first load, for speed.
  /// Empty where there are faults, and on an engine whose indexes nothing is known of.
  public var indexStatements: [String] {
    guard faults.isEmpty else { return [] }
    return resource.indexes.compactMap { IndexLayout($0, of: resource, dialect).statement }
  }

  /// The insertions of records, table by table: their own rows, then those of their children. An element that several
  /// records share is inserted once.
  ///
  /// Throws when a value cannot be stored: too many digits, or not of its field's type.
  public func rows(for records: [StoredRecord]) throws(QueryError) -> [SQLStatement] {
    guard faults.isEmpty else {
      throw QueryError(Diagnostic(.invalidResource(faults: faults), SourceSpan(0, 0)))
    }
    var rows = TableRows()
    for record in records {
      rows.append(try root.insertion(record, owner: record))
      try append(record, inside: nil, to: &rows)
    }
    return rows.statements
  }

  /// Rows by table, in the order in which tables are first met.
  private struct TableRows {
    private var tables: [[SQLStatement]] = []
    private var places: [String: Int] = [:]
    private var shared: Set<SQLStatement> = []

    var statements: [SQLStatement] { tables.flatMap { $0 } }

    mutating func append(_ row: SQLStatement, isShared: Bool = false) {
      if isShared, !shared.insert(row).inserted { return }
      if let place = places[row.text] { return tables[place].append(row) }
      places[row.text] = tables.count
      tables.append([row])
    }
  }

  /// The rows of a record's elements, or of an element's. As deep as the relations are nested.
  private func append(
    _ record: StoredRecord, inside relation: Int?, to rows: inout TableRows
  ) throws(QueryError) {
    for (place, index) in resource.relations(inside: relation).enumerated() {
      guard let tables = children[index], record.elements.indices.contains(place) else { continue }
      for element in record.elements[place] {
        rows.append(
          try tables.elements.insertion(element, owner: record), isShared: tables.links != nil)
        if let links = tables.links {
          rows.append(try links.insertion(element, owner: record))
        }
        try append(element, inside: index, to: &rows)
      }
    }
  }
}
