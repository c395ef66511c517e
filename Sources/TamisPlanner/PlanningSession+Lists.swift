import TamisModel
import TamisSyntax

/// Parameters that are lists, arrays of objects and maps, and what they exclude.
extension PlanningSession {
  // MARK: Lists

  mutating func applyList(
    _ template: ParameterTemplate, _ type: FieldType, _ condition: ConditionTemplate, _ given: GivenValue
  ) {
    guard let items = items(of: given) else { return }
    var operands: [Operand] = []
    for (index, item) in items.enumerated() {
      let value = GivenValue(value: item, span: item.text.span, name: itemName(given, index))
      if item.kind == .jsonNull {
        report(.nullOperand, item.text.span, value.name)
      } else if case .operand(let operand) = argument(template.parameter, type, value) {
        operands.append(operand)
      }
    }
    instantiate(condition, argument: .list(operands), span: given.span)
  }

  /// One of the named conditions.
  mutating func applyChoices(
    _ template: ParameterTemplate, _ conditions: [ConditionTemplate], _ given: GivenValue
  ) {
    guard let items = items(of: given) else { return }
    let group = openGroup(.or, given.span)
    for (index, item) in items.enumerated() {
      if item.kind == .jsonNull {
        report(.nullOperand, item.text.span, itemName(given, index))
      } else if let choice = choice(template, item, itemName(given, index)) {
        write(conditions[choice], item.text.span)
      }
    }
    writer.close(group)
  }

  /// Of a query string what stands between commas; of a body an array's items.
  private mutating func items(of given: GivenValue) -> [ParsedValue]? {
    guard let range = listed(given.value) else {
      reportShape("an array", given)
      return nil
    }
    let items = Array(parsed.items[range])
    let limit = resource.limits.listItems
    if items.count > limit { report(.tooManyItems(limit: limit), items[limit].text.span, given.name) }
    return Array(items.prefix(limit))
  }

  /// Where the items of a list stand; nil for what is none.
  private mutating func listed(_ value: ParsedValue) -> Range<Int>? {
    switch value.kind {
    case .urlText: parsed.split(value, at: .comma).items
    case .list, .jsonArray: value.items
    case .absent, .jsonString, .jsonNumber, .jsonTrue, .jsonFalse, .jsonNull, .jsonObject: nil
    }
  }

  /// `/filters/0`; of a query string the parameter's name.
  private func itemName(_ given: GivenValue, _ index: Int) -> String {
    given.value.kind == .jsonArray ? pointer(given.name, String(index)) : given.name
  }

  private func pointer(_ name: String, _ step: String) -> String {
    let escaped = step.replacing("~", with: "~0").replacing("/", with: "~1")
    return (name.hasPrefix("/") ? name : "/" + name) + "/" + escaped
  }

  private mutating func reportShape(_ expected: String, _ given: GivenValue) {
    let span = given.value.kind == .absent ? given.span : given.value.text.span
    report(.wrongShape(expected: expected, found: JSONNoun.found(given.value.kind)), span, given.name)
  }

  private mutating func openGroup(_ kind: PredicateNode.Kind, _ span: SourceSpan) -> Int {
    var node = PredicateNode(kind: kind)
    node.span = span
    return writer.open(node)
  }

  /// A condition that may be TRUE, which is a member of a group all the same.
  private mutating func write(_ condition: ConditionTemplate, _ span: SourceSpan) {
    if condition.isAlways { return writer.leaf(PredicateNode(kind: .always)) }
    instantiate(condition, argument: nil, span: span)
  }

  // MARK: Objects

  /// Objects are joined by OR, the members of one by AND.
  mutating func applyObjects(_ members: [ParameterTemplate], _ given: GivenValue) {
    guard given.value.kind == .jsonArray else { return reportShape("an array of objects", given) }
    let objects = Array(parsed.items[given.value.items])
    guard !objects.isEmpty else {
      // Metronome: an empty list of filters states no condition.
      return ignore(.emptyFilter(name: given.name), given.span, given.name)
    }
    let group = openGroup(.or, given.span)
    for (index, object) in objects.enumerated() {
      let value = GivenValue(value: object, span: object.text.span, name: itemName(given, index))
      if admitsClause(object.text.span) { applyObject(members, value) }
    }
    writer.close(group)
  }

