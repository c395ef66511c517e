import TamisModel
import TamisPlanner
import TamisSyntax

/// The parameters of a resource in one URL dialect.
struct ParameterList {
  let resource: Resource
  let dialect: QueryDialect
  let values: ValueSchema

  init(resource: Resource, dialect: QueryDialect) {
    self.resource = resource
    self.dialect = dialect
    values = ValueSchema(limits: resource.limits)
  }

  /// Each name once: the resource's own parameters come first, as they do when a request is read.
  func parameters() -> [DocumentedParameter] {
    var names: Set<String> = []
    return (named() + filters() + order() + page() + rest()).filter { names.insert($0.name).inserted }
  }

  private var isJSONAPI: Bool { dialect == .jsonAPI || dialect == .jsonAPIKeys }

  /// Fields that clients may name; an element's with its relation before it.
  private var fields: [(name: String, field: Field)] {
    resource.fields.filter { !$0.isHidden }.map { ($0.name, $0) }
      + resource.relationEntries.filter { !$0.isHidden }.flatMap { entry in
        entry.relation.fields.filter { !$0.isHidden }.map { ("\(entry.name).\($0.name)", $0) }
      }
  }

  // MARK: Named parameters

  private func named() -> [DocumentedParameter] {
    resource.parameters.filter(Self.isPlain).map { parameter in
      DocumentedParameter(
        name: isJSONAPI ? "filter[\(parameter.name)]" : parameter.name, schema: schema(of: parameter, values),
        style: Self.isList(parameter) ? .commas : .plain, description: Self.description(of: parameter),
        isRequired: parameter.isRequired)
    }
  }

  private static func isList(_ parameter: Parameter) -> Bool {
    switch parameter.meaning {
    case .list, .choices: true
    case .value, .choice, .flag, .objects, .entries, .selecting, .ignored: false
    }
  }

  /// Objects stand in bodies only.
  private static func isPlain(_ parameter: Parameter) -> Bool {
    switch parameter.meaning {
    case .objects, .entries: false
    case .value, .list, .choice, .choices, .flag, .selecting, .ignored: true
    }
  }

  static func description(of parameter: Parameter) -> String? {
    switch parameter.meaning {
    case .value: parameter.needsInstant ? "A full date-time with its offset." : nil
    case .choice: parameter.matchesAnyCase ? "In any ASCII case." : nil
    case .list: "One of these values."
    case .choices: "One of these names."
    case .flag: nil
    case .objects: "One of these filters; of a filter all of its members."
    case .entries: "All of these entries."
    case .selecting(let fields): "Adds " + fields.joined(separator: ", ") + " to the answer."
    case .ignored: "Checked, without effect on which records there are."
    }
  }

  // MARK: Filters

  private func filters() -> [DocumentedParameter] {
    let spelling = FilterSpelling(dialect: dialect, fieldNames: fields.map(\.name))
    return fields.flatMap { name, field in
      parameters(of: field, spelling, name) + keyParameters(of: field, spelling, name)
    }
  }

  private func parameters(
    of field: Field, _ spelling: FilterSpelling, _ name: String
  ) -> [DocumentedParameter] {
    field.operators.operators.filter { field.type != .json || $0.family == .nullTest }.flatMap { operation in
      parameters(operation, field, spelling, name)
    }
  }

  private func parameters(
    _ operation: Operator, _ field: Field, _ spelling: FilterSpelling, _ name: String
  ) -> [DocumentedParameter] {
    guard let written = spelling.name(operation, name, field) else { return [] }
    let (schema, style) = shape(operation, field, spelling)
    return [
      DocumentedParameter(
        name: written, schema: schema, style: style, description: OperatorMeaning.text(operation, field.type))
    ]
  }

  /// What stands after the `=`.
  private func shape(
    _ operation: Operator, _ field: Field, _ spelling: FilterSpelling
  ) -> (schema: WrittenJSON, style: DocumentedParameter.Style) {
    switch operation.arity {
    case .none: return (.members(["type": "boolean", "const": true]), .plain)
    case .flag: return (values.operand(.boolean), .plain)
    case .list:
      let schema = values.list(values.equal(field), minimum: spelling.shortestList(operation))
      return (schema, spelling.repeatsItems(operation, field) ? .repeated : .commas)
    case .two:
      switch spelling.ranges {
      case .dots: return (values.dottedRange(field.type), .plain)
      case .bars: return (ValueSchema.pair(values.operand(field.type)), .bars)
      case .comma: return (ValueSchema.pair(values.operand(field.type)), .commas)
      }
    case .one:
      if [.pattern, .regex].contains(operation.family) { return (values.pattern(operation), .plain) }
      let operand = operation.family == .equality ? values.equal(field) : values.operand(field.type)
      // JSON:API has one spelling for a value and for a list of values.
      let isList = isJSONAPI && operation == .equal && field.operators.contains(.isIn)
      return isList ? (values.list(operand), .commas) : (operand, .plain)
    }
  }

  // MARK: Keys inside JSON

  /// Keys are the client's own, so they can be described by patterns only: an object whose members are parameters.
  private func keyParameters(
    of field: Field, _ spelling: FilterSpelling, _ name: String
  ) -> [DocumentedParameter] {
    guard case .identifiers(let levels) = field.keyRule else { return [] }
    let operators = field.operators.union(.nullTests).operators.filter { $0.family != .containment }
    var key = field
    key.operators = OperatorSet(operators)
    let written = operators.compactMap { operation -> (name: String, schema: WrittenJSON)? in
      let schema = shape(operation, key, spelling).schema
      return spelling.name(operation, name + "." + KeyPattern.mark, key).map { ($0, schema) }
    }
    guard let first = written.first else { return [] }
    return [
      DocumentedParameter(
        name: name + ".{key}",
        schema: .members([
          "type": "object",
          "patternProperties": .object(
            written.map {
              WrittenJSON.Member(name: KeyPattern.expression($0.name, levels: levels), value: $0.schema)
            }),
          "additionalProperties": false,
        ]), style: .members,
        description: "Values inside the document, by their keys, at most \(levels) levels of them.",
        example: .object([
          WrittenJSON.Member(name: first.name.replacing(KeyPattern.mark, with: "key"), value: "a")
        ]))
    ]
  }

