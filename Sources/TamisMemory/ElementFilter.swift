package import TamisModel

/// Which elements of a relation count and were asked for.
package struct ElementFilter: Sendable {
  private let program: PredicateProgram
  /// The relation whose elements are asked.
  private let relation: Int
  /// The place of the element's predicate; nil where the program has none, and no element is asked for.
  private let start: Int?

  /// - Parameter inclusion: one that `Query.including(_:)` takes.
  package init(_ query: Query, _ inclusion: Inclusion) {
    let target = query.resource.relation(named: inclusion.path)
    relation = target ?? 0
    guard let asked = query.elementQuery(inclusion) else {
      program = PredicateProgram(constants: [])
      start = nil
      return
    }
    program = PredicateCompiler(asked).program
    // A relation is not inside itself: the first `any` over it is the one that was asked for.
    start = program.nodes.firstIndex { node in
      if case .any(let relation, _, _) = node.step { relation == target } else { false }
    }.map { $0 + 1 }
  }

  package func holds(_ element: RecordElement) -> Bool {
    guard let start, element.relation == relation else { return false }
    return program.isTrue(start, element.place, element.storage.table)
  }
}
