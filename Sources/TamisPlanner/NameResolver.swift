import TamisModel
import TamisSyntax

/// A field, and the keys inside it for a JSON field.
struct ResolvedField {
  var field: FieldID
  var keys: Range<Int> = 0..<0
}

/// Pass 1: what a criterion's name means. The parser keeps names whole; the resource decides how they split.
extension PlanningSession {
  /// Nil when the name is a parameter of the resource (which is set aside) or a fault (which is reported).
  mutating func resolveName(_ node: ParsedFilterNode, relation: Int?) -> ResolvedCriterion? {
    criterionCount += 1
    if criterionCount > resource.limits.clauses {
      if criterionCount == resource.limits.clauses + 1 {
        report(.tooManyClauses(limit: resource.limits.clauses), node.span)
      }
      return nil
    }
    switch node.spelling {
    case .suffix: return resolveSuffix(node)
    case .bracket: return resolveBracket(node)
    case .exists: return resolveExists(node)
    case .jsonAPI: return resolveNested(node)
    case .jsonAPIKeys: return resolveKeyed(node)
    case .body: return resolveBody(node, relation)
    }
  }

  // MARK: Fields

  /// A visible field by its name; a JSON field followed by a dot and keys. The longest field wins.
  func resolveField(_ range: Range<Int>, relation: Int? = nil) -> ResolvedField? {
    if let field = lookUp(range, relation) { return ResolvedField(field: field) }
    var dot = range.upperBound - 1
    while dot > range.lowerBound {
      if parsed.buffer[dot] == UInt8(ascii: "."), let field = lookUp(range.lowerBound..<dot, relation),
        planner.facts[field.index].keyLevels > 0
      {
        return ResolvedField(field: field, keys: (dot + 1)..<range.upperBound)
      }
      dot -= 1
    }
    guard relation == nil, openRelation == nil, let aliases = planner.strictFilters?.aliases else {
      return nil
    }
    return aliases[string(range)].map { ResolvedField(field: $0) }
  }

  private func lookUp(_ range: Range<Int>, _ relation: Int?) -> FieldID? {
    let found: FieldID?
    if let relation = relation ?? openRelation {
      let first = resource.fieldRange(ofRelation: relation).lowerBound
      found = planner.relationNames[relation].index(of: parsed.buffer, range).map { FieldID(first + $0) }
    } else {
      found = resource.field(named: parsed.buffer, range)
    }
    guard let found, planner.facts[found.index].isVisible else { return nil }
    return found
  }

  /// What clients may name inside `any`.
  func visibleNames(inRelation relation: Int) -> [String] {
    let entry = resource.relationEntry(relation)
    return entry.allFields.filter { planner.facts[$0].isVisible }.compactMap {
      String(resource.fullName(of: FieldID($0)).utf8.dropFirst(entry.name.utf8.count + 1))
    }
  }

  private func isField(_ range: Range<Int>) -> Bool { resolveField(range) != nil }

  // MARK: Suffix

  // field "_" operator, the longest field first
  private mutating func resolveSuffix(_ node: ParsedFilterNode) -> ResolvedCriterion? {
    let name = node.name.first.range
    // Inside `any`, names are those of the elements.
    if openRelation == nil, let known = planner.suffixNames?.meaning(parsed.buffer, name) {
      return ResolvedCriterion(
        field: known.field, operation: known.operation, connective: nil, written: node)
    }
    if setAside(name, node) { return nil }
    let spellings = OperatorSpellings.of(.suffix)
    var found: ResolvedCriterion?
    var unknownField: Range<Int>?
    var split = name.upperBound - 1
    while split > name.lowerBound, name.upperBound - split - 1 <= spellings.longest {
      if parsed.buffer[split] == UInt8(ascii: "_"),
        let (operation, mayBeLonger) = spellings.ending(parsed.buffer, (split + 1)..<name.upperBound)
      {
        if let field = resolveField(name.lowerBound..<split) {
          if let found { return reportTie(found, operation, name.lowerBound..<split, node) }
          found = ResolvedCriterion(
            field: field.field, keys: field.keys, operation: operation, connective: nil, written: node)
        } else if unknownField == nil {
          unknownField = name.lowerBound..<split
        }
        if !mayBeLonger { break }
      }
      split -= 1
    }
    if let found { return found }
    if dialect == .mixed, let field = resolveField(name) {
      return ResolvedCriterion(
        field: field.field, keys: field.keys, operation: .equal, connective: nil, written: node)
    }
    reportSuffix(name, unknownField, node)
    return nil
  }

