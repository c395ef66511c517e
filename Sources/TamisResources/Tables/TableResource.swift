import TamisModel
import TamisPlanner

/// Makes a resource of a table's facts.
struct TableResource {
  let facts: TableFacts
  let options: ImportOptions
  private var notes: [ImportNote]
  private var fields: [Field] = []
  private var relations: [Relation] = []

  init(facts: TableFacts, options: ImportOptions) {
    self.facts = facts
    self.options = options
    notes = facts.notes
  }

  mutating func build() throws(QueryError) -> ImportedResource {
    let columns = facts.columns(of: facts.table)
    guard !columns.isEmpty else { throw Self.notFound("table", facts.table) }
    fields = columns.compactMap { field($0, label: $0.name) }
    try chooseKey(columns)
    for key in facts.foreignKeys { addRelation(key) }
    let elements = fields.map(ResourceElement.field) + relations.map(ResourceElement.relation)
    let name = options.name ?? facts.table.split(separator: ".").last.map(String.init) ?? facts.table
    let resource = Resource(
      name.filter { $0 != "\"" }, table: facts.table, dialect: options.dialect ?? .suffix,
      defaultSort: options.defaultSort, groups: ReservedFieldName.leavesGroups(fields, relations)
    ) { elements }
    let faults = Planner(resource: resource).faults
    if !faults.isEmpty { throw QueryError(Diagnostic(.invalidResource(faults: faults), SourceSpan(0, 0))) }
    return ImportedResource(resource: resource, notes: notes)
  }

  private static func notFound(_ kind: String, _ name: String, suggestion: String? = nil) -> QueryError {
    QueryError(Diagnostic(.notFound(kind: kind, name: name), SourceSpan(0, 0), suggestion: suggestion))
  }

  // MARK: Fields

  private mutating func field(_ column: ColumnFacts, label: String, isElement: Bool = false) -> Field? {
    for note in column.notes { notes.append(ImportNote(label, note)) }
    let type: FieldType
    switch column.meaning {
    case .unsupported(let reason):
      notes.append(ImportNote(label, "left out: \(reason)"))
      return nil
    case .shownOnly(let shown, let reason):
      notes.append(ImportNote(label, "shown, and tested for null only: \(reason)"))
      type = shown
    case .field(let found, _): type = found
    }
    return made(column, type, isElement: isElement)
  }

  private mutating func made(_ column: ColumnFacts, _ type: FieldType, isElement: Bool) -> Field {
    var field = Field(column.name, type)
    if ReservedFieldName.words.contains(column.name), !isElement {
      field.name += "_"
      notes.append(
        ImportNote(column.name, "a name that the query dialects reserve: the field is '\(field.name)'"))
    }
    if column.isNullable { field = field.nullable() }
    if case .json = type { field = field.openKeys(levels: 1) }
    restrict(&field, column)
    if isElement { field.isSortable = false }
    return field
  }

  /// What the column's own comparisons can not do exactly.
  private func restrict(_ field: inout Field, _ column: ColumnFacts) {
    field.isSortable = field.type != .json
    switch column.meaning {
    case .field(_, let storage):
      if let storage { field.storageOverrides[facts.engine] = storage }
    case .shownOnly:
      field.operators = field.operators.intersection(.nullTests)
      field.keyRule = .none
      field.isSortable = false
    case .unsupported: break
    }
    // The engine orders its own enumerations by their declaration, and takes no collation for them.
    if case .enumeration = field.type { field.isSortable = false }
    switch column.collation {
    case .plain: break
    case .bytes: field.hasByteCollation = true
    case .folded:
      field.operators = field.operators.intersection(.nullTests)
      field.isSortable = false
    }
  }

  // MARK: The key

  private mutating func chooseKey(_ columns: [ColumnFacts]) throws(QueryError) {
    var names = options.key.map { [$0] } ?? facts.primaryKey
    if names.isEmpty, !facts.uniqueKey.isEmpty {
      names = facts.uniqueKey
      notes.append(
        ImportNote(names.joined(separator: ", "), "the table has no primary key: a unique one is taken"))
    }
    guard !names.isEmpty else { throw Self.notFound("primary key in", facts.table) }
    for name in names {
      guard let index = fields.firstIndex(where: { $0.columnName == name && $0.type != .json }) else {
        throw Self.notFound(
          "usable key column", name, suggestion: NearestName.find(name, among: columns.map(\.name)))
      }
      fields[index].isPrimaryKey = true
      fields[index].isNullable = false
      fields[index].operators = fields[index].operators.subtracting(.nullTests)
      if !isEnumeration(fields[index]) { fields[index].isSortable = true }
    }
  }

  private func isEnumeration(_ field: Field) -> Bool { field.enumeration != nil }

  // MARK: Relations

  /// A key of this table leads to one record, a key of another table that names this one to many.
  private mutating func addRelation(_ key: ForeignKeyFacts) {
    let isOwn = key.table == facts.table
    let other = isOwn ? key.otherTable : key.table
    let parentKey = isOwn ? key.column : key.otherColumn
    let foreignKey = isOwn ? key.otherColumn : key.column
    let name = unusedName(isOwn ? Self.singular(key.column) : Self.plain(other))
    guard let parent = fields.first(where: { $0.columnName == parentKey }) else {
      return notes.append(ImportNote(name, "left out: its key '\(parentKey)' is no field"))
    }
    let elements = facts.columns(of: other)
    let inner = elements.compactMap { column -> Field? in
      guard case .field = column.meaning else { return nil }
      var quiet = column
      quiet.notes = []
      return field(quiet, label: "\(name).\(column.name)", isElement: true)
    }
    for column in elements {
      if case .field = column.meaning { continue }
      notes.append(
        ImportNote("\(name).\(column.name)", "left out: its type \(column.declaredType) is no field's"))
    }
    guard !inner.isEmpty else { return notes.append(ImportNote(name, "left out: it has no fields")) }
    var relation = Relation(name, isOwn ? .one : .many) { return inner }
    relation.location = .childTable(table: other, foreignKey: foreignKey, parentKey: parentKey)
    relation.source = .related(name: name, foreignKey: foreignKey, parentKey: parent.name)
    relations.append(relation)
  }

  private func unusedName(_ name: String) -> String {
    var candidate = name
    var number = 2
    let taken = Set(relations.map(\.name) + fields.map(\.name))
    while taken.contains(candidate) {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }

  /// `account_id` names an account.
  private static func singular(_ column: String) -> String {
    for ending in ["_id", "Id"] where column.hasSuffix(ending) && column.count > ending.count {
      return String(column.dropLast(ending.count))
    }
    return column
  }

  private static func plain(_ table: String) -> String {
    (table.split(separator: ".").last.map(String.init) ?? table).filter { $0 != "\"" }
  }
}
