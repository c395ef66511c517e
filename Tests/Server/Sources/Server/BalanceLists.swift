import Hummingbird
import Tamis
import TamisCatalog
import TamisCrypto
import TamisHummingbird

/// The lists of the four systems, each at the path of the real one.
enum BalanceLists {
  static func all(_ settings: ServerSettings) async throws -> [BalanceList] {
    let secret = CursorKeyring(writing: CursorKey(id: 1, try HMACSHA256(secret: settings.secret)))
    func compiler(_ resource: Resource) throws -> QueryCompiler {
      let compiler = QueryCompiler(resource: resource, policy: settings.policy, cursors: secret)
      guard compiler.faults.isEmpty else {
        throw ServerSettings.Fault(description: compiler.faults.joined(separator: "; "))
      }
      return compiler
    }
    let animeThemes = try compiler(Catalog.animeThemesBalances)
    let blnk = try compiler(Catalog.blnkBalances)
    let glu = try compiler(Catalog.gluBalances)
    let metronome = try compiler(Catalog.metronomeBalances)
    let blnkDatabase = try database("blnk", blnk.resource, settings)
    return [
      list(
        "/api/balance", ListEndpoint(animeThemes, errors: .jsonAPI),
        try database("animethemes", animeThemes.resource, settings), settings),
      list("/balances", ListEndpoint(blnk), blnkDatabase, settings),
      list("/balances/filter", ListEndpoint(blnk, dialect: .body, envelope: .array), blnkDatabase, settings),
      list("/api/balances", ListEndpoint(glu), try database("glu", glu.resource, settings), settings),
      list(
        "/v1/contracts/customerBalances/list", ListEndpoint(metronome),
        try database("metronome", metronome.resource, settings), settings),
    ]
  }

  private static func list(
    _ path: String, _ endpoint: ListEndpoint, _ database: any Database, _ settings: ServerSettings
  ) -> BalanceList {
    let method: HTTPRequest.Method = endpoint.dialect == .body ? .post : .get
    return BalanceList(
      route: Route(path: path, method: method, errors: endpoint.errors), endpoint: endpoint,
      database: database, seed: settings.seed)
  }

  /// The resource's tables with the records to start with.
  private static func database(
    _ system: String, _ resource: Resource, _ settings: ServerSettings
  ) throws -> any Database {
    let records = try RecordReader(resource: resource).readAll(try settings.records(system + "-balances"))
    let stored = records.map { StoredRecord($0) }
    guard let server = settings.postgreSQL else { return try SQLiteDatabase(resource, stored) }
    return try PostgreSQLDatabase(resource, stored, schema: system, server: server)
  }
}
