import TamisModel

/// How a condition is emitted, as far as an index is concerned.
extension IndexAdvisor {
  /// The conditions that all hold of every record, from a node on.
  func conjuncts(from index: Int, isNegated: Bool) -> [Conjunct] {
    guard index < query.nodeCount else { return [] }
    let node = query.node(index)
    switch node.kind {
    case .and where !isNegated, .or where isNegated:
      return query.memberIndexes(of: index).flatMap { conjuncts(from: $0, isNegated: isNegated) }
    case .not: return conjuncts(from: index + 1, isNegated: !isNegated)
    case .always where !isNegated, .never where isNegated: return []
    case .and, .or, .always, .never, .compare, .compareFields, .within, .member, .pattern, .isNull, .any,
      .jsonContains, .matches:
      return [Conjunct(node: index, isNegated: isNegated, reading: reading(index, isNegated))]
    }
  }

  private func reading(_ index: Int, _ isNegated: Bool) -> IndexReading {
    let node = query.node(index)
    switch node.kind {
    case .and, .or, .not: return .alternatives(query.memberIndexes(of: index), isNegated: isNegated)
    case .always, .never: return .constant
    case .any: return .elements(index)
    case .compareFields: return .none(.twoFields)
    case .jsonContains: return .none(.document(field: name(node)))
    case .matches: return .none(.regularExpression)
    case .isNull: return test(node, (isNegated != node.isNegated) ? .present : .null)
    case .compare:
      switch isNegated ? node.comparison.negated : node.comparison {
      case .equal: return test(node, .equality)
      case .notEqual: return .none(.negation)
      case .less, .lessOrEqual, .greater, .greaterOrEqual: return test(node, .range)
      }
    case .within: return test(node, isNegated != node.isNegated ? .outside : .range)
    case .member: return isNegated != node.isNegated ? .none(.negation) : list(node)
    case .pattern: return pattern(node, isNegated != node.isNegated)
    }
  }

  private func list(_ node: PredicateNode) -> IndexReading {
    if node.operandCount == 0 { return .constant }
    return test(node, node.operandCount == 1 && rules.loneItemHolds ? .equality : .list)
  }

  private func pattern(_ node: PredicateNode, _ isNegated: Bool) -> IndexReading {
    guard let operand = query.operand(of: node, 0) else { return .constant }
    switch TextPattern.classify(query.buffer, operand.range) {
    case .everything: return isNegated ? .constant : test(node, .present)
    case .exact: return isNegated ? .none(.negation) : test(node, .equality, isFolded: node.ignoresCase)
    case .prefix:
      return test(node, isNegated ? .outside : .prefix, isFolded: node.ignoresCase, isPrefix: true)
    case .suffix, .contains: return .none(.openStart)
    case .general: return .none(.wildcards)
    }
  }

  private func test(
    _ node: PredicateNode, _ access: IndexAdvice.Access, isFolded: Bool = false, isPrefix: Bool = false
  ) -> IndexReading {
    let field = resource.field(node.field)
    if node.hasPath { return .none(.clientKey(field: field.name)) }
    if field.type == .json { return .none(.document(field: field.name)) }
    return .tests([
      ColumnTest(
        field: node.field, isFolded: isFolded, access: access,
        collation: isFolded ? nil : collation(of: node.field, access),
        isByPattern: isPrefix && !isFolded && texts(node.field) == .byPattern)
    ])
  }

  /// Equality is asked in the column's own collation, unless only an index by bytes is there for it.
  func collation(of id: FieldID, _ access: IndexAdvice.Access) -> TextCollation? {
    let field = resource.field(id)
    let encoding = ColumnEncoding.resolve(field, dialect, insideJSON: field.jsonLocation != nil)
    guard dialect.byteCollation != nil, encoding?.isText ?? false else { return nil }
    switch access {
    case .equality, .list: return texts(id) == .byBytes ? .bytes : TextCollation(ofColumn: field)
    case .range, .prefix, .outside: return .bytes
    case .null, .present: return nil
    }
  }

  func name(_ node: PredicateNode) -> String { resource.field(node.field).name }
}

/// One of the conditions that all hold.
struct Conjunct: Sendable {
  var node: Int
  var isNegated: Bool
  var reading: IndexReading

  var tests: [ColumnTest] {
    switch reading {
    case .tests(let tests): tests
    case .alternatives, .elements, .constant, .none: []
    }
  }
}
