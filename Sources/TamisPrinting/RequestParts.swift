import TamisModel
import TamisPlanner

/// A query taken apart into what a request says and what the resource adds: conditions of named parameters, of
/// defaults that apply by themselves, and of scopes.
///
/// Planning puts the client's criteria first, then the conditions of the parameters that are given, then defaults,
/// then scopes, and a condition that stood there before is not repeated. So they are looked for from the end.
struct RequestParts {
  /// The client's criteria, as places of nodes.
  private(set) var members: [Int] = []
  private(set) var given: [(parameter: Int, text: String)] = []
  /// A value for each scope with which planning gives the same again.
  private(set) var scope: [String: String] = [:]

  private let planner: Planner
  private let query: Query
  private var rest: [(node: Int, predicate: Predicate)] = []
  private var isNever = false

  /// - Parameter scope: the values of the resource's scopes, where the caller knows them.
  init(
    _ query: Query, _ planner: Planner, _ dialect: QueryDialect, scope: [String: String]?
  ) throws(QueryError) {
    self.planner = planner
    self.query = query
    rest = Self.conjuncts(of: query).map { ($0, query.predicate(at: $0)) }
    isNever = rest.count == 1 && rest[0].predicate == .never
    try removeScopes(scope, dialect)
    let pending = removeDefaults()
    try removeGiven(pending, dialect)
    members = rest.map(\.node)
  }

  private static func conjuncts(of query: Query) -> [Int] {
    switch query.nodes.first?.kind {
    case .and: query.memberIndexes(of: 0)
    case .always, nil: []
    default: [0]
    }
  }

  // MARK: From the end

  private mutating func removeScopes(
    _ values: [String: String]?, _ dialect: QueryDialect
  ) throws(QueryError) {
    let planner = self.planner
    for (index, entry) in planner.resource.scopes.enumerated().reversed() {
      let candidates =
        entry.fixedValue.map { [$0] } ?? values.map { $0[entry.name].map { [$0] } ?? [] }
        ?? (isNever ? [ArgumentCandidates.any(entry.type)] : candidates(entry.type, entry.condition))
      let text = candidates.first { text in
        planner.condition(ofScope: index, value: text).map { remove($0, onlyUnwritten: true) || isNever }
          ?? false
      }
      guard let text else {
        throw Self.error("the request without the scope '\(entry.name)'", dialect)
      }
      scope[entry.name] = text
    }
  }

  /// The parameters whose default does not apply, and which therefore must be given.
  private mutating func removeDefaults() -> (required: Set<Int>, defaulted: Set<Int>) {
    var required: Set<Int> = []
    var defaulted: Set<Int> = []
    for (index, parameter) in planner.resource.parameters.enumerated().reversed() {
      if parameter.isRequired {
        required.insert(index)
      } else if let condition = planner.defaultCondition(ofParameter: index) {
        let count = rest.count
        if isNever || remove(condition) {
          if rest.count < count { defaulted.insert(index) }
        } else {
          required.insert(index)
        }
      }
    }
    return (required, defaulted)
  }

  private mutating func removeGiven(
    _ pending: (required: Set<Int>, defaulted: Set<Int>), _ dialect: QueryDialect
  ) throws(QueryError) {
    var required = pending.required
    var open = planner.resource.parameters.indices.filter { !pending.defaulted.contains($0) }
    // What must be given goes first; each of the others that stands at the end, in its turn.
    while let found = atEnd(open.filter(required.contains)) ?? atEnd(open.filter { !required.contains($0) }) {
      given.append(found)
      required.remove(found.parameter)
      open.removeAll { $0 == found.parameter }
    }
    for index in required.sorted().reversed() {
      guard let text = text(of: index, { $0.remove($1) || $0.isNever }) else {
        let name = planner.resource.parameters[index].name
        throw Self.error("the request without the parameter '\(name)'", dialect)
      }
      given.append((index, text))
    }
    given.reverse()
    if query.wantsCount { try addCount(dialect) }
  }

  /// The parameter that asks for the number of all records.
  private mutating func addCount(_ dialect: QueryDialect) throws(QueryError) {
    let parameters = planner.resource.parameters
    guard let index = parameters.firstIndex(where: \.asksForCount) else {
      throw Self.error("the number of all records", dialect)
    }
    given.removeAll { $0.parameter == index }
    given.append((index, "true"))
  }

  private mutating func atEnd(_ parameters: [Int]) -> (parameter: Int, text: String)? {
    guard !rest.isEmpty else { return nil }
    for index in parameters {
      let text = text(of: index) { parts, condition in
        let count = parts.rest.count
        return parts.remove(condition) && parts.rest.count < count
      }
      if let text { return (index, text) }
    }
    return nil
  }

  /// The first text of a parameter whose condition suits.
  private mutating func text(
    of index: Int, _ suits: (inout RequestParts, Predicate) -> Bool
  ) -> String? {
    let parameter = planner.resource.parameters[index]
    let candidates: [String] =
      switch parameter.meaning {
      case .value(let type, let condition):
        isNever ? [ArgumentCandidates.any(type)] : candidates(type, condition)
      case .choice(let choices, _): choices.map(\.name)
      case .flag: ["true", "false"]
      // What stands for lists and objects is written as criteria.
      case .list, .choices, .objects, .entries: []
      case .selecting: parameter.isRequired ? ["false"] : []
      case .ignored(let type): parameter.isRequired ? [ArgumentCandidates.any(type)] : []
      }
    for text in candidates {
      guard let condition = planner.condition(ofParameter: index, given: text) else { continue }
      var attempt = self
      if suits(&attempt, condition) {
        self = attempt
        return text
      }
    }
    return nil
  }

  /// Removes a condition's parts from the end; a part that stands further ahead was not repeated. False, and nothing
  /// removed, when a part is nowhere.
  ///
  /// - Parameter onlyUnwritten: what the client wrote is not removed, even if it stands at the end.
  private mutating func remove(_ condition: Predicate, onlyUnwritten: Bool = false) -> Bool {
    var left = rest
    for part in Self.parts(of: condition).reversed() {
      if let last = left.last, last.predicate == part, !(onlyUnwritten && isWritten(last.node)) {
        left.removeLast()
      } else if !left.contains(where: { $0.predicate == part }) {
        return false
      }
    }
    rest = left
    return true
  }

  private func isWritten(_ node: Int) -> Bool {
    query.nodes[node..<Int(query.nodes[node].end)].contains { query.span(of: $0).count > 0 }
  }

  private static func parts(of condition: Predicate) -> [Predicate] {
    switch condition {
    case .and(let parts): parts
    case .always: []
    case .never, .or, .not, .compare, .compareFields, .within, .member, .pattern, .isNull, .any,
      .jsonContains, .matches:
      [condition]
    }
  }

  // MARK: Arguments

  /// Texts that a condition's argument may have been, from the clauses on the fields that it is compared with.
  private func candidates(_ type: FieldType, _ condition: Condition) -> [String] {
    let candidates = ArgumentCandidates(type: type, offsetMinutes: planner.resource.offsetMinutes)
    return candidates.texts(of: condition, in: rest.reversed().map(\.predicate))
  }

  private static func error(_ clause: String, _ dialect: QueryDialect) -> QueryError {
    QueryError(
      Diagnostic(.notInDialect(clause: clause, dialect: dialect.rawValue, reason: nil), SourceSpan(0, 0)))
  }
}
