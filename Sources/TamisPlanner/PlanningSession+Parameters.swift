import TamisModel
import TamisSyntax

/// Pass 3: named parameters, defaults and scopes: conditions of the resource, each ANDed around the whole.
extension PlanningSession {
  mutating func giveParameter(_ given: GivenParameter) {
    if givenParameters.contains(where: { $0.index == given.index }) {
      let name = displayName(given.name, given.spelling)
      return report(.repeatedParameter(name: name), given.span, name)
    }
    givenParameters.append(given)
  }

  /// Parameters that no part of the dialect claims belong to the resource, or to nobody.
  mutating func resolveParameters() {
    guard !parsed.isFilterOnly || !givenParameters.isEmpty else { return }
    for parameter in parsed.parameters {
      if parameter.name.restCount == 0,
        let index = resource.parameter(named: parsed.buffer, parameter.name.first.range)
      {
        let span = parameter.name.span.union(parameter.value.text.span)
        giveParameter(
          GivenParameter(
            index: index, value: parameter.value, span: span, name: parameter.name, spelling: nil))
      } else {
        reportUnknownParameter(displayName(parameter.name, nil), parameter.name.span)
      }
    }
    for given in givenParameters { apply(given) }
    if !planner.excludingParameters.isEmpty { checkExclusions() }
  }

  mutating func apply(_ given: GivenParameter) {
    apply(
      planner.parameters[given.index],
      GivenValue(value: given.value, span: given.span, name: displayName(given.name, given.spelling)))
  }

  /// A parameter's value, or that of a member inside it.
  struct GivenValue {
    var value: ParsedValue
    /// Name and value.
    var span: SourceSpan
    /// For diagnostics: the parameter's name, or a JSON pointer to the member.
    var name: String
  }

  mutating func apply(_ template: ParameterTemplate, _ given: GivenValue) {
    let value = given.value
    if value.kind == .jsonNull { return report(.nullOperand, value.text.span, given.name) }
    switch template.meaning {
    case .value(let type, let condition):
      guard let argument = argument(template.parameter, type, given) else { return }
      instantiate(condition, argument: argument, span: given.span)
    case .choice(let choices, _):
      guard let index = choice(template, value, given.name) else { return }
      instantiate(choices[index].condition, argument: nil, span: given.span)
    case .flag(let whenTrue, let whenFalse, _):
      guard let flag = flag(value, given.name) else { return }
      instantiate(flag ? whenTrue : whenFalse, argument: nil, span: given.span)
    case .list(let type, let condition): applyList(template, type, condition, given)
    case .choices(let choices): applyChoices(template, choices.map(\.condition), given)
    case .objects(let members): applyObjects(members, given)
    case .entries(let field): applyEntries(field, given)
    case .selecting(let fields):
      if flag(value, given.name) == true { addedFields += fields }
    case .ignored(let type):
      let argument = argument(template.parameter, type, given)
      if template.parameter.asksForCount, case .operand(let flag) = argument {
        wantsCount = flag.payload != 0
      }
    }
  }

  // MARK: Arguments

  /// A typed argument: an operand, or a date with its precision.
  enum Argument {
    case operand(Operand)
    case date(DateLiteral, FieldFacts.TypeClass)
    case list([Operand])
  }

  mutating func argument(_ parameter: Parameter, _ type: FieldType, _ given: GivenValue) -> Argument? {
    let (value, name) = (given.value, given.name)
    let typeClass = FieldFacts.TypeClass(type)
    guard checkShape(given, typeClass) else { return nil }
    switch value.kind {
    case .jsonTrue: return .operand(Operand(.boolean, number: 1))
    case .jsonFalse: return .operand(Operand(.boolean, number: 0))
    case .urlText, .absent, .list, .jsonString, .jsonNumber, .jsonNull, .jsonObject, .jsonArray: break
    }
    do {
      guard typeClass == .date || typeClass == .timestamp else {
        return .operand(
          try Coercion.scalar(
            typeClass, enumeration: Self.enumeration(of: type), &parsed.buffer, value.text.range,
            digitLimit: resource.limits.digits))
      }
      let literal = try Coercion.date(
        typeClass, parsed.buffer, value.text.range, offsetMinutes: resource.offsetMinutes)
      return instant(parameter, literal, value, name).map { .date($0, typeClass) }
    } catch {
      report(error, value.text, type: type, enumeration: Self.enumeration(of: type), name)
      return nil
    }
  }

  private static func enumeration(of type: FieldType) -> Enumeration? {
    if case .enumeration(let enumeration) = type { enumeration } else { nil }
  }

  /// Metronome: a full RFC 3339 date-time with its offset, compared as the instant it names.
  private mutating func instant(
    _ parameter: Parameter, _ literal: DateLiteral, _ value: ParsedValue, _ name: String
  ) -> DateLiteral? {
    guard parameter.needsInstant else { return literal }
    guard literal.precision >= .second, literal.hasOffset else {
      report(
        .invalidValue(
          text: string(value.text), type: "instant (RFC 3339 date-time)",
          reason: literal.precision < .second ? "it needs a time" : "it needs 'Z' or an offset"),
        value.text.span, name)
      return nil
    }
    var point = literal
    point.ceiling = literal.floor + 1
    return point
  }

  private mutating func checkShape(_ given: GivenValue, _ type: FieldFacts.TypeClass) -> Bool {
    let value = given.value
    let isFine: Bool
    switch value.kind {
    case .urlText: return true
    case .jsonString: isFine = type != .boolean && type != .integer
    case .jsonNumber: isFine = type == .integer || type == .decimal
    case .jsonTrue, .jsonFalse: isFine = type == .boolean
    case .absent, .list, .jsonObject, .jsonArray, .jsonNull: isFine = false
    }
    if !isFine {
      report(
        .wrongShape(expected: JSONNoun.expected(type), found: JSONNoun.found(value.kind)),
        value.kind == .absent ? given.span : value.text.span, given.name)
    }
    return isFine
  }

