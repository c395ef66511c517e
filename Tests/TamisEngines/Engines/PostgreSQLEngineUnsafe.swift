import CLibPQ
import Foundation
package import TamisModel
package import TamisSQL

/// One connection through libpq.
///
/// The pointer is used only between `init` and `deinit`, by one thread at a time: an engine is not `Sendable`.
@safe package final class PostgreSQLConnection {
  private let connection: OpaquePointer

  /// `TAMIS_POSTGRESQL` holds the connection string of a server to test with; `Tests/start-postgresql` prints it.
  package static var connectionString: String? {
    ProcessInfo.processInfo.environment["TAMIS_POSTGRESQL"].flatMap { $0.isEmpty ? nil : $0 }
  }
  package static var isAvailable: Bool { connectionString != nil }

  package init(_ connectionString: String) throws {
    guard let opened = unsafe PQconnectdb(connectionString) else {
      throw EngineError(description: "no connection")
    }
    unsafe connection = opened
    guard unsafe PQstatus(opened) == CONNECTION_OK else {
      let message = unsafe String(cString: PQerrorMessage(opened))
      unsafe PQfinish(opened)
      throw EngineError(description: message)
    }
  }

  deinit { unsafe PQfinish(connection) }

  package func execute(_ sql: String) throws {
    _ = try rows(SQLText(text: sql, parameters: []))
  }

  package struct SQLText {
    let text: String
    let parameters: [String?]

    package init(text: String, parameters: [String?]) {
      self.text = text
      self.parameters = parameters
    }
  }

  package func rows(_ statement: SQLText) throws -> [[String?]] {
    // Copies that live until the call returns, and are freed after it.
    let copies = unsafe statement.parameters.map { text in unsafe text.flatMap { unsafe strdup($0) } }
    defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
    let values = unsafe copies.map { copy in unsafe copy.map { unsafe UnsafePointer($0) } }
    let result =
      unsafe statement.parameters.isEmpty
      ? PQexec(connection, statement.text)
      : PQexecParams(connection, statement.text, Int32(values.count), nil, values, nil, nil, 0)
    defer { unsafe PQclear(result) }
    let status = unsafe PQresultStatus(result)
    guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
      let message = unsafe String(cString: PQerrorMessage(connection))
      throw EngineError(description: message + "in: " + statement.text)
    }
    let columns = unsafe PQnfields(result)
    return (0..<(unsafe PQntuples(result))).map { row in
      (0..<columns).map { column in
        // Null is marked apart; another value is NUL-terminated text that lives as long as the result.
        unsafe PQgetisnull(result, row, column) != 0
          ? nil : unsafe String(cString: PQgetvalue(result, row, column))
      }
    }
  }
}

/// PostgreSQL with one resource's records: in temporary tables, or, when the resource names a schema, in a
/// database of its own.
package final class PostgreSQLEngine: LoadedEngine {
  package let emitter: SQLEmitter
  private let connection: PostgreSQLConnection
  private let server: String
  /// A database to remove in the end.
  private let ownDatabase: String?

  package init(resource: Resource, records: [StoredRecord], server: String) throws {
    emitter = SQLEmitter(resource: resource, dialect: .postgreSQL)
    let table = SQLTable(resource: resource, dialect: .postgreSQL)
    guard table.faults.isEmpty else { throw EngineError(description: table.faults.joined(separator: "; ")) }
    let hasSchema = table.createStatements.contains { $0.hasPrefix("CREATE SCHEMA") }
    self.server = server
    ownDatabase = hasSchema ? try Self.newDatabase(server) : nil
    connection = try PostgreSQLConnection(ownDatabase.map { server + " dbname=" + $0 } ?? server)
    // A zone and date style that show a conversion which should not be.
    try connection.execute("SET TimeZone = 'America/New_York'; SET DateStyle = 'SQL, DMY'")
    if !hasSchema { try connection.execute("SET search_path = pg_temp") }
    try connection.execute("BEGIN")
    for statement in table.createStatements { try connection.execute(statement) }
    for row in try table.rows(for: records) { _ = try rows(row) }
    try connection.execute("COMMIT")
  }

  package func rows(_ statement: SQLStatement) throws -> [[String?]] {
    try connection.rows(
      PostgreSQLConnection.SQLText(
        text: statement.text, parameters: statement.bindings.map(\.postgreSQLText)))
  }

  package func execute(_ sql: String) throws { try connection.execute(sql) }

  package var version: String {
    get throws {
      let rows = try connection.rows(
        PostgreSQLConnection.SQLText(text: "SHOW server_version", parameters: []))
      return rows.first?.first?.flatMap { $0 } ?? ""
    }
  }

  private static func newDatabase(_ server: String) throws -> String {
    let name = "tamis_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
    try PostgreSQLConnection(server).execute("CREATE DATABASE \(name) TEMPLATE template0")
    return name
  }

  deinit {
    guard let ownDatabase else { return }
    try? PostgreSQLConnection(server).execute("DROP DATABASE IF EXISTS \(ownDatabase) WITH (FORCE)")
  }
}
