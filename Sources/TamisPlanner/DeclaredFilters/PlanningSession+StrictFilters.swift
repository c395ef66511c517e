import TamisModel
import TamisSyntax

/// Declared filters under the strict policy: the same keys, with typed values, literal text, and a report for whatever
/// can not be read. What fields and operators say by themselves is not read here.
extension PlanningSession {
  /// Whether the criterion is a declared filter's, and has been seen to.
  mutating func readDeclared(_ node: ParsedFilterNode) -> Bool {
    guard let table = planner.strictFilters, openRelation == nil else { return false }
    let path = parsed.allSegments(of: node.name).map { string($0) }
    var unread: ParsedText?
    for test in table.properties[path[0]] ?? [] {
      if write(test, node, rest: path.dropFirst()) { return true }
    }
    for parameter in table.parameters where path.starts(with: parameter.path) {
      if write(parameter.test, node, rest: path.dropFirst(parameter.path.count)) { return true }
      unread = parsed.rest(of: node.name).dropFirst(parameter.path.count - 1).first ?? node.name.first
    }
    guard resolveField(node.name.first.range) == nil else { return false }
    if unread == nil, refusesProperty(path, node) { return true }
    guard let unread else { return false }
    report(.unknownOperator(name: string(unread)), unread.span, displayName(node.name, node.spelling))
    return true
  }

  /// `search[nmae]`: a key of which there is one for each property, though not for this one.
  private mutating func refusesProperty(_ path: [String], _ node: ParsedFilterNode) -> Bool {
    let siblings = (planner.strictFilters?.parameters ?? []).filter { $0.path[0] == path[0] }
    guard !siblings.isEmpty else { return false }
    let display = displayName(node.name, node.spelling)
    guard path.count > 1, let second = parsed.rest(of: node.name).first else {
      report(.wrongShape(expected: "\(path[0])[property]", found: display), node.name.span, display)
      return true
    }
    report(
      .unknownField(name: path[1]), second.span, display,
      suggestion: NearestName.find(path[1], among: siblings.compactMap { $0.path.dropFirst().first }))
    return true
  }

  /// What the parameters mean that the request does not have.
  mutating func applyDeclaredDefaults() {
    guard let table = planner.strictFilters else { return }
    for parameter in table.parameters {
      guard let text = parameter.defaultValue, !hasCriterion(parameter.path) else { continue }
      let start = parsed.buffer.count
      parsed.buffer.append(contentsOf: text.utf8)
      let place = ParsedText(start: start, end: parsed.buffer.count, span: SourceSpan(0, 0))
      let node = ParsedFilterNode(
        kind: .criterion, spelling: .bracket, end: 0, name: .none(SourceSpan(0, 0)),
        value: ParsedValue(kind: .urlText, text: place), span: SourceSpan(0, 0))
      _ = write(parameter.test, node, rest: [])
    }
  }

  private func hasCriterion(_ path: [String]) -> Bool {
    parsed.filter.contains { node in
      node.kind == .criterion && parsed.allSegments(of: node.name).map { string($0) }.starts(with: path)
    }
  }

  // MARK: Tests

  /// Whether the test reads this form of its parameter: `rest` is what follows its key. Recursion is bounded by the
  /// declaration.
  private mutating func write(
    _ test: DeclaredFilterTable.Test, _ node: ParsedFilterNode, rest: ArraySlice<String>
  ) -> Bool {
    switch test {
    case .exact(let property): writeEquality(property, node, rest)
    case .text(let property, let strategy): writeSearch(property, strategy, node, rest)
    case .comparison(let property): writeComparison(property, node, rest)
    case .or: refuseDisjunction(node)
    case .group(let tests): writeTests(tests, node, rest)
    case .sort(let property, let nulls): addDeclaredOrder(property, nulls, node, rest)
    case .date(let property, let nulls): writeDate(property, nulls, node, rest)
    case .exists(let property): writeExistence(property, node, rest)
    }
  }

  private func isList(_ rest: ArraySlice<String>) -> Bool { rest.allSatisfy(\.isEmpty) }

  private func target(_ property: DeclaredFilterTable.Property) -> FilterTarget? {
    if case .field(let target) = property.subject { target } else { nil }
  }

