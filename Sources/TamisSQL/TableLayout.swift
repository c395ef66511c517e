import TamisJSON
import TamisModel

/// The columns of one table, and where each takes its value from.
struct TableLayout: Sendable {
  struct Column: Sendable {
    var name: String
    var type: String
    var source: Source
    /// How its values are bound, and what stands around their parameter in an insertion.
    var encoding: ColumnEncoding?
    var conversion: SQLDialect.Wrapping?
  }

  enum Source: Sendable {
    /// The first of these fields that has a value.
    case fields([Int])
    case document(DocumentPlan)
    /// A field of the record, or element, that the element belongs to.
    case parent(StoredField, Int)
    case structs(StructLayout)
  }

  /// What a JSON column is composed of.
  struct DocumentPlan: Sendable {
    /// Fields that are the whole document.
    var whole: [Int] = []
    var parts: [(field: Int, path: [String])] = []
    var relations: [(relation: Int, path: [String])] = []
  }

  let table: String
  private let dialect: SQLDialect
  private let fields: [StoredField]
  /// Of the rows' own elements.
  private let relations: [Relation]
  private var columns: [Column] = []
  private var primaryKey: [String] = []
  private(set) var faults: [String] = []

  init(root resource: Resource, _ dialect: SQLDialect) {
    self.init(resource.table, resource.fields, resource.relations, dialect)
    addColumns()
    let keys = resource.fields.filter(\.isPrimaryKey)
    if keys.allSatisfy({ $0.jsonLocation == nil }) { primaryKey = keys.map(\.columnName) }
  }

  /// Nil for a relation inside a JSON column.
  ///
  /// - Parameter owner: the fields of the record, or element, that elements belong to.
  init?(child entry: RelationEntry, of owner: [Field], _ dialect: SQLDialect) {
    let relation = entry.relation
    switch relation.location {
    case .json, .structs: return nil
    case .childTable(let table, let foreignKey, let parentKey):
      self.init(table, relation.fields, relation.relations, dialect)
      if let (place, key) = Self.key(parentKey, of: owner, dialect) {
        columns.append(
          Column(
            name: foreignKey, type: key.columnType(inKey: true), source: .parent(key, place),
            encoding: key.encoding, conversion: key.conversion))
      } else {
        faults.append("the relation '\(entry.name)' refers to the column '\(parentKey)', which no field has")
      }
      addColumns()
    case .pivotTable(_, _, _, let table, let key, _):
      self.init(table, relation.fields, relation.relations, dialect)
      addColumns()
      primaryKey = [key]
    }
  }

  private init(_ table: String, _ fields: [Field], _ relations: [Relation], _ dialect: SQLDialect) {
    self.table = table
    self.dialect = dialect
    self.relations = relations
    self.fields = fields.map { StoredField($0, insideJSON: $0.jsonLocation != nil, dialect) }
  }

  /// The field that a key column holds.
  static func key(_ column: String, of fields: [Field], _ dialect: SQLDialect) -> (Int, StoredField)? {
    guard let place = fields.firstIndex(where: { $0.columnName == column && $0.jsonLocation == nil }),
      ColumnEncoding.resolve(fields[place], dialect, insideJSON: false) != nil
    else { return nil }
    return (place, StoredField(fields[place], insideJSON: false, dialect))
  }

  private mutating func addColumns() {
    addFields()
    for (index, relation) in relations.enumerated() {
      switch relation.location {
      case .childTable, .pivotTable: break
      case .json(let column, let path): addDocument(column) { $0.relations.append((index, path)) }
      case .structs: addStructs(relation, index)
      }
    }
    nameFaults()
  }

  private mutating func addFields() {
    for (index, field) in fields.enumerated() {
      if let location = field.field.jsonLocation {
        addDocument(location.column) { $0.parts.append((index, location.path)) }
      } else if field.field.type == .json {
        addDocument(field.field.columnName, field.encoding) { $0.whole.append(index) }
      } else {
        addColumn(field.field.columnName, field, index)
      }
    }
  }

