#if CommandLine
  import GRDB
  import TamisGRDB
  import TamisSQL

  /// The tables of one resource in SQLite, until the end of a transaction.
  struct SQLiteRecords {
    let emitter: SQLEmitter
    let table: SQLTable
    let database: Database

    /// The places of the records that can stand beside each other: all of them, or where one is there twice, those
    /// that can be added one after another.
    func insert(_ records: [StoredRecord]) throws -> [Int] {
      if try add(records) { return Array(records.indices) }
      return try records.indices.filter { try add([records[$0]]) }
    }

    /// False where the tables refuse them; then none of them is there.
    private func add(_ records: [StoredRecord]) throws -> Bool {
      guard let rows = try? table.rows(for: records) else { return false }
      do {
        try database.inSavepoint {
          for row in rows { try database.insert(row) }
          return .commit
        }
      } catch DatabaseError.SQLITE_CONSTRAINT {
        return false
      }
      return true
    }

    func rows(_ statement: SQLStatement) throws -> [[SQLBinding]] {
      try database.rows(statement).map(\.bindings)
    }
  }
#endif
