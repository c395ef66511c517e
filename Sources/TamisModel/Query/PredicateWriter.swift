/// Writes a predicate in preorder: groups are opened and closed around their members.
@usableFromInline package struct PredicateWriter: Sendable {
  @usableFromInline package var nodes: [PredicateNode] = []
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
    nodes[index].end = UInt32(truncatingIfNeeded: nodes.count)
  }

  /// A node without members.
  @inlinable
  package mutating func leaf(_ node: PredicateNode) {
    nodes.append(node)
    nodes[nodes.count - 1].end = UInt32(truncatingIfNeeded: nodes.count)
  }

  /// A leaf over one operand.
  @inlinable
  package mutating func leaf(_ node: PredicateNode, _ operand: Operand) {
    nodes.append(node)
    let index = nodes.count - 1
    nodes[index].operandCount = 1
    nodes[index].loneOperand = operand
    nodes[index].end = UInt32(truncatingIfNeeded: nodes.count)
  }

  /// A leaf over two operands.
  package mutating func leaf(_ node: PredicateNode, _ first: Operand, _ second: Operand) {
    let start = operands.count
    reserveOperands(2)
    operands.append(first)
    operands.append(second)
    leaf(node, operandsFrom: start)
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
