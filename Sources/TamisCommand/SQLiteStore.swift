#if CommandLine
  import Tamis
  import TamisMemory

  /// Records in SQLite tables, selected by the emitted SQL.
  final class SQLiteStore {
    init(_ records: RecordSet) throws(CommandFailure) {
      throw .usage("--engine sqlite is not there yet")
    }

    init(path: String) throws(CommandFailure) {
      throw .usage("--database is not there yet")
    }

    func select(_ compiled: CompiledQuery) throws(CommandFailure) -> [any SelectedRecord] { [] }
  }
#endif
