import TamisModel

/// The statement that makes an index.
struct IndexLayout: Sendable {
  /// Nil for an engine whose indexes nothing is known of, and for what is a fault of the resource.
  let statement: String?

  init(_ index: Index, of resource: Resource, _ dialect: SQLDialect) {
    statement = dialect.indexRules.flatMap { Writer(index, resource, dialect, $0).statement }
  }

  private struct Writer {
    let index: Index
    let resource: Resource
    let dialect: SQLDialect
    let rules: IndexRules
    let entry: RelationEntry?

    init(_ index: Index, _ resource: Resource, _ dialect: SQLDialect, _ rules: IndexRules) {
      self.index = index
      self.resource = resource
      self.dialect = dialect
      self.rules = rules
      entry = index.relation.flatMap { resource.relation(named: $0) }.map { resource.relationEntry($0) }
    }

    var statement: String? {
      guard let table, index.relation == nil || entry != nil else { return nil }
      let columns = index.keys.compactMap(column)
      guard columns.count == index.keys.count, !columns.isEmpty else { return nil }
      return "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(name(in: table)) ON \(target(table)) "
        + "(\(columns.joined(separator: ", ")))"
    }

    private var table: String? {
      guard let entry else { return resource.table }
      switch entry.relation.location {
      case .childTable(let table, _, _): return table
      case .pivotTable(let pivot, _, _, _, _, _): return pivot
      case .json, .structs: return nil
      }
    }

    private func quote(_ name: String) -> String {
      String(decoding: SQLIdentifier.quote(name, dialect), as: UTF8.self)
    }

    /// Where schemas are attached databases, the index's name says the schema; elsewhere it is that of its table.
    private func name(in table: String) -> String {
      let parts = SQLIdentifier.parts(table)
      guard dialect.schemas == .attached, parts.count > 1 else { return quote(index.name) }
      return quote(parts[0]) + "." + quote(index.name)
    }

    private func target(_ table: String) -> String {
      let parts = SQLIdentifier.parts(table)
      guard dialect.schemas == .attached, let last = parts.last else {
        return String(decoding: SQLIdentifier.table(table, dialect), as: UTF8.self)
      }
      return quote(last)
    }

    private func column(_ key: IndexKey) -> String? {
      let order = (key.direction == .descending ? " DESC" : "") + placement(key)
      switch key.column {
      case .field(let name): return field(name, key).map { $0 + order }
      case .foreignKey, .targetKey: return link(key.column).map { quote($0) + order }
      }
    }

    private func placement(_ key: IndexKey) -> String {
      guard rules.declaresNulls else { return "" }
      return switch key.nulls {
      case .first: " NULLS FIRST"
      case .last: " NULLS LAST"
      case nil: ""
      }
    }

    private func link(_ column: IndexKey.Column) -> String? {
      switch (column, entry?.relation.location) {
      case (.foreignKey, .childTable(_, let key, _)), (.foreignKey, .pivotTable(_, let key, _, _, _, _)): key
      case (.targetKey, .pivotTable(_, _, let key, _, _, _)): key
      case (.foreignKey, .json), (.foreignKey, .structs), (.foreignKey, nil), (.targetKey, _), (.field, _):
        nil
      }
    }

    private func field(_ name: String, _ key: IndexKey) -> String? {
      let fields = entry?.relation.fields ?? resource.fields
      guard let field = fields.first(where: { $0.name == name }) else { return nil }
      let place = FieldPlace(field, entry: nil, dialect)
      guard !place.isUnspeakable,
        let encoding = ColumnEncoding.resolve(field, dialect, insideJSON: !place.path.isEmpty)
      else { return nil }
      let expression = place.expression("", encoding)
      switch key.form {
      case .value: return String(decoding: expression, as: UTF8.self) + textOrder(key, encoding)
      case .expression:
        return "(" + String(decoding: expression, as: UTF8.self) + ")" + textOrder(key, encoding)
      case .folded:
        return "(" + dialect.asciiFolding.around(String(decoding: expression, as: UTF8.self)) + ")"
      }
    }

    private func textOrder(_ key: IndexKey, _ encoding: ColumnEncoding) -> String {
      guard let collation = dialect.byteCollation, encoding.isText else { return "" }
      return switch key.textOrder {
      case .column: ""
      case .bytes: collation
      case .pattern: rules.patternClass ?? ""
      }
    }
  }
}
