import TamisJSON
import TamisModel
import TamisPlanner

extension ResourceFileReader {
  static let fieldMembers = [
    "name", "type", "column", "recordPath", "json", "nullable", "primaryKey", "sortable", "hidden",
    "selected",
    "operators", "storage", "byteCollated", "valuePattern", "keyLevels",
  ]

  mutating func readFields(_ index: Int?, in owner: String) -> [Field] {
    values.items(index, "an array of fields").compactMap { readField($0, in: owner) }
  }

  private mutating func readField(_ index: Int, in owner: String) -> Field? {
    guard
      let members = values.object(
        index, "a field", known: Self.fieldMembers, required: ["name", "type"])
    else { return nil }
    let name = declare(members["name"], in: owner)
    let type = members["type"].flatMap { readType($0) }
    var field = Field(name ?? "", type ?? .text)
    readFlags(members, into: &field)
    readPlaces(members, into: &field)
    // The operators' default depends on the type and on whether there are nulls.
    field.operators = ResourceFileWriter.defaultOperators(field)
    if let operators = members["operators"] { field.operators = readOperators(operators) }
    return name == nil || type == nil ? nil : field
  }

  private mutating func readFlags(_ members: ObjectReader.Members, into field: inout Field) {
    field.isNullable = values.boolean(members["nullable"]) ?? false
    field.isPrimaryKey = values.boolean(members["primaryKey"]) ?? false
    field.isSortable = values.boolean(members["sortable"]) ?? field.isPrimaryKey
    field.isHidden = values.boolean(members["hidden"]) ?? false
    field.isSelectedByDefault = values.boolean(members["selected"]) ?? !field.isHidden
    field.hasByteCollation = values.boolean(members["byteCollated"]) ?? false
  }

  private mutating func readPlaces(_ members: ObjectReader.Members, into field: inout Field) {
    if let column = values.string(members["column"]) { field.columnName = column }
    if let path = values.strings(members["recordPath"]) { field.recordPath = path }
    if let json = members["json"], let (column, path) = readLocation(json) {
      field.jsonLocation = Field.JSONLocation(column: column, path: path)
    }
    field.valuePattern = values.string(members["valuePattern"])
    if let storage = members["storage"] { field.storageOverrides = readStorage(storage) }
    if let levels = members["keyLevels"], let count = values.integer(levels) {
      if !(1...100).contains(count) {
        values.report(.outOfRange(text: String(count), type: "number of levels from 1 to 100"), levels)
      }
      field.keyRule = .identifiers(levels: count)
    }
  }

  private mutating func readLocation(_ index: Int) -> (column: String, path: [String])? {
    guard
      let members = values.object(
        index, "an object with a column and a path", known: ["column", "path"], required: ["column"]),
      let column = values.string(members["column"])
    else { return nil }
    return (column, values.strings(members["path"]) ?? [])
  }

  mutating func readOperators(_ index: Int) -> OperatorSet {
    OperatorSet(values.items(index, "an array of operators").compactMap { readOperator($0) })
  }

  private mutating func readOperator(_ index: Int) -> Operator? {
    guard let name = values.string(index) else { return nil }
    if let found = Operator.allCases.first(where: { $0.name == name }) { return found }
    values.report(
      .unknownOperator(name: name), index,
      suggestion: NearestName.find(name, among: Operator.allCases.map(\.name)))
    return nil
  }

  /// Which engines there are is not this file's business: one that nobody runs has no effect.
  private mutating func readStorage(_ index: Int) -> [String: Storage] {
    guard values.expect(.object, index, "an object of storages by SQL dialect") else { return [:] }
    var storage: [String: Storage] = [:]
    for member in values.document.members(of: index) {
      storage[values.document.string(at: member.name)] = values.word(member.value)
    }
    return storage
  }

  // MARK: Types

  mutating func readType(_ index: Int) -> FieldType? {
    if values.document.nodes[index].kind == .string {
      let name: PlainTypeName? = values.word(index)
      return name?.type
    }
    let kinds = ["decimal", "enumeration"]
    guard let members = values.object(index, "a type", known: kinds),
      let kind = values.only(kinds, of: members), let inner = members[kind]
    else { return nil }
    return kind == "decimal" ? readDecimal(inner) : readEnumeration(inner).map(FieldType.enumeration)
  }

  private mutating func readDecimal(_ index: Int) -> FieldType? {
    let names = ["precision", "scale"]
    guard
      let members = values.object(
        index, "an object with a precision and a scale", known: names, required: names),
      let precision = values.integer(members["precision"]), let scale = values.integer(members["scale"])
    else { return nil }
    return .decimal(precision: precision, scale: scale)
  }

