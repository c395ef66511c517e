import TamisJSON
import TamisModel
import TamisSyntax

/// Pass 2: a criterion's operator is allowed and its operands have the field's type.
extension PlanningSession {
  mutating func write(_ criterion: ResolvedCriterion) {
    let facts = planner.facts[criterion.field.index]
    guard isAllowed(criterion, facts) else { return reportNotAllowed(criterion, facts) }
    if let virtual = facts.virtual { return writeVirtual(criterion, virtual) }
    guard checkKeys(criterion, facts) else { return }
    writeAllowed(criterion, facts)
  }

  /// A criterion of a declared filter, which a field need not offer to clients otherwise.
  mutating func writeDeclared(_ criterion: ResolvedCriterion) {
    writeAllowed(criterion, planner.facts[criterion.field.index])
  }

  private mutating func writeAllowed(_ criterion: ResolvedCriterion, _ facts: FieldFacts) {
    let hasPath = isJSONPath(criterion)
    let opened = openQuantifiers(facts, span: criterion.written.span)
    var node = PredicateNode(kind: .compare)
    node.field = criterion.field
    node.span = criterion.written.span
    if hasPath {
      node.path = UInt32(clamping: writer.operands.count)
      writer.reserveOperands(1)
      writer.operands.append(Operand(.path, text: keyOperandRange(criterion.keys)))
      node.reading = .canonicalText
    }
    let before = writer.nodes.count
    write(criterion, facts, node)
    if let opened {
      if writer.nodes.count == before { writer.leaf(PredicateNode(kind: .never)) }
      writer.closeQuantifiers(from: opened)
    }
  }

  /// A client that names an element's field means "some element": `schedule_items.amount_gte=5`.
  mutating func openQuantifiers(_ facts: FieldFacts, span: SourceSpan) -> Int? {
    guard let relation = facts.relation, relation != openRelation else { return nil }
    return openQuantifiers(to: relation, from: openRelation, span: span)
  }

  // MARK: Allowed operators

  private func isAllowed(_ criterion: ResolvedCriterion, _ facts: FieldFacts) -> Bool {
    guard facts.type == .json, !isJSONPath(criterion) else {
      return allows(criterion.operation, facts)
    }
    // A whole document has no order and no text; only its absence and what it contains can be asked.
    switch criterion.operation {
    case .isNull, .isNotNull, .exists, .jsonContains: return allows(criterion.operation, facts)
    default: return false
    }
  }

  private func allows(_ operation: Operator, _ facts: FieldFacts) -> Bool {
    if facts.operators.contains(operation) { return true }
    // A path inside a JSON field may be missing whatever the field declares.
    switch operation {
    case .isNull, .isNotNull, .exists: return facts.keyLevels > 0
    default: return false
    }
  }

  private mutating func reportNotAllowed(_ criterion: ResolvedCriterion, _ facts: FieldFacts) {
    let node = criterion.written
    let name = OperatorSpellings.of(node.spelling).name(of: criterion.operation)
    var allowed = facts.operators
    if facts.type == .json, !isJSONPath(criterion) {
      allowed = allowed.intersection(OperatorSet([.isNull, .isNotNull, .exists, .jsonContains]))
    }
    report(
      .operatorNotAllowed(
        operator: name, field: resource.field(criterion.field).name,
        allowed: allowedNames(allowed, node.spelling)),
      node.name.span, displayName(node.name, node.spelling))
  }

  // MARK: Keys

  /// key = ( ALPHA / "_" ) *( ALPHA / DIGIT / "_" ), as many as the field allows
  private mutating func checkKeys(_ criterion: ResolvedCriterion, _ facts: FieldFacts) -> Bool {
    guard isJSONPath(criterion) else { return true }
    guard areIdentifiers(criterion.keys, levels: facts.keyLevels) else {
      let node = criterion.written
      let rule =
        "letters, digits and '_', beginning with a letter"
        + (facts.keyLevels > 1 ? ", at most \(facts.keyLevels) levels" : ", one level")
      report(
        .invalidKey(name: string(criterion.keys), rule: rule), node.name.span,
        displayName(node.name, node.spelling))
      return false
    }
    return true
  }

  /// `meta_data.` names a key, though an empty one.
  private func isJSONPath(_ criterion: ResolvedCriterion) -> Bool {
    criterion.keys.lowerBound > 0
  }

  private func areIdentifiers(_ keys: Range<Int>, levels: Int) -> Bool {
    var level = 1
    var isFirst = true
    for index in keys {
      let byte = parsed.buffer[index]
      if byte == UInt8(ascii: "."), !isFirst {
        level += 1
        isFirst = true
        continue
      }
      let isLetter = (byte | 0x20) &- 97 < 26
      guard isLetter || (!isFirst && (byte &- 48 < 10 || byte == UInt8(ascii: "_"))) else { return false }
      isFirst = false
    }
    return !isFirst && level <= levels
  }

