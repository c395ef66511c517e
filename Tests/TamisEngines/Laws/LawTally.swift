import TamisModel

/// What a run has seen.
package struct LawTally {
  package var resources = 0
  package var records = 0
  package var queries = 0
  package var spelled = 0
  package var none = 0
  package var some = 0
  package var all = 0
  package var hadMore = 0
  package var extra: [String: Int] = [:]
  /// By engine and feature.
  package var refusals: [String: Int] = [:]
  package var differences = 0
  package var engines: [String: EngineTally] = [:]
  package var referenceSeconds = 0.0
  package var typedMatrix = ClauseMatrix()
  package var spelledMatrix = ClauseMatrix()

  package mutating func count(_ matches: Int, of records: Int) {
    queries += 1
    if matches == 0 { none += 1 } else if matches == records { all += 1 } else { some += 1 }
  }

  package var shareOfSome: Int { queries == 0 ? 0 : some * 100 / queries }

  package func summary(engines: [String], seed: UInt64) -> String {
    let refused = refusals.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let others = extra.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    return """
      laws: seed \(seed), \(resources) resources with \(records) records, \(queries) queries (\(spelled) spelled) on \
      reference, \(engines.joined(separator: ", ")): \(differences) differences
      laws: selecting none \(none), some \(some) (\(shareOfSome) %), all \(all); with a page after them \(hadMore)
      laws: \(typedMatrix.counts.count) kinds of typed clauses, \(spelledMatrix.counts.count) of written ones; \(others)
      laws: refused by an engine: \(refused.isEmpty ? "none" : refused.joined(separator: ", "))
      """
  }
}
