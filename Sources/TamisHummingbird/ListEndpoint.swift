#if Hummingbird
  public import Hummingbird
  import Logging
  public import Tamis

  /// How one list endpoint reads requests and writes answers. Made once at start-up, shared by all requests.
  ///
  ///     let balances = ListEndpoint(QueryCompiler(resource: resource, engines: [.postgreSQL]))
  ///
  ///     router.get("balances") { request, context in
  ///       let list = try await balances.read(request, context)
  ///       let rows = try await database.rows(list.statement(for: .postgreSQL))
  ///       return try list.answer(rows, from: .postgreSQL)
  ///     }
  public struct ListEndpoint: Sendable {
    public let compiler: QueryCompiler
    /// How requests are spelled. In the dialect `body` they are JSON bodies, in every other query strings.
    public let dialect: QueryDialect
    /// What stands around the records.
    public let envelope: ResponseEnvelope
    /// How a refusal is written.
    public let errors: ErrorForm

    /// - Parameters:
    ///   - dialect: the resource's own when nil.
    ///   - envelope: the dialect's own when nil.
    ///   - errors: the dialect's own when nil.
    public init(
      _ compiler: QueryCompiler, dialect: QueryDialect? = nil, envelope: ResponseEnvelope? = nil,
      errors: ErrorForm? = nil
    ) {
      let dialect = dialect ?? compiler.resource.dialect
      self.compiler = compiler
      self.dialect = dialect
      self.envelope = envelope ?? ResponseEnvelope(dialect)
      self.errors = errors ?? ErrorForm(dialect)
    }

    /// Reads and compiles a request. Beside a body, page settings may stand in the query string.
    ///
    /// - Parameters:
    ///   - scope: the values of the resource's scopes, by name, which only the server knows.
    ///   - randomSeed: what `sort=random` orders by, where the resource allows it.
    /// - Throws: `RefusedRequest`, which Hummingbird answers with: 400 or 422 with every problem of the query and its
    ///   place, 413 and 414 for what is too long, 415 for a body that is not JSON. Faults of the server's own
    ///   set-up are 503; their details are logged and not sent.
    public func read(
      _ request: Request, _ context: some RequestContext, scope: [String: String] = [:],
      randomSeed: UInt64? = nil
    ) async throws -> ListRequest {
      let source = RequestText(endpoint: self, context: context)
      let isBody = dialect == .body
      let body = BodyRequest(
        body: isBody ? try await source.body(of: request) : [], query: try source.query(of: request))
      let bytes = isBody ? body.source : body.query
      do throws(QueryError) {
        let query =
          isBody
          ? try compiler.compile(body, scope: scope, randomSeed: randomSeed)
          : try compiler.compile(bytes: bytes, dialect: dialect, scope: scope, randomSeed: randomSeed)
        return ListRequest(
          query: query, endpoint: self, path: request.uri.path, bytes: bytes, logger: context.logger)
      } catch {
        throw refusal(error, bytes: bytes, logger: context.logger)
      }
    }

    /// The answer to a request that is refused; what is the server's own fault is logged.
    func refusal(_ error: QueryError, bytes: [UInt8], dialect: QueryDialect? = nil, logger: Logger)
      -> RefusedRequest
    {
      for diagnostic in error.diagnostics where diagnostic.problem.isServerFault {
        logger.error("\(compiler.resource.name): \(diagnostic.message)")
      }
      return RefusedRequest(error.answer(to: bytes, dialect: dialect ?? self.dialect, form: errors))
    }
  }
#endif