  /// Keys as an operand: separated by the byte that UTF-8 does not use.
  private mutating func keyOperandRange(_ keys: Range<Int>) -> Range<Int> {
    guard parsed.buffer[keys].contains(UInt8(ascii: ".")) else { return keys }
    let start = parsed.buffer.count
    let separated = parsed.buffer[keys].map { $0 == UInt8(ascii: ".") ? Operand.keySeparator : $0 }
    parsed.buffer.append(contentsOf: separated)
    return start..<parsed.buffer.count
  }

  // MARK: By arity

  private mutating func write(
    _ criterion: ResolvedCriterion, _ facts: FieldFacts, _ node: PredicateNode
  ) {
    let value = criterion.written.value
    switch criterion.operation {
    case .isNull, .isNotNull: writeNullTest(criterion, node, value)
    case .exists: writeExists(criterion, node, value)
    case .isIn, .isNotIn: writeList(criterion, facts, node, value)
    case .between, .notBetween: writeBetween(criterion, facts, node, value)
    case .jsonContains: writeContainment(criterion, node, value)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .like, .notLike,
      .likeIgnoringCase, .notLikeIgnoringCase, .contains, .containsIgnoringCase, .startsWith,
      .startsWithIgnoringCase, .endsWith, .endsWithIgnoringCase, .matches, .notMatches:
      writeScalar(criterion, facts, node, value)
    }
  }

  /// `identity_id_isnull`, `…=true`. Blnk ignores the value, so that `=false` means the opposite of what it says;
  /// here it is refused.
  private mutating func writeNullTest(
    _ criterion: ResolvedCriterion, _ node: PredicateNode, _ value: ParsedValue
  ) {
    var isFine = false
    switch value.kind {
    case .absent, .jsonTrue: isFine = true
    case .urlText: isFine = value.text.isEmpty || Coercion.flag(parsed.buffer, value.text.range) == true
    case .list, .jsonString, .jsonNumber, .jsonFalse, .jsonNull, .jsonObject, .jsonArray: break
    }
    guard isFine else {
      let opposite: Operator = criterion.operation == .isNull ? .isNotNull : .isNull
      return reportValue(
        .invalidValue(
          text: string(value.text), type: "value for '\(criterion.operation.name)'",
          reason: "it takes none, or 'true'; its opposite is '\(opposite.name)'"), value, criterion)
    }
    var node = node
    node.kind = .isNull
    node.isNegated = criterion.operation == .isNotNull
    writer.leaf(node)
  }

  private mutating func writeExists(
    _ criterion: ResolvedCriterion, _ node: PredicateNode, _ value: ParsedValue
  ) {
    var flag: Bool?
    switch value.kind {
    // API Platform: an empty value means true.
    case .absent: flag = true
    case .urlText: flag = value.text.isEmpty ? true : Coercion.flag(parsed.buffer, value.text.range)
    case .jsonTrue: flag = true
    case .jsonFalse: flag = false
    case .list, .jsonString, .jsonNumber, .jsonNull, .jsonObject, .jsonArray: break
    }
    guard let flag else {
      return reportValue(
        .invalidValue(text: string(value.text), type: FieldType.boolean.noun, reason: nil), value, criterion)
    }
    var node = node
    node.kind = .isNull
    node.isNegated = flag
    writer.leaf(node)
  }

  private mutating func writeScalar(
    _ criterion: ResolvedCriterion, _ facts: FieldFacts, _ node: PredicateNode, _ written: ParsedValue
  ) {
    var value = written
    let spelling = criterion.written.spelling
    let isJSONAPI = spelling == .jsonAPI || spelling == .jsonAPIKeys
    if isJSONAPI, value.kind == .urlText, hasRawComma(value) {
      value = parsed.split(value, at: .comma)
    }
    switch value.kind {
    case .list:
      guard criterion.operation == .equal, criterion.written.spelling != .body else {
        return writeArrayOperand(criterion, facts, node, value)
      }
      var criterion = criterion
      criterion.operation = .isIn
      guard isAllowed(criterion, facts) else { return reportNotAllowed(criterion, facts) }
      writeList(criterion, facts, node, value)
    case .absent:
      reportArity(criterion, value, found: 0)
    case .jsonNull: reportValue(.nullOperand, value, criterion)
    case .jsonObject, .jsonArray: writeArrayOperand(criterion, facts, node, value)
    case .urlText, .jsonString, .jsonNumber, .jsonTrue, .jsonFalse:
      writeOne(criterion, facts, node, value)
    }
  }

