import TamisModel

/// What a run has seen.
struct LawTally {
  var resources = 0
  var records = 0
  var queries = 0
  var spelled = 0
  var none = 0
  var some = 0
  var all = 0
  var hadMore = 0
  var extra: [String: Int] = [:]
  /// By engine and feature.
  var refusals: [String: Int] = [:]
  var differences = 0
  var typedMatrix = ClauseMatrix()
  var spelledMatrix = ClauseMatrix()

  mutating func count(_ matches: Int, of records: Int) {
    queries += 1
    if matches == 0 { none += 1 } else if matches == records { all += 1 } else { some += 1 }
  }

  var shareOfSome: Int { queries == 0 ? 0 : some * 100 / queries }

  func summary(engines: [String], seed: UInt64) -> String {
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
