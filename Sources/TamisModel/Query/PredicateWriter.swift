/// Writes a predicate in preorder: groups are opened and closed around their members.
@usableFromInline package struct PredicateWriter: Sendable {
  @usableFromInline package var nodes = PredicateNodes()
  @usableFromInline package var operands: [Operand] = []

  package init() {}

  /// Begins a node with members; `close` it after the last of them.
  @inlinable
  package mutating func open(_ node: PredicateNode) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  @inlinable
  package mutating func close(_ index: Int) {
    nodes.close(index, at: nodes.count)
  }

  /// A node without members.
  @inlinable
  package mutating func leaf(_ node: PredicateNode) {
    var node = node
    node.end = UInt32(truncatingIfNeeded: nodes.count + 1)
    nodes.append(node)
  }

  /// A leaf over one operand.
  @inlinable
  package mutating func leaf(_ node: PredicateNode, _ operand: Operand) {
    var node = node
    node.operandCount = 1
    node.loneOperand = operand
    leaf(node)
  }

  /// A leaf over two operands.
  package mutating func leaf(_ node: PredicateNode, _ first: Operand, _ second: Operand) {
    let start = operands.count
    reserveOperands(2)
    operands.append(first)
    operands.append(second)
    leaf(node, operandsFrom: start)
  }

  /// Gives the nodes away, without a copy.
  @inlinable
  package mutating func takeNodes() -> PredicateNodes {
    var taken = PredicateNodes()
    swap(&taken, &nodes)
    return taken
  }

  /// Room for a node's operands, and for those of a few more: the first of them nearly always has to be made.
  package mutating func reserveOperands(_ count: Int) {
    if operands.isEmpty { operands.reserveCapacity(count + 4) }
  }

  /// A leaf over operands appended since `start`.
  package mutating func leaf(_ node: PredicateNode, operandsFrom start: Int) {
    if operands.count == start + 1 { return leaf(node, operands.removeLast()) }
    var node = node
    node.firstOperand = UInt32(truncatingIfNeeded: start)
    node.operandCount = UInt32(truncatingIfNeeded: operands.count - start)
    leaf(node)
  }
}
