import Foundation
import Tamis

/// What the environment says.
struct ServerSettings: Sendable {
  /// `TAMIS_SERVER_PORT`; 0 is any free port. The log tells which.
  var port = 8080
  /// `TAMIS_SERVER_POLICY`: `strict` or `faithful`.
  var policy = Policy.strict
  /// `TAMIS_SERVER_POSTGRESQL`: a libpq connection string of keywords and values. Without it, SQLite in memory.
  var postgreSQL: String?
  /// `TAMIS_SERVER_RECORDS`: folders with records to start with, with colons between.
  var recordFolders: [String] = []
  /// `TAMIS_SERVER_SECRET`: the key of cursors, the same on all servers. Without it, a random one.
  var secret: [UInt8]
  /// `TAMIS_SERVER_SEED`: what `sort=random` orders by, so that pages of one order fit. Without it, a random one.
  var seed: UInt64
  /// `TAMIS_SERVER_BASELINE`: one more route, with its statement written out, to measure by.
  var hasBaseline = false

  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  init(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    var random = SystemRandomNumberGenerator()
    secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    seed = random.next()
    if let text = environment["TAMIS_SERVER_PORT"] { port = try Self.number(text, "TAMIS_SERVER_PORT") }
    if let text = environment["TAMIS_SERVER_SEED"] { seed = try Self.number(text, "TAMIS_SERVER_SEED") }
    if let text = environment["TAMIS_SERVER_SECRET"] { secret = Array(text.utf8) }
    if let text = environment["TAMIS_SERVER_POLICY"] {
      guard let policy = Policy(rawValue: text) else { throw Fault(description: "no policy \(text)") }
      self.policy = policy
    }
    postgreSQL = environment["TAMIS_SERVER_POSTGRESQL"].flatMap { $0.isEmpty ? nil : $0 }
    recordFolders = environment["TAMIS_SERVER_RECORDS"]?.split(separator: ":").map(String.init) ?? []
    hasBaseline = environment["TAMIS_SERVER_BASELINE"] != nil
  }

  private static func number<Number: FixedWidthInteger>(_ text: String, _ name: String) throws -> Number {
    guard let number = Number(text) else { throw Fault(description: "\(name) is no number: \(text)") }
    return number
  }

  /// The records of a resource; none when no folder has the file `name.records.ndjson`.
  func records(_ name: String) throws -> [UInt8] {
    for folder in recordFolders {
      let path = folder + "/" + name + ".records.ndjson"
      if FileManager.default.fileExists(atPath: path) {
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      }
    }
    return []
  }

  var summary: String {
    let engine = postgreSQL == nil ? "SQLite" : "PostgreSQL"
    return "\(engine), \(policy.rawValue)"
  }
}