  private mutating func flag(_ value: ParsedValue, _ name: String) -> Bool? {
    switch value.kind {
    case .jsonTrue: return true
    case .jsonFalse: return false
    case .urlText:
      if let flag = Coercion.flag(parsed.buffer, value.text.range) { return flag }
      report(
        .invalidValue(text: string(value.text), type: FieldType.boolean.noun, reason: nil), value.text.span,
        name)
    case .absent, .list, .jsonString, .jsonNumber, .jsonNull, .jsonObject, .jsonArray:
      report(
        .wrongShape(expected: "true or false", found: JSONNoun.found(value.kind)), value.text.span, name)
    }
    return nil
  }

  mutating func choice(
    _ template: ParameterTemplate, _ value: ParsedValue, _ name: String
  ) -> Int? {
    guard value.kind == .urlText || value.kind == .jsonString else {
      report(.wrongShape(expected: "a string", found: JSONNoun.found(value.kind)), value.text.span, name)
      return nil
    }
    if let index = template.choice(parsed.bytes(of: value.text)) { return index }
    let text = string(value.text)
    let names = template.choices.map(\.name)
    report(
      .unknownCase(text: text, cases: names), value.text.span, name,
      suggestion: NearestName.find(text, among: names))
    return nil
  }

  // MARK: Defaults and scopes

  /// A parameter that is absent has the value the resource says, or is required.
  mutating func applyDefaults() {
    for index in planner.parametersWithDefault where !givenParameters.contains(where: { $0.index == index }) {
      let template = planner.parameters[index]
      if template.parameter.isRequired {
        let name = template.parameter.name
        report(.missingParameter(name: name), SourceSpan(0, 0), name)
      }
      applyDefault(index)
    }
  }

  mutating func applyDefault(_ index: Int) { applyDefault(planner.parameters[index]) }

  mutating func applyDefault(_ template: ParameterTemplate) {
    if let absent = template.absent { instantiate(absent, argument: nil, span: SourceSpan(0, 0)) }
    switch template.meaning {
    case .value, .list, .choices, .objects, .entries, .selecting, .ignored: break
    case .choice(let choices, let fallback):
      if let fallback {
        instantiate(choices[fallback].condition, argument: nil, span: SourceSpan(0, 0))
      }
    case .flag(let whenTrue, let whenFalse, let defaultValue):
      instantiate(defaultValue ? whenTrue : whenFalse, argument: nil, span: SourceSpan(0, 0))
    }
  }

  /// What the server restricts every query to.
  mutating func applyScopes(_ values: [String: String]) {
    guard !planner.scopes.isEmpty else { return }
    for (scope, template) in zip(resource.scopes, planner.scopes) {
      applyScope(scope, template, scope.fixedValue ?? values[scope.name])
    }
  }

  mutating func applyScope(_ scope: Scope, _ template: ConditionTemplate, _ text: String?) {
    guard let text, let argument = scopeArgument(text, scope.type) else {
      return report(.missingScope(name: scope.name), SourceSpan(0, 0))
    }
    instantiate(template, argument: argument, span: SourceSpan(0, 0))
  }

  private mutating func scopeArgument(_ text: String, _ type: FieldType) -> Argument? {
    let start = parsed.buffer.count
    parsed.buffer.append(contentsOf: text.utf8)
    let range = start..<parsed.buffer.count
    let typeClass = FieldFacts.TypeClass(type)
    if typeClass == .date || typeClass == .timestamp {
      return (try? Coercion.date(typeClass, parsed.buffer, range, offsetMinutes: resource.offsetMinutes))
        .map { .date($0, typeClass) }
    }
    return
      (try? Coercion.scalar(
        typeClass, enumeration: Self.enumeration(of: type), &parsed.buffer, range,
        digitLimit: resource.limits.digits)).map { .operand($0) }
  }

  // MARK: Instantiation

  /// Copies a template's nodes into the filter, with the argument in its places.
  mutating func instantiate(_ template: ConditionTemplate, argument: Argument?, span: SourceSpan) {
    if template.isAlways { return }
    let nodeShift = writer.nodes.count
    let textShift = parsed.buffer.count
    parsed.buffer.append(contentsOf: template.buffer)
    for node in template.nodes {
      copy(node, of: template, argument, span, textShift)
      // A leaf stays a leaf, so the subtrees keep their lengths.
      writer.nodes[writer.nodes.count - 1].end = UInt32(clamping: Int(node.end) + nodeShift)
    }
  }

  private mutating func copy(
    _ original: PredicateNode, of template: ConditionTemplate, _ argument: Argument?, _ span: SourceSpan,
    _ textShift: Int
  ) {
    var node = original
    node.span = span
    let operands = Query.operands(of: original, template.operands)
    if case .date(let literal, let type) = argument, operands.first?.kind == .argument {
      return writeDate(literal, node, type)
    }
    let start = writer.operands.count
    if case .list(let values) = argument, operands.first?.kind == .argument {
      writer.operands += values
    } else {
      for operand in operands { writer.operands.append(place(operand, argument, textShift)) }
    }
    writer.leaf(node, operandsFrom: start)
  }

  private func place(_ operand: Operand, _ argument: Argument?, _ textShift: Int) -> Operand {
    if operand.kind == .argument, case .operand(let given) = argument { return given }
    guard operand.hasText else { return operand }
    let range = operand.range
    return Operand(operand.kind, text: range.lowerBound + textShift..<range.upperBound + textShift)
  }
}
