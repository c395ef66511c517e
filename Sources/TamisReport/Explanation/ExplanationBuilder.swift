import TamisJSON
package import TamisModel
package import TamisPlanner
package import TamisSQL
package import TamisSyntax

/// Gathers an explanation from what compiling made, after the fact.
package struct ExplanationBuilder {
  private let planned: PlannedQuery
  private let dialect: QueryDialect
  private var notes: [Explanation.Note] = []

  package init(_ planned: PlannedQuery, dialect: QueryDialect) {
    self.planned = planned
    self.dialect = dialect
  }

  private var query: Query { planned.query }
  private var resource: Resource { query.resource }

  /// - Parameters:
  ///   - request: the request's bytes, and what the parser made of them, where they are at hand.
  ///   - statement: the statement of an engine; throws what the engine can not do.
  ///   - indexes: what the resource's indexes do for the query on an engine.
  package mutating func explanation(
    request: [UInt8]?, parsed: ParsedQuery?, trace: PlanTrace?, engines: [SQLDialect],
    statement: (SQLDialect) throws(QueryError) -> SQLStatement, indexes: (SQLDialect) -> IndexAdvice?
  ) -> Explanation {
    let typed = planned.typed.predicate
    if let trace { noteApplied(trace) }
    noteClauses()
    // A date is an interval to strict reading; a real server has its own way.
    if let request, trace?.isFaithful != true { noteDates(request) }
    noteEmptiness()
    noteOrder()
    if query.wantsCount { note(.count, "the number of all records was asked for, beside the page") }
    return Explanation(
      resource: resource.name, dialect: dialect, request: request,
      parsed: parsed.map { ParsedOutline($0).lines } ?? [], typed: typed, passes: Self.passes(typed),
      query: query, engines: engines.map { explain($0, statement, indexes) }, notes: notes,
      warnings: planned.warnings)
  }

  private static func passes(_ typed: Predicate) -> [Explanation.Pass] {
    var previous = typed
    return PredicatePasses.run(typed).map { pass in
      defer { previous = pass.result }
      return Explanation.Pass(name: pass.name, result: pass.result == previous ? nil : pass.result)
    }
  }

  private func explain(
    _ engine: SQLDialect, _ statement: (SQLDialect) throws(QueryError) -> SQLStatement,
    _ indexes: (SQLDialect) -> IndexAdvice?
  ) -> Explanation.EngineStatement {
    let isAsked = !resource.indexes.isEmpty || !resource.requiredIndexes.isEmpty
    let advice = isAsked ? indexes(engine) : nil
    do {
      return Explanation.EngineStatement(
        engine: engine.name, statement: try statement(engine), problems: [], indexes: advice)
    } catch {
      return Explanation.EngineStatement(
        engine: engine.name, statement: nil, problems: error.diagnostics, indexes: advice)
    }
  }

  private mutating func note(
    _ kind: Explanation.Note.Kind, _ message: String, _ spans: [SourceSpan] = []
  ) {
    let places = spans.filter { $0 != SourceSpan(0, 0) }
    let note = Explanation.Note(kind: kind, message: message, spans: places)
    if !notes.contains(note) { notes.append(note) }
  }

  // MARK: Applied by the resource

  private mutating func noteApplied(_ trace: PlanTrace) {
    for applied in trace.defaults {
      note(
        .defaultParameter,
        "the parameter '\(Escaping.text(applied.parameter))' is absent, so its default "
          + "'\(Escaping.text(applied.value))' was applied"
          + (applied.restricts ? "" : ", which leaves no record out"))
    }
    for scope in trace.scopes {
      note(.scope, "the scope '\(Escaping.text(scope))' was put around the whole; no request widens it")
    }
    if !trace.hasPageSize {
      note(.defaultPage, "no page size was asked for: \(query.page.limit) records, the resource's default")
    }
  }

  private mutating func noteOrder() {
    if query.hasDefaultSort {
      note(.defaultOrder, "no order was asked for, so the resource's default was applied")
    }
    let written = query.hasDefaultSort ? resource.defaultSort.count : nil
    let keys = query.sort.map(\.field)
    if keys.count > 1 || written == 0, let last = keys.last, resource.primaryKey.contains(last) {
      note(.totalOrder, "the primary key ends the order, so that it is the same on every page")
    }
  }

  private mutating func noteEmptiness() {
    if let emptiness = query.emptiness {
      for contradiction in emptiness.contradictions {
        note(
          .empty, "no record can be selected: \(Escaping.text(contradiction.message))", contradiction.spans)
      }
    }
    for contradiction in query.deadParts {
      note(
        .deadAlternative,
        "this alternative selects nothing: \(Escaping.text(contradiction.message))", contradiction.spans)
    }
  }

  // MARK: Clauses

  private mutating func noteClauses() {
    var quantified: [FieldID: [SourceSpan]] = [:]
    for node in query.nodes {
      switch node.kind {
      case .compare: if node.comparison == .notEqual { noteNull(node) }
      case .within, .member: if node.isNegated { noteNull(node) }
      case .pattern: notePattern(node)
      case .matches: noteRegex(node)
      case .any: if !node.isNegated { quantified[node.other, default: []].append(node.span) }
      case .and, .or, .not, .always, .never, .compareFields, .isNull, .jsonContains: break
      }
    }
    for (relation, spans) in quantified.sorted(by: { $0.key.index < $1.key.index }) where spans.count > 1 {
      let name = Escaping.text(resource.relationName(relation.index))
      note(.ownElement, "each of these may be satisfied by another element of '\(name)'", spans)
    }
  }

  private func name(_ node: PredicateNode) -> String {
    let path = ([resource.field(node.field).name] + query.keys(of: node)).joined(separator: ".")
    return Escaping.text(path)
  }

  private mutating func noteNull(_ node: PredicateNode) {
    guard node.hasPath || resource.field(node.field).isNullable else { return }
    note(.nullIsLeftOut, "records whose '\(name(node))' is null are left out here", [node.span])
  }

  private mutating func noteRegex(_ node: PredicateNode) {
    if node.isNegated { noteNull(node) }
    if let pattern = query.operand(of: node, 0), query.bytes(of: pattern).starts(with: "(?i)".utf8) {
      note(.asciiCase, "letters A to Z match in either case, everything else exactly", [node.span])
    }
    note(.noIndex, "an ordinary index does not serve this pattern", [node.span])
  }

  private mutating func notePattern(_ node: PredicateNode) {
    if node.isNegated { noteNull(node) }
    if node.ignoresCase {
      note(.asciiCase, "letters A to Z match in either case, everything else exactly", [node.span])
    }
    guard let operand = query.operand(of: node, 0) else { return }
    let kind = TextPattern.classify(query.buffer, operand.range)
    let isRange = !node.ignoresCase && !node.isNegated && !node.hasPath
    switch kind {
    case .prefix where isRange, .exact where isRange:
      note(.prefixByIndex, "this prefix is a range of '\(name(node))', which an index can serve", [node.span])
    case .exact, .everything, .prefix, .suffix, .contains, .general:
      note(.noIndex, "an ordinary index does not serve this pattern", [node.span])
    }
  }
}

