import Tamis
import TamisEngines
import Testing

/// The SQL engines with one case's records.
final class CaseEngines {
  private let loaded: LoadedEngines
  /// Requests that each engine has answered.
  private var answered: [String: Int] = [:]

  init(_ records: RecordSet) throws {
    loaded = try LoadedEngines(resource: records.resource, records: records.map { StoredRecord($0) })
  }

  private var engines: [any LoadedEngine] { loaded.all }

  /// Every engine gives these records in this order.
  func check(_ query: Query, _ ids: [String], _ comment: String) throws {
    for engine in engines {
      #expect(try engine.ids(for: query) == ids, "\(comment) on \(engine.emitter.dialect.displayName)")
      answered[engine.emitter.dialect.displayName, default: 0] += 1
    }
  }

  /// Adds what those of another case have answered.
  func count(_ other: CaseEngines) { answered.merge(other.answered, uniquingKeysWith: +) }

  /// `SQLite 72, PostgreSQL 72`.
  var summary: String {
    engines.map { "\($0.emitter.dialect.displayName) \(answered[$0.emitter.dialect.displayName] ?? 0)" }
      .joined(separator: ", ")
  }

  /// Every engine gives the same records in the same order. What a dialect can not run is in the golden, whether
  /// its engine is here or not.
  func check(_ compiled: CompiledQuery, _ ids: [String], _ request: CaseRequest) throws -> String {
    try check(compiled, ids, "\(request.id) \(request.shown)")
  }

  @discardableResult
  func check(_ compiled: CompiledQuery, _ ids: [String], _ label: String) throws -> String {
    var notes = ""
    for dialect in SQLDialect.all {
      do {
        _ = try compiled.statement(for: dialect)
        for engine in engines where engine.emitter.dialect == dialect {
          let found = try engine.ids(for: compiled.query)
          #expect(found == ids, "\(label) on \(dialect.displayName)")
          answered[dialect.displayName, default: 0] += 1
        }
      } catch let error as QueryError {
        #expect(error.diagnostics.allSatisfy { $0.code == "engine.not-supported" }, "\(label): \(error)")
        notes += "; not on \(dialect.displayName)"
      }
    }
    return notes
  }

  /// The same for a page, with its token.
  func check(_ compiled: CompiledQuery, _ ids: [String], hasMore: Bool, next: String?) throws {
    for engine in engines {
      let page = try engine.page(for: compiled.query)
      #expect(page == EnginePage(ids: ids, hasMore: hasMore))
      let statement = try compiled.statement(for: engine.emitter.dialect)
      let rows = try engine.rows(statement)
      let walked = try compiled.page(rows, from: engine.emitter.dialect) { row, column in
        row[column].map { .text($0) } ?? .null
      }
      #expect(walked.next == next)
    }
  }
}
