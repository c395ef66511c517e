#if CommandLine
  import GRDB
  import Tamis
  import TamisJSON
  import TamisReport

  /// What SQLite stores for a field, read back: the field's type and the kind of the stored value say how.
  enum StoredValue {
    /// Nil for null, and for what the field's type can not be stored as.
    static func read(_ stored: DatabaseValue.Storage, _ field: Field) -> Value? {
      SQLRowReader.value(binding(stored), of: field, dialect: .sqlite)
    }

    static func binding(_ stored: DatabaseValue.Storage) -> SQLBinding {
      switch stored {
      // No field is stored as a binary float.
      case .null, .double: .null
      case .int64(let number): .integer(number)
      case .string(let text): .text(text)
      case .blob(let data): .bytes(Array(data))
      }
    }

    static func write(_ value: Value?, to writer: inout JSONWriter) {
      writer.value(value)
    }
  }
#endif