  private mutating func addColumn(_ name: String, _ field: StoredField, _ index: Int) {
    if let place = columns.firstIndex(where: { $0.name == name }) {
      if case .fields(let others) = columns[place].source {
        columns[place].source = .fields(others + [index])
      }
    } else {
      let type = field.columnType(inKey: field.field.isPrimaryKey)
      columns.append(
        Column(
          name: name, type: type, source: .fields([index]), encoding: field.encoding,
          conversion: field.conversion))
    }
  }

  private mutating func addDocument(
    _ name: String, _ encoding: ColumnEncoding? = .document, _ change: (inout DocumentPlan) -> Void
  ) {
    var plan = DocumentPlan()
    let place = columns.firstIndex { $0.name == name }
    if let place, case .document(let existing) = columns[place].source { plan = existing }
    change(&plan)
    if let place {
      columns[place].source = .document(plan)
    } else {
      let type = (encoding ?? .document).columnType(dialect)
      let nullable = dialect.types.nullable?.around(type) ?? type
      columns.append(Column(name: name, type: nullable, source: .document(plan), encoding: encoding))
    }
  }

  /// Where the engine has no lists of structs the column is left out, and queries that name it are refused.
  private mutating func addStructs(_ relation: Relation, _ index: Int) {
    guard let layout = StructLayout(relation, at: index, dialect) else { return }
    faults += layout.faults
    if columns.contains(where: { $0.name == layout.column }) {
      faults.append("the column '\(layout.column)' is a list of structs and something else")
    }
    columns.append(Column(name: layout.column, type: layout.type, source: .structs(layout)))
  }

  private mutating func nameFaults() {
    for field in fields where field.encoding == nil {
      faults.append("\(dialect.displayName) can not store '\(field.field.name)' so")
    }
  }
}

extension TableLayout {
  private var quotedTable: String { String(decoding: SQLIdentifier.table(table, dialect), as: UTF8.self) }

  private func quoted(_ names: [String]) -> String {
    names.map { String(decoding: SQLIdentifier.quote($0, dialect), as: UTF8.self) }.joined(separator: ", ")
  }

  var schemaStatements: [String] { dialect.schemaStatements(of: table) }

  var createStatement: String {
    var parts = columns.map { quoted([$0.name]) + " " + $0.type }
    if !primaryKey.isEmpty, dialect.types.tableEnding == nil {
      parts.append("PRIMARY KEY (\(quoted(primaryKey)))")
    }
    return "CREATE TABLE \(quotedTable) (\(parts.joined(separator: ", ")))"
      + (dialect.types.tableEnding ?? "")
  }

  private var isSelected: Bool {
    dialect.structs?.isSelected == true
      && columns.contains { if case .structs = $0.source { true } else { false } }
  }

  /// - Parameter owner: what an element belongs to.
  func insertion(_ record: StoredRecord, owner: StoredRecord) throws(QueryError) -> SQLStatement {
    var row = InsertedRow(dialect)
    var places: [String] = []
    for column in columns {
      let value: SQLBinding
      switch column.source {
      case .fields(let indexes): value = try binding(indexes, record.values)
      case .document(let plan): value = try document(plan, record)
      case .parent(let key, let index):
        value = try key.binding(owner.values.indices.contains(index) ? owner.values[index] : nil)
      case .structs(let layout):
        places.append(try layout.expression(record, &row))
        continue
      }
      places.append(row.place(value, column.encoding, column.conversion))
    }
    let values = places.joined(separator: ", ")
    return SQLStatement(
      text: "INSERT INTO \(quotedTable) (\(quoted(columns.map(\.name)))) "
        + (isSelected ? "SELECT \(values)" : "VALUES (\(values))"), bindings: row.bindings)
  }

  private func binding(_ indexes: [Int], _ values: [Value?]) throws(QueryError) -> SQLBinding {
    for index in indexes where values.indices.contains(index) && values[index] != nil {
      return try fields[index].binding(values[index])
    }
    return .null
  }

