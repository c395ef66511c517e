import TamisModel
import TamisSQL
import TamisTesting

/// Every engine that can take part here.
package enum LawEngines {
  /// Those that answer fast enough for every test.
  package static func all() -> [any LawEngine] {
    available.filter { $0 != SQLDialect.spark.name }.compactMap(engine)
      .filter { LawSettings.engine == nil || LawSettings.engine == $0.name }
  }

  /// The names of all that the environment offers.
  package static var available: [String] {
    var names = ["memory"]
    #if CommandLine
      names.append(SQLDialect.sqlite.name)
    #endif
    if PostgreSQLConnection.isAvailable { names.append(SQLDialect.postgreSQL.name) }
    return names + SQLDialect.all.filter(EngineBridge.isAvailable).map(\.name)
  }

  package static func displayName(_ name: String) -> String {
    SQLDialect.named(name)?.displayName ?? name
  }

  /// The engine of that name, where there is one here.
  package static func engine(_ name: String) -> (any LawEngine)? {
    guard available.contains(name) else { return nil }
    guard let dialect = SQLDialect.named(name) else { return MemoryEngine() }
    #if CommandLine
      if dialect == .sqlite {
        return SQLLawEngine(name: dialect.displayName) { generated in
          try SQLiteEngine(resource: generated.resource, records: generated.storedRecords)
        }
      }
    #endif
    if dialect == .postgreSQL, let server = PostgreSQLConnection.connectionString {
      return SQLLawEngine(name: dialect.displayName, log: StatementLog.forPostgreSQL()) { generated in
        try PostgreSQLEngine(
          resource: generated.resource, records: generated.storedRecords, server: server)
      }
    }
    return bridged(dialect)
  }

  private static func bridged(_ dialect: SQLDialect) -> any LawEngine {
    let bridge = Result { try EngineBridge(dialect) }
    return SQLLawEngine(name: dialect.displayName) { generated in
      try BridgedEngine(
        resource: generated.resource, records: generated.storedRecords, dialect: dialect,
        bridge: bridge.get())
    }
  }
}
