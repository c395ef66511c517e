import Foundation
import Tamis
import TamisCatalog
import Testing

/// Requests to real systems under the faithful policy: the records that the real server gave, in its order, in memory
/// and on every engine; its refusals with their status; and a warning for whatever it ignored.
struct FaithfulCaseTests {
  @Test(arguments: ["glu"])
  func outcomes(_ system: String) throws {
    let resource = try #require(Catalog.resource(named: "\(system)/balances"))
    let replay = try FaithfulReplay(resource, system)
    let requests = try CaseFiles.requests(system)
    #expect(!requests.isEmpty)
    var met = 0
    for request in requests {
      if let fault = try replay.fault(request) {
        Issue.record("\(request.id) \(request.shown): \(fault)")
      } else {
        met += 1
      }
    }
    print("\(system), faithful: \(met) of \(requests.count) met; answered by \(replay.engines.summary)")
  }
}

/// Runs a system's requests as the real server would.
struct FaithfulReplay {
  private let compiler: QueryCompiler
  private let records: RecordSet
  let engines: CaseEngines

  init(_ resource: Resource, _ system: String) throws {
    compiler = QueryCompiler(resource: resource, policy: .faithful, cursors: .unauthenticated)
    records = try RecordReader(resource: resource)
      .readAll(CaseFiles.bytes("Fixtures/\(system)-balances.records.ndjson"))
    engines = try CaseEngines(records)
  }

  /// Nil when everything is as it was measured.
  func fault(_ request: CaseRequest) throws -> String? {
    let compiled: CompiledQuery
    do {
      compiled = try compiler.compile(request.source, dialect: request.isBody ? .body : nil)
    } catch {
      return refusalFault(error, request)
    }
    guard case .ids(let expected, let isOrdered) = request.measured else { return "is not refused" }
    if request.reason == "ignored", compiled.warnings.isEmpty { return "nothing says what is ignored" }
    let ids = try compiled.select(from: records).indices.map { CaseReplay.plain(records[$0].primaryKeyJSON) }
    try engines.check(compiled, ids, request.id)
    let isSame = isOrdered ? ids == expected : ids.sorted() == expected.sorted()
    return isSame ? nil : "expected \(expected), found \(ids)"
  }

  private func refusalFault(_ error: QueryError, _ request: CaseRequest) -> String? {
    guard case .refused(let status) = request.measured else { return "is refused: \(error)" }
    let answers = error.diagnostics.compactMap(\.serverAnswer?.status)
    return status.map(answers.contains) ?? true ? nil : "expected the status \(status ?? 0), found \(answers)"
  }
}