  private mutating func reportTie(
    _ found: ResolvedCriterion, _ operation: Operator, _ shorter: Range<Int>, _ node: ParsedFilterNode
  ) -> ResolvedCriterion? {
    let name = displayName(node.name, node.spelling)
    let key = found.keys.lowerBound > 0 ? "." + string(found.keys) : ""
    let readings = [
      "\(resource.field(found.field).name)\(key) \(found.operation.name)",
      "\(string(shorter)) \(operation.name)",
    ]
    report(.ambiguousName(name: name, readings: readings), node.name.span, name)
    return nil
  }

  private mutating func reportSuffix(
    _ name: Range<Int>, _ unknownField: Range<Int>?, _ node: ParsedFilterNode
  ) {
    if refusesGroup(name, node) { return }
    let text = string(name)
    let span = node.name.span
    let display = displayName(node.name, .suffix)
    if let unknownField {
      let field = string(unknownField)
      let operation = String(text.utf8.dropFirst(field.utf8.count)) ?? ""
      let near = NearestName.find(field, among: resource.visibleFieldNames)
      report(.unknownField(name: field), span, display, suggestion: near.map { $0 + operation })
    } else if isField(name) {
      report(.missingOperator(field: text), span, display, suggestion: text + "_eq")
    } else if let (field, operation) = splitAtKnownField(name) {
      let near = NearestName.find(operation, among: OperatorSpellings.of(.suffix).names)
      report(.unknownOperator(name: operation), span, display, suggestion: near.map { "\(field)_\($0)" })
    } else {
      reportUnknownParameter(text, span)
    }
  }

  private func splitAtKnownField(_ name: Range<Int>) -> (field: String, operation: String)? {
    var split = name.upperBound - 1
    // A field's name is not long; far splits of a hostile name are not looked at.
    while split > name.lowerBound {
      if parsed.buffer[split] == UInt8(ascii: "_"), split - name.lowerBound <= 200,
        isField(name.lowerBound..<split)
      {
        return (string(name.lowerBound..<split), string((split + 1)..<name.upperBound))
      }
      split -= 1
    }
    return nil
  }

  mutating func reportUnknownParameter(_ name: String, _ span: SourceSpan) {
    if bag.isFull { return report(.unknownParameter(name: name), span) }
    let known = resource.parameters.map(\.name) + resource.visibleFieldNames
    report(
      .unknownParameter(name: name), span, isInGroup ? sourceName(around: span) : name,
      suggestion: NearestName.find(name, among: known))
  }

  /// A parameter of the resource stands for a condition of its own, and is seen to after the criteria.
  private mutating func setAside(_ name: Range<Int>, _ node: ParsedFilterNode) -> Bool {
    guard planner.parameterNameLengths & (1 << UInt64(min(name.count, 63))) != 0,
      let parameter = resource.parameter(named: parsed.buffer, name)
    else { return false }
    if isInGroup {
      refuseParameter(node)
      return true
    }
    giveParameter(
      GivenParameter(
        index: parameter, value: node.value, span: node.span, name: node.name, spelling: node.spelling))
    return true
  }

  // MARK: Bracket

  // field | field "[]" | field "[" operator "]"
  private mutating func resolveBracket(_ node: ParsedFilterNode) -> ResolvedCriterion? {
    let first = node.name.first
    if planner.strictFilters != nil, readDeclared(node) { return nil }
    if node.name.restCount == 0, setAside(first.range, node) { return nil }
    guard let field = resolveField(first.range) else {
      if refusesGroup(first.range, node) { return nil }
      let text = string(first)
      if node.name.restCount == 0 {
        reportUnknownParameter(text, node.name.span)
      } else {
        report(
          .unknownField(name: text), first.span, displayName(node.name, .bracket),
          suggestion: NearestName.find(text, among: resource.visibleFieldNames))
      }
      return nil
    }
    return resolveOperator(parsed.rest(of: node.name), of: field, node)
  }

