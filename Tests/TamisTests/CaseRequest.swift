import Foundation

/// One request of a real system's list endpoint, with what the real server answered.
struct CaseRequest {
  enum Measured {
    case ids([String], isOrdered: Bool)
    /// With this status, where it is known.
    case refused(Int?)
  }

  let id: String
  /// A query string, or a JSON body.
  let source: String
  let isBody: Bool
  /// The case's own records; nil where it uses the system's.
  let records: [UInt8]?
  let measured: Measured
  /// Why diagnostics are right although the server answered: it `ignored`, `dropped` or `guessed` something.
  let reason: String?
  /// The rule by which our strict answer differs from the server's.
  let correction: String?
  /// What strict reading offers here beyond what the server does.
  let widening: String?
  /// A query string that stands beside a body.
  let beside: String

  init(_ line: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    id = object["id"] as? String ?? ""
    if let query = object["query"] as? String {
      source = query
      isBody = false
    } else {
      source = try Self.member("body", of: line, object)
      isBody = true
    }
    records = try object["records"].map { _ in Array(try Self.member("records", of: line, object).utf8) }
    reason = object["reason"] as? String
    correction = object["correction"] as? String
    widening = object["extension"] as? String
    beside = isBody ? object["beside"] as? String ?? "" : ""
    measured = Self.measured(object["measured"] as? [String: Any] ?? [:])
  }

  private static func measured(_ object: [String: Any]) -> Measured {
    guard let ids = object["ids"] as? [Any] else { return .refused(object["status"] as? Int) }
    return .ids(ids.map { "\($0)" }, isOrdered: object["ordered"] as? Bool ?? true)
  }

  private static func member(_ name: String, of line: String, _ object: [String: Any]) throws -> String {
    String(
      decoding: try JSONSerialization.data(
        withJSONObject: object[name] ?? [:],
        options: [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]),
      as: UTF8.self)
  }

  /// For the golden: long requests are cut.
  var shown: String {
    source.utf8.count <= 140 ? source : "\(source.prefix(120))… (\(source.utf8.count) bytes)"
  }
}

/// Where the cases stand.
enum CaseFiles {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  static func bytes(_ path: String) throws -> [UInt8] { Array(try text(path).utf8) }

  static func write(_ text: String, to path: String) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  static func requests(_ system: String) throws -> [CaseRequest] {
    try lines("Fixtures/\(system)-balances.requests.ndjson").map { try CaseRequest($0) }
  }

  /// Records of other tables, by the name that the resource uses for them.
  static func related(to resource: String) throws -> [String: [UInt8]] {
    resource == "blnk/transactions"
      ? ["balances": try bytes("Fixtures/blnk-balances.records.ndjson")] : [:]
  }

  /// One JSON object a line.
  static func lines(_ path: String) throws -> [String] {
    try text(path).split(separator: "\n").map(String.init)
  }

  /// Whether a fixture is there: systems whose requests bring their records have none of their own.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }
}
