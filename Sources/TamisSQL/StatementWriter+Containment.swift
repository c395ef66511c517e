import TamisJSON
import TamisModel

extension StatementWriter {
  /// `{"field":"meta","operator":"json_contains","value":{"a":1}}`, as PostgreSQL's `@>` means it.
  mutating func writeContainment(_ node: PredicateNode, _ isNegated: Bool) throws(QueryError) {
    let field = try preparedField(node.field, at: query.span(of: node))
    let document = qualifies ? field.qualified : field.plain
    guard let operand = operand(node, 0), operand.kind == .json else {
      throw refusal("containment of this value", node)
    }
    guard document.encoding == .document || document.encoding == .documentText else {
      throw refusal("containment in a field that is not JSON", node)
    }
    switch prepared.dialect.json {
    case .binary: try writeBinaryContainment(node, document, operand, isNegated)
    case .text: try writeTextContainment(node, document, operand, isNegated)
    case .functions: try writeCalledContainment(node, document, operand, isNegated)
    }
  }

  private mutating func writeBinaryContainment(
    _ node: PredicateNode, _ document: Subject, _ operand: Operand, _ isNegated: Bool
  ) throws(QueryError) {
    if isNegated { write("NOT ") }
    if node.hasPath {
      let place = try JSONPlace(&self, node, document.expression)
      write("(NULLIF(")
      text.append(contentsOf: place.value)
      write(", 'null'::jsonb) @> ")
    } else {
      write("(")
      text.append(contentsOf: document.expression)
      write(" @> ")
    }
    bind(.json(query.string(of: operand)))
    write("::jsonb)")
  }
}

/// Containment by hand, on engines whose documents are text: a conjunction over the operand's members, and one
/// `EXISTS` for each item of its arrays. Recursion is bounded by the depth limit of parsing.
extension StatementWriter {
  /// Unknown where the document is null, otherwise true or false.
  private mutating func writeTextContainment(
    _ node: PredicateNode, _ document: Subject, _ operand: Operand, _ isNegated: Bool
  ) throws(QueryError) {
    guard let json = CanonicalJSON.parse(query.bytes(of: operand)) else {
      throw refusal("containment of what is not JSON", node)
    }
    var place = ContainmentPlace(value: document.expression)
    if node.hasPath {
      let inner = try JSONPlace(&self, node, document.expression).value
      place.value = [UInt8(ascii: "(")] + inner + [UInt8(ascii: ")")]
    }
    let container = ContainmentOperand(document: json, node: node)
    if isNegated { write("NOT ") }
    write("CASE WHEN ")
    writeType(place)
    write(" <> 'null' THEN coalesce(")
    switch json.nodes[0].kind {
    case .object, .array: try writeContained(container, 0, place)
    case .null, .true, .false, .number, .string:
      // A scalar alone may also be an item of an array.
      write("CASE ")
      writeType(place)
      write(" WHEN 'array' THEN ")
      try writeItem(container, 0, place)
      write(" ELSE ")
      try writeContained(container, 0, place)
      write(" END")
    }
    write(", 0) END")
  }

  private mutating func writeContained(
    _ container: ContainmentOperand, _ index: Int, _ place: ContainmentPlace
  ) throws(QueryError) {
    writeType(place)
    switch container.document.nodes[index].kind {
    case .null, .true, .false: writeLiteralName(container, index)
    case .number:
      write(" IN ('integer', 'real') AND ")
      writeJSON(place)
      try writeNumber(container, index)
    case .string:
      write(" = 'text' AND json_extract(")
      text.append(contentsOf: place.value)
      write(", ")
      writePath(place)
      write(") = ")
      writeNumbered(.text(container.document.string(at: index)))
    case .object:
      write(" = 'object'")
      try writeMembers(container, index, place)
    case .array:
      write(" = 'array'")
      for item in container.document.items(of: index) {
        write(" AND ")
        try writeItem(container, item, place)
      }
    }
  }

  private mutating func writeMembers(
    _ container: ContainmentOperand, _ index: Int, _ place: ContainmentPlace
  ) throws(QueryError) {
    for member in try members(of: index, container) {
      write(" AND ")
      try writeContained(container, member.value, try step(place, member.name, container.node))
    }
  }

