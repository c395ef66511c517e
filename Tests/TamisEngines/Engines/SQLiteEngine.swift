#if CommandLine
  import Foundation
  import GRDB
  import TamisGRDB
  package import TamisModel
  package import TamisSQL

  /// SQLite in memory, one database for one load.
  package final class SQLiteEngine: LoadedEngine {
    package let emitter: SQLEmitter
    private let queue: DatabaseQueue

    package init(resource: Resource, records: [StoredRecord]) throws {
      emitter = SQLEmitter(resource: resource, dialect: .sqlite)
      var configuration = Configuration()
      configuration.registerMatchFunction()
      queue = try DatabaseQueue(configuration: configuration)
      let table = SQLTable(resource: resource, dialect: .sqlite)
      guard table.faults.isEmpty else { throw EngineError(description: table.faults.joined(separator: "; ")) }
      try queue.writeWithoutTransaction { database in
        for statement in table.createStatements { try database.execute(sql: statement) }
        try database.inTransaction {
          for row in try table.rows(for: records) { try database.insert(row) }
          return .commit
        }
      }
    }

    package func rows(_ statement: SQLStatement) throws -> [[String?]] {
      try queue.writeWithoutTransaction { database in
        try database.rows(statement).map { row in row.databaseValues.map(Self.text) }
      }
    }

    package var version: String {
      get throws {
        try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? ""
      }
    }

    package func execute(_ sql: String) throws {
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    private static func text(_ value: DatabaseValue) -> String? {
      switch value.storage {
      case .null: nil
      case .int64(let number): String(number)
      case .double(let number): String(number)
      case .string(let text): text
      // As PostgreSQL writes bytes.
      case .blob(let data):
        "\\x" + data.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      }
    }
  }
#endif
