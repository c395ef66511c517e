public import TamisModel
import TamisPlanner
public import TamisReport
public import TamisSQL
import TamisSyntax

extension QueryCompiler {
  /// How a request is understood, step by step, and what it becomes on each engine. It compiles the request anew,
  /// with more care for people than for time.
  ///
  ///     print(try compiler.explain("currency_ne=USD&created_at_lt=2024-02").text)
  ///
  /// - Parameter engines: the SQL dialects to show; those of the compiler when nil.
  /// - Throws: what `compile` throws.
  public func explain(
    _ query: String, dialect: QueryDialect? = nil, scope: [String: String] = [:],
    randomSeed: UInt64? = nil, engines: [SQLDialect]? = nil
  ) throws(QueryError) -> Explanation {
    try explain(
      bytes: Array(query.utf8), dialect: dialect, scope: scope, randomSeed: randomSeed, engines: engines)
  }

  /// The same for a request's bytes.
  public func explain(
    bytes: [UInt8], dialect: QueryDialect? = nil, scope: [String: String] = [:],
    randomSeed: UInt64? = nil, engines: [SQLDialect]? = nil
  ) throws(QueryError) -> Explanation {
    let dialect = dialect ?? resource.dialect
    let parsed = Parser.parse(
      bytes, as: dialect, limits: resource.limits, groups: resource.readsGroups, ownMembers: core.ownMembers,
      faithful: core.compatibility)
    let (planned, trace) = try planner.trace(
      parsed, dialect: dialect, scope: scope, randomSeed: randomSeed)
    let compiled = CompiledQuery(planned: planned, core: core, dialect: dialect)
    return compiled.explanation(
      request: bytes, parsed: parsed, trace: trace, engines: engines ?? core.emitters.map(\.dialect))
  }
}

extension CompiledQuery {
  /// The same for a query at hand, without what only the request's text tells: what was read, the dates' precision,
  /// and which defaults were applied.
  public func explain(engines: [SQLDialect] = SQLDialect.all) -> Explanation {
    explanation(request: nil, parsed: nil, trace: nil, engines: engines)
  }

  func explanation(
    request: [UInt8]?, parsed: ParsedQuery?, trace: PlanTrace?, engines: [SQLDialect]
  ) -> Explanation {
    var builder = ExplanationBuilder(planned, dialect: dialect)
    return builder.explanation(
      request: request, parsed: parsed, trace: trace, engines: engines,
      statement: { engine throws(QueryError) in try statement(for: engine) },
      indexes: { indexAdvice(for: $0) })
  }

  /// What the resource's indexes do for the query on an engine; nil for one whose indexes nothing is known of.
  ///
  ///     try compiler.compile("currency_eq=USD").indexAdvice(for: .postgreSQL)?.isFilterServed
  public func indexAdvice(for dialect: SQLDialect) -> IndexAdvice? {
    emitter(dialect).indexAdvice(for: query)
  }

  /// Why no record can be selected, whatever the records are; nil when nothing proves it. A server may answer with
  /// an empty page instead of asking its database; the statement is the same either way.
  public var emptiness: Emptiness? { planned.query.emptiness }
}