  private func document(_ plan: DocumentPlan, _ record: StoredRecord) throws(QueryError) -> SQLBinding {
    let values = record.values
    var tree = DocumentTree.empty
    for index in plan.whole where values.indices.contains(index) {
      if let json = try fields[index].json(values[index]) { tree = .value(json) }
    }
    for part in plan.parts where values.indices.contains(part.field) {
      if let json = try fields[part.field].json(values[part.field]) { tree.set(json, at: part.path[...]) }
    }
    for part in plan.relations where record.elements.indices.contains(part.relation) {
      if let json = try Self.json(record.elements[part.relation], of: relations[part.relation], dialect) {
        tree.set(json, at: part.path[...])
      }
    }
    return tree.text.map(SQLBinding.json) ?? .null
  }

  /// An array of objects; of a to-one relation the object itself. As deep as the relations are nested.
  private static func json(
    _ elements: [StoredRecord], of relation: Relation, _ dialect: SQLDialect
  ) throws(QueryError) -> [UInt8]? {
    let fields = relation.fields.map { StoredField($0, insideJSON: true, dialect) }
    var objects: [[UInt8]] = []
    for element in elements {
      var tree = DocumentTree.members([])
      for (field, value) in zip(fields, element.values) {
        if let json = try field.json(value) { tree.set(json, at: field.elementPath[...]) }
      }
      for (inner, elements) in zip(relation.relations, element.elements) {
        guard case .json(let column, let path) = inner.location else { continue }
        if let json = try json(elements, of: inner, dialect) { tree.set(json, at: ([column] + path)[...]) }
      }
      objects.append(Array((tree.text ?? "{}").utf8))
    }
    if relation.cardinality == .one { return objects.first }
    return [UInt8(ascii: "[")] + objects.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
  }
}

/// A field's values on their way into a column or a document.
struct StoredField: Sendable {
  let field: Field
  let encoding: ColumnEncoding?
  private let dialect: SQLDialect

  init(_ field: Field, insideJSON: Bool, _ dialect: SQLDialect) {
    self.field = field
    self.dialect = dialect
    encoding = ColumnEncoding.resolve(field, dialect, insideJSON: insideJSON)
  }

  /// The type of a column of its own, with the collation that the field says it has. A key always has it where
  /// texts that differ may be equal.
  func columnType(inKey isKey: Bool) -> String {
    guard let encoding else { return "" }
    if let nullable = dialect.types.nullable {
      let type = encoding.columnType(dialect)
      return field.isNullable && !isKey ? nullable.around(type) : type
    }
    guard encoding.isText else { return encoding.columnType(dialect) }
    let isCollated = field.hasByteCollation || (isKey && dialect.equality == .folding)
    let type = isKey ? dialect.types.keyText ?? dialect.types.text : encoding.columnType(dialect)
    return type + (isCollated ? dialect.byteCollation ?? "" : "")
  }

  /// An integer or a decimal needs no cast to be stored.
  var conversion: SQLDialect.Wrapping? {
    switch encoding {
    case .timestampFromInteger, .dateFromInteger, .fixedDecimal: encoding?.parameter(dialect)
    case .text, .integer, .numeric, .scaledInteger, .orderedText, .decimalText, .boolean, .booleanInteger,
      .booleanText, .uuid, .uuidText, .uuidBytes, .date, .dateInteger, .dateText, .timestamp,
      .timestampInteger, .timestampText, .enumerationInteger, .enumerationText, .document, .documentText,
      .scalarText, nil:
      nil
    }
  }

  /// Where an element's field stands inside the element's object.
  var elementPath: [String] {
    field.jsonLocation.map { [$0.column] + $0.path } ?? [field.columnName]
  }

  func binding(_ value: Value?) throws(QueryError) -> SQLBinding {
    guard let value else { return .null }
    guard let encoding, let binding = stored(value, encoding) else { throw refusal }
    return binding
  }

