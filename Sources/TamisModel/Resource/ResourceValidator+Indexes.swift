extension ResourceValidator {
  /// As many columns as PostgreSQL gives an index.
  private static let indexWidth = 32

  func indexes() -> [String] {
    repeated(parts.indexes.map(\.name)).map { "the index '\($0)' is declared twice" }
      + copies() + parts.indexes.flatMap(check)
  }

  /// The same columns under another name.
  private func copies() -> [String] {
    var seen: Set<Index> = []
    return parts.indexes.filter { index in
      var nameless = index
      nameless.name = ""
      return !seen.insert(nameless).inserted && !index.keys.isEmpty
    }
    .map { "the index '\($0.name)' is another one's copy" }
  }

  private func check(_ index: Index) -> [String] {
    if index.name.isEmpty { return ["an index has no name"] }
    let label = "the index '\(index.name)'"
    if index.name.utf8.contains(0) { return ["the name of an index holds a NUL"] }
    if index.keys.isEmpty { return ["\(label) has no columns"] }
    if index.keys.count > Self.indexWidth { return ["\(label) has more than \(Self.indexWidth) columns"] }
    guard let relation = index.relation else {
      return check(index.keys, of: label, fields: parts.fields, location: nil)
    }
    guard let entry = relationTable.entries.first(where: { $0.name == relation }) else {
      return ["\(label) names the unknown relation '\(relation)'"]
    }
    return check(
      index.keys, of: label, fields: entry.relation.fields, location: entry.relation.location)
  }

  private func check(
    _ keys: [IndexKey], of label: String, fields: [Field], location: Relation.Location?
  ) -> [String] {
    var faults: [String] = []
    var seen: Set<IndexKey> = []
    for key in keys {
      // One column in two orders of text is two columns; in two directions it is one.
      let plain = IndexKey(key.column).like(key)
      if !seen.insert(plain).inserted { faults.append("\(label) has \(key.column.noun) twice") }
      faults += check(key, of: label, fields: fields, location: location)
    }
    return faults
  }

  private func check(
    _ key: IndexKey, of label: String, fields: [Field], location: Relation.Location?
  ) -> [String] {
    switch (key.column, location) {
    case (_, .json): return ["\(label) is of a relation inside a JSON column, which has no table"]
    case (_, .structs): return ["\(label) is of a relation inside a list of structs, which has no table"]
    case (.foreignKey, nil), (.targetKey, nil), (.targetKey, .childTable):
      return ["\(label) has \(key.column.noun), which its table has not"]
    case (.foreignKey, .childTable), (.foreignKey, .pivotTable), (.targetKey, .pivotTable): return []
    case (.field(let name), .pivotTable):
      return ["\(label) is of a pivot table, which does not have '\(name)'"]
    case (.field(let name), nil), (.field(let name), .childTable):
      guard let field = fields.first(where: { $0.name == name }) else {
        return ["\(label) names the unknown field '\(name)'"]
      }
      return check(key.form, field, of: label)
    }
  }

  private func check(_ form: IndexKey.Form, _ field: Field, of label: String) -> [String] {
    if field.type == .json { return ["\(label) has the document '\(field.name)', which has no order"] }
    switch form {
    case .value:
      return field.jsonLocation == nil
        ? [] : ["\(label) has '\(field.name)', which is no column; index its expression"]
    case .expression:
      return field.jsonLocation == nil ? ["\(label) has the expression of '\(field.name)', a column"] : []
    case .folded: return field.type == .text ? [] : ["\(label) folds '\(field.name)', which is not text"]
    }
  }
}

extension IndexKey {
  fileprivate func like(_ other: IndexKey) -> IndexKey {
    var copy = self
    copy.form = other.form
    copy.textOrder = other.textOrder
    return copy
  }
}

extension IndexKey.Column {
  fileprivate var noun: String {
    switch self {
    case .field(let name): "'\(name)'"
    case .foreignKey: "a foreign key"
    case .targetKey: "a target key"
    }
  }
}
