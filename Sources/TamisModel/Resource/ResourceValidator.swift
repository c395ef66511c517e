/// Finds everything wrong with a resource's table, as sentences for its author.
struct ResourceValidator {
  let name: String
  let table: String
  let paging: Paging
  let defaultSort: [SortOrder]
  let allowsRandomOrder: Bool
  let limits: QueryLimits
  let offsetMinutes: Int
  let readsGroups: Bool
  let parts: ElementLists
  let relationTable: RelationTable

  /// Relations inside one another.
  private static let relationDepth = 8

  func faults() -> [String] {
    structure() + duplicates() + parts.fields.flatMap { check($0, in: "") } + primaryKey() + sort() + pages()
      + relations() + parameters() + scopes() + filters() + virtuals() + indexes()
      + parts.fields.flatMap(nameCollisions)
  }

  private func structure() -> [String] {
    var faults: [String] = []
    if name.isEmpty { faults.append("the resource has no name") }
    if table.isEmpty { faults.append("the resource has no table") }
    if parts.fields.isEmpty { faults.append("the resource has no fields") }
    if relationTable.fields.count > 60_000 || relationTable.entries.count > 60_000 {
      faults.append("more than 60000 fields")
    }
    if abs(offsetMinutes) >= 24 * 60 { faults.append("the offset is not within a day") }
    if limits.depth < 1 || limits.depth > 200 { faults.append("the depth limit is not within 1...200") }
    if limits.clauses < 1 || limits.listItems < 1 || limits.valueBytes < 1 || limits.queryBytes < 1 {
      faults.append("a limit is below 1")
    }
    if limits.queryBytes > 1 << 30 || limits.bodyBytes > 1 << 30 {
      faults.append("a byte limit is above 1 GiB")
    }
    return faults
  }

  private func duplicates() -> [String] {
    repeated(parts.fields.map(\.name)).map { "the field '\($0)' is declared twice" }
      + repeated(parts.relations.map(\.name)).map { "the relation '\($0)' is declared twice" }
      + repeated(parts.parameters.map(\.name)).map { "the parameter '\($0)' is declared twice" }
      + repeated(parts.scopes.map(\.name)).map { "the scope '\($0)' is declared twice" }
      + parts.parameters.filter { parameter in
        parts.fields.contains { $0.name == parameter.name && !$0.isHidden }
      }
      .filter { !isSameNamedValue($0) }
      .map { "the parameter '\($0.name)' has the name of a field" }
  }

  /// A parameter may shadow a field when it is that field's own comparison, such as a required `id`.
  private func isSameNamedValue(_ parameter: Parameter) -> Bool {
    switch parameter.meaning {
    case .value(_, .compare(let field, _, .argument)): field == parameter.name
    case .list(_, .isAmong(let field)): field == parameter.name
    case .entries(let field): field == parameter.name
    case .value, .list, .choice, .choices, .flag, .objects, .selecting, .ignored: false
    }
  }

  func repeated(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }

  private func check(_ field: Field, in owner: String) -> [String] {
    let label = owner + field.name
    var faults: [String] = []
    if field.name.isEmpty { faults.append("a field has no name") }
    if field.columnName.isEmpty || field.columnName.utf8.contains(0) {
      faults.append("the column of '\(label)' is empty or holds a NUL")
    }
    if field.recordPath.isEmpty || field.recordPath.contains("") {
      faults.append("the record path of '\(label)' is empty")
    }
    switch field.type {
    case .decimal(let precision, let scale):
      if precision < 1 || precision > 1_000 || scale < 0 || scale > precision {
        faults.append("'\(label)' has an impossible precision or scale")
      }
    case .enumeration(let enumeration):
      if enumeration.cases.isEmpty { faults.append("the enumeration '\(label)' has no cases") }
      faults += repeated(enumeration.cases.map(\.name)).map { "'\(label)' has the case '\($0)' twice" }
      if enumeration.matchesAnyCase {
        faults += repeated(enumeration.cases.map(\.name.asciiLowercased))
          .map { "'\(label)' has cases that differ only in letter case: '\($0)'" }
      }
      if Set(enumeration.cases.map(\.stored)).count != enumeration.cases.count {
        faults.append("'\(label)' stores two cases as one value")
      }
    case .text, .integer, .bigInteger, .boolean, .uuid, .date, .timestamp, .json: break
    }
    let impossible = field.operators.subtracting(OperatorSet.possible(for: field.type))
    if impossible != .none {
      faults.append(
        "'\(label)' allows operators that its type does not have: "
          + impossible.operators.map(\.name).joined(separator: ", "))
    }
    if field.valuePattern != nil && field.type != .text {
      faults.append("'\(label)' is not text but has a pattern for its values")
    }
    if field.isPrimaryKey && field.isNullable { faults.append("the primary key '\(label)' is nullable") }
    if field.isSortable && field.type == .json {
      faults.append("'\(label)' is JSON and can not be sorted by")
    }
    if field.keyRule != .none && field.type != .json { faults.append("'\(label)' is not JSON but has keys") }
    return faults
  }

  /// A bracket of the dialects has a fixed meaning that a field of that name would hide.
  private func nameCollisions(_ field: Field) -> [String] {
    let reserved: Set<String> = [
      "filter", "sort", "page", "fields", "include", "order", "exists", "limit",
      "offset", "logical_operator",
    ]
    if field.isHidden { return [] }
    if readsGroups, ["and", "or", "not", "any"].contains(field.name) {
      return ["the field '\(field.name)' has the name of a group; rename it, or turn groups off"]
    }
    return reserved.contains(field.name)
      ? ["the field '\(field.name)' has a name that the query dialects reserve"] : []
  }

  private func primaryKey() -> [String] {
    parts.fields.contains(where: \.isPrimaryKey) ? [] : ["no field is the primary key"]
  }

