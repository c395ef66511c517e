import TamisModel
import TamisSyntax

/// What a criterion of a key chain asks of one record, before it is written.
indirect enum KeyChainClause {
  case leaf(PredicateNode, [Operand])
  case never(SourceSpan)
  case allOf([KeyChainClause])
  case anyOf([KeyChainClause])
  /// So many related records at least, or fewer, satisfy the inner clause.
  case related(relation: Int, count: Int, isNegated: Bool, KeyChainClause?, SourceSpan)

  /// Of a condition on related records, the opposite.
  var negated: KeyChainClause {
    guard case .related(let relation, let count, let isNegated, let inner, let span) = self else {
      return self
    }
    return .related(relation: relation, count: count, isNegated: !isNegated, inner, span)
  }
}

/// Clauses joined without parentheses, in which AND binds tighter than OR.
struct KeyChain {
  private var alternatives: [[KeyChainClause]] = []

  var isEmpty: Bool { alternatives.isEmpty }

  /// The first connective joins to nothing.
  mutating func append(_ clause: KeyChainClause, _ connective: ParsedConnective) {
    if alternatives.isEmpty || connective == .or {
      alternatives.append([clause])
    } else {
      alternatives[alternatives.count - 1].append(clause)
    }
  }

  /// Nil without any.
  var clause: KeyChainClause? {
    guard let first = alternatives.first else { return nil }
    return alternatives.count == 1 ? .allOf(first) : .anyOf(alternatives.map { .allOf($0) })
  }
}

extension PlanningSession {
  mutating func write(_ clause: KeyChainClause) {
    switch clause {
    case .leaf(let node, let operands):
      let start = writer.operands.count
      writer.operands.append(contentsOf: operands)
      writer.leaf(node, operandsFrom: start)
    case .never(let span):
      var node = PredicateNode(kind: .never)
      node.span = span
      writer.leaf(node)
    case .allOf(let parts): writeGroup(.and, parts)
    case .anyOf(let parts): writeGroup(.or, parts)
    case .related(let relation, let count, let isNegated, let inner, let span):
      var node = PredicateNode(kind: .any)
      node.minimum = UInt16(clamping: count)
      node.isNegated = isNegated
      node.span = span
      let opened = writer.openQuantifiers(
        node, to: relation, from: resource.relationParent(relation), resource, buffer: &parsed.buffer)
      if let inner { write(inner) } else { writer.leaf(PredicateNode(kind: .always)) }
      writer.closeQuantifiers(from: opened)
    }
  }

  private mutating func writeGroup(_ kind: PredicateNode.Kind, _ parts: [KeyChainClause]) {
    if parts.count == 1 { return write(parts[0]) }
    let opened = writer.open(PredicateNode(kind: kind))
    for part in parts { write(part) }
    writer.close(opened)
  }
}
