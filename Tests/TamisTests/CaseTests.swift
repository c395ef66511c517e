import Foundation
import Tamis
import TamisCatalog
import Testing

/// Requests to four real systems, under the strict policy. Each ends in one of four ways, and there is no fifth:
/// the same records as the real server gave; diagnostics, where the server refused, ignored, dropped or guessed
/// something; a correction, where our answer differs by a rule that has a name; or an extension, where the request
/// asks for what the server ignores or refuses, and strict reading offers it.
///
/// `TAMIS_RECORD=1 swift test --filter CaseTests` writes the goldens anew, and fails.
struct CaseTests {
  @Test(arguments: ["animethemes", "blnk", "glu", "metronome"])
  func outcomes(_ system: String) throws {
    let resource = try #require(Catalog.resource(named: "\(system)/balances"))
    let replay = try CaseReplay(resource, system)
    var text = "\(system)/balances, strict policy: each request, and how it ends in memory and on SQLite.\n"
    for request in try CaseFiles.requests(system) { text += try replay.entry(request) }
    let path = "Goldens/\(system)-balances.cases.txt"
    if ProcessInfo.processInfo.environment["TAMIS_RECORD"] != nil {
      try CaseFiles.write(text, to: path)
      Issue.record("recorded \(path)")
    } else {
      compare(text, try CaseFiles.text(path), path)
    }
  }

  private func compare(_ found: String, _ golden: String, _ path: String) {
    let lines = found.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, pair) in zip(lines, expected).enumerated() where pair.0 != pair.1 {
      Issue.record("\(path):\(index + 1): expected \(pair.1), found \(pair.0)")
      return
    }
    #expect(lines.count == expected.count, "\(path)")
  }
}

/// Runs a system's requests and says how each ends.
struct CaseReplay {
  private let compiler: QueryCompiler
  private let reader: RecordReader
  private let shared: RecordSet
  private let engines: CaseEngines

  init(_ resource: Resource, _ system: String) throws {
    compiler = QueryCompiler(resource: resource, cursors: .unauthenticated)
    reader = RecordReader(resource: resource)
    // Metronome's requests bring their records.
    shared = try reader.readAll(
      system == "metronome" ? [] : CaseFiles.bytes("Fixtures/\(system)-balances.records.ndjson"))
    engines = try CaseEngines(shared)
  }

  /// The golden's lines for one request.
  func entry(_ request: CaseRequest) throws -> String {
    "\n\(request.id)\n  \(request.shown)\n  \(try outcome(request))\n"
  }

  private func outcome(_ request: CaseRequest) throws -> String {
    let compiled: CompiledQuery
    do {
      compiled = try compiler.compile(request.source, dialect: request.isBody ? .body : nil)
    } catch {
      return refusal(error, request)
    }
    let records = try request.records.map { try reader.readAll($0) } ?? shared
    let ids = try compiled.select(from: records).indices.map { Self.plain(records[$0].primaryKeyJSON) }
    let engines = try request.records == nil ? self.engines : CaseEngines(records)
    return answer(ids, request) + (try engines.check(compiled, ids, request))
  }

  static func plain(_ json: String) -> String {
    json.hasPrefix("\"") ? String(json.dropFirst().dropLast()) : json
  }

  private func refusal(_ error: QueryError, _ request: CaseRequest) -> String {
    let text = error.diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" }.joined(
      separator: ", ")
    #expect(
      request.correction == nil && request.widening == nil, "\(request.id) is refused, and should be answered"
    )
    switch request.measured {
    case .refused:
      #expect(request.reason == nil, "\(request.id): the server refuses it, too")
      return "diagnostic \(text) (refused)"
    case .ids:
      guard let reason = request.reason else {
        Issue.record("\(request.id) \(request.shown): the server answers, we refuse: \(error)")
        return "FAULT \(text)"
      }
      return "diagnostic \(text) (\(reason))"
    }
  }

  private func answer(_ ids: [String], _ request: CaseRequest) -> String {
    #expect(
      request.reason == nil || request.widening != nil,
      "\(request.id): something is \(request.reason ?? ""), and we do not say so")
    let found = ids.isEmpty ? "none" : ids.joined(separator: " ")
    if let widening = request.widening { return "extension, \(widening): \(found)" }
    let real: String
    switch request.measured {
    case .refused: real = "refused"
    case .ids(let expected, let isOrdered):
      if isOrdered ? ids == expected : ids.sorted() == expected.sorted() {
        #expect(request.correction == nil, "\(request.id): the answers are the same")
        return "same: \(found)"
      }
      real = expected.isEmpty ? "none" : expected.joined(separator: " ")
    }
    guard let rule = request.correction else {
      Issue.record("\(request.id) \(request.shown): \(found), the server: \(real)")
      return "FAULT \(found)"
    }
    return "correction, \(rule): \(found); the server: \(real)"
  }
}