// MARK: - Dates

extension ExplanationBuilder {
  /// What a date's precision makes of it, wherever a clause has one.
  private mutating func noteDates(_ request: [UInt8]) {
    let source = RequestSource(request, isBody: dialect == .body)
    var seen: Set<SourceSpan> = []
    for node in query.nodes where node.span != SourceSpan(0, 0) {
      let type = resource.field(node.field).type
      guard type == .date || type == .timestamp, node.kind == .compare || node.kind == .within,
        seen.insert(node.span).inserted
      else { continue }
      for text in source.values(at: node.span) { noteDate(text, isDate: type == .date, node.span) }
    }
  }

  private mutating func noteDate(_ text: [UInt8], isDate: Bool, _ span: SourceSpan) {
    let offset = isDate ? 0 : resource.offsetMinutes
    guard let literal = try? DateLiteral.read(text, 0..<text.count, offsetMinutes: offset),
      literal.precision.noun != nil, !isDate || literal.precision < .day
    else { return }
    let floor = Self.shown(literal.floor, isDate)
    let ceiling = Self.shown(literal.ceiling, isDate)
    note(
      .datePrecision,
      "'\(Escaping.text(String(decoding: text, as: UTF8.self)))' has the precision of a "
        + "\(literal.precision.noun ?? ""): the interval [\(floor), \(ceiling))",
      [span])
  }

  /// The end of the last interval is the year 10000.
  private static func shown(_ microseconds: Int64, _ isDate: Bool) -> String {
    if microseconds >= Timestamp.end { return "the end of 9999" }
    let days = Timestamp.floorDivide(microseconds, Timestamp.microsecondsPerDay)
    return isDate
      ? CalendarDate(daysSinceEpoch: days).description
      : Timestamp(microseconds: microseconds).description
  }
}

extension DateLiteral.Precision {
  /// Nil for an instant.
  fileprivate var noun: String? {
    switch self {
    case .year: "year"
    case .month: "month"
    case .day: "day"
    case .hour: "hour"
    case .minute: "minute"
    case .second: "second"
    case .fraction: nil
    }
  }
}
