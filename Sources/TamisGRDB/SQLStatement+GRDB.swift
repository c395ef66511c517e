#if CommandLine
  package import GRDB
  package import TamisSQL

  extension Database {
    /// The rows of a query, all of them.
    package func rows(_ statement: SQLStatement) throws -> [Row] {
      try Row.fetchAll(self, sql: statement.text, arguments: StatementArguments(statement.bindings))
    }

    /// An insertion. What was prepared for its text is kept, because insertions are a few texts over and over.
    package func insert(_ statement: SQLStatement) throws {
      try cachedStatement(sql: statement.text).execute(arguments: StatementArguments(statement.bindings))
    }
  }

  extension Row {
    /// The columns in order.
    package var bindings: [SQLBinding] { databaseValues.map { SQLBinding($0) } }
  }
#endif
