import TamisModel
import TamisPlanner
import TamisSyntax

/// The schema of JSON bodies: the tree of filters with each field's operators and operands, order, page, parameters.
struct BodySchema {
  let resource: Resource
  private let values: ValueSchema

  init(resource: Resource) {
    self.resource = resource
    values = ValueSchema(limits: resource.limits)
  }

  func schemas() -> [WrittenJSON.Member] {
    [WrittenJSON.Member(name: "Request", value: request), WrittenJSON.Member(name: "Filter", value: filter)]
      + visibleEntries.map { index, entry in
        WrittenJSON.Member(name: elementName(index), value: elementFilter(entry, index))
      }
  }

  /// Those of elements too, numbered.
  private var visibleEntries: [(Int, RelationEntry)] {
    Array(resource.relationEntries.filter { !$0.isHidden }.enumerated())
  }
  private func elementName(_ index: Int) -> String { "ElementFilter\(index + 1)" }

  // MARK: The request

  private var request: WrittenJSON {
    let required = resource.parameters.filter(\.isRequired).map(\.name)
    // What the resource reads itself is no member of the dialect.
    let ownNames = Set(resource.parameters.map(\.name))
    let names = reserved.filter { !ownNames.contains($0.name) } + own
    return .members([
      "type": "object",
      "properties": .object(names),
      "required": required.isEmpty ? nil : .strings(required),
      "not": excluded,
      "additionalProperties": false,
    ])
  }

  /// Members that do not stand together.
  private var excluded: WrittenJSON? {
    var pairs: [WrittenJSON] = []
    if !resource.parameters.contains(where: { $0.name == "filters" }) {
      pairs.append(.members(["required": ["filters", "filter"]]))
    }
    for parameter in resource.parameters {
      for exclusion in parameter.exclusions {
        pairs += exclusion.others.map { pair(parameter, $0, exclusion) }
      }
    }
    return pairs.count > 1 ? .members(["anyOf": .array(pairs)]) : pairs.first
  }

  private func pair(
    _ parameter: Parameter, _ other: String, _ exclusion: Parameter.Exclusion
  ) -> WrittenJSON {
    let choice = exclusion.choice.map { name in
      WrittenJSON.object([
        WrittenJSON.Member(name: parameter.name, value: .members(["const": .string(name)]))
      ])
    }
    return .members(["required": .strings([parameter.name, other]), "properties": choice])
  }

  private var own: [WrittenJSON.Member] {
    resource.parameters.map { parameter in
      WrittenJSON.Member(
        name: parameter.name,
        value: bodySchema(of: parameter)
          .adding("description", ParameterList.description(of: parameter).map(WrittenJSON.string)))
    }
  }

  /// Numbers stay numbers: a parameter's digits may not be in quotes.
  private func bodySchema(of parameter: Parameter) -> WrittenJSON {
    schema(of: parameter, values)
  }

  private var reserved: [WrittenJSON.Member] {
    let sortable = ParameterList.sortable(resource)
    let relations = resource.includablePaths
    let members: [(String, WrittenJSON?)] =
      [
        ("filters", filters),
        ("filter", OpenAPIDocument.reference("Filter")),
        ("logical_operator", ValueSchema.word(["and", "or"], default: "and")),
        ("sort", sortable.isEmpty ? nil : ParameterList.sort(resource, sortable)),
        ("fields", ParameterList.selection(resource)),
        ("include", relations.isEmpty ? nil : ParameterList.names(relations)),
      ] + PageParameters.list(resource.paging, .body).map { ($0.name, $0.schema) }
    return members.compactMap { name, value in value.map { WrittenJSON.Member(name: name, value: $0) } }
  }

  private var filters: WrittenJSON { group("Filter") }

  private func group(_ name: String) -> WrittenJSON {
    .members([
      "type": "array", "items": OpenAPIDocument.reference(name),
      "maxItems": .integer(resource.limits.clauses),
    ])
  }

  // MARK: Filters

  private var filter: WrittenJSON {
    let fields = resource.fields.filter { !$0.isHidden }.map { ($0.name, $0) }
    let elements = visibleEntries.map(\.1).flatMap { entry in
      entry.relation.fields.filter { !$0.isHidden }.map { ("\(entry.name).\($0.name)", $0) }
    }
    return .members([
      "anyOf": .array(groups("Filter") + quantifiers() + (fields + elements).flatMap(criteria))
    ])
  }

