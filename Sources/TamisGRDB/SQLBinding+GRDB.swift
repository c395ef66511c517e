#if CommandLine
  import Foundation
  public import GRDB
  public import TamisSQL

  /// A binding is a value of GRDB, and what SQLite stored is the binding it is closest to.
  extension SQLBinding: DatabaseValueConvertible {
    public var databaseValue: DatabaseValue {
      switch self {
      case .null: .null
      case .integer(let number), .timestamp(let number), .date(let number): number.databaseValue
      case .boolean(let flag): flag.databaseValue
      case .text(let text), .decimal(let text), .uuid(let text), .json(let text): text.databaseValue
      case .bytes(let bytes): Data(bytes).databaseValue
      // Lists are bound item by item here; no statement for SQLite has an array.
      case .array: .null
      }
    }

    public static func fromDatabaseValue(_ value: DatabaseValue) -> SQLBinding? { SQLBinding(value) }

    package init(_ value: DatabaseValue) {
      self =
        switch value.storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .text(String(number))
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        }
    }
  }
#endif
