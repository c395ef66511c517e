import Foundation
import Tamis
import TamisCatalog
import TamisEngines
import Testing

/// Requests to a real system's list, in `Fixtures/NAME.requests.ndjson`, where NAME is the resource's.
struct CaseSuite: CustomTestStringConvertible, Sendable {
  /// Of the catalogue: `blnk/balances`.
  let resource: String
  let policy: Policy

  static let all =
    [
      CaseSuite(resource: "animethemes/balances", policy: .strict),
      // How Blnk answers is another test's: it looks at the wording, too.
      CaseSuite(resource: "blnk/accounts", policy: .strict),
      CaseSuite(resource: "blnk/balances", policy: .strict),
      CaseSuite(resource: "blnk/identities", policy: .strict),
      CaseSuite(resource: "blnk/ledgers", policy: .strict),
      CaseSuite(resource: "blnk/transactions", policy: .strict),
      CaseSuite(resource: "glu/balances", policy: .strict),
    ]
    + both(
      "metronome/balances", "metronome/commits", "metronome/contracts", "metronome/credit-grants",
      "metronome/credits", "metronome/net-balance")

  private static func both(_ names: String...) -> [CaseSuite] {
    names.flatMap { name in Policy.allCases.map { CaseSuite(resource: name, policy: $0) } }
  }

  private var stem: String { resource.replacing("/", with: "-") }
  var requests: String { "Fixtures/\(stem).requests.ndjson" }
  var records: String { "Fixtures/\(stem).records.ndjson" }
  var golden: String { "Goldens/\(stem).\(policy == .strict ? "cases" : "faithful").txt" }
  var testDescription: String { "\(resource) \(policy.rawValue)" }
}

/// Requests to four real systems. Under the strict policy each ends in one of four ways, and there is no fifth: the
/// same records as the real server gave; diagnostics, where the server refused, ignored, dropped or guessed something;
/// a correction, where our answer differs by a rule that has a name; or an extension, where strict offers what the
/// server does not have. Under the faithful policy there are two: the same records in the same order, with a warning
/// where the server passes over something, or a refusal where the server refuses.
///
/// `TAMIS_RECORD=1 swift test --filter CaseTests` writes the goldens anew, and fails.
struct CaseTests {
  @Test(arguments: CaseSuite.all)
  func outcomes(_ suite: CaseSuite) throws {
    let resource = try #require(Catalog.resource(named: suite.resource))
    let replay = try CaseReplay(resource, suite)
    var text =
      "\(suite.resource), \(suite.policy.rawValue) policy: each request, and how it ends in memory and on SQLite.\n"
    for line in try CaseFiles.lines(suite.requests) { text += try replay.entry(CaseRequest(line)) }
    print("\(suite.resource), \(suite.policy.rawValue): answered by \(replay.summary)")
    if ProcessInfo.processInfo.environment["TAMIS_RECORD"] != nil {
      try CaseFiles.write(text, to: suite.golden)
      Issue.record("recorded \(suite.golden)")
    } else {
      compare(text, try CaseFiles.text(suite.golden), suite.golden)
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
  private let isFaithful: Bool

  init(_ resource: Resource, _ suite: CaseSuite) throws {
    compiler = QueryCompiler(resource: resource, policy: suite.policy, cursors: .unauthenticated)
    reader = try RecordReader(resource: resource, related: CaseFiles.related(to: suite.resource))
    isFaithful = suite.policy == .faithful
    // Metronome's requests bring their records.
    shared = try reader.readAll(CaseFiles.exists(suite.records) ? CaseFiles.bytes(suite.records) : [])
    engines = try CaseEngines(shared)
  }

  var summary: String { engines.summary }

  /// The golden's lines for one request.
  func entry(_ request: CaseRequest) throws -> String {
    let beside = request.beside.isEmpty ? "" : "  ?\(request.beside)\n"
    return "\n\(request.id)\n\(beside)  \(request.shown)\n  \(try outcome(request))\n"
  }

  private func compile(_ request: CaseRequest) throws(QueryError) -> CompiledQuery {
    request.beside.isEmpty
      ? try compiler.compile(request.source, dialect: request.isBody ? .body : nil)
      : try compiler.compile(BodyRequest(body: request.source, query: request.beside))
  }

  private func outcome(_ request: CaseRequest) throws -> String {
    let compiled: CompiledQuery
    do {
      compiled = try compile(request)
    } catch {
      return isFaithful ? faithfulRefusal(error, request) : refusal(error, request)
    }
    let records = try request.records.map { try reader.readAll($0) } ?? shared
    let ids = try compiled.select(from: records).indices.map { Self.plain(records[$0].primaryKeyJSON) }
    let engines = try request.records == nil ? self.engines : CaseEngines(records)
    defer { if request.records != nil { self.engines.count(engines) } }
    let text = isFaithful ? faithful(compiled, ids, request) : answer(ids, request)
    return text + (try engines.check(compiled, ids, request))
  }

  static func plain(_ json: String) -> String {
    json.hasPrefix("\"") ? String(json.dropFirst().dropLast()) : json
  }

  private func list(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" }.joined(separator: ", ")
  }

  private func shown(_ ids: [String]) -> String { ids.isEmpty ? "none" : ids.joined(separator: " ") }

  // MARK: Faithful

  private func faithful(_ compiled: CompiledQuery, _ ids: [String], _ request: CaseRequest) -> String {
    let warnings = compiled.warnings.isEmpty ? "" : "; warning \(list(compiled.warnings))"
    #expect(
      request.reason == nil || !compiled.warnings.isEmpty,
      "\(request.id): something is \(request.reason ?? ""), and we do not say so")
    guard case .ids(let expected, let isOrdered) = request.measured,
      isOrdered ? ids == expected : ids.sorted() == expected.sorted()
    else {
      Issue.record("\(request.id) \(request.shown): \(shown(ids)), the server: \(request.measured)")
      return "FAULT \(shown(ids))"
    }
    return "same: \(shown(ids))" + warnings
  }

  private func faithfulRefusal(_ error: QueryError, _ request: CaseRequest) -> String {
    guard case .refused = request.measured else {
      Issue.record("\(request.id) \(request.shown): the server answers, we refuse: \(error)")
      return "FAULT \(list(error.diagnostics))"
    }
    return "refused \(error.httpStatus(isBody: request.isBody)) \(list(error.diagnostics))"
  }

  // MARK: Strict

  private func refusal(_ error: QueryError, _ request: CaseRequest) -> String {
    let text = list(error.diagnostics)
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
    if let widening = request.widening { return "extension, \(widening): \(shown(ids))" }
    #expect(
      request.reason == nil, "\(request.id): something is \(request.reason ?? ""), and we do not say so")
    let real: String
    switch request.measured {
    case .refused: real = "refused"
    case .ids(let expected, let isOrdered):
      if isOrdered ? ids == expected : ids.sorted() == expected.sorted() {
        #expect(request.correction == nil, "\(request.id): the answers are the same")
        return "same: \(shown(ids))"
      }
      real = shown(expected)
    }
    guard let rule = request.correction else {
      Issue.record("\(request.id) \(request.shown): \(shown(ids)), the server: \(real)")
      return "FAULT \(shown(ids))"
    }
    return "correction, \(rule): \(shown(ids)); the server: \(real)"
  }
}