  private mutating func readEnumeration(_ index: Int) -> Enumeration? {
    guard
      let members = values.object(
        index, "an object with cases", known: ["cases", "anyCase"], required: ["cases"])
    else { return nil }
    let cases = values.items(members["cases"], "an array of cases", limit: ResourceFile.caseLimit)
      .compactMap { readCase($0) }
    return Enumeration(cases, matchesAnyCase: values.boolean(members["anyCase"]) ?? false)
  }

  private mutating func readCase(_ index: Int) -> Enumeration.Case? {
    if values.document.nodes[index].kind == .string {
      let name = values.document.string(at: index)
      return Enumeration.Case(name, stored: .text(name))
    }
    guard
      let members = values.object(
        index, "a case", known: ["name", "stored"], required: ["name", "stored"]),
      let name = values.string(members["name"]), let stored = members["stored"]
    else { return nil }
    if values.document.nodes[stored].kind == .string {
      return Enumeration.Case(name, stored: .text(values.document.string(at: stored)))
    }
    return values.integer64(stored).map { Enumeration.Case(name, stored: .integer($0)) }
  }

  // MARK: Relations

  static let relationMembers = [
    "name", "cardinality", "location", "source", "hidden", "included", "fields",
    "relations", "where",
  ]

  private enum CardinalityName: String, CaseIterable {
    case one, many
  }

  /// Recursion is bounded by the depth limit of parsing.
  mutating func readRelation(_ index: Int, in owner: String = "") -> Relation? {
    guard
      let members = values.object(
        index, "a relation", known: Self.relationMembers, required: ["name", "cardinality", "fields"])
    else { return nil }
    let name = declare(members["name"], in: owner)
    let cardinality: CardinalityName? = values.word(members["cardinality"])
    let fields = readFields(members["fields"], in: owner + (name ?? "") + ".")
    var relation = Relation(name ?? "", cardinality == .one ? .one : .many) { return fields }
    if let location = members["location"].flatMap({ readRelationLocation($0) }) {
      relation.location = location
    }
    if let source = members["source"].flatMap({ readSource($0) }) { relation.source = source }
    relation.isHidden = values.boolean(members["hidden"]) ?? false
    relation.isIncludable = values.boolean(members["included"]) ?? true
    relation.relations = values.items(members["relations"], "an array of relations").compactMap {
      readRelation($0, in: owner + (name ?? "") + ".")
    }
    if let condition = members["where"].flatMap({ readCondition($0) }) { relation.condition = condition }
    return relation
  }

  private mutating func readRelationLocation(_ index: Int) -> Relation.Location? {
    let kinds = ["childTable", "json", "pivotTable", "structs"]
    guard let members = values.object(index, "a location", known: kinds),
      let kind = values.only(kinds, of: members), let inner = members[kind]
    else { return nil }
    if kind == "json" {
      return readLocation(inner).map { .json(column: $0.column, path: $0.path) }
    }
    if kind == "pivotTable" { return readPivot(inner) }
    if kind == "structs" {
      return values.object(inner, "an object with a column", known: ["column"], required: ["column"])
        .flatMap { values.string($0["column"]) }.map { .structs(column: $0) }
    }
    return readKeys(inner, "table").map {
      .childTable(table: $0.name, foreignKey: $0.foreignKey, parentKey: $0.parentKey)
    }
  }

  private mutating func readPivot(_ index: Int) -> Relation.Location? {
    let names = ["pivot", "foreignKey", "targetKey", "table", "key", "parentKey"]
    guard let members = values.object(index, "an object with tables and keys", known: names, required: names)
    else { return nil }
    let texts = names.compactMap { values.string(members[$0]) }
    guard texts.count == names.count else { return nil }
    return .pivotTable(
      pivot: texts[0], foreignKey: texts[1], targetKey: texts[2], table: texts[3], key: texts[4],
      parentKey: texts[5])
  }

  private mutating func readSource(_ index: Int) -> Relation.Source? {
    let kinds = ["nested", "related"]
    guard let members = values.object(index, "a source", known: kinds),
      let kind = values.only(kinds, of: members), let inner = members[kind]
    else { return nil }
    if kind == "nested" { return values.strings(inner).map { .nested(path: $0) } }
    return readKeys(inner, "name").map {
      .related(name: $0.name, foreignKey: $0.foreignKey, parentKey: $0.parentKey)
    }
  }

  private mutating func readKeys(
    _ index: Int, _ label: String
  ) -> (name: String, foreignKey: String, parentKey: String)? {
    let names = [label, "foreignKey", "parentKey"]
    guard
      let members = values.object(index, "an object with \(label) and keys", known: names, required: names),
      let name = values.string(members[label]), let foreignKey = values.string(members["foreignKey"]),
      let parentKey = values.string(members["parentKey"])
    else { return nil }
    return (name, foreignKey, parentKey)
  }
}
