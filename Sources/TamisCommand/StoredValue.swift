#if CommandLine
  import GRDB
  import Tamis
  import TamisGRDB
  import TamisJSON
  import TamisReport

  /// What SQLite stores for a field, read back: the field's type and the kind of the stored value say how.
  enum StoredValue {
    /// Nil for null, and for what the field's type can not be stored as.
    static func read(_ stored: DatabaseValue, _ field: Field) -> Value? {
      // No field is stored as a binary float.
      if case .double = stored.storage { return nil }
      return SQLRowReader.value(SQLBinding(stored), of: field, dialect: .sqlite)
    }

    static func write(_ value: Value?, to writer: inout JSONWriter) {
      writer.value(value)
    }
  }
#endif
