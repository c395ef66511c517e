package import TamisModel

/// Brings a typed query into normal form, keeping its meaning for every record: NOT moves to the leaves (which
/// three-valued logic allows), groups of one kind become one, and a clause written twice in a group stands once.
///
/// Nothing depends on a value: what an operand implies is an analysis beside the query, never a change of it.
package enum Normalizer {
  package static func normalise(_ query: Query) -> Query {
    guard let nodes = normalisedNodes(of: query) else { return query }
    var query = query
    query.nodes = nodes
    return query
  }

  /// Nil when the query is in normal form already.
  static func normalisedNodes(of query: Query) -> PredicateNodes? {
    guard needsWork(query.nodes) else { return nil }
    var pass = NormalizationPass(query: query)
    pass.run()
    return pass.nodes
  }

  /// Most requests are one flat conjunction already.
  private static func needsWork(_ nodes: PredicateNodes) -> Bool {
    guard let root = nodes.first else { return true }
    if nodes.count == 1 { return root.isGroup || (root.kind == .member && root.operandCount == 0) }
    guard root.isGroup, nodes.count > 2 else { return true }
    for index in 1..<nodes.count {
      let node = nodes[index]
      switch node.kind {
      case .and, .or, .not, .always, .never, .any: return true
      case .member: if node.operandCount == 0 { return true }
      case .compare, .compareFields, .within, .pattern, .isNull, .jsonContains, .matches: break
      }
      // A second clause on a field may be the first one again.
      for earlier in 1..<index where index > 32 || mayBeEqual(nodes[earlier], node) { return true }
    }
    return false
  }

  private static func mayBeEqual(_ first: PredicateNode, _ second: PredicateNode) -> Bool {
    first.field == second.field && first.kind == second.kind && first.comparison == second.comparison
      && first.isNegated == second.isNegated
  }
}

private struct NormalizationPass {
  let query: Query
  var nodes = PredicateNodes()

  mutating func run() {
    nodes.reserveCapacity(query.nodes.count)
    visit(0, isNegated: false)
  }

  /// Writes the node at `index`, negated or not. Recursion is bounded by the depth limit.
  private mutating func visit(_ index: Int, isNegated: Bool) {
    var node = query.nodes[index]
    switch node.kind {
    case .and, .or: group(index, isNegated: isNegated)
    case .not: visit(index + 1, isNegated: !isNegated)
    case .always: constant(!isNegated)
    case .never: constant(isNegated)
    case .compare, .compareFields:
      if isNegated { node.comparison = node.comparison.negated }
      leaf(node)
    case .member where node.operandCount == 0: constant(node.isNegated != isNegated)
    case .within, .member, .pattern, .isNull, .jsonContains, .matches:
      node.isNegated = node.isNegated != isNegated
      leaf(node)
    case .any: any(node, index, isNegated: isNegated)
    }
  }

  private mutating func leaf(_ node: PredicateNode) {
    nodes.append(node)
    nodes[nodes.count - 1].end = UInt32(clamping: nodes.count)
  }

  private mutating func constant(_ truth: Bool) {
    leaf(PredicateNode(kind: truth ? .always : .never))
  }

  /// `any` is never unknown, so its negation is "no element", and the element's predicate stays as it is.
  private mutating func any(_ node: PredicateNode, _ index: Int, isNegated: Bool) {
    var node = node
    node.isNegated = node.isNegated != isNegated
    let start = nodes.count
    nodes.append(node)
    visit(index + 1, isNegated: false)
    // No element satisfies FALSE.
    if nodes[start + 1].kind == .never {
      nodes.removeAll(from: start)
      constant(node.isNegated)
    } else {
      nodes[start].end = UInt32(clamping: nodes.count)
    }
  }

  private mutating func group(_ index: Int, isNegated: Bool) {
    let isConjunction = (query.nodes[index].kind == .and) != isNegated
    let kind: PredicateNode.Kind = isConjunction ? .and : .or
    let start = nodes.count
    nodes.append(PredicateNode(kind: kind))
    var members = MemberSet(of: start)
    let decided = collect(index, isNegated: isNegated, kind: kind, members: &members)
    if let decided {
      nodes.removeAll(from: start)
      constant(decided)
      return
    }
    close(start, memberCount: members.count, emptyTruth: isConjunction)
  }

  /// Writes the members of a group and of the groups of its kind inside it. Gives the truth of the whole group
  /// when a constant decides it.
  private mutating func collect(
    _ index: Int, isNegated: Bool, kind: PredicateNode.Kind, members: inout MemberSet
  ) -> Bool? {
    var next = index + 1
    let end = Int(query.nodes[index].end)
    while next < end {
      let start = nodes.count
      visit(next, isNegated: isNegated)
      next = Int(query.nodes[next].end)
      switch nodes[start].kind {
      case .always where kind == .and, .never where kind == .or: nodes.removeAll(from: start)
      case .always where kind == .or: return true
      case .never where kind == .and: return false
      case kind: spliceMembers(at: start, into: &members)
      default: keepNew(from: start, members: &members)
      }
    }
    return nil
  }

  /// A nested group of the same kind: its members become the outer one's.
  private mutating func spliceMembers(at start: Int, into members: inout MemberSet) {
    let inner = Array(nodes[(start + 1)...])
    nodes.removeAll(from: start)
    var offset = 0
    while offset < inner.count {
      let end = Int(inner[offset].end) - (start + 1)
      let moved = nodes.count
      let shift = moved - (start + 1 + offset)
      for var node in inner[offset..<end] {
        node.end = UInt32(clamping: Int(node.end) + shift)
        nodes.append(node)
      }
      keepNew(from: moved, members: &members)
      offset = end
    }
  }

