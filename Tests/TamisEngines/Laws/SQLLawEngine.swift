import Tamis
package import TamisModel
package import TamisSQL
package import TamisTesting

/// A SQL engine that is loaded anew for each resource.
package final class SQLLawEngine: LawEngine {
  package let name: String
  private let open: (GeneratedResource) throws -> any LoadedEngine
  private var loaded: (any LoadedEngine)?
  /// Writes every statement anew; the engine's own keeps statements by shape.
  private var fresh: SQLEmitter?
  /// Statements by shape: equal shapes must have equal texts.
  private var texts: [QueryShape: String] = [:]
  private(set) var sharedShapes = 0
  private let log: StatementLog?

  package init(
    name: String, log: StatementLog? = nil, open: @escaping (GeneratedResource) throws -> any LoadedEngine
  ) {
    self.name = name
    self.log = log
    self.open = open
  }

  package func load(_ generated: GeneratedResource) throws {
    loaded = nil
    texts = [:]
    loaded = try open(generated)
    log?.begin(generated.resource)
    fresh = loaded.map {
      SQLEmitter(resource: $0.emitter.resource, dialect: $0.emitter.dialect, cachedShapes: 0)
    }
  }

  package func answer(_ query: Query) -> EngineAnswer {
    guard let loaded, let number = query.resource.field(named: GeneratedResource.numberField) else {
      return .failed("nothing loaded")
    }
    var query = query
    query.selection = [number]
    let statement: SQLStatement
    do {
      statement = try loaded.emitter.statement(for: query)
    } catch {
      return Self.refusal(error)
    }
    if let fault = checkText(statement, query) { return .failed(fault) }
    do {
      let numbers = try loaded.rows(statement).map { Int($0.first.flatMap { $0 } ?? "") ?? -1 }
      return .page(Array(numbers.prefix(query.page.limit)), hasMore: numbers.count > query.page.limit)
    } catch {
      return .failed("\(error)")
    }
  }

  private static func refusal(_ error: QueryError) -> EngineAnswer {
    var features: [String] = []
    for diagnostic in error.diagnostics {
      guard case .notOnEngine(let feature, _) = diagnostic.problem else { return .failed("\(error)") }
      features.append(feature)
    }
    return .refused(features)
  }

  // MARK: Laws of the text

  private func checkText(_ statement: SQLStatement, _ query: Query) -> String? {
    guard let written = try? fresh?.statement(for: query), written == statement else {
      return "what was at hand is not what is written anew: \(statement.text)"
    }
    let places = Placeholders.count(statement.text)
    if places != statement.bindings.count {
      return "\(places) placeholders, \(statement.bindings.count) bindings: \(statement.text)"
    }
    let shape = query.shape
    if let known = texts[shape] {
      sharedShapes += 1
      if known != written.text { return "one shape, two texts:\n\(known)\n\(written.text)" }
    }
    texts[shape] = written.text
    log?.append(written.text, of: query)
    return nil
  }

  package func count(_ query: Query) throws -> Int? {
    guard let loaded else { return nil }
    // The whole list of columns is run too: it holds expressions of its own.
    let whole = try loaded.emitter.statement(for: query)
    log?.append(whole.text, of: query)
    _ = try loaded.rows(whole)
    return try loaded.count(for: query)
  }

  /// Written anew: a text at hand would be the same for every query of a shape.
  package func text(of query: Query) -> String? { try? fresh?.statement(for: query).text }

  package func explanation(of query: Query) -> String {
    guard let statement = try? loaded?.emitter.statement(for: query) else { return "no statement" }
    return statement.text + "\n  " + statement.bindings.map { "\($0)" }.joined(separator: "\n  ")
  }
}

extension StoredRecord {
  /// A record as the reference reads it, so that no other reader is trusted.
  package init(_ record: ReferenceRecord, of resource: Resource) {
    self.init(
      values: resource.fields.map { record.values[$0.name]?.typed(as: $0.type) },
      relations: resource.relations.map { StoredRecord.elements(of: $0, in: record) })
  }

  private static func elements(of relation: Relation, in record: ReferenceRecord) -> [StoredRecord] {
    (record.elements[relation.name] ?? []).map { element in
      StoredRecord(
        values: relation.fields.map { element.values[$0.name]?.typed(as: $0.type) },
        relations: relation.relations.map { elements(of: $0, in: element) })
    }
  }
}

extension GeneratedResource {
  package var storedRecords: [StoredRecord] {
    records.map { StoredRecord(ReferenceRecord($0, of: resource), of: resource) }
  }
}

/// Every engine that can take part here.
package enum LawEngines {
  package static func all() -> [any LawEngine] {
    var engines: [any LawEngine] = [MemoryEngine()]
    #if CommandLine
      engines.append(
        SQLLawEngine(name: "SQLite") { generated in
          try SQLiteEngine(resource: generated.resource, records: generated.storedRecords)
        })
    #endif
    if let server = PostgreSQLConnection.connectionString {
      engines.append(
        SQLLawEngine(name: "PostgreSQL", log: StatementLog.forPostgreSQL()) { generated in
          try PostgreSQLEngine(
            resource: generated.resource, records: generated.storedRecords, server: server)
        })
    }
    for dialect in SQLDialect.all where dialect != .spark && EngineBridge.isAvailable(dialect) {
      let bridge = Result { try EngineBridge(dialect) }
      engines.append(
        SQLLawEngine(name: dialect.displayName) { generated in
          try BridgedEngine(
            resource: generated.resource, records: generated.storedRecords, dialect: dialect,
            bridge: bridge.get())
        })
    }
    return engines.filter { LawSettings.engine == nil || LawSettings.engine == $0.name }
  }
}
