#if CommandLine
  import Foundation
  import GRDB
  package import TamisModel
  package import TamisSQL

  /// SQLite in memory, one database for one load.
  package final class SQLiteEngine: LoadedEngine {
    package let emitter: SQLEmitter
    private let queue: DatabaseQueue

    package init(resource: Resource, records: [StoredRecord]) throws {
      emitter = SQLEmitter(resource: resource, dialect: .sqlite)
      var configuration = Configuration()
      configuration.prepareDatabase { $0.add(function: Self.matches) }
      queue = try DatabaseQueue(configuration: configuration)
      let table = SQLTable(resource: resource, dialect: .sqlite)
      guard table.faults.isEmpty else { throw EngineError(description: table.faults.joined(separator: "; ")) }
      try queue.writeWithoutTransaction { database in
        for statement in table.createStatements { try database.execute(sql: statement) }
        try database.inTransaction {
          for row in try table.rows(for: records) { try Self.run(row, database) }
          return .commit
        }
      }
    }

    package func rows(_ statement: SQLStatement) throws -> [[String?]] {
      try queue.writeWithoutTransaction { database in
        let prepared = try database.cachedStatement(sql: statement.text)
        try prepared.setArguments(StatementArguments(statement.bindings.map(Self.value)))
        return try Row.fetchAll(prepared).map { row in row.databaseValues.map(Self.text) }
      }
    }

    package var version: String {
      get throws {
        try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? ""
      }
    }

    /// Registered as the documentation of `MatchFunction` says.
    private static var matches: DatabaseFunction {
      DatabaseFunction(MatchFunction.name, argumentCount: 2, pure: true) { values in
        do throws(MatchFunction.Failure) {
          return try MatchFunction().evaluate(
            pattern: String.fromDatabaseValue(values[0]), text: String.fromDatabaseValue(values[1]))
        } catch {
          throw DatabaseError(message: error.message)
        }
      }
    }

    package func execute(_ sql: String) throws {
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    private static func run(_ statement: SQLStatement, _ database: Database) throws {
      let prepared = try database.cachedStatement(sql: statement.text)
      try prepared.execute(arguments: StatementArguments(statement.bindings.map(value)))
    }

    private static func value(_ binding: SQLBinding) -> DatabaseValue {
      switch binding {
      case .null: .null
      case .integer(let number), .timestamp(let number), .date(let number): number.databaseValue
      case .text(let text), .decimal(let text), .uuid(let text), .json(let text): text.databaseValue
      case .boolean(let flag): (flag ? 1 : 0).databaseValue
      case .bytes(let bytes): Data(bytes).databaseValue
      case .array: .null
      }
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