  private mutating func write(
    _ operation: Operator, _ target: FilterTarget, _ node: ParsedFilterNode, _ value: ParsedValue? = nil
  ) {
    var written = node
    if let value { written.value = value }
    writeDeclared(
      ResolvedCriterion(field: target.field, operation: operation, connective: nil, written: written))
  }

  private mutating func writeEquality(
    _ property: DeclaredFilterTable.Property, _ node: ParsedFilterNode, _ rest: ArraySlice<String>
  ) -> Bool {
    guard isList(rest), let target = target(property) else { return false }
    var value = node.value
    if let prefix = property.iriPrefix {
      value.text = identifier(value.text, prefix)
      for index in value.items { parsed.items[index].text = identifier(parsed.items[index].text, prefix) }
    }
    write(.equal, target, node, value)
    return true
  }

  private func identifier(_ text: ParsedText, _ prefix: String) -> ParsedText {
    guard parsed.bytes(of: text).starts(with: prefix.utf8) else { return text }
    return ParsedText(start: Int(text.start) + prefix.utf8.count, end: Int(text.end), span: text.span)
  }

  private mutating func writeComparison(
    _ property: DeclaredFilterTable.Property, _ node: ParsedFilterNode, _ rest: ArraySlice<String>
  ) -> Bool {
    let known: [String: Operator] = [
      "gt": .greater, "gte": .greaterOrEqual, "lt": .less, "lte": .lessOrEqual, "ne": .notEqual,
      "between": .between,
    ]
    guard rest.count == 1, let operation = rest.first.flatMap({ known[$0] }), let target = target(property)
    else { return false }
    write(operation, target, node)
    return true
  }

  private mutating func writeDate(
    _ property: DeclaredFilterTable.Property, _ nulls: DateNullStrategy, _ node: ParsedFilterNode,
    _ rest: ArraySlice<String>
  ) -> Bool {
    let known: [String: Operator] = [
      "before": .lessOrEqual, "strictly_before": .less, "after": .greaterOrEqual, "strictly_after": .greater,
    ]
    guard rest.count == 1, let operation = rest.first.flatMap({ known[$0] }), let target = target(property)
    else { return false }
    // A comparison leaves null out by itself.
    guard nulls.includes(before: operation == .less || operation == .lessOrEqual) else {
      write(operation, target, node)
      return true
    }
    let group = writer.open(PredicateNode(kind: .or))
    write(operation, target, node)
    var absent = node.value
    absent.kind = .absent
    write(.isNull, target, node, absent)
    writer.close(group)
    return true
  }

  private mutating func writeExistence(
    _ property: DeclaredFilterTable.Property, _ node: ParsedFilterNode, _ rest: ArraySlice<String>
  ) -> Bool {
    guard rest.isEmpty else { return false }
    switch property.subject {
    case .field(let target): write(.exists, target, node)
    case .relation(let path): writeExistence(path, node)
    }
    return true
  }

  private mutating func writeExistence(_ path: [Int], _ node: ParsedFilterNode) {
    let isEmpty = node.value.kind == .absent || node.value.text.isEmpty
    guard let relation = path.last,
      let flag = isEmpty ? true : Coercion.flag(parsed.buffer, node.value.text.range)
    else {
      let name = displayName(node.name, node.spelling)
      return report(
        .invalidValue(text: string(node.value.text), type: FieldType.boolean.noun, reason: nil),
        node.value.text.span, name)
    }
    var quantifier = PredicateNode(kind: .any)
    quantifier.isNegated = !flag
    quantifier.span = node.span
    let opened = writer.openQuantifiers(
      quantifier, to: relation, from: nil, planner.resource, buffer: &parsed.buffer)
    writer.leaf(PredicateNode(kind: .always))
    writer.closeQuantifiers(from: opened)
  }

  // MARK: Groups

  /// The tests of several properties: one has to hold where they are joined by OR, else all of them.
  private mutating func writeTests(
    _ tests: [DeclaredFilterTable.Test], _ node: ParsedFilterNode, _ rest: ArraySlice<String>
  ) -> Bool {
    let inner = tests.map { test in
      if case .or(let inner) = test { (inner, true) } else { (test, false) }
    }
    // What the first of them is joined by has no effect.
    let isDisjunction = inner.dropFirst().contains { $0.1 }
    guard inner.dropFirst().allSatisfy({ $0.1 == isDisjunction }) else { return refuseDisjunction(node) }
    let group = writer.open(PredicateNode(kind: isDisjunction ? .or : .and))
    let isRead = inner.reduce(true) { isRead, test in write(test.0, node, rest: rest) && isRead }
    writer.close(group)
    if !isRead { writer.nodes.removeAll(from: group) }
    return isRead
  }