  /// The value inside a document; nil for null, which is not written.
  func json(_ value: Value?) throws(QueryError) -> [UInt8]? {
    guard let value else { return nil }
    switch try binding(value) {
    case .null: return nil
    case .integer(let number): return Array(String(number).utf8)
    case .decimal(let text), .json(let text): return Array(text.utf8)
    case .boolean(let flag): return Array((flag ? "true" : "false").utf8)
    case .text(let text), .uuid(let text):
      var writer = JSONWriter()
      writer.string(text)
      return writer.bytes
    case .timestamp, .date, .bytes, .array: throw refusal
    }
  }

  private var refusal: QueryError {
    QueryError(
      Diagnostic(
        .notOnEngine(feature: "the value of '\(field.name)'", engine: dialect.displayName), SourceSpan(0, 0)))
  }

  private func stored(_ value: Value, _ encoding: ColumnEncoding) -> SQLBinding? {
    func binding(_ kind: Operand.Kind, _ literal: Literal) -> SQLBinding? {
      encoding.binding(literal, of: kind, rounding: .exact, cases: cases)
    }
    switch value {
    case .text(let text): return binding(.text, Literal(bytes: Array(text.utf8)[...]))
    case .integer(let number): return binding(.integer, Literal(number: number))
    case .decimal(let number):
      let bytes = Array(number.text.utf8)[...]
      return isStorable(bytes, encoding) ? binding(.decimal, Literal(bytes: bytes)) : nil
    case .boolean(let flag): return binding(.boolean, Literal(number: flag ? 1 : 0))
    case .uuid(let text): return binding(.uuid, Literal(bytes: Array(text.utf8)[...]))
    case .date(let date): return binding(.date, Literal(number: date.daysSinceEpoch))
    case .timestamp(let instant): return binding(.timestamp, Literal(number: instant.microseconds))
    case .enumeration(let name):
      let bytes = Array(name.utf8)
      guard let index = field.enumeration?.index(of: bytes, 0..<bytes.count) else { return nil }
      return binding(.enumerationCase, Literal(number: Int64(index)))
    case .json(let text): return CanonicalJSON.text(text).map { $0 == "null" ? .null : .json($0) }
    case .argument: return nil
    }
  }

  private var cases: [SQLBinding] {
    (field.enumeration?.cases ?? []).map {
      switch $0.stored {
      case .integer(let number): .integer(number)
      case .text(let text): .text(text)
      }
    }
  }

  private func isStorable(_ bytes: ArraySlice<UInt8>, _ encoding: ColumnEncoding) -> Bool {
    switch encoding {
    case .scaledInteger(let scale): ScaledInteger.stored(bytes, scale: scale) != nil
    case .orderedText: OrderedText.holds(bytes)
    case .fixedDecimal(let precision, let scale):
      FixedDecimal.holds(bytes, precision: precision, scale: scale)
    case .text, .integer, .numeric, .decimalText, .boolean, .booleanInteger, .booleanText, .uuid, .uuidText,
      .uuidBytes, .date, .dateInteger, .dateFromInteger, .dateText, .timestamp, .timestampInteger,
      .timestampFromInteger, .timestampText, .enumerationInteger, .enumerationText, .document, .documentText,
      .scalarText:
      true
    }
  }
}

extension SQLDialect {
  /// What makes a table's schema, where it has one.
  func schemaStatements(of table: String) -> [String] {
    let parts = SQLIdentifier.parts(table)
    guard parts.count > 1 else { return [] }
    let schema = String(decoding: SQLIdentifier.quote(parts[0], self), as: UTF8.self)
    switch schemas {
    case .created: return ["CREATE SCHEMA IF NOT EXISTS \(schema)"]
    case .databases: return ["CREATE DATABASE IF NOT EXISTS \(schema)"]
    case .attached: return ["ATTACH DATABASE ':memory:' AS \(schema)"]
    }
  }
}
