import TamisModel

/// An index as its engine has it.
struct SortedIndex: Sendable {
  struct Key: Sendable {
    /// Nil for a column that leads to another table.
    var field: FieldID?
    var isFolded: Bool
    /// Nil where texts have one order, or it holds no text.
    var collation: TextCollation?
    /// In an operator class that has equality, but neither the ranges nor the order that statements use.
    var isPattern = false
    var isDescending: Bool
    var nullsFirst: Bool
  }

  let name: String
  /// The place of the relation whose table has it.
  let relation: Int?
  let isUnique: Bool
  let isForeignKeyFirst: Bool
  let keys: [Key]
}

/// In what order an engine with several has texts.
enum TextCollation: Hashable, Sendable {
  /// The database's, or whatever the column has.
  case ofColumn
  case bytes
}

extension SortedIndex {
  /// What explanations call the index that a primary key has.
  static let primaryKeyName = "the primary key"

  /// The indexes of a resource: the primary key's, then those declared.
  static func all(of resource: Resource, _ dialect: SQLDialect, _ rules: IndexRules) -> [SortedIndex] {
    let declared = resource.indexes.compactMap { SortedIndex($0, of: resource, dialect, rules) }
    return [primaryKey(of: resource, dialect, rules)].compactMap { $0 } + declared
  }

  private static func primaryKey(
    of resource: Resource, _ dialect: SQLDialect, _ rules: IndexRules
  ) -> SortedIndex? {
    let fields = resource.primaryKey.map(resource.field)
    guard !fields.isEmpty, fields.allSatisfy({ $0.jsonLocation == nil }) else { return nil }
    let index = Index(primaryKeyName, keys: fields.map { .ascending($0.name) })
    return SortedIndex(index.unique(), of: resource, dialect, rules)
  }

  /// Nil for one with a column that the resource does not have, which is a fault of the resource.
  private init?(_ index: Index, of resource: Resource, _ dialect: SQLDialect, _ rules: IndexRules) {
    var relation: Int?
    if let name = index.relation {
      guard let found = resource.relation(named: name) else { return nil }
      relation = found
    }
    var keys: [Key] = []
    for key in index.keys {
      guard let made = Key(key, of: resource, relation, dialect, rules) else { return nil }
      keys.append(made)
    }
    name = index.name
    self.relation = relation
    isUnique = index.isUnique
    isForeignKeyFirst = index.keys.first?.column == .foreignKey
    self.keys = keys
  }
}

extension SortedIndex.Key {
  fileprivate init?(
    _ key: IndexKey, of resource: Resource, _ relation: Int?, _ dialect: SQLDialect, _ rules: IndexRules
  ) {
    isDescending = key.direction == .descending
    let standard = (dialect.nullOrder == .smallest) != isDescending
    nullsFirst = rules.declaresNulls ? key.nulls.map { $0 == .first } ?? standard : standard
    isFolded = key.form == .folded
    isPattern = key.textOrder == .pattern && rules.patternClass != nil
    switch key.column {
    case .foreignKey, .targetKey: collation = dialect.byteCollation == nil ? nil : .ofColumn
    case .field(let name):
      guard let id = resource.field(named: name, inRelation: relation) else { return nil }
      let field = resource.field(id)
      self.field = id
      let encoding = ColumnEncoding.resolve(field, dialect, insideJSON: field.jsonLocation != nil)
      guard dialect.byteCollation != nil, encoding?.isText ?? false else {
        isPattern = false
        return
      }
      let isByBytes = isFolded || key.textOrder == .bytes || field.hasByteCollation
      collation = isByBytes && !isPattern ? .bytes : TextCollation(ofColumn: field)
    }
  }
}

extension TextCollation {
  init(ofColumn field: Field) { self = field.hasByteCollation ? .bytes : .ofColumn }
}
