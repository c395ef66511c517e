import TamisModel

/// What a cursor belongs to, as bytes: the resource, the whole filter with its scopes, and the order. Not the size of
/// the page, not the answer's fields, and not the seed of a random order, which the cursor brings itself.
///
/// Fields stand here by name, so that a server's cursors outlive a new field.
struct QueryDigest {
  private let query: Query
  private var writer = ByteWriter()

  static func bytes(of query: Query) -> [UInt8] {
    var digest = QueryDigest(query)
    digest.writeAll()
    return digest.writer.bytes
  }

  private init(_ query: Query) {
    self.query = query
  }

  private mutating func writeAll() {
    writer.text(query.resource.name.utf8)
    writer.text(query.resource.table.utf8)
    writer.number(UInt64(query.nodes.count))
    for node in query.nodes { write(node) }
    writer.number(UInt64(query.sort.count))
    for key in query.sort {
      writeName(key.field)
      writer.byte(key.direction.rawValue << 1 | key.nulls.rawValue)
    }
    writer.number(query.randomOrder.map { UInt64($0.position) + 1 } ?? 0)
  }

  private mutating func write(_ node: PredicateNode) {
    writer.byte(node.kind.rawValue)
    writer.byte(node.comparison.rawValue)
    writer.byte(
      (node.isNegated ? 1 : 0) | (node.isHalfOpen ? 2 : 0) | (node.ignoresCase ? 4 : 0)
        | (node.hasPath ? 8 : 0) | (node.minimum > 1 ? 16 : 0))
    if node.minimum > 1 { writer.number(UInt64(node.minimum)) }
    writer.byte(node.reading.rawValue)
    writer.number(UInt64(node.end))
    writeName(node.field)
    if node.kind == .any {
      writer.text(query.resource.relationName(node.other.index).utf8)
    } else {
      writeName(node.other)
    }
    if node.hasPath, query.operands.indices.contains(Int(node.path)) {
      write(query.operands[Int(node.path)], node.field)
    }
    writer.number(UInt64(node.operandCount))
    for operand in query.operands(of: node) { write(operand, node.field) }
  }

  private mutating func write(_ operand: Operand, _ field: FieldID) {
    writer.byte(operand.kind.rawValue)
    if operand.hasText {
      writer.text(query.bytes(of: operand))
    } else if operand.kind == .enumerationCase {
      let name = query.resource.field(field).enumeration?.name(at: Int(operand.payload)) ?? ""
      writer.text(name.utf8)
    } else {
      writer.signed(operand.payload)
    }
  }

  /// An element's field after its relation's name; nothing where there is no field.
  private mutating func writeName(_ id: FieldID) {
    guard id.index < query.resource.fieldCount else { return writer.byte(0) }
    let relation = query.resource.relationIndex(of: id)
    writer.byte(relation == nil ? 1 : 2)
    if let relation { writer.text(query.resource.relationName(relation).utf8) }
    writer.text(query.resource.field(id).name.utf8)
  }
}
