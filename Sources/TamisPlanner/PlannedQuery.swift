package import TamisModel

/// What planning gives: the typed query as it was meant, before and after normalisation, and warnings.
package struct PlannedQuery: Sendable {
  /// Types checked, nothing rearranged: NOT stands where it was written.
  package var typed: Query
  /// NOT at the leaves, flat groups, nothing written twice.
  package var query: Query
  package var warnings: [Diagnostic]
}
