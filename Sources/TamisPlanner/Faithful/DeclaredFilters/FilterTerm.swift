import TamisModel

/// A condition that a declared filter gives, before it is known what else tests the same related record.
indirect enum FilterTerm: Sendable {
  case leaf(FilterLeaf)
  case all([FilterTerm])
  case any([FilterTerm])

  /// The relation that each leaf goes through at this depth; nil for those that end there.
  func components(at depth: Int) -> Set<Int?> {
    switch self {
    case .leaf(let leaf): [leaf.path.count > depth ? leaf.path[depth] : nil]
    case .all(let parts), .any(let parts):
      parts.reduce(into: []) { $0.formUnion($1.components(at: depth)) }
    }
  }

  /// What is ANDed here.
  var conjuncts: [FilterTerm] {
    switch self {
    case .all(let parts): parts.flatMap(\.conjuncts)
    case .leaf, .any: [self]
    }
  }

  /// What is ORed here.
  var alternatives: [FilterTerm] {
    switch self {
    case .any(let parts): parts.flatMap(\.alternatives)
    case .leaf, .all: [self]
    }
  }

  var span: SourceSpan {
    switch self {
    case .leaf(let leaf): leaf.node.span
    case .all(let parts), .any(let parts): parts.first?.span ?? SourceSpan(0, 0)
    }
  }
}

/// One test of one field, and the relations that lead to it.
struct FilterLeaf: Sendable {
  var node: PredicateNode
  var operands: [Operand] = []
  var path: [Int] = []
}

/// A WHERE clause as it grows: conditions are joined to what stands there already.
struct FilterJunction: Sendable {
  enum Connective {
    case and
    case or
  }

  private(set) var term: FilterTerm?
  /// Relations that have been joined, whether anything is asked of their records or not.
  private(set) var joins: [[Int]] = []

  mutating func add(_ new: FilterTerm, by connective: Connective) {
    guard let term else {
      self.term = new
      return
    }
    switch connective {
    case .and: self.term = .all(term.conjuncts + [new])
    case .or: self.term = .any([term, new])
    }
  }

  /// A join is made once; what comes later uses it.
  mutating func join(_ path: [Int]) {
    if !path.isEmpty, !joins.contains(path) { joins.append(path) }
  }

  mutating func add(_ group: FilterJunction, by connective: Connective) {
    for path in group.joins { join(path) }
    if let term = group.term { add(term, by: connective) }
  }
}
