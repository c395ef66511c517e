import TamisModel

/// The nodes of a filter, in preorder. The first stands here itself: many requests have one criterion, and nothing is
/// allocated for those.
@usableFromInline package struct ParsedFilter: RandomAccessCollection, MutableCollection, Sendable {
  /// Means something once there is a node.
  @usableFromInline var first = ParsedFilterNode.placeholder
  @usableFromInline var rest: [ParsedFilterNode] = []
  @usableFromInline package private(set) var endIndex = 0

  package init() {}

  package init(_ nodes: [ParsedFilterNode]) {
    for node in nodes { append(node) }
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var count: Int { endIndex }

  @inlinable
  package subscript(index: Int) -> ParsedFilterNode {
    get { index == 0 ? first : rest[index &- 1] }
    set { if index == 0 { first = newValue } else { rest[index &- 1] = newValue } }
  }

  package mutating func append(_ node: ParsedFilterNode) {
    if endIndex == 0 { first = node } else { rest.append(node) }
    endIndex &+= 1
  }

  /// Room for this many nodes in all.
  package mutating func reserveCapacity(_ count: Int) {
    if count > 1 { rest.reserveCapacity(count - 1) }
  }

  /// Drops the nodes from the one at `index` on.
  package mutating func removeAll(from index: Int) {
    guard index < endIndex else { return }
    rest.removeSubrange(Swift.max(0, index - 1)...)
    endIndex = index
  }
}

extension ParsedFilterNode {
  @usableFromInline static var placeholder: ParsedFilterNode {
    ParsedFilterNode(
      kind: .and, spelling: .body, end: 0, name: .none(SourceSpan(0, 0)),
      value: ParsedValue(kind: .absent, text: ParsedText(start: 0, end: 0, span: SourceSpan(0, 0))),
      span: SourceSpan(0, 0))
  }
}
