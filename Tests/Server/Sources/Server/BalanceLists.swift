import Hummingbird
import Tamis
import TamisCatalog
import TamisCrypto
import TamisHummingbird

/// The lists of the four systems, each at the path of the real one.
struct BalanceLists {
  private let settings: ServerSettings
  private let cursors: CursorKeyring

  init(_ settings: ServerSettings) throws {
    self.settings = settings
    cursors = CursorKeyring(writing: CursorKey(id: 1, try HMACSHA256(secret: settings.secret)))
  }

  func all() throws -> [BalanceList] {
    let animeThemes = try system("animethemes", Catalog.animeThemesBalances)
    let blnk = try system("blnk", Catalog.blnkBalances)
    let glu = try system("glu", Catalog.gluBalances)
    let metronome = try system("metronome", Catalog.metronomeBalances)
    return [
      list("/api/balance", animeThemes, ListEndpoint(animeThemes.compiler, errors: .jsonAPI)),
      list("/balances", blnk, ListEndpoint(blnk.compiler)),
      list("/balances/filter", blnk, ListEndpoint(blnk.compiler, dialect: .body, envelope: .array)),
      list("/api/balances", glu, ListEndpoint(glu.compiler)),
      list("/v1/contracts/customerBalances/list", metronome, ListEndpoint(metronome.compiler)),
    ]
  }

  private typealias System = (compiler: QueryCompiler, database: any Database)

  private func list(_ path: String, _ system: System, _ endpoint: ListEndpoint) -> BalanceList {
    let method: HTTPRequest.Method = endpoint.dialect == .body ? .post : .get
    return BalanceList(
      route: Route(path: path, method: method, errors: endpoint.errors), endpoint: endpoint,
      database: system.database, seed: settings.seed)
  }

  /// A mistake in a resource ends the server before it has begun.
  private func system(_ name: String, _ resource: Resource) throws -> System {
    let compiler = QueryCompiler(resource: resource, policy: settings.policy, cursors: cursors)
    guard compiler.faults.isEmpty else {
      throw ServerSettings.Fault(description: compiler.faults.joined(separator: "; "))
    }
    return (compiler, try database(name, resource))
  }

  /// The resource's tables with the records to start with.
  private func database(_ name: String, _ resource: Resource) throws -> any Database {
    let records = try RecordReader(resource: resource).readAll(try settings.records(name + "-balances"))
    let stored = records.map { StoredRecord($0) }
    guard let server = settings.postgreSQL else { return try SQLiteDatabase(resource, stored) }
    return try PostgreSQLDatabase(resource, stored, schema: name, server: server)
  }
}
