import TamisModel

/// Writes a resource as JSON, without what has its default.
enum ResourceFileWriter {
  static func value(of resource: Resource) -> WrittenJSON {
    .members([
      "name": .string(resource.name),
      "type": resource.type == resource.name ? nil : .string(resource.type),
      "table": resource.table == resource.name ? nil : .string(resource.table),
      "dialect": .string(resource.dialect.rawValue),
      "paging": resource.paging == .standard ? nil : paging(resource.paging),
      "defaultSort": list(resource.defaultSort.map(sortOrder)),
      "allowsRandomOrder": flag(resource.allowsRandomOrder),
      "offsetMinutes": resource.offsetMinutes == 0 ? nil : .integer(resource.offsetMinutes),
      "groups": flag(resource.readsGroups, default: true),
      "limits": limits(resource.limits),
      "fields": .array(resource.fields.map(field)),
      "relations": list(resource.relations.map(relation)),
      "parameters": list(resource.parameters.map(parameter)),
      "scopes": list(resource.scopes.map(scope)),
      "filters": list(resource.filters.map(filter)),
      "filterParameters": list(resource.filterParameters.map(filterParameter)),
      "virtualFields": list(resource.virtualFields.map(virtualField)),
      "indexes": list(resource.indexes.map(index)),
      "requireIndex": indexDemand(resource.requiredIndexes),
      "compatibility": resource.compatibility.flatMap(compatibility),
    ])
  }

  private static func list(_ items: [WrittenJSON]) -> WrittenJSON? { items.isEmpty ? nil : .array(items) }
  private static func flag(_ flag: Bool, default fallback: Bool = false) -> WrittenJSON? {
    flag == fallback ? nil : .boolean(flag)
  }

  // MARK: The resource

  private static func paging(_ paging: Paging) -> WrittenJSON {
    switch paging {
    case .limitOffset(let size, let maximum):
      .members(["kind": "limitOffset", "defaultLimit": .integer(size), "maximumLimit": .integer(maximum)])
    case .pages(let size, let maximum):
      .members([
        "kind": "pages", "defaultSize": .integer(size), "maximumSize": maximum.map(WrittenJSON.integer),
      ])
    case .cursor(let size, let maximum):
      .members(["kind": "cursor", "defaultLimit": .integer(size), "maximumLimit": .integer(maximum)])
    }
  }

  /// `"-created_at"`; a name that begins with the sign is written out, and so is a place for null.
  private static func sortOrder(_ order: SortOrder) -> WrittenJSON {
    let isDescending = order.direction == .descending
    if order.nulls != .largest || order.field.utf8.first == UInt8(ascii: "-") {
      return .members([
        "field": .string(order.field), "direction": isDescending ? "descending" : "ascending",
        "nulls": order.nulls == .largest ? nil : .string(order.nulls.rawValue),
      ])
    }
    return .string((isDescending ? "-" : "") + order.field)
  }

  private static func limits(_ limits: QueryLimits) -> WrittenJSON? {
    let standard = QueryLimits()
    let changed = LimitName.allCases.filter { limits[keyPath: $0.path] != standard[keyPath: $0.path] }
    return changed.isEmpty
      ? nil
      : .object(
        changed.map { WrittenJSON.Member(name: $0.rawValue, value: .integer(limits[keyPath: $0.path])) })
  }

  // MARK: Fields

  static func field(_ field: Field) -> WrittenJSON {
    .members([
      "name": .string(field.name),
      "type": type(field.type),
      "column": field.columnName == field.name ? nil : .string(field.columnName),
      "recordPath": field.recordPath == [field.name] ? nil : .strings(field.recordPath),
      "json": field.jsonLocation.map(location),
      "nullable": flag(field.isNullable),
      "primaryKey": flag(field.isPrimaryKey),
      "sortable": flag(field.isSortable, default: field.isPrimaryKey),
      "hidden": flag(field.isHidden),
      "selected": flag(field.isSelectedByDefault, default: !field.isHidden),
      "operators": field.operators == defaultOperators(field)
        ? nil : .strings(field.operators.operators.map(\.name)),
      "storage": storage(field.storageOverrides),
      "byteCollated": flag(field.hasByteCollation),
      "keyLevels": keyLevels(field.keyRule),
      "valuePattern": field.valuePattern.map(WrittenJSON.string),
    ])
  }

