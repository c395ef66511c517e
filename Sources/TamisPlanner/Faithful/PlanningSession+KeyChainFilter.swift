import TamisModel
import TamisSyntax

/// Criteria that have passed the rules become clauses of one flat chain; those that the server drops without a word are
/// warnings.
extension PlanningSession {
  mutating func writeKeyChain(
    _ criteria: inout [KeyChainCriterion], _ types: KeyChainTypes, _ rules: KeyChainRules
  ) {
    var chain = KeyChain()
    let target = KeyChainTarget(type: resource.type, scope: resource.type, relation: nil)
    if !rules.showsOneRecord { fill(&chain, &criteria, target, rules) }
    // AnimeThemes: what tests related records comes after everything else, wherever it stands in the request.
    for index in criteria.indices where criteria[index].key.subject == .presence && !rules.showsOneRecord {
      appendRelated(index, &criteria, to: &chain, rules)
    }
    if let clause = chain.clause { write(clause) }
    if let live = liveRecords(criteria, target, rules) { write(live) }
    for criterion in criteria where !criterion.hasEffect {
      let reason = criterion.reason ?? "related records are neither tested nor narrowed by it"
      ignore(.withoutEffect(name: criterion.name, reason: reason), criterion.span, criterion.name)
    }
  }

  /// The criteria that hold for records of one type, in the order of the request.
  private mutating func fill(
    _ chain: inout KeyChain, _ criteria: inout [KeyChainCriterion], _ target: KeyChainTarget,
    _ rules: KeyChainRules
  ) {
    for index in criteria.indices where target.matches(criteria[index].scope) {
      let criterion = criteria[index]
      switch clause(of: criterion, target, rules) {
      case .clause(let clause):
        if chain.isEmpty, criterion.connective == .or, target.relation == nil {
          ignore(.connectiveWithoutEffect(name: criterion.name), criterion.nameSpan, criterion.name)
        }
        chain.append(clause, criterion.connective)
        criteria[index].hasEffect = true
      case .everything: criteria[index].hasEffect = true
      case .dropped(let reason): criteria[index].reason = reason
      case .elsewhere: break
      }
    }
  }

  // MARK: One criterion

  /// What a criterion is for records of one type.
  private enum Outcome {
    case clause(KeyChainClause)
    /// It lifts a restriction.
    case everything
    case dropped(String)
    /// The type has no such field.
    case elsewhere
  }

  private mutating func clause(
    of criterion: KeyChainCriterion, _ target: KeyChainTarget, _ rules: KeyChainRules
  ) -> Outcome {
    switch criterion.key.subject {
    case .presence: return .elsewhere
    case .trashed: return trashClause(criterion, target, rules)
    case .field(let name):
      guard let field = resource.field(named: name, inRelation: target.relation) else { return .elsewhere }
      if criterion.isList, criterion.key.comparison != nil {
        return .dropped("a list takes no comparison, and '\(name)' is not seen as the field")
      }
      if !criterion.isList, criterion.key.joint == .not { return .dropped("'not' takes a list") }
      return clause(of: criterion, on: field, rules)
    }
  }

  private mutating func clause(
    of criterion: KeyChainCriterion, on field: FieldID, _ rules: KeyChainRules
  ) -> Outcome {
    // In two steps: what is read may append its canonical text to the buffer that the next step looks at.
    let read = criterion.items.compactMap { value(of: $0, field) }
    let values = distinct(read)
    if values.isEmpty {
      return .dropped("the server can not read \(criterion.isList ? "any of its values" : "its value")")
    }
    if namesEveryValue(values, field) { return .dropped("every value there is is named") }
    var node = PredicateNode(kind: .compare)
    node.field = field
    node.span = criterion.span
    switch planner.facts[field.index].type {
    case .text, .uuid, .json: return textClause(criterion, values, node, rules)
    case .date, .timestamp: return .clause(dateClause(criterion, values.map(\.payload), node))
    case .integer, .decimal, .boolean, .enumeration:
      guard criterion.isList else {
        node.comparison = criterion.key.comparison.flatMap { Comparison($0) } ?? .equal
        return .clause(.leaf(node, values))
      }
      node.kind = .member
      node.isNegated = criterion.key.joint == .not
      return .clause(.leaf(node, values))
    }
  }

