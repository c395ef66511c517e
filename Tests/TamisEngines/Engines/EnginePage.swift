import Tamis
package import TamisModel
package import TamisSQL

/// One page as an engine answered it.
package struct EnginePage: Equatable {
  /// Primary keys as text, in order, without the extra row.
  package var ids: [String]
  package var hasMore: Bool

  package init(ids: [String], hasMore: Bool) {
    self.ids = ids
    self.hasMore = hasMore
  }
}

/// An engine that holds one resource's records.
package protocol LoadedEngine {
  var emitter: SQLEmitter { get }
  func rows(_ statement: SQLStatement) throws -> [[String?]]
  /// What the engine says of itself.
  var version: String { get throws }
  /// Sends statements, and returns what waits for their rows.
  func send(_ statements: [SQLStatement]) -> () -> [Result<[[String?]], any Error>]
  /// The time that the engine itself has taken since its process began; nil where it runs in this one.
  var ownSeconds: Double? { get }
}

extension LoadedEngine {
  package var version: String { "" }
  package var ownSeconds: Double? { nil }

  package func send(_ statements: [SQLStatement]) -> () -> [Result<[[String?]], any Error>] {
    { statements.map { statement in Result { try self.rows(statement) } } }
  }

  package func page(for query: Query) throws -> EnginePage {
    let rows = try rows(try emitter.statement(for: query))
    let names = emitter.columnNames(for: query)
    let keys = query.resource.primaryKey.map { query.resource.field($0).name }
    let places = keys.compactMap { names.firstIndex(of: $0) }
    let ids = rows.map { row in places.map { row[$0] ?? "NULL" }.joined(separator: "|") }
    return EnginePage(ids: Array(ids.prefix(query.page.limit)), hasMore: ids.count > query.page.limit)
  }

  package func ids(for query: Query) throws -> [String] { try page(for: query).ids }

  package func count(for query: Query) throws -> Int {
    let rows = try rows(try emitter.countStatement(for: query))
    return rows.first?.first?.flatMap { Int($0) } ?? -1
  }
}

package struct EngineError: Error, CustomStringConvertible {
  package var description: String

  package init(description: String) {
    self.description = description
  }
}
