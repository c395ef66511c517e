import TamisJSON
import TamisModel

/// Containment by hand, on engines whose functions read documents: a conjunction over the operand's members, and one
/// `EXISTS` for each item of its arrays. Recursion is bounded by the depth limit of parsing.
extension StatementWriter {
  /// Unknown where the document is null, otherwise true or false.
  mutating func writeCalledContainment(
    _ node: PredicateNode, _ document: Subject, _ operand: Operand, _ isNegated: Bool
  ) throws(QueryError) {
    guard prepared.dialect.jsonFunctions?.readsItemsExactly == true else {
      throw refusal("containment of JSON", node)
    }
    guard let functions = prepared.dialect.jsonFunctions,
      let json = CanonicalJSON.parse(query.bytes(of: operand))
    else { throw refusal("containment of what is not JSON", node) }
    let container = ContainmentOperand(document: json, node: node)
    let place = try CalledPlace(&self, container, document, functions)
    if isNegated { write("NOT ") }
    writePrepared("CASE WHEN \(place.call.kind) <> \(functions.kinds.null) THEN COALESCE(")
    switch json.nodes[0].kind {
    case .object, .array: try writeContained(container, 0, place)
    case .null, .true, .false, .number, .string:
      // A scalar alone may also be an item of an array.
      writePrepared("CASE \(place.call.kind) WHEN \(functions.kinds.array) THEN ")
      try writeItem(container, 0, place)
      write(" ELSE ")
      try writeContained(container, 0, place)
      write(" END")
    }
    write(", FALSE) END")
  }

  private mutating func writeContained(
    _ container: ContainmentOperand, _ index: Int, _ place: CalledPlace
  ) throws(QueryError) {
    let kinds = place.functions.kinds
    switch container.document.nodes[index].kind {
    // The literal names are one class of a query's shape, so which of them it is is bound.
    case .null: writeEqual(place.call.text, "null")
    case .true: writeEqual(place.call.text, "true")
    case .false: writeEqual(place.call.text, "false")
    case .number:
      guard let number = CanonicalJSON.number(container.document, index) else {
        throw refusal("containment of so large a number", container.node)
      }
      writePrepared("\(place.call.kind) IN (\(kinds.numbers.joined(separator: ", "))) AND ")
      writeEqual(place.call.digits, String(decoding: number, as: UTF8.self))
    case .string:
      writePrepared("\(place.call.kind) = \(kinds.string) AND ")
      writeEqual(place.call.characters, container.document.string(at: index))
    case .object:
      writePrepared("\(place.call.kind) = \(kinds.object)")
      try writeMembers(container, index, place)
    case .array:
      writePrepared("\(place.call.kind) = \(kinds.array)")
      for item in container.document.items(of: index) {
        write(" AND ")
        try writeItem(container, item, place)
      }
    }
  }

  private mutating func writeEqual(_ expression: String, _ text: String) {
    writePrepared(expression)
    if prepared.dialect.equality == .folding, let collation = prepared.dialect.byteCollation {
      writePrepared(collation)
    }
    write(" = ")
    writePlaceholder(added(.text(text)))
  }

  private mutating func writeMembers(
    _ container: ContainmentOperand, _ index: Int, _ place: CalledPlace
  ) throws(QueryError) {
    for member in try members(of: index, container) {
      write(" AND ")
      try writeContained(container, member.value, try place.step(member.name, &self, container.node))
    }
  }

  /// One item of the array at the place contains the operand's item.
  private mutating func writeItem(
    _ container: ContainmentOperand, _ index: Int, _ place: CalledPlace
  ) throws(QueryError) {
    depth += 1
    defer { depth -= 1 }
    let test = place.call.anyItem("_j\(depth)")
    writePrepared(test.opening)
    try writeContained(container, index, CalledPlace(test.item, place.functions))
    writePrepared(test.closing)
  }
}

/// A document's expression, and a path inside it.
private struct CalledPlace {
  let functions: JSONFunctions
  private let document: String
  private var keys: [String] = []
  private(set) var call: JSONCall

  init(_ document: String, _ functions: JSONFunctions) {
    self.functions = functions
    self.document = document
    call = JSONCall(document, functions)
  }

  /// Where a leaf's path leads to.
  init(
    _ writer: inout StatementWriter, _ container: ContainmentOperand, _ document: Subject,
    _ functions: JSONFunctions
  ) throws(QueryError) {
    self.init(String(decoding: document.expression, as: UTF8.self), functions)
    for key in writer.query.keys(of: container.node) { keys.append(key) }
    if !keys.isEmpty { try find(&writer, container.node) }
  }

  /// The path is a binding, because the client chose the keys.
  func step(
    _ key: String, _ writer: inout StatementWriter, _ node: PredicateNode
  ) throws(QueryError) -> CalledPlace {
    var place = self
    place.keys.append(key)
    try place.find(&writer, node)
    return place
  }

  private mutating func find(_ writer: inout StatementWriter, _ node: PredicateNode) throws(QueryError) {
    guard let steps = functions.path(keys) else {
      throw writer.refusal("a JSON key that its paths can not spell", node)
    }
    call = JSONCall(Array(document.utf8), steps.map { writer.placed(.text($0)) }, functions)
  }
}
