import TamisModel

/// The names of a resource's tables and columns, and what an engine would do to them.
struct ResourceNames {
  private let dialect: SQLDialect
  /// By table, which relations may share.
  private var columns: [String: Set<String>] = [:]
  private var tables: Set<String> = []
  /// Inside statements only: public names of columns.
  private var others: Set<String> = []
  private(set) var faults: [String] = []

  init(_ resource: Resource, _ dialect: SQLDialect) {
    self.dialect = dialect
    add(resource.table, resource.fields, resource.relations)
    let entries = resource.relationEntries
    for entry in entries { add(entry, owner: Self.table(of: entry.parent, entries) ?? resource.table) }
    others.formUnion(resource.fields.map(\.name))
    check()
  }

  /// The table that an element's own columns are in.
  private static func table(of index: Int?, _ entries: [RelationEntry]) -> String? {
    guard let index else { return nil }
    switch entries[index].relation.location {
    case .childTable(let table, _, _), .pivotTable(_, _, _, let table, _, _): return table
    case .json: return nil
    case .structs(let column): return Self.members(of: column)
    }
  }

  /// What no table is called: the members of a list's structs are beside each other, and not beside columns.
  private static func members(of column: String) -> String { ".\(column)" }

  private mutating func add(_ entry: RelationEntry, owner: String) {
    let relation = entry.relation
    switch relation.location {
    case .childTable(let table, let foreignKey, let parentKey):
      add(table, relation.fields, relation.relations)
      add(foreignKey, to: table)
      add(parentKey, to: owner)
    case .pivotTable(let pivot, let foreignKey, let targetKey, let table, let key, let parentKey):
      add(table, relation.fields, relation.relations)
      for column in [foreignKey, targetKey] { add(column, to: pivot) }
      tables.insert(pivot)
      add(key, to: table)
      add(parentKey, to: owner)
    case .json: break
    case .structs(let column):
      add(Self.members(of: column), relation.fields, relation.relations, isTable: false)
    }
  }

  private mutating func add(
    _ table: String, _ fields: [Field], _ relations: [Relation], isTable: Bool = true
  ) {
    if isTable { tables.insert(table) }
    for field in fields { add(field.jsonLocation?.column ?? field.columnName, to: table) }
    for relation in relations {
      switch relation.location {
      case .json(let column, _), .structs(let column): add(column, to: table)
      case .childTable, .pivotTable: break
      }
    }
  }

  private mutating func add(_ column: String, to table: String) {
    columns[table, default: []].insert(column)
  }

  // MARK: Faults

  private mutating func check() {
    for table in tables.sorted() where !SQLIdentifier.isTable(table) {
      faults.append("the table name '\(table)' has a part that is empty or quoted in part")
    }
    checkApart(tables.sorted(), "tables")
    for table in columns.keys.sorted() { checkApart((columns[table] ?? []).sorted(), "columns") }
    checkLengths()
  }

  /// Two names that the engine takes for one would both mean the same table or column.
  private mutating func checkApart(_ names: [String], _ kind: String) {
    guard dialect.foldsNames else { return }
    var seen: [String: String] = [:]
    for name in names {
      if let other = seen.updateValue(name, forKey: name.lowercased()) {
        faults.append("\(dialect.displayName) takes the \(kind) '\(other)' and '\(name)' for one")
      }
    }
  }

  private mutating func checkLengths() {
    guard let limit = dialect.nameCut else { return }
    let parts = tables.flatMap(SQLIdentifier.parts)
    for name in Set(parts + columns.values.flatMap { $0 } + others).sorted() where name.utf8.count > limit {
      faults.append("\(dialect.displayName) cuts the name '\(name)' after \(limit) bytes")
    }
  }
}