  /// What the builder gives a field of its type.
  static func defaultOperators(_ field: Field) -> OperatorSet {
    let plain = Field(field.name, field.type)
    return (field.isNullable ? plain.nullable() : plain).operators
  }

  static func type(_ type: FieldType) -> WrittenJSON {
    switch type {
    case .text: "text"
    case .integer: "integer"
    case .bigInteger: "bigInteger"
    case .boolean: "boolean"
    case .uuid: "uuid"
    case .date: "date"
    case .timestamp: "timestamp"
    case .json: "json"
    case .decimal(let precision, let scale):
      .members(["decimal": .members(["precision": .integer(precision), "scale": .integer(scale)])])
    case .enumeration(let enumeration):
      .members([
        "enumeration": .members([
          "cases": .array(enumeration.cases.map(enumerationCase)),
          "anyCase": flag(enumeration.matchesAnyCase),
        ])
      ])
    }
  }

  private static func enumerationCase(_ item: Enumeration.Case) -> WrittenJSON {
    switch item.stored {
    case .text(let text) where text.utf8.elementsEqual(item.name.utf8): .string(item.name)
    case .text(let text): .members(["name": .string(item.name), "stored": .string(text)])
    case .integer(let number): .members(["name": .string(item.name), "stored": .number(String(number))])
    }
  }

  private static func location(_ location: Field.JSONLocation) -> WrittenJSON {
    .members(["column": .string(location.column), "path": .strings(location.path)])
  }

  private static func storage(_ storage: [String: Storage]) -> WrittenJSON? {
    let names = storage.keys.sorted()
    return names.isEmpty
      ? nil
      : .object(
        names.map { WrittenJSON.Member(name: $0, value: .string(storage[$0]?.rawValue ?? "native")) })
  }

  private static func keyLevels(_ rule: Field.KeyRule) -> WrittenJSON? {
    switch rule {
    case .none: nil
    case .identifiers(let levels): .integer(levels)
    }
  }

  // MARK: Relations

  private static func relation(_ relation: Relation) -> WrittenJSON {
    .members([
      "name": .string(relation.name),
      "cardinality": relation.cardinality == .one ? "one" : "many",
      "location": relation.location == .json(column: relation.name, path: [])
        ? nil : location(relation.location),
      "source": relation.source == .nested(path: [relation.name]) ? nil : source(relation.source),
      "hidden": flag(relation.isHidden),
      "included": flag(relation.isIncludable, default: true),
      "fields": .array(relation.fields.map(field)),
      "relations": list(relation.relations.map { self.relation($0) }),
      "where": relation.condition == .always ? nil : condition(relation.condition),
    ])
  }

  private static func location(_ location: Relation.Location) -> WrittenJSON {
    switch location {
    case .childTable(let table, let foreignKey, let parentKey):
      .members([
        "childTable": .members([
          "table": .string(table), "foreignKey": .string(foreignKey), "parentKey": .string(parentKey),
        ])
      ])
    case .json(let column, let path):
      .members(["json": .members(["column": .string(column), "path": .strings(path)])])
    case .structs(let column): .members(["structs": .members(["column": .string(column)])])
    case .pivotTable(let pivot, let foreignKey, let targetKey, let table, let key, let parentKey):
      .members([
        "pivotTable": .members([
          "pivot": .string(pivot), "foreignKey": .string(foreignKey), "targetKey": .string(targetKey),
          "table": .string(table), "key": .string(key), "parentKey": .string(parentKey),
        ])
      ])
    }
  }

  private static func source(_ source: Relation.Source) -> WrittenJSON {
    switch source {
    case .nested(let path): .members(["nested": .strings(path)])
    case .related(let name, let foreignKey, let parentKey):
      .members([
        "related": .members([
          "name": .string(name), "foreignKey": .string(foreignKey), "parentKey": .string(parentKey),
        ])
      ])
    }
  }

