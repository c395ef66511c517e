import Foundation
import Synchronization
package import TamisModel
import TamisTesting

/// Writes the statements of a run to a file, one JSON object a line, for `Tests/check-statements`, which has them
/// read by the parser of PostgreSQL itself. `TAMIS_STATEMENTS` names the file; without it nothing is written.
///
/// Each text comes with every name of its resource: no other identifier may stand in it.
package final class StatementLog {
  /// One for the process: several suites write to it at a time.
  private static let file = Mutex(open())
  private var seen: Set<String> = []
  private var names: [String] = []
  private var keys: [String] = []

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

  package func append(_ text: String) {
    guard seen.insert(text).inserted else { return }
    let entry: [String: Any] = ["text": text, "names": names, "keys": keys]
    guard var line = try? JSONSerialization.data(withJSONObject: entry) else { return }
    line.append(UInt8(ascii: "\n"))
    Self.file.withLock { $0?.write(line) }
  }
}
