import TamisModel

extension StatementWriter {
  /// `currency_in=USD,EUR`. Items of several JSON types are tested type by type: a value of another type than an
  /// item is unknown to it.
  mutating func writeMember(_ node: PredicateNode, _ isNegated: Bool) throws(QueryError) {
    let operands = query.operands(of: node)
    guard let first = operands.first else { return write(isNegated) }
    if operands.allSatisfy({ $0.kind == first.kind }) {
      return try writeMember(node, operands, isNegated)
    }
    var kinds: [Operand.Kind] = []
    for operand in operands where !kinds.contains(operand.kind) { kinds.append(operand.kind) }
    write("(")
    for (index, kind) in kinds.enumerated() {
      if index > 0 { write(isNegated ? " AND " : " OR ") }
      try writeMember(node, operands.filter { $0.kind == kind }[...], isNegated)
    }
    write(")")
  }

  private mutating func writeMember(
    _ node: PredicateNode, _ operands: ArraySlice<Operand>, _ isNegated: Bool
  ) throws(QueryError) {
    guard let first = operands.first else { return write(isNegated) }
    let subject = try subject(node, first.kind)
    if subject.encoding == .document || subject.encoding == .documentText {
      throw refusal("a list of whole documents", node)
    }
    text.append(contentsOf: subject.expression)
    switch prepared.dialect.lists {
    case .array: try writeArray(node, subject, operands, isNegated)
    case .padded: try writePadded(node, subject, operands, isNegated)
    }
  }

  private mutating func writeArray(
    _ node: PredicateNode, _ subject: Subject, _ operands: ArraySlice<Operand>, _ isNegated: Bool
  ) throws(QueryError) {
    var items: [SQLBinding] = []
    items.reserveCapacity(operands.count)
    for operand in operands { items.append(try binding(operand, subject, .exact, node)) }
    write(isNegated ? " <> ALL (" : " = ANY (")
    bind(.array(items))
    if !subject.cast.isEmpty {
      text.append(contentsOf: subject.cast)
      write("[]")
    }
    write(")")
  }

  /// The last item is repeated up to the length class of the whole list.
  private mutating func writePadded(
    _ node: PredicateNode, _ subject: Subject, _ operands: ArraySlice<Operand>, _ isNegated: Bool
  ) throws(QueryError) {
    write(isNegated ? " NOT IN (" : " IN (")
    var last = SQLBinding.null
    for index in 0..<ListLengthClass(count: Int(node.operandCount)).capacity {
      if index > 0 { write(", ") }
      if index < operands.count {
        last = try binding(operands[operands.startIndex + index], subject, .exact, node)
      }
      bind(last)
    }
    write(")")
  }
}
