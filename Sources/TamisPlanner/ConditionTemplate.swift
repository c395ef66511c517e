import TamisModel

/// A resource's own condition, resolved and typed once at start-up; a query only copies its nodes and puts the
/// argument in.
struct ConditionTemplate: Sendable {
  var nodes = PredicateNodes()
  var operands: [Operand] = []
  var buffer: [UInt8] = []

  var isAlways: Bool { nodes.count == 1 && nodes[0].kind == .always }
}

/// Builds templates, and tells what is wrong with a condition in sentences for the resource's author.
struct ConditionCompiler {
  let resource: Resource
  let facts: [FieldFacts]
  /// The type of the argument, where there is one; of its values, where it is a list.
  let argument: FieldType?
  let label: String
  private var writer = PredicateWriter()
  /// Text of the operands.
  private var buffer: [UInt8] = []
  private(set) var faults: [String] = []

  init(resource: Resource, facts: [FieldFacts], argument: FieldType?, label: String) {
    self.resource = resource
    self.facts = facts
    self.argument = argument
    self.label = label
  }

  mutating func compile(_ condition: Condition) -> ConditionTemplate {
    write(condition, relation: nil, depth: 0)
    return ConditionTemplate(nodes: writer.nodes, operands: writer.operands, buffer: buffer)
  }

  private mutating func write(_ condition: Condition, relation: Int?, depth: Int) {
    guard depth < 50 else {
      faults.append("\(label) is nested too deep")
      return writer.leaf(PredicateNode(kind: .never))
    }
    switch condition {
    case .always: writer.leaf(PredicateNode(kind: .always))
    case .never: writer.leaf(PredicateNode(kind: .never))
    case .allOf(let parts): group(.and, parts, relation, depth)
    case .anyOf(let parts): group(.or, parts, relation, depth)
    case .not(let inner): group(.not, [inner], relation, depth)
    case .compare(let name, let comparison, let operand): compare(name, comparison, operand, relation)
    case .isIn(let name, let texts): member(name, texts, relation)
    case .isAmong(let name): isAmong(name, relation)
    case .isNull(let name): nullTest(name, isNegated: false, relation)
    case .isNotNull(let name): nullTest(name, isNegated: true, relation)
    case .any(let name, let inner, let minimum): any(name, inner, minimum, relation, depth)
    }
  }

  private mutating func group(
    _ kind: PredicateNode.Kind, _ parts: [Condition], _ relation: Int?, _ depth: Int
  ) {
    let index = writer.open(PredicateNode(kind: kind))
    for part in parts { write(part, relation: relation, depth: depth + 1) }
    writer.close(index)
  }

  private mutating func any(
    _ name: String, _ inner: Condition, _ minimum: Int, _ relation: Int?, _ depth: Int
  ) {
    guard let index = resource.relation(named: name, inside: relation) else {
      return fail("has no relation '\(name)' here")
    }
    guard minimum == 1 || !resource.isDistant(index, from: relation) else {
      return fail("asks for several of '\(name)', which are elements of elements")
    }
    var node = PredicateNode(kind: .any)
    node.minimum = UInt16(clamping: Swift.max(minimum, 1))
    let opened = writer.openQuantifiers(node, to: index, from: relation, resource, buffer: &buffer)
    write(inner, relation: index, depth: depth + 1)
    writer.closeQuantifiers(from: opened)
  }

  private mutating func compare(
    _ name: String, _ comparison: Comparison, _ operand: Condition.Operand, _ relation: Int?
  ) {
    guard let field = resource.field(named: name, inRelation: relation) else {
      return fail("names the unknown field '\(name)'")
    }
    var node = PredicateNode(kind: .compare)
    node.field = field
    node.comparison = comparison
    switch operand {
    case .field(let other): compareFields(node, other, relation)
    case .argument: compareArgument(node)
    case .literal(let text): compareLiteral(node, text)
    }
  }

  private mutating func compareFields(_ node: PredicateNode, _ other: String, _ relation: Int?) {
    guard let otherField = resource.field(named: other, inRelation: relation) else {
      return fail("names the unknown field '\(other)'")
    }
    guard resource.field(otherField).type == resource.field(node.field).type else {
      return fail("compares fields of different types")
    }
    var node = node
    node.kind = .compareFields
    node.other = otherField
    writer.leaf(node)
  }

  private mutating func compareArgument(_ node: PredicateNode) {
    guard let argument, FieldFacts.TypeClass(argument) == facts[node.field.index].type else {
      return fail("compares '\(resource.field(node.field).name)' with an argument of another type")
    }
    writer.leaf(node, Operand(.argument, number: 0))
  }

  private mutating func compareLiteral(_ node: PredicateNode, _ text: String) {
    guard let operand = literal(text, of: node.field) else { return }
    writer.leaf(node, operand)
  }

  private mutating func member(_ name: String, _ texts: [String], _ relation: Int?) {
    guard let field = resource.field(named: name, inRelation: relation) else {
      return fail("names the unknown field '\(name)'")
    }
    var node = PredicateNode(kind: .member)
    node.field = field
    let operands = texts.compactMap { literal($0, of: field) }
    let start = writer.operands.count
    writer.operands += operands
    writer.leaf(node, operandsFrom: start)
  }

  private mutating func isAmong(_ name: String, _ relation: Int?) {
    guard let field = resource.field(named: name, inRelation: relation) else {
      return fail("names the unknown field '\(name)'")
    }
    var node = PredicateNode(kind: .member)
    node.field = field
    compareArgument(node)
  }

  private mutating func nullTest(_ name: String, isNegated: Bool, _ relation: Int?) {
    guard let field = resource.field(named: name, inRelation: relation) else {
      return fail("names the unknown field '\(name)'")
    }
    var node = PredicateNode(kind: .isNull)
    node.field = field
    node.isNegated = isNegated
    writer.leaf(node)
  }

  private mutating func literal(_ text: String, of id: FieldID) -> Operand? {
    let start = buffer.count
    buffer.append(contentsOf: text.utf8)
    let range = start..<buffer.count
    let field = resource.field(id)
    let type = facts[id.index].type
    if type == .date || type == .timestamp {
      let literal = try? Coercion.date(type, buffer, range, offsetMinutes: resource.offsetMinutes)
      guard let literal, literal.isPoint || type == .timestamp else { return badLiteral(text, field) }
      return Operand(type == .date ? .date : .timestamp, number: literal.floor)
    }
    guard
      let operand = try? Coercion.scalar(
        type, enumeration: field.enumeration, &buffer, range, digitLimit: resource.limits.digits)
    else { return badLiteral(text, field) }
    return operand
  }

  private mutating func badLiteral(_ text: String, _ field: Field) -> Operand? {
    fail("has the literal '\(text)', which is no \(field.type.noun)")
    return nil
  }

  private mutating func fail(_ fault: String) {
    faults.append("\(label) \(fault)")
    writer.leaf(PredicateNode(kind: .never))
  }
}
