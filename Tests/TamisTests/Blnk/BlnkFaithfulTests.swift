import Foundation
import Tamis
import TamisCatalog
import Testing

/// Requests to a Blnk server's lists under the faithful policy: the records that the server gave, in its order, in
/// memory and on every engine; its refusals with their status and wording; a warning for whatever it ignored.
struct BlnkFaithfulTests {
  @Test(arguments: ["accounts", "balances", "identities", "ledgers", "transactions"])
  func outcomes(_ collection: String) throws {
    let replay = try BlnkReplay(collection)
    let requests = try BlnkRequest.all(collection)
    #expect(!requests.isEmpty)
    var met = 0
    for request in requests {
      if let fault = try replay.fault(request) {
        Issue.record("\(request.id) \(request.source.prefix(160)): \(fault)")
      } else {
        met += 1
      }
    }
    print(
      "blnk/\(collection), faithful: \(met) of \(requests.count) met; answered by \(replay.engines.summary)")
  }
}

/// One request and what the server answered.
struct BlnkRequest {
  let id: String
  let source: String
  let isBody: Bool
  let ids: [String]?
  let isOrdered: Bool
  let status: Int?
  let message: String?
  /// Whether the refusal is ours by a rule, and the server's an accident.
  let isOurs: Bool
  /// Why strict reading refuses what the server answers: something is `ignored`, `dropped` or `guessed`.
  let reason: String?

  init(_ line: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    id = object["id"] as? String ?? ""
    isBody = object["query"] == nil
    if let query = object["query"] as? String {
      source = query
    } else {
      source = String(
        decoding: try JSONSerialization.data(
          withJSONObject: object["body"] ?? [:], options: [.fragmentsAllowed, .withoutEscapingSlashes]),
        as: UTF8.self)
    }
    let measured = object["measured"] as? [String: Any] ?? [:]
    ids = measured["ids"] as? [String]
    isOrdered = measured["ordered"] as? Bool ?? true
    status = measured["status"] as? Int
    message = measured["message"] as? String
    isOurs = object["ours"] as? Bool ?? false
    reason = object["reason"] as? String
  }

  static func all(_ collection: String) throws -> [BlnkRequest] {
    try CaseFiles.text("Fixtures/blnk-\(collection).requests.ndjson").split(separator: "\n")
      .map { try BlnkRequest(String($0)) }
  }
}

/// Runs requests as the server would.
struct BlnkReplay {
  let compiler: QueryCompiler
  let records: RecordSet
  let engines: CaseEngines

  init(_ collection: String) throws {
    let resource = try #require(Catalog.resource(named: "blnk/\(collection)"))
    try self.init(
      resource, records: CaseFiles.bytes("Fixtures/blnk-\(collection).records.ndjson"))
  }

  init(_ resource: Resource, records json: [UInt8]) throws {
    compiler = QueryCompiler(resource: resource, policy: .faithful)
    let balances = try CaseFiles.bytes("Fixtures/blnk-balances.records.ndjson")
    records = try RecordReader(resource: resource, related: ["balances": balances]).readAll(json)
    engines = try CaseEngines(records)
  }

  /// Nil when everything is as it was measured.
  func fault(_ request: BlnkRequest) throws -> String? {
    let compiled: CompiledQuery
    do {
      compiled = try compiler.compile(request.source, dialect: request.isBody ? .body : nil)
    } catch {
      return refusalFault(error, request)
    }
    guard let expected = request.ids else { return "is not refused" }
    if request.reason == "ignored" || request.reason == "dropped", compiled.warnings.isEmpty {
      return "nothing says what is \(request.reason ?? "")"
    }
    let ids = try ids(compiled, request.id)
    let isSame = request.isOrdered ? ids == expected : ids.sorted() == expected.sorted()
    return isSame ? nil : "expected \(expected), found \(ids)"
  }

  /// The records' keys, which every engine gives in the same order.
  func ids(_ compiled: CompiledQuery, _ label: String) throws -> [String] {
    let ids = try compiled.select(from: records).indices.map {
      String(records[$0].primaryKeyJSON.dropFirst().dropLast())
    }
    _ = try engines.check(compiled, ids, label)
    return ids
  }

  private func refusalFault(_ error: QueryError, _ request: BlnkRequest) -> String? {
    guard let status = request.status else { return "is refused: \(error)" }
    let answers = error.diagnostics.compactMap(\.serverAnswer)
    if request.isOurs, status < 500 {
      let found = error.diagnostics.map { $0.httpStatus(isBody: request.isBody) }
      return found.contains(status) ? nil : "expected the status \(status), found \(found)"
    }
    let isSame = answers.contains {
      $0.status == status && (request.message == nil || $0.message == request.message)
    }
    return isSame ? nil : "expected \(status) \(request.message ?? ""), found \(error.diagnostics)"
  }
}