  /// The operator that follows the field in a bracket of its own; none, or an empty one for a list, is equality.
  private mutating func resolveOperator(
    _ rest: ArraySlice<ParsedText>, of field: ResolvedField, _ node: ParsedFilterNode
  ) -> ResolvedCriterion? {
    var rest = rest
    if rest.last?.isEmpty == true { rest = rest.dropLast() }
    var operation = Operator.equal
    if let text = rest.first {
      let spellings = OperatorSpellings.of(node.spelling)
      guard rest.count == 1, let known = spellings.operation(parsed.buffer, text.range) else {
        let name = string(text)
        report(
          .unknownOperator(name: rest.dropFirst().reduce(name) { $0 + "][" + string($1) }), text.span,
          displayName(node.name, node.spelling),
          suggestion: rest.count == 1 ? NearestName.find(name, among: spellings.names) : nil)
        return nil
      }
      operation = known
    }
    return ResolvedCriterion(
      field: field.field, keys: field.keys, operation: operation, connective: nil, written: node)
  }

  private mutating func resolveExists(_ node: ParsedFilterNode) -> ResolvedCriterion? {
    let first = node.name.first
    guard node.name.restCount == 0, let field = resolveField(first.range) else {
      let text = string(first)
      report(
        .unknownField(name: text), first.span, displayName(node.name, .exists),
        suggestion: NearestName.find(text, among: resource.visibleFieldNames))
      return nil
    }
    return ResolvedCriterion(
      field: field.field, keys: field.keys, operation: .exists, connective: nil, written: node)
  }

  // MARK: JSON:API

  /// The name after the type, when its first segment names the resource's type and more follow.
  private func withoutType(_ name: ParsedName) -> ParsedName {
    guard let second = parsed.rest(of: name).first, !isField(name.first.range),
      parsed.buffer[name.first.range].elementsEqual(resource.type.utf8)
    else { return name }
    return ParsedName(second, rest: name.rest.dropFirst(), span: name.span)
  }

  // [type] field [operator]
  private mutating func resolveNested(_ node: ParsedFilterNode) -> ResolvedCriterion? {
    let name = withoutType(node.name)
    if name.restCount == 0, setAside(name.first.range, node) { return nil }
    guard let field = resolveField(name.first.range) else { return reportFilterName(name.first, node) }
    return resolveOperator(parsed.rest(of: name), of: field, node)
  }

  private mutating func reportFilterName(
    _ text: ParsedText, _ node: ParsedFilterNode
  ) -> ResolvedCriterion? {
    if refusesGroup(text.range, node) { return nil }
    let name = string(text)
    let display = displayName(node.name, node.spelling)
    if let second = parsed.rest(of: node.name).first, text == node.name.first,
      OperatorSpellings.of(node.spelling).operation(parsed.buffer, second.range) == nil
    {
      report(
        .unknownType(name: name), text.span, display,
        suggestion: NearestName.find(name, among: [resource.type] + resource.visibleFieldNames))
    } else {
      let known = resource.visibleFieldNames + resource.parameters.map(\.name)
      report(
        .unknownField(name: name), text.span, display, suggestion: NearestName.find(name, among: known))
    }
    return nil
  }

  // [type] field [ "-" operator ] [ "-" ( "and" | "or" | "not" ) ], the longest field first
  private mutating func resolveKeyed(_ node: ParsedFilterNode) -> ResolvedCriterion? {
    let name = withoutType(node.name)
    let key = name.first
    let rest = parsed.rest(of: name)
    guard rest.isEmpty || (rest.count == 1 && rest.allSatisfy(\.isEmpty)) else {
      return reportFilterName(key, node)
    }
    if setAside(key.range, node) { return nil }
    // A key inside a JSON field has no dash, so what follows one is an operator or a connective.
    if let field = resolveField(key.range), !parsed.buffer[field.keys].contains(UInt8(ascii: "-")) {
      return ResolvedCriterion(
        field: field.field, keys: field.keys, operation: .equal, connective: nil, written: node)
    }
    guard let suffix = KeySuffix(parsed.buffer, key.range), let field = resolveField(suffix.field) else {
      return reportKey(key, node)
    }
    if suffix.isNot, suffix.operation != nil {
      report(
        .unknownOperator(name: string(suffix.field.upperBound + 1..<key.range.upperBound)), key.span,
        displayName(node.name, node.spelling))
      return nil
    }
    return ResolvedCriterion(
      field: field.field, keys: field.keys,
      operation: suffix.isNot ? .isNotIn : suffix.operation ?? .equal, connective: suffix.connective,
      written: node)
  }

