import Tamis
import TamisMemory
import TamisTesting

/// A resource that is paged by cursors, with its records, and two servers that differ in their key.
struct CursorGround: Sendable {
  let scope: [String: String]
  let compiler: QueryCompiler
  let other: QueryCompiler
  let records: RecordSet

  /// Nil for a resource that has a parameter of a cursor's name, or is otherwise not to be paged so.
  init?(_ ground: FuzzGround) {
    let paged = [true, false].map {
      ground.resource.paged(.cursor(defaultLimit: 3, maximumLimit: 60), allowsRandomOrder: $0)
    }
    guard let resource = paged.first(where: \.faults.isEmpty) else { return nil }
    compiler = QueryCompiler(resource: resource, cursors: FuzzKey.keyring(1))
    other = QueryCompiler(resource: resource, cursors: FuzzKey.keyring(2))
    scope = ground.scope
    let lines = ground.generated.records.map(\.description).joined(separator: "\n")
    guard compiler.faults.isEmpty,
      let records = try? RecordReader(resource: resource).readAll(Array(lines.utf8))
    else { return nil }
    self.records = records
  }

  /// By the places of `FuzzRegistry.grounds`.
  static let all: [CursorGround?] = FuzzRegistry.grounds.map { CursorGround($0) }
}
