import TamisModel

/// What a request selects, computed from what its author meant: dates are intervals by their precision, lists and
/// ranges are what they say. Neither parser nor planner is asked.
public struct WrittenInterpreter: Sendable {
  private let reference: ReferenceInterpreter
  private let scope: [String: String]

  public init(_ generated: GeneratedResource) {
    reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
    scope = generated.scope
  }

  private var resource: Resource { reference.resource }

  public func answer(_ request: WrittenRequest) -> ReferenceAnswer {
    reference.answer(order: order(request), page: request.page) { truth(of: request, for: $0) }
  }

  // MARK: Order

  private func order(_ request: WrittenRequest) -> [SortKey] {
    // What is asked for has null as the largest value; the resource's own order says it itself.
    let asked = request.order?.map { ($0.field, $0.direction, SortOrder.Nulls.largest) }
    let written = asked ?? resource.defaultSort.map { ($0.field, $0.direction, $0.nulls) }
    let last = written.last?.1 ?? .ascending
    let names = written.map(\.0)
    let key = resource.fields.filter { $0.isPrimaryKey && !names.contains($0.name) }.map {
      ($0.name, last, SortOrder.Nulls.largest)
    }
    return (written + key).compactMap { name, direction, nulls in
      resource.field(named: name).map {
        SortKey(field: $0, direction: direction, nulls: placement(direction, nulls))
      }
    }
  }

  private func placement(_ direction: SortKey.Direction, _ nulls: SortOrder.Nulls) -> SortKey.NullPlacement {
    switch (nulls, direction) {
    case (.first, _), (.smallest, .ascending), (.largest, .descending): .first
    case (.last, _), (.smallest, .descending), (.largest, .ascending): .last
    }
  }

  // MARK: Filter

  private func truth(of request: WrittenRequest, for record: ReferenceRecord) -> Truth {
    .all(
      [truth(of: request.filter, in: ReferenceScope(record))]
        + resource.parameters.map { truth(of: $0, request, record) }
        + resource.scopes.map { truth(of: $0, record) })
  }

  private func truth(of filter: WrittenFilter, in scope: ReferenceScope) -> Truth {
    switch filter {
    case .clause(let clause): truth(of: clause, in: scope)
    case .all(let parts): .all(parts.map { truth(of: $0, in: scope) })
    case .some(let parts): .some(parts.map { truth(of: $0, in: scope) })
    case .not(let inner): truth(of: inner, in: scope).negated
    case .any(let relation, let inner):
      Truth(elements(relation, scope).contains { truth(of: inner, in: $0) == .yes })
    }
  }

  private func elements(_ relation: String, _ scope: ReferenceScope) -> [ReferenceScope] {
    scope.record.counted(relation).map { ReferenceScope($0) }
  }

  private func truth(of clause: WrittenClause, in scope: ReferenceScope) -> Truth {
    let value = scope.value(at: clause.path)
    switch clause.operation {
    case .equal: return equal(clause, value, scope)
    case .notEqual: return equal(clause, value, scope).negated
    case .less: return compare(value, clause) { $0 < .inside }
    case .lessOrEqual: return compare(value, clause) { $0 <= .inside }
    case .greater: return compare(value, clause) { $0 > .inside }
    case .greaterOrEqual: return compare(value, clause) { $0 >= .inside }
    case .isIn: return .some(clause.operands.map { isInside(value, $0) })
    case .isNotIn: return Truth.some(clause.operands.map { isInside(value, $0) }).negated
    case .between: return between(value, clause.operands[0], clause.operands[1])
    case .notBetween: return between(value, clause.operands[0], clause.operands[1]).negated
    case .like, .startsWith, .endsWith, .contains: return matches(value, clause, ignoresCase: false)
    case .notLike: return matches(value, clause, ignoresCase: false).negated
    case .likeIgnoringCase, .startsWithIgnoringCase, .endsWithIgnoringCase, .containsIgnoringCase:
      return matches(value, clause, ignoresCase: true)
    case .notLikeIgnoringCase: return matches(value, clause, ignoresCase: true).negated
    case .isNull: return isNull(clause, scope)
    case .isNotNull: return isNull(clause, scope).negated
    case .exists: return isNull(clause, scope).flipped(clause.flag)
    case .jsonContains: return contains(clause, scope)
    case .matches: return isFound(value, clause)
    case .notMatches: return isFound(value, clause).negated
    }
  }

  // MARK: Comparison

  private func equal(_ clause: WrittenClause, _ value: ReferenceValue, _ scope: ReferenceScope) -> Truth {
    if case .document = clause.operands[0].meaning { return contains(clause, scope) }
    return isInside(value, clause.operands[0])
  }