  // AnimeThemes: what only the filter's own reader refuses is dropped without a word.
  private mutating func value(of text: ParsedText, _ field: FieldID) -> Operand? {
    let bytes = parsed.buffer
    switch planner.facts[field.index].type {
    case .text, .uuid, .json: return Operand(.text, text: text.range)
    case .integer:
      return PHPNumber.filteredInteger(bytes, text.range).map { Operand(.integer, number: Int64($0)) }
    case .decimal:
      guard let number = PHPNumber.filteredFloat(bytes, text.range) else { return nil }
      return decimal(number.range, text)
    case .boolean:
      return PHPNumber.filteredBoolean(bytes, text.range).map { Operand(.boolean, number: $0 ? 1 : 0) }
    case .enumeration:
      return planner.enumerations[field.index]?.index(of: bytes, text.range)
        .map { Operand(.enumerationCase, number: Int64($0)) }
    case .date, .timestamp:
      guard case .instant(let microseconds) = KeyChainDate.read(bytes[text.range]) else { return nil }
      return Operand(.timestamp, number: microseconds)
    }
  }

  /// The server's number is a double; this one keeps all digits.
  private mutating func decimal(_ range: Range<Int>, _ text: ParsedText) -> Operand? {
    do {
      return try Coercion.scalar(
        .decimal, enumeration: nil, &parsed.buffer, range, digitLimit: resource.limits.digits)
    } catch {
      report(.tooManyDigits(limit: resource.limits.digits), text.span)
      return nil
    }
  }

  private func distinct(_ values: [Operand]) -> [Operand] {
    guard values.count > 1 else { return values }
    var seen: Set<[UInt8]> = []
    return values.filter { value in
      seen.insert(value.hasText ? Array(parsed.buffer[value.range]) : Array("\(value.payload)".utf8)).inserted
    }
  }

  // AnimeThemes: who names true and false, or every case, asks for everything, also with `not`, and is not heard.
  private func namesEveryValue(_ values: [Operand], _ field: FieldID) -> Bool {
    switch planner.facts[field.index].type {
    case .boolean: values.count == 2
    case .enumeration: values.count == planner.enumerations[field.index]?.cases.count
    case .text, .integer, .decimal, .uuid, .date, .timestamp, .json: false
    }
  }

  // MARK: Texts

  private mutating func textClause(
    _ criterion: KeyChainCriterion, _ values: [Operand], _ node: PredicateNode, _ rules: KeyChainRules
  ) -> Outcome {
    var node = node
    let comparison = criterion.key.comparison ?? .equal
    let isLike = comparison == .like || comparison == .notLike
    node.isNegated = comparison == .notLike || comparison == .notEqual || criterion.key.joint == .not
    guard isLike || rules.matchesTextInAnyCase else {
      node.comparison = comparison == .notEqual ? .notEqual : .equal
      if !criterion.isList { node.isNegated = false }
      if criterion.isList { node.kind = .member }
      return .clause(.leaf(node, values))
    }
    node.kind = .pattern
    node.ignoresCase = rules.matchesTextInAnyCase
    let parts = values.compactMap { pattern($0, criterion, isLike: isLike) }.map {
      KeyChainClause.leaf(node, [$0])
    }
    if parts.isEmpty { return .dropped("its pattern is too long") }
    return .clause(node.isNegated ? .allOf(parts) : .anyOf(parts))
  }

  private mutating func pattern(
    _ value: Operand, _ criterion: KeyChainCriterion, isLike: Bool
  ) -> Operand? {
    guard value.range.count <= resource.limits.patternBytes else {
      report(.patternTooLong(limit: resource.limits.patternBytes), criterion.span, criterion.name)
      return nil
    }
    guard isLike else {
      return PatternReader.literal(&parsed.buffer, value.range, leads: false, trails: false)
    }
    // MySQL: a backslash makes whatever comes next literal, and is itself at the end.
    if let pattern = try? PatternReader.postgreSQLLike(&parsed.buffer, value.range) { return pattern }
    let start = parsed.buffer.count
    parsed.buffer.append(contentsOf: Array(parsed.buffer[value.range]) + [UInt8(ascii: "\\")])
    return try? PatternReader.postgreSQLLike(&parsed.buffer, start..<parsed.buffer.count)
  }

  // MARK: Dates

  /// Instants against a field of instants, or of days, which are midnights.
  private func dateClause(
    _ criterion: KeyChainCriterion, _ instants: [Int64], _ node: PredicateNode
  ) -> KeyChainClause {
    guard criterion.isList else {
      let comparison = criterion.key.comparison.flatMap { Comparison($0) } ?? .equal
      return dateClause(comparison, instants[0], node)
    }
    let values = instants.compactMap { stored($0, node.field) }
    var node = node
    node.isNegated = criterion.key.joint == .not
    if values.isEmpty { return node.isNegated ? present(node) : .never(node.span) }
    node.kind = .member
    return .leaf(node, values)
  }

