/// Resolves what holds of every element of a relation, once at start-up. Such a condition compares the element's own
/// fields with literals or with each other.
struct ElementConditionCompiler {
  private let fields: [Field]
  /// The place of the first field.
  private let first: Int
  private let label: String
  private var writer = PredicateWriter()
  private var buffer: [UInt8] = []
  private(set) var faults: [String] = []

  init(_ fields: [Field], first: Int, label: String) {
    self.fields = fields
    self.first = first
    self.label = label
  }

  /// Nil for a condition that always holds.
  mutating func compile(_ condition: Condition) -> PredicateTemplate? {
    if condition == .always { return nil }
    write(condition, depth: 0)
    return PredicateTemplate(nodes: writer.nodes, operands: writer.operands, buffer: buffer)
  }

  private mutating func write(_ condition: Condition, depth: Int) {
    guard depth < 50 else { return fail("is nested too deep") }
    switch condition {
    case .always: writer.leaf(PredicateNode(kind: .always))
    case .never: writer.leaf(PredicateNode(kind: .never))
    case .allOf(let parts): group(.and, parts, depth)
    case .anyOf(let parts): group(.or, parts, depth)
    case .not(let inner): group(.not, [inner], depth)
    case .compare(let name, let comparison, let operand): compare(name, comparison, operand)
    case .isIn(let name, let texts): member(name, texts)
    case .isNull(let name): nullTest(name, isNegated: false)
    case .isNotNull(let name): nullTest(name, isNegated: true)
    case .isAmong: fail("has no list to use")
    case .any: fail("asks for elements of elements")
    }
  }

  private mutating func group(_ kind: PredicateNode.Kind, _ parts: [Condition], _ depth: Int) {
    let opened = writer.open(PredicateNode(kind: kind))
    for part in parts { write(part, depth: depth + 1) }
    writer.close(opened)
  }

  private mutating func field(_ name: String) -> Int? {
    let place = fields.firstIndex { $0.name == name }
    if place == nil { fail("names the unknown field '\(name)'") }
    return place
  }

  private mutating func compare(_ name: String, _ comparison: Comparison, _ operand: Condition.Operand) {
    guard let place = field(name) else { return }
    var node = PredicateNode(kind: .compare)
    node.field = FieldID(first + place)
    node.comparison = comparison
    switch operand {
    case .argument: fail("has no argument to use")
    case .literal(let text):
      if let operand = literal(text, of: fields[place]) { writer.leaf(node, operand) }
    case .field(let other):
      guard let otherPlace = field(other) else { return }
      guard fields[otherPlace].type == fields[place].type else {
        return fail("compares fields of different types")
      }
      node.kind = .compareFields
      node.other = FieldID(first + otherPlace)
      writer.leaf(node)
    }
  }

  private mutating func member(_ name: String, _ texts: [String]) {
    guard let place = field(name) else { return }
    var node = PredicateNode(kind: .member)
    node.field = FieldID(first + place)
    var operands: [Operand] = []
    for text in texts {
      guard let operand = literal(text, of: fields[place]) else { return }
      operands.append(operand)
    }
    let start = writer.operands.count
    writer.operands += operands
    writer.leaf(node, operandsFrom: start)
  }

  private mutating func nullTest(_ name: String, isNegated: Bool) {
    guard let place = field(name) else { return }
    var node = PredicateNode(kind: .isNull)
    node.field = FieldID(first + place)
    node.isNegated = isNegated
    writer.leaf(node)
  }

  private mutating func literal(_ text: String, of field: Field) -> Operand? {
    let operand = operand(text, field)
    if operand == nil { fail("has the literal '\(text)', which is no \(field.type.noun) here") }
    return operand
  }

  private mutating func operand(_ text: String, _ field: Field) -> Operand? {
    let bytes = Array(text.utf8)
    switch field.type {
    case .text: return Operand(.text, text: store(bytes))
    case .integer: return Int64(text).map { Operand(.integer, number: $0) }
    case .bigInteger, .decimal:
      return Decimal(text).map { Operand(.decimal, text: store(Array($0.text.utf8))) }
    case .boolean:
      return text == "true" || text == "false" ? Operand(.boolean, number: text == "true" ? 1 : 0) : nil
    case .uuid:
      var canonical: [UInt8] = []
      guard UUIDText.canonicalise(bytes, 0..<bytes.count, into: &canonical) else { return nil }
      return Operand(.uuid, text: store(canonical))
    case .enumeration(let enumeration):
      return enumeration.index(of: bytes, 0..<bytes.count).map {
        Operand(.enumerationCase, number: Int64($0))
      }
    case .date, .timestamp, .json: return nil
    }
  }

  private mutating func store(_ bytes: [UInt8]) -> Range<Int> {
    let start = buffer.count
    buffer += bytes
    return start..<buffer.count
  }

  private mutating func fail(_ fault: String) {
    faults.append("\(label) \(fault)")
    writer.leaf(PredicateNode(kind: .never))
  }
}
