import Foundation
import Synchronization
package import TamisModel
import TamisSQL
import TamisTesting

/// Writes the statements of a run to a file, one JSON object a line, for `Tests/check-statements`, which has them
/// read by the parser of PostgreSQL itself, and with those that other dialects write for the same queries by an
/// independent parser of these. `TAMIS_STATEMENTS` names the file; without it nothing is written.
///
/// Each text comes with every name of its resource: no other identifier may stand in it.
package final class StatementLog {
  /// One for the process: several suites write to it at a time.
  private static let file = Mutex(open())
  private var seen: Set<String> = []
  private var names: [String] = []
  private var keys: [String] = []
  /// Of the other dialects.
  private var emitters: [SQLEmitter] = []
  private var count = 0

  /// The log for PostgreSQL, where one is asked for.
  package static func forPostgreSQL() -> StatementLog? {
    file.withLock { $0 != nil } ? StatementLog() : nil
  }

  private static func open() -> FileHandle? {
    guard let path = ProcessInfo.processInfo.environment["TAMIS_STATEMENTS"] else { return nil }
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    return FileHandle(forWritingAtPath: path)
  }

  private init() {}

  package func begin(_ resource: Resource) {
    seen = []
    emitters = SQLDialect.all.filter { $0 != .postgreSQL }
      .map { SQLEmitter(resource: resource, dialect: $0, cachedShapes: 0) }
    let places = (0..<resource.fieldCount).map { resource.field(FieldID($0)) }
    let locations = places.compactMap(\.jsonLocation)
    names =
      places.map(\.columnName) + places.map(\.name) + locations.map(\.column) + Self.parts(of: resource.table)
    keys = locations.flatMap(\.path)
    for entry in resource.relationEntries {
      switch entry.relation.location {
      case .childTable(let table, let foreignKey, let parentKey):
        names += Self.parts(of: table) + [foreignKey, parentKey]
      case .json(let column, let path):
        names.append(column)
        // Inside an element in JSON it is a member's name.
        keys += [column] + path
      case .structs(let column):
        names.append(column)
        // ClickHouse names a struct's member in a literal.
        keys += [column] + entry.relation.fields.map(\.columnName)
      case .pivotTable(let pivot, let foreignKey, let targetKey, let table, let key, let parentKey):
        names += Self.parts(of: pivot) + Self.parts(of: table) + [foreignKey, targetKey, key, parentKey]
      }
    }
    // In JSON an element's field is found by its record path.
    keys += places.flatMap(\.recordPath)
  }

  private static func parts(of table: String) -> [String] {
    table.split(separator: ".").map(String.init)
  }

  /// What PostgreSQL runs, and what the other dialects have for it: all of those that can not be run here, and of
  /// those that can, which are parsed when they run, every tenth.
  package func append(_ text: String, of query: Query) {
    write(text, .postgreSQL, nil)
    count += 1
    for emitter in emitters where emitter.dialect.checking == .parsed || count.isMultiple(of: 10) {
      guard let statement = try? emitter.statement(for: query) else { continue }
      write(statement.text, emitter.dialect, statement.bindings.count)
    }
  }

  private func write(_ text: String, _ dialect: SQLDialect, _ bindings: Int?) {
    guard seen.insert(text).inserted else { return }
    var entry: [String: Any] = ["text": text, "names": names, "keys": keys, "dialect": dialect.name]
    entry["bindings"] = bindings
    guard var line = try? JSONSerialization.data(withJSONObject: entry) else { return }
    line.append(UInt8(ascii: "\n"))
    Self.file.withLock { $0?.write(line) }
  }
}
