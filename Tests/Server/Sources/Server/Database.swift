import Tamis

/// What a list needs of a database driver.
protocol Database: Sendable {
  var dialect: SQLDialect { get }
  /// All rows, each value as the binding that it is closest to.
  func rows(_ text: String, _ bindings: [SQLBinding]) async throws -> [[SQLBinding]]
}

extension Database {
  func rows(_ statement: SQLStatement) async throws -> [[SQLBinding]] {
    try await rows(statement.text, statement.bindings)
  }

  /// The one number of a count's one row.
  func count(_ statement: SQLStatement) async throws -> Int? {
    switch try await rows(statement).first?.first {
    case .integer(let number): Int(number)
    case .text(let text): Int(text)
    case nil, .null, .boolean, .decimal, .timestamp, .date, .uuid, .bytes, .json, .array: nil
    }
  }
}

/// A database that can not be used. For the log: clients are told of a fault, not of its details.
struct DatabaseFault: Error, CustomStringConvertible {
  var description: String
}
