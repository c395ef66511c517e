#if CommandLine
  import GRDB
  import TamisGRDB
  import TamisModel
  import TamisSQL

  /// A database in memory with the empty tables of one resource; records stay for as long as one call.
  final class SQLiteGround: Sendable {
    private let emitter: SQLEmitter
    private let table: SQLTable
    private let queue: DatabaseQueue

    /// One for each resource, made when it is first asked for.
    private static let all = Guarded<[String: SQLiteGround]>([:])

    static func with<Result>(
      _ ground: FuzzGround, _ body: (SQLiteRecords) throws -> Result
    ) throws -> Result {
      try of(ground).inTransaction(body)
    }

    private static func of(_ ground: FuzzGround) throws -> SQLiteGround {
      try all.withLock { all in
        let database = try all[ground.name] ?? SQLiteGround(ground.resource)
        all[ground.name] = database
        return database
      }
    }

    private init(_ resource: Resource) throws {
      emitter = SQLEmitter(resource: resource, dialect: .sqlite)
      let table = SQLTable(resource: resource, dialect: .sqlite)
      if let fault = table.faults.first { throw DatabaseError(message: fault) }
      self.table = table
      var configuration = Configuration()
      configuration.registerMatchFunction()
      queue = try DatabaseQueue(configuration: configuration)
      // A schema is a database attached to the connection, which no transaction may be open for.
      try queue.writeWithoutTransaction { database in
        for statement in table.createStatements { try database.execute(sql: statement) }
      }
    }

    private func inTransaction<Result>(_ body: (SQLiteRecords) throws -> Result) throws -> Result {
      try queue.writeWithoutTransaction { database in
        try database.beginTransaction()
        // Whatever happens, the next one finds empty tables.
        defer { try? database.rollback() }
        return try body(SQLiteRecords(emitter: emitter, table: table, database: database))
      }
    }
  }
#endif
