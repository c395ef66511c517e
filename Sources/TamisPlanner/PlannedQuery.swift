package import TamisModel

/// What planning gives: the typed query as it was meant, before and after normalisation, and warnings.
package struct PlannedQuery: Sendable {
  /// NOT at the leaves, flat groups, nothing written twice.
  package private(set) var query: Query
  package let warnings: [Diagnostic]
  /// The nodes before normalisation, where that changed them.
  private let typedNodes: [PredicateNode]?

  init(typed: consuming Query, warnings: [Diagnostic]) {
    self.warnings = warnings
    let nodes = Normalizer.normalisedNodes(of: typed)
    typedNodes = nodes == nil ? nil : typed.nodes
    if let nodes { typed.nodes = nodes }
    query = typed
  }

  /// The same with another order or start.
  func with(_ query: Query) -> PlannedQuery {
    var planned = self
    planned.query = query
    return planned
  }

  /// Types checked, nothing rearranged: NOT stands where it was written.
  package var typed: Query {
    guard let typedNodes else { return query }
    var typed = query
    typed.nodes = typedNodes
    return typed
  }
}
