import TamisModel

extension StatementWriter {
  /// The node at `index`, or its three-valued negation: NOT is pushed down to the leaves, which negate exactly.
  mutating func writePredicate(
    _ index: Int, isNegated: Bool, within outer: PredicateNode.Kind?
  ) throws(QueryError) {
    let node = query.node(index)
    current = index
    switch node.kind {
    case .and, .or: try writeGroup(index, node, isNegated, outer)
    case .not: try writePredicate(index + 1, isNegated: !isNegated, within: outer)
    case .always: write(!isNegated)
    case .never: write(isNegated)
    case .compare: try writeCompare(node, isNegated ? node.comparison.negated : node.comparison)
    case .compareFields:
      try writeCompareFields(node, isNegated ? node.comparison.negated : node.comparison)
    case .within: try writeWithin(node, isNegated != node.isNegated)
    case .member: try writeMember(node, isNegated != node.isNegated)
    case .pattern: try writePattern(node, isNegated != node.isNegated)
    case .isNull: try writeNullTest(node, isNegated != node.isNegated)
    case .any: try writeAny(index, node, isNegated != node.isNegated)
    case .jsonContains: try writeContainment(node, isNegated != node.isNegated)
    case .matches: try writeMatches(node, isNegated != node.isNegated)
    }
  }

  private mutating func writeGroup(
    _ index: Int, _ node: PredicateNode, _ isNegated: Bool, _ outer: PredicateNode.Kind?
  ) throws(QueryError) {
    let kind: PredicateNode.Kind = (node.kind == .and) != isNegated ? .and : .or
    var member = index + 1
    if member >= Int(node.end) { return write(kind == .and) }
    let isEnclosed = outer != nil && outer != kind
    if isEnclosed { write("(") }
    while member < Int(node.end) {
      if member > index + 1 { write(kind == .and ? " AND " : " OR ") }
      try writePredicate(member, isNegated: isNegated, within: kind)
      member = Int(query.node(member).end)
    }
    if isEnclosed { write(")") }
  }

  private mutating func writeAny(_ index: Int, _ node: PredicateNode, _ isNegated: Bool) throws(QueryError) {
    guard prepared.relations.indices.contains(node.other.index) else {
      throw refusal("a relation of another resource", node)
    }
    let relation = prepared.relations[node.other.index]
    if let failure = relation.failure { throw refusal(failure, node) }
    if node.minimum > 1 { return try writeCount(index, node, isNegated, relation) }
    if isNegated { write("NOT ") }
    text.append(contentsOf: relation.exists.opening)
    try writePredicate(index + 1, isNegated: false, within: nil)
    text.append(contentsOf: relation.exists.closing)
  }

  /// `(SELECT count(*) …) >= 2`: the number is the server's, and part of the query's shape.
  private mutating func writeCount(
    _ index: Int, _ node: PredicateNode, _ isNegated: Bool, _ relation: PreparedRelation
  ) throws(QueryError) {
    let count = relation.count
    if isNegated && count.isInside { write("NOT ") }
    text.append(contentsOf: count.frame.opening)
    try writePredicate(index + 1, isNegated: false, within: nil)
    text.append(contentsOf: count.frame.closing)
    write(isNegated && !count.isInside ? " < " : " >= ")
    write(number: Int(node.minimum))
    text.append(contentsOf: count.ending)
  }

  private mutating func writeNullTest(_ node: PredicateNode, _ isNegated: Bool) throws(QueryError) {
    let field = try preparedField(node.field, at: query.span(of: node))
    if node.hasPath {
      text.append(contentsOf: try nullTestOfPath(node, field))
    } else {
      text.append(contentsOf: qualifies ? field.qualifiedNullTest : field.plainNullTest)
    }
    write(isNegated ? " IS NOT NULL" : " IS NULL")
  }

  private mutating func writeCompare(_ node: PredicateNode, _ comparison: Comparison) throws(QueryError) {
    guard let operand = operand(node, 0) else { throw refusal("a comparison without a value", node) }
    let subject = try subject(node, operand.kind)
    try writeComparison(subject, comparison, operand, 0, Self.rounding(comparison), node)
  }

  mutating func writeComparison(
    _ subject: Subject, _ comparison: Comparison, _ operand: Operand, _ offset: Int,
    _ rounding: ScaledInteger.Rounding, _ node: PredicateNode
  ) throws(QueryError) {
    let isOrder = comparison != .equal && comparison != .notEqual
    if isOrder, subject.encoding == .decimalText {
      return writeDecimalOrder(subject, comparison, operand)
    }
    if subject.encoding == .document || subject.encoding == .documentText {
      guard !isOrder, prepared.dialect.json == .binary else {
        throw refusal("a comparison of whole documents", node)
      }
    }
    let isChecked = comparison == .equal && isCheckedAgain(subject)
    if isChecked { write("(") }
    text.append(contentsOf: subject.expression)
    if !isChecked { if isOrder { writeCollation(subject) } else { writeCollationOfEquality(subject) } }
    write(comparison.spacedSymbol)
    text.append(contentsOf: subject.castOpening)
    try bind(.operand, subject, offset: offset, rounding: rounding)
    text.append(contentsOf: subject.cast)
    if isChecked { writeCheck(subject, bindings.count) }
  }

