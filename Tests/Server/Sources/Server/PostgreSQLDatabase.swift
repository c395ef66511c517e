import NIOPosix
import Synchronization
import Tamis

/// PostgreSQL with the tables of one resource, in a schema of their own.
///
/// libpq waits on its socket, so statements run on threads of their own: one for each connection, so that there is
/// always a connection at hand.
final class PostgreSQLDatabase: Database {
  let dialect = SQLDialect.postgreSQL
  private let threads = NIOThreadPool(numberOfThreads: PostgreSQLDatabase.connectionCount)
  private let idle: Mutex<[PostgreSQLConnection]>

  private static let connectionCount = 4

  /// Makes and fills the tables where there are none yet; tables that are there stay as they are.
  init(_ resource: Resource, _ records: [StoredRecord], schema: String, server: String) throws {
    let connections = try (0..<Self.connectionCount).map { _ in
      try PostgreSQLConnection(
        server + " options='-c search_path=\(schema) -c TimeZone=UTC -c DateStyle=ISO'")
    }
    try Self.fill(connections[0], resource, records, schema)
    idle = Mutex(connections)
    threads.start()
  }

  private static func fill(
    _ connection: PostgreSQLConnection, _ resource: Resource, _ records: [StoredRecord], _ schema: String
  ) throws {
    let table = SQLTable(resource: resource, dialect: .postgreSQL)
    guard table.faults.isEmpty else { throw DatabaseFault(description: table.faults.joined(separator: "; ")) }
    let found = try connection.rows("SELECT to_regclass($1) IS NULL", [.text(resource.table)])
    guard found == [[.text("t")]] else { return }
    _ = try connection.rows("BEGIN", [])
    _ = try connection.rows("CREATE SCHEMA IF NOT EXISTS \(schema)", [])
    for statement in table.createStatements { _ = try connection.rows(statement, []) }
    for row in try table.rows(for: records) { _ = try connection.rows(row.text, row.bindings) }
    _ = try connection.rows("COMMIT", [])
  }

  func rows(_ text: String, _ bindings: [SQLBinding]) async throws -> [[SQLBinding]] {
    try await threads.runIfActive {
      guard let connection = self.idle.withLock({ $0.popLast() }) else {
        throw DatabaseFault(description: "no idle connection")
      }
      defer { self.idle.withLock { $0.append(connection) } }
      return try connection.read(text, bindings)
    }
  }
}
