/// What SQLite said to a statement.
struct SQLiteError: Error, CustomStringConvertible {
  /// A record that is there already, or that a column refuses.
  static let constraint: Int32 = 19

  /// The result code, without its extension.
  var code: Int32
  var message: String
  var statement: String

  var description: String { "SQLite \(code): \(message) in \(statement)" }
}
