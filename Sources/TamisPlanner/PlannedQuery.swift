package import TamisModel

/// What planning gives: the typed query as it was meant, before and after normalisation, and warnings.
package struct PlannedQuery: Sendable {
  /// NOT at the leaves, flat groups, nothing written twice.
  package private(set) var query: Query
  /// Nil when there is nothing to warn of, and nothing was rearranged.
  private let notes: Notes?

  /// A class, because most queries have none.
  private final class Notes: Sendable {
    let warnings: [Diagnostic]
    /// The nodes before normalisation, where that changed them.
    let typedNodes: PredicateNodes?

    init(warnings: [Diagnostic], typedNodes: PredicateNodes?) {
      self.warnings = warnings
      self.typedNodes = typedNodes
    }
  }

  init(typed: consuming Query, warnings: [Diagnostic]) {
    guard let nodes = Normalizer.normalisedNodes(of: typed) else {
      notes = warnings.isEmpty ? nil : Notes(warnings: warnings, typedNodes: nil)
      query = typed
      return
    }
    notes = Notes(warnings: warnings, typedNodes: typed.nodes)
    typed.nodes = nodes
    query = typed
  }

  /// The same with another order or start.
  package func with(_ query: Query) -> PlannedQuery {
    var planned = self
    planned.query = query
    return planned
  }

  package var warnings: [Diagnostic] { notes?.warnings ?? [] }

  /// Types checked, nothing rearranged: NOT stands where it was written.
  package var typed: Query {
    guard let typedNodes = notes?.typedNodes else { return query }
    var typed = query
    typed.nodes = typedNodes
    return typed
  }
}
