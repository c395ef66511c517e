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
    switch prepared.dialect.lists {
    case .array:
      text.append(contentsOf: subject.expression)
      writeCollationOfEquality(subject)
      try writeArray(node, subject, operands, isNegated)
    case .padded where !isNegated && isCheckedAgain(subject):
      try writeChecked(node, subject, operands)
    case .padded:
      text.append(contentsOf: subject.expression)
      writeCollationOfEquality(subject)
      try writePadded(node, subject, operands, isNegated)
    }
  }

  /// `("a" IN (?, ?) AND "a" COLLATE … IN (?, ?))`, with the same items twice.
  private mutating func writeChecked(
    _ node: PredicateNode, _ subject: Subject, _ operands: ArraySlice<Operand>
  ) throws(QueryError) {
    write("(")
    text.append(contentsOf: subject.expression)
    let first = bindings.count + 1
    try writePadded(node, subject, operands, false)
    let last = bindings.count
    write(" AND ")
    text.append(contentsOf: subject.expression)
    writeCollation(subject)
    write(" IN (")
    for number in first...last {
      if number > first { write(", ") }
      writePlaceholder(number)
    }
    write("))")
  }

  private mutating func writeArray(
    _ node: PredicateNode, _ subject: Subject, _ operands: ArraySlice<Operand>, _ isNegated: Bool
  ) throws(QueryError) {
    write(isNegated ? " <> ALL (" : " = ANY (")
    if operands.count == Int(node.operandCount) {
      try bind(.items, subject)
    } else {
      bind(try items(node, subject, operands))
    }
    if !subject.cast.isEmpty {
      text.append(contentsOf: subject.cast)
      write("[]")
    }
    write(")")
  }

  /// Some of a list's items.
  private func items(
    _ node: PredicateNode, _ subject: Subject, _ operands: ArraySlice<Operand>
  ) throws(QueryError) -> SQLBinding {
    var items: [SQLBinding] = []
    for operand in operands {
      items.append(try query.binding(operand, subject, .exact, node, prepared.dialect))
    }
    return .array(items)
  }

  /// The last item is repeated up to the length class of the whole list.
  private mutating func writePadded(
    _ node: PredicateNode, _ subject: Subject, _ operands: ArraySlice<Operand>, _ isNegated: Bool
  ) throws(QueryError) {
    write(isNegated ? " NOT IN (" : " IN (")
    let isWhole = operands.count == Int(node.operandCount)
    for index in 0..<ListLengthClass(count: Int(node.operandCount)).capacity {
      if index > 0 { write(", ") }
      text.append(contentsOf: subject.castOpening)
      if isWhole {
        try bind(.item, subject, offset: index)
      } else {
        let item = operands[operands.startIndex + Swift.min(index, operands.count - 1)]
        bind(try query.binding(item, subject, .exact, node, prepared.dialect))
      }
      text.append(contentsOf: subject.cast)
    }
    write(")")
  }
}
