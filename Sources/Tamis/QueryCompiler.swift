@_exported public import TamisModel
import TamisPlanner
@_exported public import TamisPrinting
@_exported public import TamisSQL
import TamisSyntax

/// Compiles the list requests of one endpoint. Made once at start-up, shared by all requests.
///
///     let compiler = QueryCompiler(resource: balances)
///     let query = try compiler.compile("currency_eq=USD&created_at_gte=2024-01-01")
///     let statement = try query.statement(for: .postgreSQL)
public struct QueryCompiler: Sendable {
  let core: CompilerCore

  /// Everything about the resource is resolved here, so that a request only looks things up.
  ///
  /// - Parameters:
  ///   - engines: the SQL dialects that statements will be asked for.
  ///   - cursors: the keys of a resource that is paged by cursors; without them it neither reads nor writes any.
  ///   - cachedShapes: how many statements are kept for each engine, by the query's shape, so that only values are
  ///     read for the next query of the shape; 0 writes every statement anew.
  public init(
    resource: Resource, policy: Policy = .strict, engines: [SQLDialect] = SQLDialect.all,
    cursors: CursorKeyring? = nil, cachedShapes: Int = 256
  ) {
    core = CompilerCore(
      planner: Planner(resource: resource, policy: policy, cursors: cursors),
      emitters: engines.map { SQLEmitter(resource: resource, dialect: $0, cachedShapes: cachedShapes) })
  }

  var planner: Planner { core.planner }

  /// How often a statement of an engine was at hand; nil for an engine that this compiler was not made for.
  public func cacheStatistics(for dialect: SQLDialect) -> StatementCacheStatistics? {
    core.emitters.first { $0.writes(dialect) }?.cacheStatistics
  }

  /// Writes queries of this resource as requests, in any query dialect.
  public var printer: QueryPrinter { QueryPrinter(planner: planner) }

  public var resource: Resource { planner.resource }
  public var policy: Policy { planner.policy }
  /// Everything wrong with the resource. A server that starts with faults refuses every request with this list.
  public var faults: [String] { planner.faults }

  /// Compiles a query string, without its question mark: `currency_eq=USD`.
  ///
  /// - Parameters:
  ///   - dialect: how it is spelled; the resource's own dialect when nil.
  ///   - scope: the values of the resource's scopes, by name, which only the server knows.
  ///   - randomSeed: what `sort=random` orders by, where the resource allows it: one seed, one order. A cursor
  ///     brings the seed of its first page, which is used instead.
  /// - Throws: every problem of the request, each with its span in the bytes of `query`.
  public func compile(
    _ query: String, dialect: QueryDialect? = nil, scope: [String: String] = [:],
    randomSeed: UInt64? = nil
  ) throws(QueryError) -> CompiledQuery {
    try compile(bytes: query.requestBytes, dialect: dialect, scope: scope, randomSeed: randomSeed)
  }

  /// Compiles a request's bytes: a query string, or a JSON body with the dialect `body`.
  public func compile(
    bytes: [UInt8], dialect: QueryDialect? = nil, scope: [String: String] = [:],
    randomSeed: UInt64? = nil
  ) throws(QueryError) -> CompiledQuery {
    let dialect = dialect ?? core.dialect
    let parsed = Parser.parse(
      bytes, as: dialect, limits: core.limits, groups: core.readsGroups, ownMembers: core.ownMembers,
      faithful: core.compatibility)
    let planned = try core.planner.plan(parsed, dialect: dialect, scope: scope, randomSeed: randomSeed)
    return CompiledQuery(planned: planned, core: core, dialect: dialect)
  }

  /// Compiles a JSON body that has a query string beside it. In the query string stand page settings, and nothing
  /// else: `next_page=…` of libraries that send a token there, `limit=100&next_page=…` of servers that read them
  /// there only. A setting that is given in both has to be one and the same where the policy is faithful, and is
  /// refused where it is strict.
  ///
  ///     try compiler.compile(BodyRequest(body: #"{"customer_id": "…"}"#, query: "next_page=eyJ…"))
  ///
  /// - Throws: every problem of the request, each with its span in the bytes of `request.source`.
  public func compile(
    _ request: BodyRequest, scope: [String: String] = [:], randomSeed: UInt64? = nil
  ) throws(QueryError) -> CompiledQuery {
    let parsed = Parser.parse(
      body: request.body, beside: request.query, limits: core.limits, ownMembers: core.ownMembers,
      faithful: core.compatibility)
    let planned = try core.planner.plan(parsed, dialect: .body, scope: scope, randomSeed: randomSeed)
    return CompiledQuery(planned: planned, core: core, dialect: .body)
  }
}