  /// Equal to a value, or inside an interval.
  private func isInside(_ value: ReferenceValue, _ operand: WrittenOperand) -> Truth {
    let bounds = Bounds(operand)
    return .all([order(value, bounds) { $0 >= .inside }, order(value, bounds) { $0 <= .inside }])
  }

  private func between(_ value: ReferenceValue, _ lower: WrittenOperand, _ upper: WrittenOperand) -> Truth {
    .all([order(value, Bounds(lower)) { $0 >= .inside }, order(value, Bounds(upper)) { $0 <= .inside }])
  }

  private func compare(
    _ value: ReferenceValue, _ clause: WrittenClause, _ test: (Place) -> Bool
  ) -> Truth {
    order(value, Bounds(clause.operands[0]), test)
  }

  private func order(_ value: ReferenceValue, _ bounds: Bounds, _ test: (Place) -> Bool) -> Truth {
    guard let place = bounds.place(of: value) else { return .unknown }
    return Truth(test(place))
  }

  // MARK: Others

  private func matches(_ value: ReferenceValue, _ clause: WrittenClause, ignoresCase: Bool) -> Truth {
    guard case .pattern(let like) = clause.operands[0].meaning else { return .unknown }
    return ReferenceScope.pattern(value, like, ignoresCase: ignoresCase)
  }

  private func isFound(_ value: ReferenceValue, _ clause: WrittenClause) -> Truth {
    guard case .pattern(let regex) = clause.operands[0].meaning else { return .unknown }
    return ReferenceScope.matches(value, regex)
  }

  private func isNull(_ clause: WrittenClause, _ scope: ReferenceScope) -> Truth {
    scope.truth(of: .isNull(clause.path, isNegated: false))
  }

  private func contains(_ clause: WrittenClause, _ scope: ReferenceScope) -> Truth {
    guard case .document(let part) = clause.operands[0].meaning else { return .unknown }
    return scope.truth(of: .jsonContains(clause.path, json: part.description, isNegated: false))
  }

  // MARK: Conditions of the resource

  private func truth(of parameter: Parameter, _ request: WrittenRequest, _ record: ReferenceRecord) -> Truth {
    let given = request.parameters.first { $0.parameter.name == parameter.name }?.operand
    return truth(of: parameter, given, ReferenceScope(record))
  }

  private func truth(of parameter: Parameter, _ given: WrittenOperand?, _ scope: ReferenceScope) -> Truth {
    if given == nil, let absent = parameter.absentCondition {
      return truth(of: absent, nil, scope, resource.fields)
    }
    switch parameter.meaning {
    case .value(_, let condition):
      return given.map { truth(of: condition, $0, scope, resource.fields) } ?? .yes
    case .choice(let choices, let fallback):
      let name = given?.text ?? fallback
      return choices.first { $0.name == name }.map { truth(of: $0.condition, nil, scope, resource.fields) }
        ?? .no
    case .flag(let whenTrue, let whenFalse, let defaultValue):
      let flag = given.map { $0.meaning == .value(.boolean(true)) } ?? defaultValue
      return truth(of: flag ? whenTrue : whenFalse, nil, scope, resource.fields)
    case .list(_, let condition):
      return given.map { truth(of: condition, $0, scope, resource.fields) } ?? .yes
    case .choices(let choices):
      guard case .array(let names) = given?.json else { return .yes }
      return .some(
        names.map { name in
          choices.first { .string($0.name) == name }
            .map { truth(of: $0.condition, nil, scope, resource.fields) } ?? .no
        })
    case .objects(let members):
      guard case .array(let objects) = given?.json, !objects.isEmpty else { return .yes }
      return .some(objects.map { truth(of: members, in: $0, scope) })
    case .entries(let name):
      guard case .object(let entries) = given?.json else { return .yes }
      return .all(
        entries.map { entry in
          let path = FieldPath(name, keys: [entry.name], reading: .sameType)
          guard case .string(let text) = entry.value else { return .unknown }
          return scope.truth(of: .compare(path, .equal, .text(text)))
        })
    case .selecting, .ignored: return .yes
    }
  }

  private func truth(of members: [Parameter], in object: JSONTree, _ scope: ReferenceScope) -> Truth {
    guard case .object(let given) = object else { return .unknown }
    return .all(
      members.map { member in
        let value = given.first { $0.name == member.name }?.value
        return truth(of: member, value.map(Self.operand), scope)
      })
  }