  /// OR with everything that comes before would undo what another parameter asks for.
  private mutating func refuseDisjunction(_ node: ParsedFilterNode) -> Bool {
    report(
      .notSupported(feature: "a parameter that is joined by OR to all others"), node.name.span,
      displayName(node.name, node.spelling))
    return true
  }

  // MARK: Text

  private mutating func writeSearch(
    _ property: DeclaredFilterTable.Property, _ strategy: SearchStrategy, _ node: ParsedFilterNode,
    _ rest: ArraySlice<String>
  ) -> Bool {
    guard isList(rest), let target = target(property) else { return false }
    let values = node.value.kind == .list ? parsed.items[node.value.items] : [node.value]
    let name = displayName(node.name, node.spelling)
    guard values.count <= resource.limits.listItems else {
      report(.tooManyItems(limit: resource.limits.listItems), node.span, name)
      return true
    }
    let quantifier = openQuantifiers(planner.facts[target.field.index], span: node.span)
    let group = writer.open(PredicateNode(kind: .or))
    for value in values {
      guard value.kind == .urlText else {
        report(.wrongShape(expected: "a text", found: JSONNoun.found(value.kind)), node.span, name)
        continue
      }
      guard value.text.range.count <= resource.limits.patternBytes else {
        report(.patternTooLong(limit: resource.limits.patternBytes), value.text.span, name)
        continue
      }
      writePatterns(strategy, target, value, node.span)
    }
    writer.close(group)
    if let quantifier { writer.closeQuantifiers(from: quantifier) }
    return true
  }

  private mutating func writePatterns(
    _ strategy: SearchStrategy, _ target: FilterTarget, _ value: ParsedValue, _ span: SourceSpan
  ) {
    for (leading, trails) in strategy.place.patterns {
      var leaf = PredicateNode(kind: .pattern)
      leaf.field = target.field
      leaf.ignoresCase = strategy.ignoresCase
      leaf.span = span
      let operand = PatternReader.text(
        &parsed.buffer, value.text.range, leading: leading, trails: trails, hasWildcards: false)
      writer.leaf(leaf, operand)
    }
  }

  // MARK: Order

  private mutating func addDeclaredOrder(
    _ property: DeclaredFilterTable.Property, _ nulls: SortOrder.Nulls?, _ node: ParsedFilterNode,
    _ rest: ArraySlice<String>
  ) -> Bool {
    guard rest.isEmpty, let target = target(property) else { return false }
    let name = displayName(node.name, node.spelling)
    if isInGroup {
      report(.parameterInGroup(name: name), node.name.span, name)
      return true
    }
    guard let direction = SortKey.Direction(word: string(node.value.text)) else {
      report(
        .invalidValue(text: string(node.value.text), type: "direction", reason: "it is 'asc' or 'desc'"),
        node.value.text.isEmpty ? node.span : node.value.text.span, name)
      return true
    }
    declaredOrder.append(
      SortKey(field: target.field, direction: direction, nulls: (nulls ?? .largest).placement(direction)))
    return true
  }
}

extension DateNullStrategy {
  /// Whether an operator of the family takes in what has no date.
  func includes(before isBefore: Bool) -> Bool {
    switch self {
    case .none, .exclude, .excludeEach: false
    case .includeBefore: isBefore
    case .includeAfter: !isBefore
    case .includeBeforeAndAfter: true
    }
  }
}

extension SortKey.Direction {
  /// `asc` or `desc`, in any letter case.
  init?(word: String) {
    switch word.asciiLowercased {
    case "asc": self = .ascending
    case "desc": self = .descending
    default: return nil
    }
  }
}

extension SearchStrategy.Place {
  /// The patterns of a text: what stands before it, and whether anything may follow.
  var patterns: [(leading: [UInt8], trails: Bool)] {
    let run = TextPattern.anyRun
    switch self {
    case .exact: return [([], false)]
    case .partial: return [([run], true)]
    case .start: return [([], true)]
    case .end: return [([run], false)]
    case .wordStart: return [([], true), ([run, UInt8(ascii: " ")], true)]
    }
  }
}
