import TamisModel
import TamisSyntax

/// A criterion whose name has been understood.
struct ResolvedCriterion {
  var field: FieldID
  /// Keys inside a JSON field, joined by dots in the buffer; empty otherwise.
  var keys: Range<Int> = 0..<0
  var operation: Operator
  var connective: ParsedConnective?
  /// The criterion as it was written.
  var written: ParsedFilterNode
}

extension PlanningSession {
  /// Pass 1 and 2: names to fields, and each criterion to typed nodes.
  mutating func resolveCriteria() {
    if hasKeyedConnectives {
      resolveChain()
    } else if parsed.topConnective == .or {
      let group = writer.open(PredicateNode(kind: .or))
      resolveMembers(0..<parsed.filter.count, relation: nil)
      writer.close(group)
      if Int(writer.nodes[group].end) == group + 1 { removeEmptyGroup(group) }
    } else {
      resolveMembers(0..<parsed.filter.count, relation: nil)
    }
  }

  /// `logical_operator=or` alone states no condition.
  private mutating func removeEmptyGroup(_ group: Int) {
    writer.nodes.removeAll(from: group)
  }

  private var hasKeyedConnectives: Bool {
    dialect == .jsonAPIKeys
  }

  mutating func resolveMembers(_ range: Range<Int>, relation: Int?) {
    var index = range.lowerBound
    while index < range.upperBound {
      resolve(index, relation: relation)
      index = Swift.max(Int(parsed.filter[index].end), index + 1)
    }
  }

  private mutating func resolve(_ index: Int, relation: Int?) {
    let node = parsed.filter[index]
    switch node.kind {
    case .criterion:
      if let criterion = resolveName(node, relation: relation) { writeMember(criterion) }
    case .and: group(.and, index, relation)
    case .or: group(.or, index, relation)
    case .not: group(.not, index, relation)
    case .any: quantifier(index, relation)
    }
  }

  private mutating func group(
    _ kind: PredicateNode.Kind, _ index: Int, _ relation: Int?
  ) {
    let opened = writer.open(PredicateNode(kind: kind))
    let end = Int(parsed.filter[index].end)
    let wasInGroup = isInGroup
    isInGroup = true
    resolveMembers((index + 1)..<end, relation: relation)
    isInGroup = wasInGroup
    writer.close(opened)
  }

  /// `{"any":"schedule_items","where":…}`
  private mutating func quantifier(_ index: Int, _ relation: Int?) {
    let parsedNode = parsed.filter[index]
    let name = displayName(parsedNode.name, .body)
    guard let found = resource.relation(named: name, inside: relation),
      !resource.relationEntry(found).isHidden
    else {
      let known = resource.relations(inside: relation).map { resource.relation($0) }
      report(
        .unknownRelation(name: name), parsedNode.name.span, name,
        suggestion: NearestName.find(name, among: known.filter { !$0.isHidden }.map(\.name)))
      return
    }
    let opened = openQuantifiers(to: found, from: relation, span: parsedNode.span)
    writtenQuantifiers.append(opened)
    let start = writer.nodes.count
    let wasInGroup = isInGroup
    isInGroup = true
    openRelation = found
    resolveMembers((index + 1)..<Int(parsedNode.end), relation: found)
    openRelation = relation
    isInGroup = wasInGroup
    // A fault inside left nothing to quantify over; the request is refused anyway.
    if writer.nodes.count == start { writer.leaf(PredicateNode(kind: .never)) }
    writer.closeQuantifiers(from: opened)
  }

  /// Begins an `any` for each relation on the way to one, from inside another: some element of some element.
  /// `writer.closeQuantifiers(from:)` ends them.
  mutating func openQuantifiers(to relation: Int, from outer: Int?, span: SourceSpan) -> Int {
    var node = PredicateNode(kind: .any)
    node.span = span
    return writer.openQuantifiers(node, to: relation, from: outer, planner.resource, buffer: &parsed.buffer)
  }

  // MARK: The flat chain

  /// Criteria that carry a connective form one chain in which AND binds tighter than OR, in the order in which
  /// PHP's name tree holds them: keys of one type stand together where the type first appears.
  private mutating func resolveChain() {
    if hasGroups { return resolveMembers(0..<parsed.filter.count, relation: nil) }
    var criteria: [ResolvedCriterion] = []
    criteria.reserveCapacity(parsed.filter.count)
    for index in parsed.filter.indices {
      if let criterion = resolveName(parsed.filter[index], relation: nil) { criteria.append(criterion) }
    }
    let order = treeOrder(criteria)
    if let first = order.first.map({ criteria[$0] }), first.connective == .or {
      warnAboutFirstConnective(first)
    }
    guard order.dropFirst().contains(where: { criteria[$0].connective == .or }) else {
      for index in order { write(criteria[index]) }
      return
    }
    writeAlternatives(order.map { criteria[$0] })
  }

  private mutating func writeAlternatives(_ chain: [ResolvedCriterion]) {
    let disjunction = writer.open(PredicateNode(kind: .or))
    var conjunction = writer.open(PredicateNode(kind: .and))
    for (position, criterion) in chain.enumerated() {
      if position > 0, criterion.connective == .or {
        writer.close(conjunction)
        conjunction = writer.open(PredicateNode(kind: .and))
      }
      write(criterion)
    }
    writer.close(conjunction)
    writer.close(disjunction)
  }

  /// Indexes in the order of the decoded name tree.
  private func treeOrder(_ criteria: [ResolvedCriterion]) -> [Int] {
    let isScoped = criteria.map { $0.written.name.restCount > 0 }
    guard let firstScoped = isScoped.firstIndex(of: true), isScoped.contains(false) else {
      return Array(criteria.indices)
    }
    let scoped = criteria.indices.filter { isScoped[$0] }
    let before = criteria.indices.filter { !isScoped[$0] && $0 < firstScoped }
    let after = criteria.indices.filter { !isScoped[$0] && $0 > firstScoped }
    return before + scoped + after
  }

  // AnimeThemes: the first criterion's connective is dropped.
  private mutating func warnAboutFirstConnective(_ criterion: ResolvedCriterion) {
    let node = criterion.written
    let name = displayName(node.name, node.spelling)
    bag.report(
      .connectiveWithoutEffect(name: name), node.name.span, severity: .warning, parameter: name)
  }
}