  private static func operand(_ json: JSONTree) -> WrittenOperand {
    var text = ""
    if case .string(let string) = json { text = string }
    return WrittenOperand(
      meaning: .value(json == .boolean(true) ? .boolean(true) : .text(Array(text.unicodeScalars))),
      text: text, json: json)
  }

  private func truth(of scope: Scope, _ record: ReferenceRecord) -> Truth {
    let text = self.scope[scope.name] ?? ""
    let operand = WrittenOperand(
      meaning: .value(OperandReading.value(text, scope.type, offsetMinutes: resource.offsetMinutes)),
      text: text,
      json: .null)
    return truth(
      of: scope.condition, operand, ReferenceScope(record), resource.fields)
  }

  private func truth(
    of condition: Condition, _ argument: WrittenOperand?, _ scope: ReferenceScope, _ fields: [Field]
  ) -> Truth {
    switch condition {
    case .always: return .yes
    case .never: return .no
    case .allOf(let parts): return .all(parts.map { truth(of: $0, argument, scope, fields) })
    case .anyOf(let parts): return .some(parts.map { truth(of: $0, argument, scope, fields) })
    case .not(let inner): return truth(of: inner, argument, scope, fields).negated
    case .isAmong(let name):
      guard case .array(let items) = argument?.json else { return .no }
      return .some(
        items.map { item in
          guard case .string(let text) = item else { return .unknown }
          return truth(of: .compare(name, .equal, .literal(text)), nil, scope, fields)
        })
    case .isNull(let name): return Truth((scope.values[name] ?? .null) == .null)
    case .isNotNull(let name): return Truth((scope.values[name] ?? .null) != .null)
    case .isIn(let name, let texts):
      return .some(texts.map { truth(of: .compare(name, .equal, .literal($0)), argument, scope, fields) })
    case .any(let relation, let inner, let minimum):
      let fields = scope.record.relations.first { $0.name == relation }?.fields ?? []
      let found = elements(relation, scope).filter { truth(of: inner, argument, $0, fields) == .yes }
      return Truth(found.count >= minimum)
    case .compare(let name, let comparison, let operand):
      return compare(name, comparison, operand, argument, scope, fields)
    }
  }

  private func compare(
    _ name: String, _ comparison: Comparison, _ operand: Condition.Operand, _ argument: WrittenOperand?,
    _ scope: ReferenceScope, _ fields: [Field]
  ) -> Truth {
    guard let field = fields.first(where: { $0.name == name }) else { return .unknown }
    var written: WrittenOperand?
    switch operand {
    case .argument: written = argument
    case .literal(let text):
      let value = OperandReading.value(text, field.type, offsetMinutes: resource.offsetMinutes)
      written = WrittenOperand(meaning: .value(value), text: text, json: .null)
    case .field(let other):
      return ReferenceScope.truth(of: comparison, scope.values[name] ?? .null, scope.values[other] ?? .null)
    }
    let operations: [Comparison: Operator] = [
      .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
      .greaterOrEqual: .greaterOrEqual,
    ]
    guard let written, let operation = operations[comparison] else { return .unknown }
    let clause = WrittenClause(field: field, path: FieldPath(name), operation: operation, operands: [written])
    return truth(of: clause, in: scope)
  }
}

/// Where a value stands to an operand: before its first instant, inside, or after its last.
private enum Place: Int, Comparable {
  case before
  case inside
  case after

  static func < (left: Place, right: Place) -> Bool { left.rawValue < right.rawValue }
}

private struct Bounds {
  var lower: ReferenceValue = .null
  /// The first value after the interval; nil for a single value.
  var end: ReferenceValue?

  init(_ operand: WrittenOperand) {
    switch operand.meaning {
    case .value(let value): lower = value
    case .interval(let floor, let end):
      lower = floor
      self.end = end
    case .pattern, .document: break
    }
  }

  /// Nil when the value is null, or of another kind.
  func place(of value: ReferenceValue) -> Place? {
    guard let order = value.order(lower) else { return nil }
    if order < 0 { return .before }
    guard let end else { return order == 0 ? .inside : .after }
    return (value.order(end) ?? 0) < 0 ? .inside : .after
  }
}

/// Text of a resource's own conditions.
enum OperandReading {
  static func value(_ text: String, _ type: FieldType, offsetMinutes: Int) -> ReferenceValue {
    switch type {
    case .boolean: .boolean(text == "true" || text == "1")
    case .integer, .bigInteger, .decimal:
      ReferenceValue(.number(text), as: type, offsetMinutes: offsetMinutes)
    case .text, .uuid, .date, .timestamp, .enumeration, .json:
      ReferenceValue(.string(text), as: type, offsetMinutes: offsetMinutes)
    }
  }
}
