import Foundation
import TamisSQL

/// How much the laws try, and from which seed: `TAMIS_SEED`, `TAMIS_RESOURCES`, `TAMIS_QUERIES`.
package struct LawSettings {
  package var seed: UInt64
  package var resources: Int
  package var queries: Int
  /// The most queries for slow engines, by their names.
  package var limits: [String: Int] = [:]
  /// When no other resource is begun.
  package var deadline: ContinuousClock.Instant?

  package init(seed: UInt64, resources: Int, queries: Int) {
    self.seed = seed
    self.resources = resources
    self.queries = queries
  }

  /// Checks of one resource that a slow engine gets.
  static let slowShare = 24

  package static let current: LawSettings = {
    let environment = ProcessInfo.processInfo.environment
    var settings = LawSettings(
      seed: environment["TAMIS_SEED"].flatMap { UInt64($0) } ?? 20_261_121,
      resources: environment["TAMIS_RESOURCES"].flatMap { Int($0) } ?? 200,
      queries: environment["TAMIS_QUERIES"].flatMap { Int($0) } ?? 20_000)
    // `Tests/engines` asks them as much as the others.
    for dialect in SQLDialect.all where EngineBridge.isAvailable(dialect) {
      settings.limits[dialect.displayName] = max(1, settings.queries / 8)
    }
    return settings
  }()

  /// `TAMIS_ENGINE=SQLite` asks one engine only.
  package static let engine = ProcessInfo.processInfo.environment["TAMIS_ENGINE"]

  /// Whether the run is large enough to try every kind of clause.
  package var isComplete: Bool { queries >= 20_000 }

  package var queriesEach: Int { max(1, queries / max(1, resources)) }
}