  private func dateClause(_ comparison: Comparison, _ instant: Int64, _ node: PredicateNode) -> KeyChainClause
  {
    var node = node
    node.comparison = comparison
    if let value = stored(instant, node.field) { return .leaf(node, [value]) }
    guard planner.facts[node.field.index].type == .date, instant >= Timestamp.minimum else {
      // Before every date there is.
      switch comparison {
      case .equal, .less, .lessOrEqual: return .never(node.span)
      case .notEqual, .greater, .greaterOrEqual: return present(node)
      }
    }
    // Between two days.
    let day = Operand(.date, number: Timestamp.floorDivide(instant, Timestamp.microsecondsPerDay))
    switch comparison {
    case .equal: return .never(node.span)
    case .notEqual: return present(node)
    case .less, .lessOrEqual: node.comparison = .lessOrEqual
    case .greater, .greaterOrEqual: node.comparison = .greater
    }
    return .leaf(node, [day])
  }

  /// An instant as a value of the field; nil where it is none.
  private func stored(_ instant: Int64, _ field: FieldID) -> Operand? {
    guard instant >= Timestamp.minimum, instant < Timestamp.end else { return nil }
    guard planner.facts[field.index].type == .date else { return Operand(.timestamp, number: instant) }
    let day = Timestamp.floorDivide(instant, Timestamp.microsecondsPerDay)
    return day * Timestamp.microsecondsPerDay == instant ? Operand(.date, number: day) : nil
  }

  private func present(_ node: PredicateNode) -> KeyChainClause {
    var node = node
    node.kind = .isNull
    node.isNegated = true
    return .leaf(node, [])
  }

  // MARK: Deleted records

  private func deletionField(_ target: KeyChainTarget, _ rules: KeyChainRules) -> FieldID? {
    rules.deletionField.flatMap { resource.field(named: $0, inRelation: target.relation) }
  }

  // AnimeThemes: the condition stands in the chain, where an OR may go around it.
  private func trashClause(
    _ criterion: KeyChainCriterion, _ target: KeyChainTarget, _ rules: KeyChainRules
  ) -> Outcome {
    guard let field = deletionField(target, rules) else { return .elsewhere }
    let choices = trashChoices(criterion)
    if choices.count == KeyChainTrash.allCases.count { return .dropped("every value there is is named") }
    let parts = choices.filter { $0 != .with }.map { choice in
      var node = PredicateNode(kind: .isNull)
      node.field = field
      node.isNegated = choice == .only
      node.span = criterion.span
      return KeyChainClause.leaf(node, [])
    }
    return parts.isEmpty ? .everything : .clause(.allOf(parts))
  }

  private func trashChoices(_ criterion: KeyChainCriterion) -> [KeyChainTrash] {
    var choices: [KeyChainTrash] = []
    for item in criterion.items {
      if let choice = KeyChainTrash(rawValue: string(item).asciiLowercased), !choices.contains(choice) {
        choices.append(choice)
      }
    }
    return choices
  }

  /// Records that are not deleted, unless a criterion says what is wanted.
  private func liveRecords(
    _ criteria: [KeyChainCriterion], _ target: KeyChainTarget, _ rules: KeyChainRules
  ) -> KeyChainClause? {
    guard let field = deletionField(target, rules) else { return nil }
    let isChosen = criteria.contains {
      $0.key.subject == .trashed && target.matches($0.scope)
        && trashChoices($0).count < KeyChainTrash.allCases.count
    }
    if isChosen { return nil }
    var node = PredicateNode(kind: .isNull)
    node.field = field
    return .leaf(node, [])
  }

  // MARK: Related records

  /// Each path is a condition of its own, under the criterion's connective.
  private mutating func appendRelated(
    _ index: Int, _ criteria: inout [KeyChainCriterion], to chain: inout KeyChain, _ rules: KeyChainRules
  ) {
    let criterion = criteria[index]
    guard criterion.scope == nil || criterion.scope == resource.type else { return }
    let paths = criterion.items.compactMap { item in
      rules.relatedPaths.first { $0.path == string(item) }
    }
    if paths.isEmpty { criteria[index].reason = "none of its values is the name of related records" }
    for path in paths {
      guard let clause = related(path, criterion, &criteria, rules) else { continue }
      if chain.isEmpty, criterion.connective == .or {
        ignore(.connectiveWithoutEffect(name: criterion.name), criterion.nameSpan, criterion.name)
      }
      chain.append(clause, criterion.connective)
      criteria[index].hasEffect = true
    }
  }

