#if CommandLine
  import ArgumentParser
  import GRDB
  import TamisGRDB
  import TamisModel
  import TamisReport
  import TamisResources
  import TamisSQL

  /// `tamis import sqlite shop.sqlite balances`
  struct ImportSQLiteCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sqlite", abstract: "From a table or view of an SQLite file.")

    @Argument(help: "The SQLite file; it is only read.")
    var file: String

    @Argument(help: "The table or view.")
    var table: String

    @OptionGroup var arguments: ImportArguments

    func run(_ console: inout Console) throws(CommandFailure) {
      let options = try arguments.options()
      let source = SQLiteTableImport(table: table)
      let answers = try answers(source.statements)
      let imported = try CommandFailure.refusing([]) { () throws(QueryError) in
        try source.resource(from: answers, options: options)
      }
      try ImportArguments.write(imported, to: console)
    }

    private func answers(_ statements: [SQLStatement]) throws(CommandFailure) -> [[[String?]]] {
      SystemFile.close(try SystemFile.openForReading(file))
      var configuration = Configuration()
      configuration.readonly = true
      do {
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        return try queue.read { database in
          try statements.map { statement in
            try database.rows(statement).map { $0.databaseValues.map(Self.text) }
          }
        }
      } catch {
        let reason = (error as? DatabaseError)?.message ?? "\(error)"
        throw .inputOutput("\(Escaping.text(file)): \(Escaping.text(reason))")
      }
    }

    /// What a catalogue holds: texts and whole numbers.
    private static func text(_ value: DatabaseValue) -> String? {
      switch value.storage {
      case .null, .blob: nil
      case .int64(let number): String(number)
      case .double(let number): String(number)
      case .string(let text): text
      }
    }
  }
#endif
