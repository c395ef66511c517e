import TamisModel
import TamisPlanner
import TamisSyntax

/// Finds the operator and the operands that say a clause in a query dialect, among those that its field allows.
struct ClauseSpeller {
  let query: Query
  let spelling: ParsedSpelling
  /// Whether a `not` may be put around a clause that has no operator of its own.
  let mayDeny: Bool

  /// Nil when the dialect has no way to say it for this field.
  func text(of node: PredicateNode) -> ClauseText? {
    let field = query.resource.field(node.field)
    if let text = candidates(node, field).first(where: { isOffered($0, node, field) }) { return text }
    guard mayDeny else { return nil }
    var opposite = node
    switch node.kind {
    case .compare: opposite.comparison = node.comparison.negated
    default: opposite.isNegated.toggle()
    }
    guard var text = candidates(opposite, field).first(where: { isOffered($0, node, field) }) else {
      return nil
    }
    text.isDenied = true
    return text
  }

  private func isOffered(_ text: ClauseText, _ node: PredicateNode, _ field: Field) -> Bool {
    let operation = text.operation
    guard OperatorSpellings.of(spelling).operators.contains(operation) || operation == .exists else {
      return false
    }
    if operation == .exists, spelling != .bracket { return false }
    // AnimeThemes: none of a list of one can not be said.
    if operation == .isNotIn, spelling == .jsonAPIKeys, text.operands.count < 2 { return false }
    if field.operators.contains(operation) { return true }
    switch operation {
    case .isNull, .isNotNull, .exists: return field.keyRule != .none
    default: return false
    }
  }

  /// Why a clause has no text, as far as that is worth saying.
  func reason(for node: PredicateNode) -> String? {
    switch node.kind {
    case .always, .never: return "a group without criteria can not be written here"
    case .compareFields: return "clients do not compare two fields"
    case .and, .or, .not, .any: return nil
    case .jsonContains where spelling != .body: return "what a document contains is asked in a body"
    case .compare, .within, .member, .pattern, .isNull, .jsonContains, .matches: break
    }
    let field = query.resource.field(node.field)
    if field.isHidden { return "the field is not for clients" }
    if !hasRightReading(node) {
      return spelling == .body
        ? "a body compares a key by the type of its value" : "a query string compares a key as text"
    }
    let candidates = candidates(node, field)
    if candidates.isEmpty { return node.kind == .within ? "no text denotes these bounds" : nil }
    return "the field does not allow \(candidates.map { "'\($0.operation.name)'" }.joined(separator: " or "))"
  }

  // MARK: Candidates, the plainest first

  private func candidates(_ node: PredicateNode, _ field: Field) -> [ClauseText] {
    guard hasRightReading(node) else { return [] }
    switch node.kind {
    case .compare: return comparison(node, field)
    case .within: return range(node, field)
    case .member: return list(node, field)
    case .pattern: return pattern(node)
    case .isNull: return nullTest(node)
    case .jsonContains: return containment(node)
    case .matches:
      let operation: Operator = node.isNegated ? .notMatches : .matches
      return operand(node, 0).map { [ClauseText(operation: operation, operands: [$0])] } ?? []
    case .and, .or, .not, .always, .never, .compareFields, .any: return []
    }
  }

  /// In a URL a key is compared as text; in a body by the operand's JSON type.
  private func hasRightReading(_ node: PredicateNode) -> Bool {
    guard node.hasPath || node.reading != .notJSON else { return true }
    // No dialect asks for it: only a real server's.
    if node.reading == .numericText { return false }
    switch node.kind {
    case .isNull: return node.hasPath ? node.reading == .canonicalText : false
    case .jsonContains: return node.reading == .sameType
    case .compare, .within, .member, .pattern, .matches:
      guard node.hasPath else { return false }
      return (node.reading == .sameType) == (spelling == .body)
    case .and, .or, .not, .always, .never, .compareFields, .any: return false
    }
  }

  private func comparison(_ node: PredicateNode, _ field: Field) -> [ClauseText] {
    guard let dates = dates(field) else {
      let operation = Self.operation(node.comparison)
      return operand(node, 0).map { [ClauseText(operation: operation, operands: [$0])] } ?? []
    }
    let value = number(node, 0)
    switch node.comparison {
    case .equal: return dated(.equal, dates.point(value))
    case .notEqual: return dated(.notEqual, dates.point(value))
    case .less: return dated(.less, dates.floor(value)) + dated(.lessOrEqual, dates.ceiling(value))
    case .greaterOrEqual:
      return dated(.greaterOrEqual, dates.floor(value)) + dated(.greater, dates.ceiling(value))
    case .lessOrEqual: return dated(.lessOrEqual, dates.point(value))
    case .greater: return dated(.greater, dates.point(value))
    }
  }

  private func dated(_ operation: Operator, _ text: String?) -> [ClauseText] {
    text.map { [ClauseText(operation: operation, operands: [.text($0)])] } ?? []
  }

