#if CommandLine
  import Foundation
  import GRDB
  import Tamis
  import TamisGRDB
  import TamisMemory
  import TamisReport

  /// Records in SQLite tables, selected by the emitted SQL.
  final class SQLiteStore {
    private let queue: DatabaseQueue
    /// Nil for a database of somebody else's.
    private let table: SQLTable?
    private let resource: Resource?
    /// The records that were put in, and their places by their keys.
    private var records: RecordSet?
    private var places: [[Value?]: Int] = [:]
    /// The file, until a resource says which schema it is.
    private let path: String?
    private var attached: Set<String> = []

    /// A database in memory with the resource's tables.
    init(_ resource: Resource) throws(CommandFailure) {
      path = nil
      self.resource = resource
      let table = SQLTable(resource: resource, dialect: .sqlite)
      if !table.faults.isEmpty { throw .inputOutput(table.faults.joined(separator: "; ")) }
      self.table = table
      var configuration = Configuration()
      // Records stand in a transaction that is taken back when others come.
      configuration.allowsUnsafeTransactions = true
      configuration.registerMatchFunction()
      queue = try Self.running("SQLite") {
        let queue = try DatabaseQueue(configuration: configuration)
        try queue.writeWithoutTransaction { database in
          for text in table.createStatements { try database.execute(sql: text) }
        }
        return queue
      }
    }

    /// A file with the resource's tables, read only.
    init(path: String) throws(CommandFailure) {
      self.path = path
      table = nil
      resource = nil
      SystemFile.close(try SystemFile.openForReading(path))
      var configuration = Configuration()
      configuration.readonly = true
      configuration.registerMatchFunction()
      queue = try Self.running(path) { try DatabaseQueue(path: path, configuration: configuration) }
    }

    /// The page of records, in the query's order.
    func select(_ compiled: CompiledQuery) throws(CommandFailure) -> SelectedPage {
      let query = compiled.query
      let statement = try CommandFailure.refusing([]) { () throws(QueryError) in
        try compiled.statement(for: .sqlite)
      }
      let rows = try Self.running(path ?? "SQLite") {
        try attach(query.resource)
        return try queue.writeWithoutTransaction { try $0.rows(statement) }
      }
      guard compiled.writesTokens else {
        return SelectedPage(rows.prefix(query.page.limit).map { record(StoredRow($0, query), query) })
      }
      let page = try Self.paging {
        try compiled.page(rows, from: .sqlite) { row, column in
          column < row.count ? SQLBinding(row[column] as DatabaseValue) : .null
        }
      }
      return SelectedPage(page.records.map { record(StoredRow($0, query), query) }, next: page.next)
    }

    /// What a token is made of is read from rows that were read already.
    private static func paging<Result>(_ body: () throws -> Result) throws(CommandFailure) -> Result {
      do {
        return try body()
      } catch let error as QueryError {
        throw .refused(error, source: [])
      } catch {
        throw .inputOutput("\(error)")
      }
    }

    private func record(_ row: StoredRow, _ query: Query) -> any SelectedRecord {
      guard let records, let place = places[row.primaryKey(of: query)] else { return row }
      return records[place]
    }

    // MARK: Loading

    /// Whether the tables are this resource's.
    func holds(_ resource: Resource) -> Bool { self.resource == resource }

    /// Puts records in the place of those that were there.
    func load(_ records: RecordSet) throws(CommandFailure) {
      self.records = records
      places.removeAll(keepingCapacity: true)
      let keys = records.resource.primaryKey
      for (index, record) in records.enumerated() { places[keys.map { record.value(of: $0) }] = index }
      let statements = try CommandFailure.refusing([]) { () throws(QueryError) in
        try table?.rows(for: records.map { StoredRecord($0) }) ?? []
      }
      try Self.running("SQLite") {
        try queue.writeWithoutTransaction { database in
          if database.isInsideTransaction { try database.rollback() }
          try database.beginTransaction()
          for statement in statements { try database.insert(statement) }
        }
      }
    }

    /// A table with a schema, `blnk.balances`: the file under that name.
    private func attach(_ resource: Resource) throws {
      let parts = resource.table.split(separator: ".", maxSplits: 1)
      guard let path, parts.count > 1, let schema = parts.first.map(String.init),
        attached.insert(schema).inserted
      else { return }
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "ATTACH DATABASE ? AS ?", arguments: [path, schema])
      }
    }

    private static func running<Result>(
      _ name: String, _ body: () throws -> Result
    ) throws(CommandFailure) -> Result {
      do {
        return try body()
      } catch {
        let reason = (error as? DatabaseError)?.message ?? "\(error)"
        throw .inputOutput("\(Escaping.text(name)): \(Escaping.text(reason))")
      }
    }
  }
#endif