  private mutating func applyObject(_ members: [ParameterTemplate], _ given: GivenValue) {
    guard given.value.kind == .jsonObject else { return reportShape("an object", given) }
    let group = openGroup(.and, given.span)
    var isGiven = members.map { _ in false }
    for (name, value) in entries(of: given.value) {
      let text = string(name.text)
      let pointer = pointer(given.name, text)
      guard let index = members.firstIndex(where: { $0.parameter.name == text }) else {
        reportUnknownMember(text, pointer, name, value, members)
        continue
      }
      isGiven[index] = true
      let span = name.text.span.union(value.text.span)
      if admitsClause(span) { apply(members[index], GivenValue(value: value, span: span, name: pointer)) }
    }
    for (index, member) in members.enumerated() where !isGiven[index] {
      if member.parameter.isRequired {
        report(
          .missingParameter(name: member.parameter.name), given.span,
          pointer(given.name, member.parameter.name))
      }
      applyDefault(member)
    }
    writer.close(group)
  }

  private mutating func reportUnknownMember(
    _ name: String, _ pointer: String, _ written: ParsedValue, _ value: ParsedValue,
    _ members: [ParameterTemplate]
  ) {
    let suggestion = NearestName.find(name, among: members.map(\.parameter.name))
    if planner.policy == .faithful {
      ignore(
        .unknownParameter(name: name), written.text.span.union(value.text.span), pointer,
        suggestion: suggestion)
    } else {
      report(.unknownParameter(name: name), written.text.span, pointer, suggestion: suggestion)
    }
  }

  /// Names and values in turn.
  private func entries(of object: ParsedValue) -> [(name: ParsedValue, value: ParsedValue)] {
    let range = object.items.clamped(to: parsed.items.indices)
    return stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).map {
      (parsed.items[$0], parsed.items[$0 + 1])
    }
  }

  /// A map of texts: the field's document has every one of them.
  mutating func applyEntries(_ field: FieldID, _ given: GivenValue) {
    guard given.value.kind == .jsonObject else { return reportShape("an object of strings", given) }
    let group = openGroup(.and, given.span)
    for (name, value) in entries(of: given.value) {
      let key = pointer(given.name, string(name.text))
      guard value.kind == .jsonString else {
        reportShape("a string", GivenValue(value: value, span: value.text.span, name: key))
        continue
      }
      let span = name.text.span.union(value.text.span)
      if admitsClause(span) { writeEntry(field, name.text, value.text, span) }
    }
    writer.close(group)
  }

  private mutating func writeEntry(
    _ field: FieldID, _ key: ParsedText, _ text: ParsedText, _ span: SourceSpan
  ) {
    var node = PredicateNode(kind: .compare)
    node.field = field
    node.reading = .sameType
    node.path = UInt32(clamping: writer.operands.count)
    node.span = span
    writer.operands.append(Operand(.path, text: key.range))
    writer.leaf(node, Operand(.text, text: text.range))
  }

  private mutating func admitsClause(_ span: SourceSpan) -> Bool {
    criterionCount += 1
    let limit = resource.limits.clauses
    if criterionCount == limit + 1 { report(.tooManyClauses(limit: limit), span) }
    return criterionCount <= limit
  }

  // MARK: Exclusions

  mutating func checkExclusions() {
    for index in planner.excludingParameters {
      let template = planner.parameters[index]
      let own = givenParameters.first { $0.index == index }
      for exclusion in template.parameter.exclusions where applies(exclusion, template, own) {
        for other in givenParameters where exclusion.others.contains(name(of: other)) {
          report(
            .conflictingParameters(name: template.parameter.name, other: name(of: other)),
            own?.span ?? other.span, template.parameter.name)
        }
      }
    }
  }

  private func name(of given: GivenParameter) -> String { planner.parameters[given.index].parameter.name }

  private mutating func applies(
    _ exclusion: Parameter.Exclusion, _ template: ParameterTemplate, _ given: GivenParameter?
  ) -> Bool {
    guard let wanted = exclusion.choice else { return given != nil }
    switch template.meaning {
    case .choice(let choices, let fallback):
      let index = given.map { template.choice(parsed.bytes(of: $0.value.text)) } ?? fallback
      return index.map { choices[$0].name == wanted } ?? false
    case .choices(let choices):
      guard let given, let items = listed(given.value) else { return false }
      return parsed.items[items].contains { item in
        template.choice(parsed.bytes(of: item.text)).map { choices[$0].name == wanted } ?? false
      }
    case .value, .flag, .list, .objects, .entries, .selecting, .ignored: return false
    }
  }
}
