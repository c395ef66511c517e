import Foundation

/// How much the laws of the grammars try, and from which seed: `TAMIS_SEED`, `TAMIS_QUERIES`, as for the other laws.
struct GrammarSettings {
  var seed: UInt64
  /// Sentences of each dialect.
  var sentences: Int
  /// Edits of each sentence.
  let edits = 4

  static let current: GrammarSettings = {
    let environment = ProcessInfo.processInfo.environment
    return GrammarSettings(
      seed: environment["TAMIS_SEED"].flatMap { UInt64($0) } ?? 20_261_121,
      sentences: (environment["TAMIS_QUERIES"].flatMap { Int($0) } ?? 20_000) / 20)
  }()

  /// Whether the run is large enough to reach everything.
  var isComplete: Bool { sentences >= 1_000 }
}
