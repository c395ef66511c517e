#if CommandLine
  import Foundation
  import Tamis
  import TamisCatalog

  /// What applies to a request that does not say otherwise.
  struct RequestDefaults {
    var entry: Catalog.Entry?
    var dialect: QueryDialect?
    var policy = Policy.strict
    /// What tokens of pages are written and checked with; nil where there are none.
    var cursors: CursorKeyring?
    /// A query string that stands beside the body.
    var beside: [UInt8] = []

    init(entry: Catalog.Entry? = nil, dialect: QueryDialect? = nil, policy: Policy = .strict) {
      self.entry = entry
      self.dialect = dialect
      self.policy = policy
    }

    /// From the names of a command line.
    init(
      resource: String?, dialect: String?, policy: String?, cursorKey: String? = nil, beside: String? = nil
    ) throws(CommandFailure) {
      cursors = DevelopmentKey.keyring(cursorKey, ProcessInfo.processInfo.environment["TAMIS_CURSOR_KEY"])
      self.beside = beside.map { Array($0.utf8) } ?? []
      if let resource { entry = try Names.resource(resource) }
      if let dialect { self.dialect = try Names.dialect(dialect) }
      if let policy { self.policy = try Names.policy(policy) }
    }

    /// What spans of a request count in.
    func source(_ request: [UInt8]) -> [UInt8] { BodyRequest(body: request, query: beside).source }

    /// The request, and beside a body its query string.
    func compile(_ request: [UInt8], with compiler: QueryCompiler) throws(QueryError) -> CompiledQuery {
      if beside.isEmpty { return try compiler.compile(bytes: request, dialect: dialect) }
      guard dialect ?? compiler.resource.dialect == .body else {
        throw QueryError(
          Diagnostic(
            .conflictingParameters(name: "query", other: "beside"), SourceSpan(0, 0), parameter: "beside"))
      }
      return try compiler.compile(BodyRequest(body: request, query: beside))
    }

    /// The resource that a single request needs.
    func requiredEntry() throws(CommandFailure) -> Catalog.Entry {
      guard let entry else {
        throw .usage("--resource is needed; known: \(Catalog.all.map(\.name).joined(separator: ", "))")
      }
      return entry
    }

    /// With what a line says instead.
    func applying(_ request: LineRequest) throws(QueryError) -> RequestDefaults {
      var applied = self
      if let name = request.resource { applied.entry = try resource(name) }
      if let name = request.policy {
        guard let policy = Policy(rawValue: name) else {
          throw Self.unknown(name, Names.policies, parameter: "policy")
        }
        applied.policy = policy
      }
      if let name = request.dialect {
        guard let dialect = QueryDialect(rawValue: name) else {
          throw Self.unknown(name, Names.dialects, parameter: "dialect")
        }
        applied.dialect = dialect
      } else if request.isBody {
        applied.dialect = .body
      }
      applied.beside = request.beside
      return applied
    }

    /// A name of the catalogue, the default resource's own plain name (`balances`), or a file's path.
    private func resource(_ name: String) throws(QueryError) -> Catalog.Entry {
      if let entry = Catalog.all.first(where: { $0.name == name }) { return entry }
      if let entry, entry.resource.name == name || entry.name == name { return entry }
      if ResourceSource.isFile(name) { return try Self.file(name) }
      throw Self.unknown(name, Catalog.all.map(\.name), parameter: "resource")
    }

    private static func file(_ path: String) throws(QueryError) -> Catalog.Entry {
      do {
        return try ResourceSource.file(path)
      } catch .faultyFile(let error, _, _) {
        throw error
      } catch {
        throw unknown(path, Catalog.all.map(\.name), parameter: "resource")
      }
    }

    private static func unknown(_ name: String, _ known: [String], parameter: String) -> QueryError {
      QueryError(Diagnostic(.unknownCase(text: name, cases: known), SourceSpan(0, 0), parameter: parameter))
    }
  }
#endif
