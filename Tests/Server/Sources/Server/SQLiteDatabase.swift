import Foundation
import GRDB
import Tamis

/// SQLite in memory, with the tables of one resource.
final class SQLiteDatabase: Database {
  let dialect = SQLDialect.sqlite
  private let queue: DatabaseQueue

  init(_ resource: Resource, _ records: [StoredRecord]) throws {
    let table = SQLTable(resource: resource, dialect: .sqlite)
    guard table.faults.isEmpty else { throw DatabaseFault(description: table.faults.joined(separator: "; ")) }
    let insertions = try table.rows(for: records)
    queue = try DatabaseQueue()
    // A schema is a database attached to the connection, which no transaction may be open for.
    try queue.writeWithoutTransaction { database in
      for statement in table.createStatements { try database.execute(sql: statement) }
      try database.inTransaction {
        for insertion in insertions {
          try database.cachedStatement(sql: insertion.text).execute(
            arguments: Self.arguments(insertion.bindings))
        }
        return .commit
      }
    }
  }

  func rows(_ text: String, _ bindings: [SQLBinding]) async throws -> [[SQLBinding]] {
    try await queue.read { database in
      let statement = try database.cachedStatement(sql: text)
      let rows = try Row.fetchCursor(statement, arguments: Self.arguments(bindings))
      return try Array(rows.map { row in row.databaseValues.map(Self.binding) })
    }
  }

  // MARK: Values

  private static func arguments(_ bindings: [SQLBinding]) -> StatementArguments {
    StatementArguments(bindings.map(value))
  }

  private static func value(_ binding: SQLBinding) -> DatabaseValue {
    switch binding {
    case .null: .null
    case .integer(let number), .timestamp(let number), .date(let number): number.databaseValue
    case .text(let text), .decimal(let text), .uuid(let text), .json(let text): text.databaseValue
    case .boolean(let flag): flag.databaseValue
    case .bytes(let bytes): Data(bytes).databaseValue
    // Lists are bound item by item here; no statement for SQLite has an array.
    case .array: .null
    }
  }

  private static func binding(_ value: DatabaseValue) -> SQLBinding {
    switch value.storage {
    case .null: .null
    case .int64(let number): .integer(number)
    case .double(let number): .decimal(String(number))
    case .string(let text): .text(text)
    case .blob(let data): .bytes(Array(data))
    }
  }
}