  /// Criteria that suit the included records narrow them; which records of the resource are listed does not change.
  mutating func inclusion(
    _ name: String, _ criteria: inout [KeyChainCriterion], _ rules: KeyChainRules
  ) -> Inclusion {
    guard let path = rules.relatedPaths.first(where: { $0.path == name }),
      let relation = resource.relation(named: name),
      let condition = elementCondition(path, relation, &criteria, rules)
    else { return Inclusion(name) }
    // Without the relation's own condition, which every inclusion has.
    var node = PredicateNode(kind: .any)
    node.other = FieldID(relation)
    var outer = PredicateWriter()
    swap(&outer, &writer)
    let opened = writer.open(node)
    write(condition)
    writer.close(opened)
    swap(&outer, &writer)
    let element = Query(
      resource: resource, buffer: parsed.buffer, nodes: outer.takeNodes(), operands: outer.operands,
      page: page,
      choices: nil)
    guard case .any(_, let predicate, _, _) = element.predicate else { return Inclusion(name) }
    return Inclusion(name, where: predicate)
  }

  /// What the criteria of the request, and its wish for deleted records, say of related records; nil for nothing.
  private mutating func elementCondition(
    _ path: KeyChainRules.RelatedPath, _ relation: Int, _ criteria: inout [KeyChainCriterion],
    _ rules: KeyChainRules
  ) -> KeyChainClause? {
    let target = KeyChainTarget(type: path.type, scope: path.isScoped ? path.type : nil, relation: relation)
    var chain = KeyChain()
    fill(&chain, &criteria, target, rules)
    let parts = [chain.clause, liveRecords(criteria, target, rules)].compactMap { $0 }
    return parts.isEmpty ? nil : .allOf(parts)
  }

  private mutating func related(
    _ path: KeyChainRules.RelatedPath, _ criterion: KeyChainCriterion, _ criteria: inout [KeyChainCriterion],
    _ rules: KeyChainRules
  ) -> KeyChainClause? {
    guard let relation = resource.relation(named: path.path) else {
      report(.notSupported(feature: "a condition on '\(path.path)'"), criterion.span, criterion.name)
      return nil
    }
    let condition = elementCondition(path, relation, &criteria, rules)
    func test(_ count: Int, _ isNegated: Bool) -> KeyChainClause {
      .related(relation: relation, count: count, isNegated: isNegated, condition, criterion.span)
    }
    let counted: KeyChainClause
    // AnimeThemes: the count is one.
    switch criterion.key.comparison.flatMap({ Comparison($0) }) ?? .greaterOrEqual {
    case .greaterOrEqual: counted = test(1, false)
    // Laravel: of relations of relations, too, "fewer than one" is that there is no way to any.
    case .less: return reached(relation, test(1, false), isNegated: true, criterion.span, criteria, rules)
    case .greater: counted = test(2, false)
    case .lessOrEqual: counted = test(2, true)
    case .equal: counted = .allOf([test(1, false), test(2, true)])
    case .notEqual: counted = .anyOf([test(1, true), test(2, false)])
    }
    return reached(relation, counted, isNegated: false, criterion.span, criteria, rules)
  }

  /// A condition on a relation, of some element of each relation on the way to it. Criteria hold for the last only.
  private func reached(
    _ relation: Int, _ inner: KeyChainClause, isNegated: Bool, _ span: SourceSpan,
    _ criteria: [KeyChainCriterion], _ rules: KeyChainRules
  ) -> KeyChainClause {
    guard let parent = resource.relationParent(relation) else {
      return isNegated ? inner.negated : inner
    }
    let path = rules.relatedPaths.first { $0.path == resource.relationName(parent) }
    let target = KeyChainTarget(type: path?.type ?? "", scope: path?.type, relation: parent)
    let condition = KeyChainClause.allOf([inner] + [liveRecords(criteria, target, rules)].compactMap { $0 })
    return reached(
      parent, .related(relation: parent, count: 1, isNegated: false, condition, span), isNegated: isNegated,
      span,
      criteria, rules)
  }
}

/// The records that a chain is for.
struct KeyChainTarget {
  var type: String
  /// The name that a criterion for one type has to bear.
  var scope: String?
  /// Nil for the resource's own records.
  var relation: Int?

  func matches(_ scope: String?) -> Bool { scope == nil || scope == self.scope }
}
