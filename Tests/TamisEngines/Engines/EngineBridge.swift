import Foundation
package import TamisModel
package import TamisSQL

/// A process of `Tests/engine_bridge.py`, which runs statements on one engine. Used by one thread at a time.
package final class EngineBridge {
  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()
  private var received: [UInt8] = []
  /// Whose tables are loaded.
  private weak var holder: BridgedEngine?

  /// `TAMIS_ENGINES` names the engines to test with, `TAMIS_ENGINES_PYTHON` the Python that has their packages;
  /// `Tests/install-engines` prints both.
  package static func isAvailable(_ dialect: SQLDialect) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    let names = (environment["TAMIS_ENGINES"] ?? "").split(separator: " ")
    guard names.contains(Substring(dialect.name)), environment["TAMIS_ENGINES_PYTHON"] != nil else {
      return false
    }
    return dialect != .mariaDB || !(environment["TAMIS_MARIADB"] ?? "").isEmpty
  }

  /// What the engine says of itself.
  package private(set) var version = ""
  /// The time that it has taken.
  fileprivate(set) var seconds = 0.0

  package init(_ dialect: SQLDialect) throws {
    let program = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "engine_bridge.py")
    process.executableURL = URL(filePath: ProcessInfo.processInfo.environment["TAMIS_ENGINES_PYTHON"] ?? "")
    process.arguments = [program.path, dialect.name]
    process.standardInput = requests
    process.standardOutput = answers
    try process.run()
    guard let version = try line()["ready"] as? String else {
      throw EngineError(description: "\(dialect.name) is not ready")
    }
    self.version = version
  }

  deinit {
    // Another bridge's process may hold this end open as well, so closing it does not say enough.
    try? write(["quit": true])
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// An empty database, then the engine's tables and rows, unless they are there.
  fileprivate func load(_ engine: BridgedEngine, _ tables: [String], _ rows: [SQLStatement]) throws {
    guard holder !== engine else { return }
    var insertions: [(text: String, rows: [[Any]])] = []
    for row in rows {
      let values = row.bindings.map(Self.value)
      if insertions.last?.text == row.text {
        insertions[insertions.count - 1].rows.append(values)
      } else {
        insertions.append((row.text, [values]))
      }
    }
    holder = nil
    _ = try ask(["load": tables, "rows": insertions.map { [$0.text, $0.rows] as [Any] }])
    holder = engine
  }

  /// An empty database: schemas are the server's, and another process may wait for them.
  package func clear() throws {
    holder = nil
    _ = try ask(["load": [String](), "rows": [String]()])
  }

  /// Sends statements, and returns what waits for their rows. Nothing else may be asked before.
  func send(_ statements: [SQLStatement]) -> () -> [Result<[[String?]], any Error>] {
    guard !statements.isEmpty else { return { [] } }
    let sent = Result {
      try write(["run": statements.map { [$0.text, $0.bindings.map(Self.value)] as [Any] }])
    }
    return {
      let answer = Result { () throws -> [String: Any] in
        try sent.get()
        return try self.answer()
      }
      switch answer {
      case .failure(let error): return statements.map { _ in .failure(error) }
      case .success(let answer):
        let results = answer["results"] as? [Any] ?? []
        return statements.indices.map { index in
          Result { try Self.rows(index < results.count ? results[index] : nil, statements[index]) }
        }
      }
    }
  }

  private static func rows(_ result: Any?, _ statement: SQLStatement) throws -> [[String?]] {
    if let failure = (result as? [String: Any])?["error"] as? String {
      throw EngineError(description: failure + " in: " + statement.text)
    }
    guard let rows = result as? [[Any]] else { throw EngineError(description: "no rows") }
    return rows.map { row in row.map { $0 as? String } }
  }

  private static func value(_ binding: SQLBinding) -> Any {
    switch binding {
    case .null: NSNull()
    case .integer(let number), .timestamp(let number), .date(let number): [binding.type, String(number)]
    case .text(let text), .decimal(let text), .uuid(let text), .json(let text): [binding.type, text]
    case .boolean(let flag): [binding.type, flag] as [Any]
    case .bytes(let bytes):
      [binding.type, bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()]
    case .array(let items): [binding.type, items.map(value)] as [Any]
    }
  }

  // MARK: Lines

  private func ask(_ request: [String: Any]) throws -> [String: Any] {
    try write(request)
    return try answer()
  }

  private func write(_ request: [String: Any]) throws {
    let data = try JSONSerialization.data(withJSONObject: request)
    try requests.fileHandleForWriting.write(contentsOf: data + [UInt8(ascii: "\n")])
  }

  private func answer() throws -> [String: Any] {
    let answer = try line()
    seconds += answer["seconds"] as? Double ?? 0
    if let failure = answer["error"] as? String { throw EngineError(description: failure) }
    return answer
  }

  private func line() throws -> [String: Any] {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let data = Data(received[..<end])
        received.removeSubrange(...end)
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
      }
      let more = answers.fileHandleForReading.availableData
      guard !more.isEmpty else { throw EngineError(description: "the engine's process has ended") }
      received += more
    }
  }
}

/// An engine behind a bridge, with one resource's records. A bridge holds those of one engine at a time, and takes
/// another's when they are asked for.
package final class BridgedEngine: LoadedEngine {
  package let emitter: SQLEmitter
  private let bridge: EngineBridge
  private let tables: [String]
  private let insertions: [SQLStatement]

  package init(resource: Resource, records: [StoredRecord], dialect: SQLDialect, bridge: EngineBridge) throws
  {
    emitter = SQLEmitter(resource: resource, dialect: dialect)
    self.bridge = bridge
    let table = SQLTable(resource: resource, dialect: dialect)
    guard table.faults.isEmpty else { throw EngineError(description: table.faults.joined(separator: "; ")) }
    tables = table.createStatements
    insertions = try table.rows(for: records)
    try bridge.load(self, tables, insertions)
  }

  package func rows(_ statement: SQLStatement) throws -> [[String?]] {
    try send([statement])()[0].get()
  }

  package func send(_ statements: [SQLStatement]) -> () -> [Result<[[String?]], any Error>] {
    do {
      try bridge.load(self, tables, insertions)
      return bridge.send(statements)
    } catch {
      return { statements.map { _ in .failure(error) } }
    }
  }

  package var version: String { bridge.version }
  package var ownSeconds: Double? { bridge.seconds }
}