  private func sort() -> [String] {
    defaultSort.filter { order in !parts.fields.contains { $0.name == order.field && $0.type != .json } }
      .map { "the default order names '\($0.field)', which is not a sortable field" }
      + repeated(defaultSort.map(\.field)).map { "the default order names '\($0)' twice" }
      + (allowsRandomOrder && parts.fields.contains { $0.name == RandomOrder.name && !$0.isHidden }
        ? ["the field '\(RandomOrder.name)' has the name of the random order"] : [])
  }

  private func pages() -> [String] {
    switch paging {
    case .limitOffset(let size, let maximum), .cursor(let size, let maximum):
      size >= 1 && maximum >= size ? [] : ["the page bounds contradict each other"]
    case .pages(let size, let maximum):
      size >= 1 && (maximum ?? size) >= size ? [] : ["the page bounds contradict each other"]
    }
  }

  private func relations() -> [String] {
    relationTable.entries.flatMap { check($0) } + relationTable.faults
      + repeated(relationTable.entries.filter { $0.parent != nil }.map(\.name))
      .map { "the relation '\($0)' is declared twice" }
      + fullNames()
  }

  /// `a.b` may be a field of the relation `a`, or a field's own name.
  private func fullNames() -> [String] {
    guard relationTable.entries.contains(where: { $0.parent != nil }) else { return [] }
    let known = Set(repeated(parts.fields.map(\.name)))
    return repeated(relationTable.fullNames).filter { !known.contains($0) && !$0.isEmpty }
      .map { "the name '\($0)' means two fields" }
  }

  private func check(_ entry: RelationEntry) -> [String] {
    let relation = entry.relation
    let name = entry.name
    var faults = relation.fields.flatMap { check($0, in: name + ".") }
    if readsGroups, !entry.isHidden {
      for field in relation.fields where !field.isHidden && ["and", "or", "not"].contains(field.name) {
        faults.append("'\(name).\(field.name)' has the name of a group; rename it, or turn groups off")
      }
    }
    if relation.fields.isEmpty { faults.append("the relation '\(name)' has no fields") }
    if relation.name.isEmpty { faults.append("a relation has no name") }
    faults += repeated(relation.fields.map(\.name)).map { "the field '\(name).\($0)' is declared twice" }
    if relation.fields.contains(where: \.isPrimaryKey) {
      faults.append("the relation '\(name)' has a primary key of its own")
    }
    if entry.depth == Self.relationDepth + 1 {
      faults.append("the relation '\(name)' is nested deeper than \(Self.relationDepth) levels")
    }
    return faults + source(entry) + location(entry)
  }

  private func source(_ entry: RelationEntry) -> [String] {
    switch entry.relation.source {
    case .nested(let path): return path.isEmpty ? ["the relation '\(entry.name)' has no path"] : []
    case .related(_, _, let parentKey):
      let fields = entry.parent.map { relationTable.entries[$0].relation.fields } ?? parts.fields
      return fields.contains { $0.name == parentKey }
        ? [] : ["the relation '\(entry.name)' names the unknown field '\(parentKey)'"]
    }
  }

  /// A document and a struct have no tables, and neither holds the other.
  private func location(_ entry: RelationEntry) -> [String] {
    guard let parent = entry.parent else { return [] }
    let kind =
      switch entry.relation.location {
      case .json: "JSON"
      case .structs: "a list of structs"
      case .childTable, .pivotTable: "a table"
      }
    switch relationTable.entries[parent].relation.location {
    case .json where kind != "JSON":
      return ["the relation '\(entry.name)' is \(kind), but belongs to elements in JSON"]
    case .structs where kind != "a list of structs":
      return ["the relation '\(entry.name)' is \(kind), but belongs to structs of a list"]
    case .json, .structs, .childTable, .pivotTable: return []
    }
  }

  private func scopes() -> [String] {
    parts.scopes.flatMap {
      check($0.condition, of: "the scope '\($0.name)'", fields: parts.fields, argument: .value)
    }
  }

  /// What a condition has to work with beside the record.
  enum ConditionArgument {
    case none
    case value
    case list
  }

  func check(
    _ condition: Condition, of label: String, fields: [Field], argument: ConditionArgument,
    relation: Int? = nil
  ) -> [String] {
    func known(_ name: String) -> [String] {
      fields.contains { $0.name == name } ? [] : ["\(label) names the unknown field '\(name)'"]
    }
    switch condition {
    case .always, .never: return []
    case .allOf(let inner), .anyOf(let inner):
      return inner.flatMap {
        check($0, of: label, fields: fields, argument: argument, relation: relation)
      }
    case .not(let inner):
      return check(inner, of: label, fields: fields, argument: argument, relation: relation)
    case .compare(let field, _, let operand):
      switch operand {
      case .argument: return known(field) + (argument == .value ? [] : ["\(label) has no argument to use"])
      case .literal: return known(field)
      case .field(let other): return known(field) + known(other)
      }
    case .isAmong(let field):
      return known(field) + (argument == .list ? [] : ["\(label) has no list to use"])
    case .isIn(let field, _), .isNull(let field), .isNotNull(let field): return known(field)
    case .any(let name, let inner, let minimum):
      if minimum < 1 || minimum > Int(UInt16.max) {
        return ["\(label) asks for \(minimum) elements, which is not within 1...65535"]
      }
      let fullName = (relation.map { relationTable.entries[$0].name + "." } ?? "") + name
      guard let found = relationTable.entries.firstIndex(where: { $0.name == fullName }) else {
        return ["\(label) names the unknown relation '\(fullName)'"]
      }
      return check(
        inner, of: label, fields: relationTable.entries[found].relation.fields, argument: argument,
        relation: found)
    }
  }
}