  // MARK: Order, pages and the rest

  private func order() -> [DocumentedParameter] {
    let names = Self.sortable(resource)
    guard !names.isEmpty else { return [] }
    if dialect == .bracket {
      return names.map { name in
        DocumentedParameter(
          name: "order[\(name)]",
          // Chance has no direction.
          schema: ValueSchema.word(
            resource.allowsRandomOrder && name == RandomOrder.name ? ["asc"] : ["asc", "desc"]),
          description: "Sorts by it; null is the largest value. Replaces the default order.")
      }
    }
    return [
      DocumentedParameter(
        name: "sort", schema: Self.sort(resource, names), style: .commas,
        description: "Sorts by these fields, each once, a minus for descending; null is the largest value.")
    ]
  }

  static func sort(_ resource: Resource, _ names: [String]) -> WrittenJSON {
    let order = resource.defaultSort.map { ($0.direction == .descending ? "-" : "") + $0.field }
    let isNameable =
      !order.isEmpty && order.allSatisfy { names.contains($0.trimmingSign) } && placesNullsAsAsked(resource)
    return .members([
      "type": "array",
      "items": .members(["type": "string", "enum": .strings(names.flatMap { sortKeys(resource, $0) })]),
      "minItems": 1, "maxItems": .integer(names.count), "uniqueItems": true,
      "default": isNameable ? .strings(order) : nil,
    ])
  }

  /// Whether a request for the default order would give it: what clients ask for has null as the largest value.
  private static func placesNullsAsAsked(_ resource: Resource) -> Bool {
    resource.defaultSort.allSatisfy { entry in
      let isNullable = resource.fields.contains { $0.name == entry.field && $0.isNullable }
      return !isNullable
        || entry.nulls.placement(entry.direction) == SortOrder.Nulls.largest.placement(entry.direction)
    }
  }

  /// What clients sort by: fields, and chance where it is allowed.
  static func sortable(_ resource: Resource) -> [String] {
    resource.fields.filter { $0.isSortable && !$0.isHidden }.map(\.name)
      + (resource.allowsRandomOrder ? [RandomOrder.name] : [])
  }

  /// A name that begins with the sign can be sorted by downwards only.
  private static func sortKeys(_ resource: Resource, _ name: String) -> [String] {
    if resource.allowsRandomOrder, name == RandomOrder.name { return [name] }
    return name.utf8.first == UInt8(ascii: "-") ? ["-" + name] : [name, "-" + name]
  }

  private func page() -> [DocumentedParameter] {
    PageParameters.list(resource.paging, dialect).map { name, schema in
      DocumentedParameter(name: name, schema: schema)
    }
  }

  private func rest() -> [DocumentedParameter] {
    guard dialect != .bracket else { return [] }
    var list = [
      DocumentedParameter(
        name: isJSONAPI ? "fields[\(resource.type)]" : "fields", schema: Self.selection(resource),
        style: .commas, description: "The fields of the answer.")
    ]
    let relations = resource.includablePaths
    if !relations.isEmpty {
      list.append(
        DocumentedParameter(
          name: "include", schema: Self.names(relations), style: .commas,
          description: "Related records to answer with."))
    }
    if !isJSONAPI {
      list.append(
        DocumentedParameter(
          name: "logical_operator", schema: ValueSchema.word(["and", "or"], default: "and"),
          description: "How criteria are joined."))
    }
    return list
  }

  static func selection(_ resource: Resource) -> WrittenJSON {
    names(resource.fields.filter { !$0.isHidden }.map(\.name))
  }

  static func names(_ names: [String]) -> WrittenJSON {
    .members([
      "type": "array", "items": .members(["type": "string", "enum": .strings(names)]), "minItems": 1,
      "maxItems": .integer(names.count), "uniqueItems": true,
    ])
  }
}

/// What a named parameter takes.
func schema(of parameter: Parameter, _ values: ValueSchema) -> WrittenJSON {
  switch parameter.meaning {
  case .value(let type, _), .ignored(let type):
    parameter.needsInstant && type == .timestamp ? ValueSchema.instant : values.operand(type)
  case .choice(let choices, let fallback): ValueSchema.word(choices.map(\.name), default: fallback)
  case .flag(_, _, let fallback): values.operand(.boolean).adding("default", .boolean(fallback))
  case .list(let type, _): values.list(values.operand(type))
  case .choices(let choices): values.list(ValueSchema.word(choices.map(\.name)))
  case .objects(let members): objects(members, values)
  case .entries:
    .members(["type": "object", "additionalProperties": .members(["type": "string"])])
  case .selecting: values.operand(.boolean).adding("default", .boolean(false))
  }
}

private func objects(_ members: [Parameter], _ values: ValueSchema) -> WrittenJSON {
  let required = members.filter(\.isRequired).map(\.name)
  return .members([
    "type": "array",
    "items": .members([
      "type": "object",
      "properties": .object(
        members.map { WrittenJSON.Member(name: $0.name, value: schema(of: $0, values)) }),
      "required": required.isEmpty ? nil : .strings(required), "additionalProperties": false,
    ]),
  ])
}

extension String {
  fileprivate var trimmingSign: String { utf8.first == UInt8(ascii: "-") ? String(dropFirst()) : self }
}
