import TamisModel

extension PlanningSession {
  // API Platform: a relation is joined once, so all criteria about it test one related record.
  /// Makes one `any` of those that criteria side by side have opened, each where the first of them stands. Those that
  /// the client wrote stay as they are.
  mutating func joinRelatedCriteria() {
    guard planner.joinsRelatedCriteria, let root else { return }
    let nodes = writer.nodes
    var members: [FieldID: [Int]] = [:]
    var children: [Int] = []
    var index = root + 1
    while index < nodes.count {
      children.append(index)
      if nodes[index].kind == .any, !nodes[index].isNegated, !writtenQuantifiers.contains(index) {
        members[nodes[index].other, default: []].append(index)
      }
      index = Swift.max(Int(nodes[index].end), index + 1)
    }
    guard members.values.contains(where: { $0.count > 1 }) else { return }
    var joined = PredicateWriter()
    joined.nodes = PredicateNodes(nodes[0...root])
    for child in children {
      let group = members[nodes[child].other] ?? []
      guard group.count > 1, group.contains(child) else {
        Self.copy(child..<Int(nodes[child].end), of: nodes, to: &joined)
        continue
      }
      if group.first == child { Self.join(group, of: nodes, in: &joined) }
    }
    writer.nodes = joined.nodes
  }

  private static func join(_ group: [Int], of nodes: PredicateNodes, in joined: inout PredicateWriter) {
    let quantifier = joined.open(nodes[group[0]])
    let conjunction = joined.open(PredicateNode(kind: .and))
    for member in group { copy(member + 1..<Int(nodes[member].end), of: nodes, to: &joined) }
    joined.close(conjunction)
    joined.close(quantifier)
  }

  private static func copy(_ range: Range<Int>, of nodes: PredicateNodes, to joined: inout PredicateWriter) {
    let shift = joined.nodes.count - range.lowerBound
    for index in range {
      var node = nodes[index]
      node.end = UInt32(clamping: Int(node.end) + shift)
      joined.nodes.append(node)
    }
  }
}
