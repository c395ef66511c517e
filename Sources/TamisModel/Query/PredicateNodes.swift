/// The nodes of a predicate, in preorder. The first stands here itself: a filter of one clause allocates nothing.
@usableFromInline package struct PredicateNodes: Sendable {
  /// Means something once there is a node.
  @usableFromInline var first = PredicateNode(kind: .always)
  @usableFromInline var rest: [PredicateNode] = []
  @usableFromInline package var endIndex = 0

  @inlinable package init() {}
}

extension PredicateNodes: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
  @inlinable package var startIndex: Int { 0 }
  @inlinable package var count: Int { endIndex }

  @inlinable
  package subscript(index: Int) -> PredicateNode {
    get { index == 0 ? first : rest[index &- 1] }
    set { if index == 0 { first = newValue } else { rest[index &- 1] = newValue } }
  }

  @inlinable
  package mutating func append(_ node: PredicateNode) {
    if endIndex == 0 { first = node } else { rest.append(node) }
    endIndex &+= 1
  }

  /// Room for this many nodes in all.
  @inlinable
  package mutating func reserveCapacity(_ count: Int) {
    if count > 1 { rest.reserveCapacity(count - 1) }
  }

  @usableFromInline
  package mutating func replaceSubrange(
    _ range: Range<Int>, with nodes: some Collection<PredicateNode>
  ) {
    var all = Array(self)
    all.replaceSubrange(range, with: nodes)
    self = PredicateNodes()
    reserveCapacity(all.count)
    for node in all { append(node) }
  }

  /// Drops the nodes from the one at `index` on.
  package mutating func removeAll(from index: Int) {
    guard index < endIndex else { return }
    rest.removeSubrange(Swift.max(0, index - 1)...)
    endIndex = index
  }

  /// Sets where the subtree of the node at `index` ends.
  @inlinable
  package mutating func close(_ index: Int, at end: Int) {
    let end = UInt32(truncatingIfNeeded: end)
    if index == 0 { first.end = end } else { rest[index &- 1].end = end }
  }
}
