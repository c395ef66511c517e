import TamisModel

/// A column, or a struct's member, that holds the elements of a relation as structs.
struct StructLayout: Sendable {
  let column: String
  /// The relation's place among those of its owner.
  let relation: Int
  let type: String
  private let lists: StructLists
  private let fields: [StoredField]
  private let inner: [StructLayout]
  let faults: [String]

  /// Nil for elements that are not structs, and where the engine has none.
  init?(_ relation: Relation, at place: Int, _ dialect: SQLDialect) {
    guard case .structs(let column) = relation.location, let lists = dialect.structs else { return nil }
    self.column = column
    self.relation = place
    self.lists = lists
    fields = relation.fields.map { StoredField($0, insideJSON: false, dialect) }
    inner = relation.relations.enumerated().compactMap { StructLayout($1, at: $0, dialect) }
    let names = fields.map(\.field.columnName) + inner.map(\.column)
    let types = fields.map { $0.columnType(inKey: false) } + inner.map(\.type)
    let quoted = names.map { String(decoding: SQLIdentifier.quote($0, dialect), as: UTF8.self) }
    type = lists.type(zip(quoted, types).map { (name: $0, type: $1) })
    faults =
      inner.flatMap(\.faults)
      + fields.filter { $0.encoding == nil || $0.field.jsonLocation != nil }
      .map { "\(dialect.displayName) can not store '\($0.field.name)' in a struct" }
      + (Set(names).count == names.count ? [] : ["two members of '\(column)' have the same name"])
      + (names.isEmpty ? ["the structs of '\(column)' have no members"] : [])
  }

  /// The list of an owner's elements, as an expression over parameters. As deep as the relations are nested.
  func expression(_ owner: StoredRecord, _ row: inout InsertedRow) throws(QueryError) -> String {
    var structs: [[String]] = []
    for element in owner.elements.indices.contains(relation) ? owner.elements[relation] : [] {
      var members: [String] = []
      for (field, value) in zip(fields, element.values) {
        members.append(row.place(try field.binding(value), field.encoding, field.conversion))
      }
      for layout in inner { members.append(try layout.expression(element, &row)) }
      structs.append(members)
    }
    return "CAST(\(lists.list(structs)) AS \(type))"
  }
}

/// The values of a row on its way into a table.
struct InsertedRow {
  let dialect: SQLDialect
  private(set) var bindings: [SQLBinding] = []

  init(_ dialect: SQLDialect) { self.dialect = dialect }

  /// The parameter of one more value, with what stands around it.
  mutating func place(
    _ binding: SQLBinding, _ encoding: ColumnEncoding?, _ conversion: SQLDialect.Wrapping?
  ) -> String {
    bindings.append(binding)
    let place = dialect.placeholder(bindings.count, storing: encoding)
    return conversion?.around(place) ?? place
  }
}
