/// A part of a predicate with operands of its own, to be copied into queries.
@usableFromInline package struct PredicateTemplate: Sendable {
  let nodes: PredicateNodes
  let operands: [Operand]
  let buffer: [UInt8]
}

extension PredicateWriter {
  /// Begins `any` over a relation, seen from the record or from inside another relation: one for each relation on the
  /// way, some element of some element. In each stands first what holds of its elements. Gives the place of the first;
  /// after one member, `closeQuantifiers` ends them.
  ///
  /// - Parameters:
  ///   - node: what is asked, the relation excepted. Only the outermost is negated.
  ///   - buffer: the query's text.
  package mutating func openQuantifiers(
    _ node: PredicateNode, to relation: Int, from outer: Int?, _ resource: Resource, buffer: inout [UInt8]
  ) -> Int {
    var node = node
    var first: Int?
    if let parent = resource.relationParent(relation), parent != outer {
      first = openQuantifiers(node, to: parent, from: outer, resource, buffer: &buffer)
      node.isNegated = false
    }
    node.other = FieldID(relation)
    let opened = open(node)
    if let condition = resource.elementCondition(relation) {
      _ = open(PredicateNode(kind: .and))
      append(condition, &buffer)
    }
    return first ?? opened
  }

  /// All that was opened from there on and not yet closed.
  package mutating func closeQuantifiers(from first: Int) {
    for index in first..<nodes.count where nodes[index].end == 0 { close(index) }
  }

  private mutating func append(_ template: PredicateTemplate, _ buffer: inout [UInt8]) {
    let text = buffer.count
    buffer += template.buffer
    let firstOperand = operands.count
    operands += template.operands.map { $0.moved(by: text) }
    let shift = nodes.count
    for var node in template.nodes {
      node.end = UInt32(clamping: Int(node.end) + shift)
      node.firstOperand = UInt32(clamping: Int(node.firstOperand) + firstOperand)
      node.loneOperand = node.loneOperand.moved(by: text)
      nodes.append(node)
    }
  }
}

extension Operand {
  fileprivate func moved(by distance: Int) -> Operand {
    guard hasText else { return self }
    return Operand(kind, text: range.lowerBound + distance..<range.upperBound + distance)
  }
}
