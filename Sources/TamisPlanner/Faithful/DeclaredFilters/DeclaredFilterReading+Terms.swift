import TamisModel
import TamisSyntax

/// The conditions that filters are made of.
extension DeclaredFilterReading {
  mutating func add(
    _ term: FilterTerm, _ subject: FilterSubject, by connective: FilterJunction.Connective = .and
  ) {
    junction.join(subject.joins)
    junction.add(term, by: connective)
  }

  /// Counts the criteria of the request. False once there are more than the resource allows.
  mutating func isWithinLimit(_ leaf: Int) -> Bool {
    session.criterionCount += 1
    let limit = session.resource.limits.clauses
    if session.criterionCount == limit + 1 { session.report(.tooManyClauses(limit: limit), span(leaf)) }
    return session.criterionCount <= limit
  }

  private func node(
    _ kind: PredicateNode.Kind, _ target: FilterTarget, _ leaf: Int?
  ) -> PredicateNode {
    var node = PredicateNode(kind: kind)
    node.field = target.field
    if let leaf, leaf < tree.leafCount { node.span = span(leaf) }
    return node
  }

  func compare(
    _ target: FilterTarget, _ comparison: Comparison, _ operand: Operand, _ leaf: Int
  ) -> FilterTerm {
    var node = node(.compare, target, leaf)
    node.comparison = comparison
    return .leaf(FilterLeaf(node: node, operands: [operand], path: target.path))
  }

  func within(_ target: FilterTarget, _ lower: Operand, _ upper: Operand, _ leaf: Int) -> FilterTerm {
    .leaf(FilterLeaf(node: node(.within, target, leaf), operands: [lower, upper], path: target.path))
  }

  func member(_ target: FilterTarget, _ operands: [Operand], _ leaf: Int) -> FilterTerm {
    if operands.isEmpty { return never(target, leaf) }
    return .leaf(FilterLeaf(node: node(.member, target, leaf), operands: operands, path: target.path))
  }

  func pattern(
    _ target: FilterTarget, _ operand: Operand, ignoresCase: Bool, _ leaf: Int
  ) -> FilterTerm {
    var node = node(.pattern, target, leaf)
    node.ignoresCase = ignoresCase
    return .leaf(FilterLeaf(node: node, operands: [operand], path: target.path))
  }

  func isNull(_ target: FilterTarget, isNegated: Bool, _ leaf: Int?) -> FilterTerm {
    var node = node(.isNull, target, leaf)
    node.isNegated = isNegated
    return .leaf(FilterLeaf(node: node, path: target.path))
  }

  /// No record, but still a question to the relations that lead there.
  func never(_ target: FilterTarget, _ leaf: Int) -> FilterTerm {
    var node = PredicateNode(kind: .never)
    if leaf < tree.leafCount { node.span = span(leaf) }
    return .leaf(FilterLeaf(node: node, path: target.path))
  }

  func any(_ terms: [FilterTerm]) -> FilterTerm { terms.count == 1 ? terms[0] : .any(terms) }
}