  /// ` AND "name" COLLATE … = $1)`: the plain comparison is for the index alone.
  mutating func writeCheck(_ subject: Subject, _ number: Int) {
    write(" AND ")
    text.append(contentsOf: subject.expression)
    writeCollation(subject)
    write(" = ")
    writePlaceholder(number)
    write(")")
  }

  func isCheckedAgain(_ subject: Subject) -> Bool {
    prepared.dialect.equality == .folding && subject.needsCollation && subject.isColumn
  }

  mutating func writeCollationOfEquality(_ subject: Subject) {
    if prepared.dialect.equality == .folding || subject.texts == .byBytes { writeCollation(subject) }
  }

  private mutating func writeCompareFields(
    _ node: PredicateNode, _ comparison: Comparison
  ) throws(QueryError) {
    let span = query.span(of: node)
    let left = try preparedField(node.field, at: span)
    let right = try preparedField(node.other, at: span)
    let first = qualifies ? left.qualified : left.plain
    let second = qualifies ? right.qualified : right.plain
    guard first.encoding == second.encoding, first.cases == second.cases, first.encoding.isComparable else {
      throw refusal("a comparison of two fields that are stored differently", node)
    }
    text.append(contentsOf: first.expression)
    let collated = first.needsCollation ? first : second
    if comparison != .equal, comparison != .notEqual {
      writeCollation(collated)
    } else {
      writeCollationOfEquality(collated)
    }
    write(comparison.spacedSymbol)
    text.append(contentsOf: second.expression)
  }

  private mutating func writeWithin(_ node: PredicateNode, _ isNegated: Bool) throws(QueryError) {
    guard let lower = operand(node, 0), let upper = operand(node, 1) else {
      throw refusal("a range without bounds", node)
    }
    let first = try subject(node, lower.kind)
    let second = lower.kind == upper.kind ? first : try subject(node, upper.kind)
    write("(")
    try writeComparison(first, isNegated ? .less : .greaterOrEqual, lower, 0, .up, node)
    write(isNegated ? " OR " : " AND ")
    let inside: Comparison = node.isHalfOpen ? .less : .lessOrEqual
    try writeComparison(
      second, isNegated ? inside.negated : inside, upper, 1, node.isHalfOpen ? .up : .down, node)
    write(")")
  }

  private static func rounding(_ comparison: Comparison) -> ScaledInteger.Rounding {
    switch comparison {
    case .equal, .notEqual: .exact
    case .less, .greaterOrEqual: .up
    case .lessOrEqual, .greater: .down
    }
  }
}

extension StatementWriter {
  func operand(_ node: PredicateNode, _ offset: Int) -> Operand? {
    query.operand(of: node, offset)
  }

  /// What a leaf compares: its field, or a path inside its document read as its operand asks.
  mutating func subject(_ node: PredicateNode, _ kind: Operand.Kind) throws(QueryError) -> Subject {
    let field = try preparedField(node.field, at: query.span(of: node))
    let subject = qualifies ? field.qualified : field.plain
    switch subject.encoding {
    case .document, .documentText:
      return kind == .json && !node.hasPath ? subject : try jsonSubject(node, subject, kind)
    case .text, .integer, .numeric, .fixedDecimal, .scaledInteger, .orderedText, .decimalText, .boolean,
      .booleanInteger, .booleanText, .uuid, .uuidText, .uuidBytes, .date, .dateInteger, .dateFromInteger,
      .dateText, .timestamp, .timestampInteger, .timestampFromInteger, .timestampText, .enumerationInteger,
      .enumerationText, .scalarText:
      return subject
    }
  }
}

extension ColumnEncoding {
  /// Whether two columns of this encoding can be compared with each other.
  var isComparable: Bool {
    switch self {
    case .document, .documentText, .decimalText, .scalarText: false
    case .text, .integer, .numeric, .fixedDecimal, .scaledInteger, .orderedText, .boolean, .booleanInteger,
      .booleanText, .uuid, .uuidText, .uuidBytes, .date, .dateInteger, .dateFromInteger, .dateText,
      .timestamp, .timestampInteger, .timestampFromInteger, .timestampText, .enumerationInteger,
      .enumerationText:
      true
    }
  }
}

extension Comparison {
  /// The symbol between blanks.
  var spacedSymbol: StaticString {
    switch self {
    case .equal: " = "
    case .notEqual: " <> "
    case .less: " < "
    case .lessOrEqual: " <= "
    case .greater: " > "
    case .greaterOrEqual: " >= "
    }
  }
}