  /// One item of the array at the place contains the operand's item.
  private mutating func writeItem(
    _ container: ContainmentOperand, _ index: Int, _ place: ContainmentPlace
  ) throws(QueryError) {
    depth += 1
    defer { depth -= 1 }
    let alias = Array("_j".utf8) + Array(String(depth).utf8)
    write("EXISTS (SELECT 1 FROM json_each(")
    writeArguments(place)
    write(") AS ")
    text.append(contentsOf: alias)
    write(" WHERE ")
    text.append(contentsOf: alias)
    write(".type")
    switch container.document.nodes[index].kind {
    case .null, .true, .false: writeLiteralName(container, index)
    case .number:
      write(" IN ('integer', 'real') AND (")
      writeJSON(place)
      write(" -> ")
      text.append(contentsOf: alias)
      write(".key)")
      try writeNumber(container, index)
    case .string:
      write(" = 'text' AND ")
      text.append(contentsOf: alias)
      write(".value = ")
      writeNumbered(.text(container.document.string(at: index)))
    case .object, .array:
      write(" IS NOT NULL AND ")
      try writeContained(container, index, ContainmentPlace(value: Self.itemDocument(alias)))
    }
    write(")")
  }
}

extension StatementWriter {
  /// An item that is a document; a scalar item's value is no JSON text, and must not be read as one.
  private static func itemDocument(_ alias: [UInt8]) -> [UInt8] {
    let guarded = Array("CASE WHEN ".utf8) + alias + Array(".type IN ('object', 'array') THEN ".utf8)
    return guarded + alias + Array(".value END".utf8)
  }
}

/// The operand, and the leaf it belongs to.
struct ContainmentOperand {
  let document: JSONDocument
  let node: PredicateNode
}

extension StatementWriter {
  /// An object's members. One that is there twice would have two values at one place.
  func members(
    of index: Int, _ container: ContainmentOperand
  ) throws(QueryError) -> [(name: String, value: Int)] {
    var names: Set<String> = []
    var members: [(name: String, value: Int)] = []
    for member in container.document.members(of: index) {
      let name = container.document.string(at: member.name)
      guard names.insert(name).inserted else {
        throw refusal("containment of a repeated member", container.node)
      }
      members.append((name, member.value))
    }
    return members
  }
}

/// A document's expression, and a path inside it.
private struct ContainmentPlace {
  var value: [UInt8]
  var keys: [String] = []
  /// The number of the path's binding; nil for the document itself.
  var path: Int?
}

extension StatementWriter {
  /// The path is a binding, because the client chose the keys.
  private mutating func step(
    _ place: ContainmentPlace, _ key: String, _ node: PredicateNode
  ) throws(QueryError) -> ContainmentPlace {
    var place = place
    place.keys.append(key)
    guard let path = JSONPath.text(place.keys) else {
      throw refusal("a JSON key that is empty or holds a quote, a backslash or a control character", node)
    }
    place.path = added(.text(path))
    return place
  }

  private mutating func writePath(_ place: ContainmentPlace) {
    if let path = place.path { writePlaceholder(path) } else { write("'$'") }
  }

  private mutating func writeArguments(_ place: ContainmentPlace) {
    text.append(contentsOf: place.value)
    write(", ")
    writePath(place)
  }

  private mutating func writeType(_ place: ContainmentPlace) {
    write("json_type(")
    writeArguments(place)
    write(")")
  }

  private mutating func writeJSON(_ place: ContainmentPlace) {
    write("(")
    text.append(contentsOf: place.value)
    write(" -> ")
    writePath(place)
    write(")")
  }

  private mutating func writeNumbered(_ binding: SQLBinding) {
    writePlaceholder(added(binding))
  }

  /// The literal names are one class of a query's shape, so which of them it is is bound.
  private mutating func writeLiteralName(_ container: ContainmentOperand, _ index: Int) {
    write(" = ")
    switch container.document.nodes[index].kind {
    case .null: writeNumbered(.text("null"))
    case .true: writeNumbered(.text("true"))
    case .false, .number, .string, .array, .object: writeNumbered(.text("false"))
    }
  }

  private mutating func writeNumber(_ container: ContainmentOperand, _ index: Int) throws(QueryError) {
    guard let number = CanonicalJSON.number(container.document, index) else {
      throw refusal("containment of so large a number", container.node)
    }
    write(" = ")
    writeNumbered(.text(String(decoding: number, as: UTF8.self)))
  }
}