  private mutating func reportKey(_ key: ParsedText, _ node: ParsedFilterNode) -> ResolvedCriterion? {
    if refusesGroup(key.range, node) { return nil }
    let text = string(key)
    let display = displayName(node.name, node.spelling)
    let dash = text.utf8.firstIndex(of: UInt8(ascii: "-")) ?? text.utf8.endIndex
    let field = String(text[..<dash])
    let bytes = key.range.lowerBound..<key.range.lowerBound + field.utf8.count
    if dash < text.utf8.endIndex, isField(bytes) {
      let operation = String(text[text.utf8.index(after: dash)...])
      let near = NearestName.find(operation, among: OperatorSpellings.of(.jsonAPIKeys).names)
      report(.unknownOperator(name: operation), key.span, display, suggestion: near.map { "\(field)-\($0)" })
    } else {
      let known = resource.visibleFieldNames + resource.parameters.map(\.name)
      report(
        .unknownField(name: field), key.span, display,
        suggestion: NearestName.find(field, among: known).map { $0 + text[dash...] })
    }
    return nil
  }

  // MARK: Body

  // field, operator
  private mutating func resolveBody(
    _ node: ParsedFilterNode, _ relation: Int?
  ) -> ResolvedCriterion? {
    let first = node.name.first
    guard let operatorText = parsed.rest(of: node.name).first else { return nil }
    let operation = OperatorSpellings.of(.body).operation(parsed.buffer, operatorText.range)
    if operation == nil {
      let name = string(operatorText)
      report(
        .unknownOperator(name: name), operatorText.span, string(first),
        suggestion: NearestName.find(name, among: OperatorSpellings.of(.body).names))
    }
    guard let field = resolveField(first.range, relation: relation) else {
      let name = string(first)
      let known = relation.map { visibleNames(inRelation: $0) } ?? resource.visibleFieldNames
      report(
        .unknownField(name: name), first.span, name, suggestion: NearestName.find(name, among: known))
      return nil
    }
    guard let operation else { return nil }
    return ResolvedCriterion(
      field: field.field, keys: field.keys, operation: operation, connective: nil, written: node)
  }
}

/// The words after the field of an AnimeThemes key: `-gt`, `-or`, `-gt-or`, `-not`.
private struct KeySuffix {
  var field: Range<Int>
  var operation: Operator?
  var connective: ParsedConnective?
  var isNot = false

  /// Nil when the key has no known word after a dash.
  init?(_ bytes: [UInt8], _ key: Range<Int>) {
    let spellings = OperatorSpellings.of(.jsonAPIKeys)
    guard let (rest, last) = Self.splitLast(bytes, key, longest: spellings.longest) else { return nil }
    field = rest
    if bytes[last].elementsEqual("and".utf8) {
      connective = .and
    } else if bytes[last].elementsEqual("or".utf8) {
      connective = .or
    } else if bytes[last].elementsEqual("not".utf8) {
      isNot = true
    } else {
      guard let known = spellings.operation(bytes, last) else { return nil }
      operation = known
      return
    }
    if let (before, word) = Self.splitLast(bytes, rest, longest: spellings.longest),
      let known = spellings.operation(bytes, word)
    {
      field = before
      operation = known
    }
  }

  private static func splitLast(
    _ bytes: [UInt8], _ range: Range<Int>, longest: Int
  ) -> (rest: Range<Int>, last: Range<Int>)? {
    var index = range.upperBound - 1
    while index > range.lowerBound, range.upperBound - index - 1 <= longest {
      if bytes[index] == UInt8(ascii: "-") {
        return (range.lowerBound..<index, (index + 1)..<range.upperBound)
      }
      index -= 1
    }
    return nil
  }
}