  /// Fields of elements stand under their own names, hidden ones of a visible relation excepted.
  private func elementFilter(_ entry: RelationEntry, _ index: Int) -> WrittenJSON {
    let inside = entry.name + "."
    let fields = visibleEntries.map(\.1).filter { $0.name == entry.name || $0.name.hasPrefix(inside) }
      .flatMap { inner in
        inner.relation.fields.filter { !$0.isHidden }.map { field in
          (String((inner.name + "." + field.name).dropFirst(inside.count)), field)
        }
      }
    return .members([
      "anyOf": .array(groups(elementName(index)) + quantifiers(inside) + fields.flatMap(criteria))
    ])
  }

  private func groups(_ name: String) -> [WrittenJSON] {
    [
      object([("and", group(name))]), object([("or", group(name))]),
      object([("not", OpenAPIDocument.reference(name))]),
    ]
  }

  /// `any` over the relations whose names begin so, by the rest of their names.
  private func quantifiers(_ prefix: String = "") -> [WrittenJSON] {
    visibleEntries.filter { $0.1.name.hasPrefix(prefix) }.map { index, entry in
      object([
        ("any", .members(["const": .string(String(entry.name.dropFirst(prefix.count)))])),
        ("where", OpenAPIDocument.reference(elementName(index))),
      ])
    }
  }

  /// One schema for each kind of operand.
  private func criteria(_ name: String, _ field: Field) -> [WrittenJSON] {
    let place = WrittenJSON.members(["const": .string(name)])
    guard field.type == .json else { return criteria(place, field, field.operators) }
    let whole = field.operators.intersection(OperatorSet.nullTests.union(.containment))
    let keys: [WrittenJSON]
    switch field.keyRule {
    case .none: keys = []
    case .identifiers(let levels):
      let pattern = KeyPattern.expression("\(name).\(KeyPattern.mark)", levels: levels)
      keys = criteria(
        .members([
          "type": "string", "pattern": .string(pattern), "examples": .array([.string(name + ".key")]),
        ]),
        field, field.operators.union(.nullTests))
    }
    return criteria(place, field, whole) + keys
  }

  private func criteria(_ place: WrittenJSON, _ field: Field, _ allowed: OperatorSet) -> [WrittenJSON] {
    OperandShape.allCases.compactMap { shape in
      let operators = allowed.operators.filter { OperandShape($0) == shape }
      guard !operators.isEmpty else { return nil }
      let names = WrittenJSON.members(["enum": .strings(operators.map(\.name))])
      return object([("field", place), ("operator", names)] + (operand(shape, field).map { [$0] } ?? []))
    }
  }

  private func operand(_ shape: OperandShape, _ field: Field) -> (String, WrittenJSON)? {
    switch shape {
    case .nothing: nil
    case .equality: ("value", values.bodyEqual(field))
    case .ordering: ("value", ordered(field))
    case .pattern: ("value", values.pattern(.like))
    case .literal: ("value", values.pattern(.contains))
    case .list: ("values", values.list(values.bodyEqual(field)))
    case .range: ("values", range(field))
    case .document: ("value", .members(["type": ["string", "number", "boolean", "object", "array"]]))
    }
  }

  /// Inside a document, truth values have no order.
  private func ordered(_ field: Field) -> WrittenJSON {
    field.type == .json ? .members(["type": ["string", "number"]]) : values.bodyOperand(field.type)
  }

  private func range(_ field: Field) -> WrittenJSON {
    guard field.type == .json else { return ValueSchema.pair(values.bodyOperand(field.type)) }
    let kinds: [WrittenJSON] = ["string", "number"].map { ValueSchema.pair(.members(["type": .string($0)])) }
    return .members(["anyOf": .array(kinds)])
  }

  private func object(_ members: [(String, WrittenJSON)]) -> WrittenJSON {
    .members([
      "type": "object",
      "properties": .object(members.map { WrittenJSON.Member(name: $0.0, value: $0.1) }),
      "required": .strings(members.map(\.0)), "additionalProperties": false,
    ])
  }
}

/// Operators that take the same kind of operand in a body.
private enum OperandShape: CaseIterable {
  case equality, ordering, pattern, literal, list, range, nothing, document

  /// Nil for what bodies do not spell.
  init?(_ operation: Operator) {
    guard OperatorSpellings.of(.body).operators.contains(operation) else { return nil }
    switch operation.arity {
    case .none: self = .nothing
    case .flag: return nil
    case .list: self = .list
    case .two: self = .range
    case .one:
      switch operation.family {
      case .equality: self = .equality
      case .ordering: self = .ordering
      case .pattern: self = operation.name.hasSuffix("like") ? .pattern : .literal
      case .regex: self = .literal
      case .containment: self = .document
      case .nullTest: self = .nothing
      }
    }
  }
}
