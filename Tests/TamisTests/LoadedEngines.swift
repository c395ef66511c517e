import Tamis
import TamisEngines

/// Every SQL engine that is here, with one resource's records: SQLite, and the others that the environment names.
final class LoadedEngines {
  let all: [any LoadedEngine]
  private let bridges: [BridgePool.Lent]

  init(resource: Resource, records: [StoredRecord]) throws {
    var engines: [any LoadedEngine] = []
    #if CommandLine
      engines.append(try SQLiteEngine(resource: resource, records: records))
    #endif
    if let server = PostgreSQLConnection.connectionString {
      engines.append(try PostgreSQLEngine(resource: resource, records: records, server: server))
    }
    bridges = try BridgePool.lend()
    for lent in bridges {
      engines.append(
        try BridgedEngine(resource: resource, records: records, dialect: lent.dialect, bridge: lent.bridge))
    }
    all = engines
  }

  deinit { BridgePool.takeBack(bridges) }
}