  private func hasRawComma(_ value: ParsedValue) -> Bool {
    var index = value.text.span.start
    let end = Swift.min(value.text.span.end, parsed.sourceCount)
    while index < end {
      if parsed.buffer[index] == UInt8(ascii: ",") { return true }
      index += 1
    }
    return false
  }

  /// Equality with a JSON array or object means containment; for other operators, and fields that are not JSON,
  /// it is a fault. So it is for a list of a URL, `filter[meta.tier][ne]=a,b`, which is no JSON.
  private mutating func writeArrayOperand(
    _ criterion: ResolvedCriterion, _ facts: FieldFacts, _ node: PredicateNode, _ value: ParsedValue
  ) {
    guard facts.type == .json, criterion.operation == .equal || criterion.operation == .notEqual,
      isJSONPath(criterion), criterion.written.spelling == .body
    else {
      return reportArity(criterion, value, found: value.kind == .list ? Int(value.itemCount) : 1)
    }
    var node = node
    node.isNegated = criterion.operation == .notEqual
    writeContainment(value, node)
  }

  private mutating func writeContainment(
    _ criterion: ResolvedCriterion, _ node: PredicateNode, _ value: ParsedValue
  ) {
    switch value.kind {
    case .list, .jsonObject, .jsonArray, .jsonString, .jsonNumber, .jsonTrue, .jsonFalse:
      writeContainment(value, node)
    case .jsonNull: reportValue(.nullOperand, value, criterion)
    case .urlText, .absent:
      reportValue(.wrongShape(expected: "a JSON value", found: "text"), value, criterion)
    }
  }

  private mutating func writeContainment(_ value: ParsedValue, _ node: PredicateNode) {
    var node = node
    node.kind = .jsonContains
    node.reading = .sameType
    writer.leaf(node, Operand(.json, text: jsonText(value)))
  }

  /// A scalar's JSON text; arrays and objects carry theirs.
  private mutating func jsonText(_ value: ParsedValue) -> Range<Int> {
    let start = parsed.buffer.count
    switch value.kind {
    case .jsonString:
      var writer = JSONWriter()
      writer.string(parsed.buffer[value.text.range])
      parsed.buffer.append(contentsOf: writer.bytes)
    case .jsonTrue: parsed.buffer.append(contentsOf: "true".utf8)
    case .jsonFalse: parsed.buffer.append(contentsOf: "false".utf8)
    case .jsonNumber, .list, .jsonObject, .jsonArray, .urlText, .absent, .jsonNull: return value.text.range
    }
    return start..<parsed.buffer.count
  }

  // MARK: Faults of values

  mutating func reportValue(_ problem: Problem, _ value: ParsedValue, _ criterion: ResolvedCriterion) {
    let node = criterion.written
    let span = value.kind == .absent ? node.span : value.text.span
    report(problem, span, displayName(node.name, node.spelling))
  }

  mutating func reportArity(_ criterion: ResolvedCriterion, _ value: ParsedValue, found: Int) {
    let spelling = criterion.written.spelling
    reportValue(
      .wrongArity(
        operator: OperatorSpellings.of(spelling).name(of: criterion.operation),
        expected: criterion.operation.arity.noun, found: found), value, criterion)
  }

  mutating func reportFailure(
    _ failure: Coercion.Failure, _ text: ParsedText, field: FieldID, _ parameter: String
  ) {
    let type = resource.field(field).type
    report(failure, text, type: type, enumeration: planner.enumerations[field.index], parameter)
  }

  mutating func report(
    _ failure: Coercion.Failure, _ text: ParsedText, type: FieldType, enumeration: Enumeration?,
    _ parameter: String
  ) {
    let shown = string(text)
    switch failure {
    case .empty: report(.emptyValue(type: type.noun), text.span, parameter)
    case .invalid(let reason):
      report(.invalidValue(text: shown, type: type.noun, reason: reason), text.span, parameter)
    case .outOfRange: report(.outOfRange(text: shown, type: type.noun), text.span, parameter)
    case .tooManyDigits: report(.tooManyDigits(limit: resource.limits.digits), text.span, parameter)
    case .blankForPlus:
      report(
        .blankForPlus(text: shown), text.span, parameter,
        suggestion: shown.lastBlank.map { shown[..<$0] + "%2B" + shown[shown.utf8.index(after: $0)...] }.map(
          String.init))
    case .unknownCase:
      let cases = enumeration?.cases.map(\.name) ?? []
      report(
        .unknownCase(text: shown, cases: cases), text.span, parameter,
        suggestion: NearestName.find(shown, among: cases))
    }
  }
}

extension String {
  fileprivate var lastBlank: String.Index? { utf8.lastIndex(of: UInt8(ascii: " ")) }
}
