import Tamis
import TamisModel
import TamisSQL

/// One page as an engine answered it.
struct EnginePage: Equatable {
  /// Primary keys as text, in order, without the extra row.
  var ids: [String]
  var hasMore: Bool
}

/// An engine that holds one resource's records.
protocol LoadedEngine {
  var emitter: SQLEmitter { get }
  func rows(_ statement: SQLStatement) throws -> [[String?]]
}

extension LoadedEngine {
  func page(for query: Query) throws -> EnginePage {
    let rows = try rows(try emitter.statement(for: query))
    let names = emitter.columnNames(for: query)
    let keys = query.resource.primaryKey.map { query.resource.field($0).name }
    let places = keys.compactMap { names.firstIndex(of: $0) }
    let ids = rows.map { row in places.map { row[$0] ?? "NULL" }.joined(separator: "|") }
    return EnginePage(ids: Array(ids.prefix(query.page.limit)), hasMore: ids.count > query.page.limit)
  }

  func ids(for query: Query) throws -> [String] { try page(for: query).ids }

  func count(for query: Query) throws -> Int {
    let rows = try rows(try emitter.countStatement(for: query))
    return rows.first?.first?.flatMap { Int($0) } ?? -1
  }
}

struct EngineError: Error, CustomStringConvertible {
  var description: String
}
