import Tamis
package import TamisModel
package import TamisSQL
package import TamisTesting

/// A SQL engine that is loaded anew for each resource.
package final class SQLLawEngine: LawEngine {
  package let name: String
  /// Asked of the engine when it is loaded first.
  package private(set) var version = ""
  private let open: (GeneratedResource) throws -> any LoadedEngine
  private var loaded: (any LoadedEngine)?
  /// Writes every statement anew; the engine's own keeps statements by shape.
  private var fresh: SQLEmitter?
  /// Statements by shape: equal shapes must have equal texts.
  private var texts: [QueryShape: String] = [:]
  package private(set) var sharedShapes = 0
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
    let engine = try open(generated)
    if version.isEmpty { version = try engine.version }
    loaded = engine
    log?.begin(generated.resource)
    fresh = SQLEmitter(resource: engine.emitter.resource, dialect: engine.emitter.dialect, cachedShapes: 0)
  }

  package var ownSeconds: Double? { loaded?.ownSeconds }

  // MARK: Questions

  package func answer(_ query: Query) -> EngineAnswer { ask([LawQuestion(query)])()[0] }

  package func count(_ query: Query) throws -> Int? { try loaded?.count(for: query) }

  package func ask(_ questions: [LawQuestion]) -> () -> [EngineAnswer] {
    guard let loaded else { return { questions.map { _ in .failed("nothing loaded") } } }
    let prepared = questions.map { prepare($0, loaded.emitter) }
    let waiting = loaded.send(prepared.compactMap(\.statement))
    return {
      var results = waiting()[...]
      return prepared.map { item in
        item.statement == nil ? item.answer : Self.answer(item, results.popFirst())
      }
    }
  }

  /// A question's statement, or why there is none.
  private struct Prepared {
    var question: LawQuestion
    var statement: SQLStatement?
    /// Where the number of a record stands in a row.
    var column = 0
    var answer = EngineAnswer.failed("not asked")
  }

  private func prepare(_ question: LawQuestion, _ emitter: SQLEmitter) -> Prepared {
    var prepared = Prepared(question: question)
    do {
      switch question.kind {
      case .page:
        guard let number = question.query.resource.field(named: GeneratedResource.numberField) else {
          prepared.answer = .failed("the records have no numbers")
          return prepared
        }
        prepared.question.query.selection = [number]
        prepared.statement = try emitter.statement(for: prepared.question.query)
      case .columns:
        prepared.statement = try emitter.statement(for: question.query)
        let names = emitter.columnNames(for: question.query)
        prepared.column = names.firstIndex(of: GeneratedResource.numberField) ?? names.count
      case .count: prepared.statement = try emitter.countStatement(for: question.query)
      }
    } catch {
      prepared.answer = Self.refusal(error)
    }
    if let statement = prepared.statement, let fault = checkText(statement, prepared.question) {
      prepared.statement = nil
      prepared.answer = .failed(fault)
    }
    return prepared
  }

  private static func answer(
    _ prepared: Prepared, _ result: Result<[[String?]], any Error>?
  ) -> EngineAnswer {
    guard let result else { return .failed("no answer") }
    switch result {
    case .failure(let error): return .failed("\(error)")
    case .success(let rows):
      var numbers = rows.map { row in
        row.indices.contains(prepared.column) ? Int(row[prepared.column] ?? "") ?? -1 : -1
      }
      if prepared.question.kind == .count { return .count(numbers.first ?? -1) }
      let limit = prepared.question.query.page.limit
      let hasMore = numbers.count > limit
      numbers = Array(numbers.prefix(limit))
      // Before a place the nearest comes first.
      if prepared.question.query.boundary?.side == .before { numbers.reverse() }
      return .page(numbers, hasMore: hasMore)
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

  private func checkText(_ statement: SQLStatement, _ question: LawQuestion) -> String? {
    let query = question.query
    log?.append(statement.text, of: query)
    // A count is not kept.
    if question.kind == .count { return nil }
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
    return nil
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
