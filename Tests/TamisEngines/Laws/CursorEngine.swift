package import Tamis
import TamisPlanner
package import TamisSQL
package import TamisTesting

/// A page by the numbers of its records, and the places beside its first and its last.
package struct WalkedPage {
  package var numbers: [Int]
  package var hasMore: Bool
  package var first: KeysetBoundary?
  package var last: KeysetBoundary?
}

/// One way of reading a page, for walks from page to page.
package protocol CursorEngine {
  var name: String { get }
  func page(_ query: Query) throws -> WalkedPage
}

package struct MemoryCursorEngine: CursorEngine {
  package let name = "memory"
  private let records: RecordSet
  private let numbers: [Int]

  package init(_ resource: Resource, _ records: [JSONTree]) throws {
    let lines = records.map(\.description).joined(separator: "\n")
    self.records = try RecordReader(resource: resource).readAll(Array(lines.utf8))
    numbers = records.map { record in
      guard case .number(let text)? = record[GeneratedResource.numberField] else { return -1 }
      return Int(text) ?? -1
    }
  }

  package func page(_ query: Query) throws -> WalkedPage {
    let selection = try RecordSelection.select(query, from: records)
    func place(_ index: Int, _ side: KeysetBoundary.Side) -> KeysetBoundary {
      KeysetBoundary(values: query.sort.map { records[index].value(of: $0.field) }, side: side)
    }
    return WalkedPage(
      numbers: selection.indices.map { numbers[$0] }, hasMore: selection.hasMore,
      first: selection.indices.first.map { place($0, .before) },
      last: selection.indices.last.map { place($0, .after) })
  }
}

package struct SQLCursorEngine: CursorEngine {
  package let name: String
  package let engine: any LoadedEngine

  package func page(_ query: Query) throws -> WalkedPage {
    var query = query
    if let number = query.resource.field(named: GeneratedResource.numberField) { query.selection = [number] }
    let statement = try engine.emitter.statement(for: query)
    guard Placeholders.count(statement.text) == statement.bindings.count else {
      throw EngineError(description: "placeholders and bindings differ: \(statement.text)")
    }
    let rows = try engine.rows(statement)
    var page = Array(rows.prefix(query.page.limit))
    if query.boundary?.side == .before { page.reverse() }
    func place(_ row: [String?], _ side: KeysetBoundary.Side) throws -> KeysetBoundary {
      let cells = statement.keyColumns.map { row[$0].map { SQLBinding.text($0) } ?? .null }
      return try engine.emitter.boundary(side, cells, of: query)
    }
    return WalkedPage(
      numbers: page.map { Int($0.first.flatMap { $0 } ?? "") ?? -1 }, hasMore: rows.count > query.page.limit,
      first: try page.first.map { try place($0, .before) }, last: try page.last.map { try place($0, .after) })
  }
}

/// Every engine that can take part here.
package enum CursorEngines {
  /// - Parameter bridges: of the engines in other processes that take part, too.
  package static func all(
    _ resource: Resource, _ records: [JSONTree], _ bridges: [SQLDialect: EngineBridge] = [:]
  ) throws -> [any CursorEngine] {
    var engines: [any CursorEngine] = [try MemoryCursorEngine(resource, records)]
    let stored = records.map { StoredRecord(ReferenceRecord($0, of: resource), of: resource) }
    #if CommandLine
      engines.append(
        SQLCursorEngine(name: "SQLite", engine: try SQLiteEngine(resource: resource, records: stored)))
    #endif
    if let server = PostgreSQLConnection.connectionString {
      engines.append(
        SQLCursorEngine(
          name: "PostgreSQL",
          engine: try PostgreSQLEngine(resource: resource, records: stored, server: server)))
    }
    for (dialect, bridge) in bridges {
      let engine = try BridgedEngine(resource: resource, records: stored, dialect: dialect, bridge: bridge)
      engines.append(SQLCursorEngine(name: dialect.displayName, engine: engine))
    }
    return engines
  }
}

/// A walk over all pages, each place carried by a token that is written and read again.
package struct CursorWalk {
  package let query: Query
  package let keyring: CursorKeyring

  package init(query: Query, keyring: CursorKeyring) {
    self.query = query
    self.keyring = keyring
  }

  package struct Lost: Error, CustomStringConvertible {
    package var description: String
  }

  /// Records in the order in which the pages give them, first to last or last to first.
  package func numbers(_ side: KeysetBoundary.Side, _ engine: (Int) -> any CursorEngine) throws -> [Int] {
    var numbers: [Int] = []
    var page = try engine(0).page(query)
    if side == .before {
      // Past the end there is no page; the last one is found by walking there.
      guard let end = try last(engine) else { return [] }
      numbers = end.numbers
      page = try engine(0).page(try beside(end.first))
      while true {
        numbers = page.numbers + numbers
        guard page.hasMore else { return numbers }
        page = try engine(0).page(try beside(page.first))
      }
    }
    var count = 0
    while true {
      numbers += page.numbers
      guard page.hasMore else { return numbers }
      count += 1
      guard count < 1_000 else { throw Lost(description: "the pages do not end: \(numbers)") }
      page = try engine(count).page(try beside(page.last))
    }
  }

  /// The last page, and nil where there is one page only.
  private func last(_ engine: (Int) -> any CursorEngine) throws -> WalkedPage? {
    var page = try engine(0).page(query)
    var isFirst = true
    while page.hasMore {
      page = try engine(0).page(try beside(page.last))
      isFirst = false
    }
    return isFirst ? nil : page
  }

  private func beside(_ place: KeysetBoundary?) throws -> Query {
    guard let place, let token = CursorToken.write(place, of: query, with: keyring) else {
      throw Lost(description: "no token for \(String(describing: place))")
    }
    let read = try CursorToken.read(Array(token.utf8)[...], with: keyring).get()
    guard read.boundary == place, read.belongs(to: query), let next = query.beside(read.boundary) else {
      throw Lost(description: "\(place) became \(read.boundary)")
    }
    return next
  }
}