  /// Keeps the subtree that was just written unless an equal one stands in the group already.
  private mutating func keepNew(from start: Int, members: inout MemberSet) {
    if !members.insert(start, nodes, query) { nodes.removeAll(from: start) }
  }

  /// A group of one is its member; an empty one is its neutral constant.
  private mutating func close(_ start: Int, memberCount: Int, emptyTruth: Bool) {
    switch memberCount {
    case 0:
      nodes.removeAll(from: start)
      constant(emptyTruth)
    case 1:
      for index in (start + 1)..<nodes.count {
        nodes[index - 1] = nodes[index]
        nodes[index - 1].end -= 1
      }
      nodes.removeAll(from: nodes.count - 1)
    default: nodes[start].end = UInt32(clamping: nodes.count)
    }
  }
}

/// The members of a group that is being written. A few are compared with each other; of many, those with one hash.
private struct MemberSet {
  private static let few = 8

  private let group: Int
  private var byHash: [Int: [Int]] = [:]
  private(set) var count = 0

  init(of group: Int) {
    self.group = group
  }

  /// Whether the last subtree is a new member, which it is from then on.
  mutating func insert(_ start: Int, _ nodes: PredicateNodes, _ query: Query) -> Bool {
    if count >= Self.few {
      if byHash.isEmpty { for member in starts(nodes) { keep(member, nodes, query) } }
      guard keep(start, nodes, query) else { return false }
    } else if starts(nodes).contains(where: { SubtreeComparison.areEqual(nodes, $0, start, query) }) {
      return false
    }
    count += 1
    return true
  }

  private func starts(_ nodes: PredicateNodes) -> some Sequence<Int> {
    sequence(first: group + 1) { Int(nodes[$0].end) }.prefix(count)
  }

  @discardableResult
  private mutating func keep(_ start: Int, _ nodes: PredicateNodes, _ query: Query) -> Bool {
    let hash = SubtreeComparison.hash(nodes, start, query)
    let others = byHash[hash] ?? []
    guard !others.contains(where: { SubtreeComparison.areEqual(nodes, $0, start, query) }) else {
      return false
    }
    byHash[hash, default: []].append(start)
    return true
  }
}

/// Equality of subtrees by content: fields, operators and the operands' text, wherever it stands in the buffer.
private enum SubtreeComparison {
  /// All of the content, with the process's own seed: no request can be made of many subtrees with one hash.
  static func hash(_ nodes: PredicateNodes, _ start: Int, _ query: Query) -> Int {
    var hasher = Hasher()
    for index in start..<Int(nodes[start].end) {
      let node = nodes[index]
      hasher.combine(Int(node.end) - start)
      combineHead(node, &hasher)
      if node.hasPath { combine(query.operands[Int(node.path)], query, &hasher) }
      for operand in query.operands(of: node) { combine(operand, query, &hasher) }
    }
    return hasher.finalize()
  }

  /// What `hasSameHead` compares.
  private static func combineHead(_ node: PredicateNode, _ hasher: inout Hasher) {
    hasher.combine(node.kind)
    hasher.combine(node.comparison)
    hasher.combine(node.field)
    hasher.combine(node.other)
    hasher.combine(node.isNegated)
    hasher.combine(node.isHalfOpen)
    hasher.combine(node.ignoresCase)
    hasher.combine(node.reading)
    hasher.combine(node.operandCount)
    hasher.combine(node.hasPath)
    hasher.combine(node.minimum)
  }

  private static func combine(_ operand: Operand, _ query: Query, _ hasher: inout Hasher) {
    hasher.combine(operand.kind)
    if operand.hasText {
      hasher.combine(query.bytes(of: operand))
    } else {
      hasher.combine(operand.payload)
    }
  }

  static func areEqual(_ nodes: PredicateNodes, _ left: Int, _ right: Int, _ query: Query) -> Bool {
    let count = Int(nodes[left].end) - left
    guard Int(nodes[right].end) - right == count else { return false }
    return (0..<count).allSatisfy { offset in
      let first = nodes[left + offset]
      let second = nodes[right + offset]
      return Int(first.end) - left == Int(second.end) - right && hasSameHead(first, second)
        && hasSameOperands(first, second, query)
    }
  }

  private static func hasSameHead(_ first: PredicateNode, _ second: PredicateNode) -> Bool {
    first.kind == second.kind && first.comparison == second.comparison && first.field == second.field
      && first.other == second.other && first.isNegated == second.isNegated
      && first.isHalfOpen == second.isHalfOpen && first.ignoresCase == second.ignoresCase
      && first.reading == second.reading && first.operandCount == second.operandCount
      && first.hasPath == second.hasPath && first.minimum == second.minimum
  }

  private static func hasSameOperands(_ first: PredicateNode, _ second: PredicateNode, _ query: Query) -> Bool
  {
    if first.hasPath, !isSame(query.operands[Int(first.path)], query.operands[Int(second.path)], query) {
      return false
    }
    return zip(query.operands(of: first), query.operands(of: second)).allSatisfy { isSame($0, $1, query) }
  }

  private static func isSame(_ first: Operand, _ second: Operand, _ query: Query) -> Bool {
    guard first.kind == second.kind else { return false }
    return first.hasText
      ? query.bytes(of: first).elementsEqual(query.bytes(of: second)) : first.payload == second.payload
  }
}
