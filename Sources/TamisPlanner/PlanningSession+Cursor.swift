import TamisModel
import TamisSyntax

/// Cursors and seeds: what is known of a place before the query is, and the place itself after it.
extension PlanningSession {
  mutating func readCursor(_ setting: ParsedPageSetting, _ name: String) {
    let value = setting.value
    guard value.kind == .urlText || value.kind == .jsonString else {
      let found = value.kind == .absent ? setting.name.span : value.text.span
      return report(.wrongShape(expected: "a cursor", found: JSONNoun.found(value.kind)), found, name)
    }
    guard let keyring = planner.cursors else { return report(.noCursorKey, value.text.span, name) }
    switch CursorToken.read(parsed.bytes(of: value.text), with: keyring) {
    case .success(let token):
      cursor = GivenCursor(
        token: token, boundary: boundary(token, setting.kind), name: name, span: value.text.span)
    case .failure(let fault): report(fault.problem, value.text.span, name)
    }
  }

  /// `page[after]` and `page[before]` say themselves on which side of the place the page lies.
  private func boundary(_ token: CursorToken, _ kind: ParsedPageSetting.Kind) -> KeysetBoundary {
    var boundary = token.boundary
    switch kind {
    case .after: boundary.side = .after
    case .before: boundary.side = .before
    case .cursor, .limit, .size, .offset, .number: break
    }
    return boundary
  }

  /// The seed is in the cursor, or comes from the server.
  mutating func checkSeed() {
    guard let random, cursor?.token.seed == nil, randomSeed == nil else { return }
    report(.missingSeed, random.span, "sort")
  }

  /// The planned query in its random order, and beside its place.
  func placed(_ planned: PlannedQuery) throws(QueryError) -> PlannedQuery {
    var query = planned.query
    if let random, let seed = cursor?.token.seed ?? randomSeed {
      query = query.shuffled(RandomOrder(seed: seed, position: random.position, span: random.span))
    }
    guard let cursor else { return planned.with(query) }
    guard cursor.token.belongs(to: query) else { throw refusal(.cursorOfOtherQuery, cursor) }
    guard let placed = query.beside(cursor.boundary) else {
      throw refusal(.invalidCursor(reason: "its values are not those of the order"), cursor)
    }
    return planned.with(placed)
  }

  private func refusal(_ problem: Problem, _ cursor: GivenCursor) -> QueryError {
    QueryError(
      Diagnostic(problem, cursor.span, parameter: cursor.name, serverAnswer: planner.cursorAnswer))
  }
}

extension Planner {
  /// What the real server says to a cursor that it can not use.
  fileprivate var cursorAnswer: ServerAnswer? {
    guard let compatibility else { return nil }
    switch compatibility.reading {
    case .namedParameters(let rules): return ServerAnswer(compatibility.system, status: rules.refusalStatus)
    case .declaredFilters, .keyChain, .guessedSuffixes: return nil
    }
  }
}
