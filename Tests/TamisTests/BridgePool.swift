import Synchronization
import Tamis
import TamisEngines

/// The processes of engines, each of which holds the tables of one case at a time: those of a case that has ended wait
/// for the next. Tests run side by side, so there may be several of an engine.
enum BridgePool {
  /// Whoever holds it is its only user.
  struct Lent: @unchecked Sendable {
    let dialect: SQLDialect
    let bridge: EngineBridge
  }

  private static let idle = Mutex<[Lent]>([])

  /// Spark takes some 200 ms for a statement: the random law asks it in batches.
  private static let dialects = SQLDialect.all.filter { $0 != .spark && EngineBridge.isAvailable($0) }

  /// One of each engine that the environment names.
  static func lend() throws -> [Lent] {
    try dialects.map { dialect in
      let waiting = idle.withLock { idle in
        idle.lastIndex { $0.dialect == dialect }.map { idle.remove(at: $0) }
      }
      return try waiting ?? Lent(dialect: dialect, bridge: EngineBridge(dialect))
    }
  }

  /// One that can not be cleared has ended, or soon will.
  static func takeBack(_ bridges: [Lent]) {
    for lent in bridges where (try? lent.bridge.clear()) != nil { idle.withLock { $0.append(lent) } }
  }
}
