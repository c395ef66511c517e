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

  /// A leaf over operands appended since `start`.
  @inlinable
  package mutating func leaf(_ node: PredicateNode, operandsFrom start: Int) {
    var node = node
    node.firstOperand = UInt32(truncatingIfNeeded: start)
    node.operandCount = UInt32(truncatingIfNeeded: operands.count - start)
    leaf(node)
  }
}