  private static func operation(_ comparison: Comparison) -> Operator {
    switch comparison {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }

  private func range(_ node: PredicateNode, _ field: Field) -> [ClauseText] {
    let between = node.isNegated ? Operator.notBetween : .between
    guard let dates = dates(field) else {
      guard !node.isHalfOpen, let lower = operand(node, 0), let upper = operand(node, 1) else { return [] }
      return [ClauseText(operation: between, operands: [lower, upper])]
    }
    let (lower, upper) = (number(node, 0), number(node, 1))
    var texts: [ClauseText] = []
    if node.isHalfOpen, let text = dates.interval(lower, upper), dates.point(lower) != text {
      texts += dated(node.isNegated ? .notEqual : .equal, text)
      // In a list of intervals each is a clause.
      texts += dated(node.isNegated ? .isNotIn : .isIn, text)
    }
    if let first = dates.floor(lower), let last = node.isHalfOpen ? dates.ceiling(upper) : dates.point(upper)
    {
      texts.append(ClauseText(operation: between, operands: [.text(first), .text(last)]))
    }
    return texts
  }

  private func list(_ node: PredicateNode, _ field: Field) -> [ClauseText] {
    let operands: [ClauseText.Operand?] = (0..<Int(node.operandCount)).map { offset in
      dates(field).map { $0.point(number(node, offset)).map { .text($0) } } ?? operand(node, offset)
    }
    guard !operands.isEmpty, !operands.contains(where: { $0 == nil }) else { return [] }
    return [
      ClauseText(operation: node.isNegated ? .isNotIn : .isIn, operands: operands.compactMap { $0 })
    ]
  }

  private func nullTest(_ node: PredicateNode) -> [ClauseText] {
    var exists = ClauseText(operation: .exists)
    exists.flag = node.isNegated
    let test = ClauseText(operation: node.isNegated ? .isNotNull : .isNull)
    return spelling == .bracket ? [exists, test] : [test]
  }

  // MARK: Patterns

  /// `contains` and its like where one says exactly this; else `like`.
  private func pattern(_ node: PredicateNode) -> [ClauseText] {
    guard let stored = query.operand(of: node, 0) else { return [] }
    let bytes = Array(query.bytes(of: stored))
    let pattern = TextPattern(bytes: bytes, ignoresCase: node.ignoresCase)
    var texts: [ClauseText] = []
    if !node.isNegated, let operation = Self.literalOperation(pattern) {
      let literal = bytes.filter { $0 != TextPattern.anyRun }
      texts.append(ClauseText(operation: operation, operands: [.text(literal)]))
    }
    let like: Operator =
      switch (node.isNegated, node.ignoresCase) {
      case (false, false): .like
      case (false, true): .likeIgnoringCase
      case (true, false): .notLike
      case (true, true): .notLikeIgnoringCase
      }
    texts.append(ClauseText(operation: like, operands: [.text(pattern.likeText)]))
    return texts
  }

  private static func literalOperation(_ pattern: TextPattern) -> Operator? {
    switch (pattern.patternClass, pattern.ignoresCase) {
    case (.prefix, false): .startsWith
    case (.prefix, true): .startsWithIgnoringCase
    case (.suffix, false): .endsWith
    case (.suffix, true): .endsWithIgnoringCase
    case (.contains, false): .contains
    case (.contains, true): .containsIgnoringCase
    case (.exact, _), (.everything, _), (.general, _): nil
    }
  }

  // MARK: JSON

  private func containment(_ node: PredicateNode) -> [ClauseText] {
    guard let stored = query.operand(of: node, 0) else { return [] }
    let json = Array(query.bytes(of: stored))
    guard json != Array("null".utf8) else { return [] }
    var texts: [ClauseText] = []
    if !node.isNegated { texts.append(ClauseText(operation: .jsonContains, operands: [.json(json)])) }
    // Equality with an array or an object asks what a key contains.
    if node.hasPath, json.first == UInt8(ascii: "[") || json.first == UInt8(ascii: "{") {
      texts.append(ClauseText(operation: node.isNegated ? .notEqual : .equal, operands: [.json(json)]))
    }
    return texts
  }

  // MARK: Operands

  private func dates(_ field: Field) -> DateSpelling? {
    switch field.type {
    case .date: DateSpelling(isDate: true, offsetMinutes: 0)
    case .timestamp: DateSpelling(isDate: false, offsetMinutes: query.resource.offsetMinutes)
    case .text, .integer, .bigInteger, .decimal, .boolean, .uuid, .enumeration, .json: nil
    }
  }

  private func number(_ node: PredicateNode, _ offset: Int) -> Int64 {
    query.operand(of: node, offset)?.payload ?? 0
  }

  private func operand(_ node: PredicateNode, _ offset: Int) -> ClauseText.Operand? {
    guard let operand = query.operand(of: node, offset) else { return nil }
    switch operand.kind {
    case .text, .uuid: return .text(Array(query.bytes(of: operand)))
    case .integer: return .number(Array(String(operand.payload).utf8))
    case .decimal: return .number(Array(query.bytes(of: operand)))
    case .boolean: return .boolean(operand.payload != 0)
    case .enumerationCase:
      return query.resource.field(node.field).enumeration?.name(at: Int(operand.payload)).map { .text($0) }
    case .json: return .json(Array(query.bytes(of: operand)))
    case .date, .timestamp, .pattern, .path, .argument, .patternPlace: return nil
    }
  }
}
