import Synchronization
import TamisModel
import TamisSQL

/// A database with the empty tables of one resource; records stay for as long as one call.
final class SQLiteGround {
  let emitter: SQLEmitter
  private let connection: SQLiteConnection
  private let table: SQLTable

  /// One for each resource, made when it is first asked for.
  private static let all = Mutex<[String: SQLiteGround]>([:])

  static func with<Result: Sendable>(
    _ ground: FuzzGround, _ body: (SQLiteGround) throws -> Result
  ) throws -> Result {
    try all.withLock { all in
      let database = try all[ground.name] ?? SQLiteGround(ground.resource)
      all[ground.name] = database
      try database.connection.execute("BEGIN")
      // Whatever happens, the next one finds empty tables.
      defer { try? database.connection.execute("ROLLBACK") }
      return try body(database)
    }
  }

  private init(_ resource: Resource) throws {
    emitter = SQLEmitter(resource: resource, dialect: .sqlite)
    table = SQLTable(resource: resource, dialect: .sqlite)
    connection = try SQLiteConnection()
    if let fault = table.faults.first { throw SQLiteError(code: 1, message: fault, statement: "") }
    for statement in table.createStatements { try connection.execute(statement) }
  }

  /// The places of the records that can stand beside each other: all of them, or where one is there twice, those
  /// that can be added one after another.
  func insert(_ records: [StoredRecord]) throws -> [Int] {
    if try add(records) { return Array(records.indices) }
    return try records.indices.filter { try add([records[$0]]) }
  }

  /// False where the tables refuse them; then none of them is there.
  private func add(_ records: [StoredRecord]) throws -> Bool {
    guard let rows = try? table.rows(for: records) else { return false }
    try connection.execute("SAVEPOINT records")
    do {
      for row in rows { try connection.insert(row) }
    } catch let error as SQLiteError where error.code == SQLiteError.constraint {
      try connection.execute("ROLLBACK TO records")
      return false
    }
    return true
  }

  func rows(_ statement: SQLStatement) throws -> [[SQLBinding]] { try connection.rows(statement) }
}
