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
    case .text: throw refusal("containment of JSON", node)
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