  // MARK: Parameters

  private static func parameter(_ parameter: Parameter) -> WrittenJSON {
    let (kind, meaning) = meaning(parameter.meaning)
    return WrittenJSON.members(["name": .string(parameter.name)])
      .adding(kind, meaning)
      .adding("whenAbsent", parameter.absentCondition.map(condition))
      .adding("excludes", list(parameter.exclusions.map(exclusion)))
      .adding("required", flag(parameter.isRequired))
      .adding("instant", flag(parameter.needsInstant))
      .adding("anyCase", flag(parameter.matchesAnyCase))
      .adding("count", flag(parameter.asksForCount))
  }

  private static func meaning(_ meaning: Parameter.Meaning) -> (kind: String, WrittenJSON) {
    switch meaning {
    case .value(let type, let condition):
      ("value", .members(["type": self.type(type), "condition": self.condition(condition)]))
    case .choice(let choices, let fallback):
      (
        "choice",
        .members(["choices": .array(choices.map(choice)), "default": fallback.map(WrittenJSON.string)])
      )
    case .flag(let whenTrue, let whenFalse, let fallback):
      (
        "flag",
        .members([
          "whenTrue": condition(whenTrue), "whenFalse": condition(whenFalse), "default": .boolean(fallback),
        ])
      )
    case .list(let type, let condition):
      ("list", .members(["type": self.type(type), "condition": self.condition(condition)]))
    case .choices(let choices): ("choices", .array(choices.map(choice)))
    case .objects(let members): ("objects", .array(members.map(parameter)))
    case .entries(let field): ("entries", .string(field))
    case .selecting(let fields): ("selecting", .strings(fields))
    case .ignored(let type): ("ignored", .members(["type": self.type(type)]))
    }
  }

  private static func exclusion(_ exclusion: Parameter.Exclusion) -> WrittenJSON {
    .members([
      "parameters": .strings(exclusion.others), "choice": exclusion.choice.map(WrittenJSON.string),
    ])
  }

  private static func choice(_ choice: Parameter.Choice) -> WrittenJSON {
    .members(["name": .string(choice.name), "condition": condition(choice.condition)])
  }

  private static func scope(_ scope: Scope) -> WrittenJSON {
    .members([
      "name": .string(scope.name), "type": type(scope.type), "condition": condition(scope.condition),
      "value": scope.fixedValue.map(WrittenJSON.string),
    ])
  }

  // MARK: Conditions

  static func condition(_ condition: Condition) -> WrittenJSON {
    switch condition {
    case .always: true
    case .never: false
    case .allOf(let parts): .members(["and": .array(parts.map(self.condition))])
    case .anyOf(let parts): .members(["or": .array(parts.map(self.condition))])
    case .not(let inner): .members(["not": self.condition(inner)])
    case .compare(let field, let comparison, let operand): compare(field, comparison, operand)
    case .isIn(let field, let texts):
      .members(["field": .string(field), "operator": "in", "values": .strings(texts)])
    case .isAmong(let field):
      .members(["field": .string(field), "operator": "in", "argument": true])
    case .isNull(let field): .members(["field": .string(field), "operator": "isnull"])
    case .isNotNull(let field): .members(["field": .string(field), "operator": "isnotnull"])
    case .any(let relation, let inner, let minimum):
      .members([
        "any": .string(relation), "where": self.condition(inner),
        "atLeast": minimum == 1 ? nil : .integer(minimum),
      ])
    }
  }

  private static func compare(
    _ field: String, _ comparison: Comparison, _ operand: Condition.Operand
  ) -> WrittenJSON {
    let start = WrittenJSON.members([
      "field": .string(field), "operator": .string(ConditionOperator.name(of: comparison)),
    ])
    return switch operand {
    case .argument: start.adding("argument", true)
    case .literal(let text): start.adding("value", .string(text))
    case .field(let other): start.adding("otherField", .string(other))
    }
  }
}

extension Paging {
  /// What a resource has that does not say.
  static let standard = Paging.limitOffset(defaultLimit: 20, maximumLimit: 100)
}
