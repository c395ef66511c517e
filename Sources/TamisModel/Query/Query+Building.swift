extension Query {
  /// A query from a tree, as a server or a test writes it by hand: not normalised, not from a request.
  ///
  /// Nil when a name is not the resource's, a value's kind does not suit its field's type, or a number of elements is
  /// not within 1 and 65,535. The primary key is
  /// appended to the order, and the default order is used when none is given.
  public init?(
    _ resource: Resource, where predicate: Predicate = .always, sort: [SortKey]? = nil, page: Page? = nil
  ) {
    var builder = QueryBuilder(resource: resource)
    guard builder.append(predicate, relation: nil, depth: 0) else { return nil }
    var keys: [SortKey]?
    if var given = sort {
      SortKey.complete(&given, with: resource.primaryKey)
      keys = given
    }
    self.init(
      resource: resource, buffer: builder.buffer, nodes: builder.writer.nodes,
      operands: builder.writer.operands,
      page: page ?? Page(limit: resource.paging.defaultLimit, offset: 0),
      choices: keys.map { QueryChoices(sort: $0) })
  }
}

private struct QueryBuilder {
  let resource: Resource
  var writer = PredicateWriter()
  /// Text of the operands.
  var buffer: [UInt8] = []

  private mutating func store(_ bytes: some Sequence<UInt8>) -> Range<Int> {
    let start = buffer.count
    buffer.append(contentsOf: bytes)
    return start..<buffer.count
  }

  mutating func append(_ predicate: Predicate, relation: Int?, depth: Int) -> Bool {
    guard depth <= 200 else { return false }
    switch predicate {
    case .always: return leaf(.always)
    case .never: return leaf(.never)
    case .and(let parts): return group(.and, parts, relation, depth)
    case .or(let parts): return group(.or, parts, relation, depth)
    case .not(let inner): return group(.not, [inner], relation, depth)
    case .compare(let path, let comparison, let value):
      return leaf(.compare, path, relation, [value]) { $0.comparison = comparison }
    case .compareFields(let path, let comparison, let other):
      guard let otherField = resource.field(named: other.field, inRelation: relation) else { return false }
      return leaf(.compareFields, path, relation, []) {
        $0.comparison = comparison
        $0.other = otherField
      }
    case .within(let path, let lower, let upper, let isHalfOpen, let isNegated):
      return leaf(.within, path, relation, [lower, upper]) {
        $0.isHalfOpen = isHalfOpen
        $0.isNegated = isNegated
      }
    case .member(let path, let values, let isNegated):
      return leaf(.member, path, relation, values) { $0.isNegated = isNegated }
    case .pattern(let path, let pattern, let isNegated):
      return leaf(path, pattern, relation, isNegated)
    case .isNull(let path, let isNegated):
      return leaf(.isNull, path, relation, []) { $0.isNegated = isNegated }
    case .any(let name, let inner, let isNegated, let minimum):
      guard let minimum = UInt16(exactly: minimum), minimum > 0 else { return false }
      return any(name, inner, relation, depth) {
        $0.isNegated = isNegated
        $0.minimum = minimum
      }
    case .jsonContains(let path, let json, let isNegated):
      return leaf(.jsonContains, path, relation, [.json(json)]) { $0.isNegated = isNegated }
    case .matches(let path, let pattern, let isNegated):
      return leaf(.matches, path, relation, [.text(pattern)]) { $0.isNegated = isNegated }
    }
  }

  private mutating func leaf(_ kind: PredicateNode.Kind) -> Bool {
    writer.leaf(PredicateNode(kind: kind))
    return true
  }

  private mutating func group(
    _ kind: PredicateNode.Kind, _ parts: [Predicate], _ relation: Int?, _ depth: Int
  ) -> Bool {
    let index = writer.open(PredicateNode(kind: kind))
    for part in parts {
      guard append(part, relation: relation, depth: depth + 1) else { return false }
    }
    writer.close(index)
    return true
  }

  private mutating func any(
    _ name: String, _ inner: Predicate, _ relation: Int?, _ depth: Int,
    _ change: (inout PredicateNode) -> Void
  ) -> Bool {
    guard let index = resource.relation(named: name, inside: relation) else { return false }
    var node = PredicateNode(kind: .any)
    change(&node)
    // How many of which elements would be meant?
    guard node.minimum == 1 || !resource.isDistant(index, from: relation) else { return false }
    let opened = writer.openQuantifiers(node, to: index, from: relation, resource, buffer: &buffer)
    guard append(inner, relation: index, depth: depth + 1) else { return false }
    writer.closeQuantifiers(from: opened)
    return true
  }

  private mutating func leaf(
    _ kind: PredicateNode.Kind, _ path: FieldPath, _ relation: Int?, _ values: [Value],
    _ change: (inout PredicateNode) -> Void
  ) -> Bool {
    guard var node = node(kind, path, relation) else { return false }
    change(&node)
    var operands: [Operand] = []
    for value in values {
      guard let operand = operand(value, of: resource.field(node.field)) else { return false }
      operands.append(operand)
    }
    let start = writer.operands.count
    writer.operands += operands
    writer.leaf(node, operandsFrom: start)
    return true
  }

  private mutating func leaf(
    _ path: FieldPath, _ pattern: TextPattern, _ relation: Int?, _ isNegated: Bool
  ) -> Bool {
    guard var node = node(.pattern, path, relation) else { return false }
    node.isNegated = isNegated
    node.ignoresCase = pattern.ignoresCase
    let start = writer.operands.count
    writer.operands.append(Operand(.pattern, text: store(pattern.bytes)))
    writer.leaf(node, operandsFrom: start)
    return true
  }

  /// The path's operand comes before the leaf's own.
  private mutating func node(
    _ kind: PredicateNode.Kind, _ path: FieldPath, _ relation: Int?
  ) -> PredicateNode? {
    guard let field = resource.field(named: path.field, inRelation: relation) else { return nil }
    var node = PredicateNode(kind: kind)
    node.field = field
    node.reading = path.reading
    if !path.keys.isEmpty {
      let keys = path.keys.map { Array($0.utf8) }.joined(separator: [Operand.keySeparator])
      node.path = UInt32(clamping: writer.operands.count)
      writer.operands.append(Operand(.path, text: store(keys)))
    }
    return node
  }

  private mutating func operand(_ value: Value, of field: Field) -> Operand? {
    switch (value, field.type) {
    case (.text(let text), .text), (.text(let text), .json):
      return Operand(.text, text: store(text.utf8))
    case (.integer(let number), .integer): return Operand(.integer, number: number)
    case (.decimal(let number), .bigInteger), (.decimal(let number), .decimal), (.decimal(let number), .json):
      return Operand(.decimal, text: store(number.text.utf8))
    case (.boolean(let flag), .boolean), (.boolean(let flag), .json):
      return Operand(.boolean, number: flag ? 1 : 0)
    case (.uuid(let text), .uuid): return Operand(.uuid, text: store(text.utf8))
    case (.date(let date), .date): return Operand(.date, number: date.daysSinceEpoch)
    case (.timestamp(let instant), .timestamp): return Operand(.timestamp, number: instant.microseconds)
    case (.enumeration(let name), .enumeration(let enumeration)):
      let bytes = Array(name.utf8)
      return enumeration.index(of: bytes, 0..<bytes.count).map {
        Operand(.enumerationCase, number: Int64($0))
      }
    case (.json(let text), .json): return Operand(.json, text: store(text.utf8))
    default: return nil
    }
  }
}
