import TamisModel

/// Writes the conditions of declared filters, those of one relation path into one `any`: joined once, its record is
/// the same for all of them.
struct FilterTermWriter {
  var writer: PredicateWriter
  private let resource: Resource
  /// The query's text.
  private(set) var buffer: [UInt8]
  /// Alternatives that may be written out before it is too many.
  private var budget: Int
  private(set) var isTooMany = false

  init(_ writer: PredicateWriter, _ resource: Resource, buffer: [UInt8], budget: Int) {
    self.writer = writer
    self.resource = resource
    self.buffer = buffer
    self.budget = budget
  }

  mutating func write(_ junction: FilterJunction) {
    write(junction.term?.conjuncts ?? [], joins: junction.joins, depth: 0)
  }

  /// What is ANDed of one record, which stands at the end of `depth` relations.
  private mutating func write(_ terms: [FilterTerm], joins: [[Int]], depth: Int) {
    let mixed = terms.indices.filter { terms[$0].components(at: depth).count > 1 }
    if let shared = mixed.first(where: { sharesRelation(terms, $0, depth) }) {
      return distribute(terms, shared, joins, depth)
    }
    var groups: [(relation: Int, terms: [FilterTerm])] = []
    for join in joins where join.count > depth && !groups.contains(where: { $0.relation == join[depth] }) {
      groups.append((join[depth], []))
    }
    for (index, term) in terms.enumerated() {
      if mixed.contains(index) {
        writeAlternatives(term, depth)
      } else if let relation = term.components(at: depth).first ?? nil {
        let group = groups.firstIndex { $0.relation == relation }
        if let group { groups[group].terms.append(term) } else { groups.append((relation, [term])) }
      } else {
        writePlain(term)
      }
    }
    for group in groups {
      let inner = joins.filter { $0.count > depth && $0[depth] == group.relation }
      writeQuantifier(group.relation, group.terms, inner, depth)
    }
  }

  /// Whether another condition goes through a relation of this one.
  private func sharesRelation(_ terms: [FilterTerm], _ index: Int, _ depth: Int) -> Bool {
    let own = terms[index].components(at: depth).subtracting([nil])
    return terms.indices.contains { $0 != index && !terms[$0].components(at: depth).isDisjoint(with: own) }
  }

  private mutating func writeQuantifier(
    _ relation: Int, _ terms: [FilterTerm], _ joins: [[Int]], _ depth: Int
  ) {
    var node = PredicateNode(kind: .any)
    node.span = terms.first?.span ?? SourceSpan(0, 0)
    let opened = writer.openQuantifiers(
      node, to: relation, from: resource.relationParent(relation), resource, buffer: &buffer)
    let group = writer.open(PredicateNode(kind: .and))
    write(terms, joins: joins, depth: depth + 1)
    writer.close(group)
    writer.closeQuantifiers(from: opened)
  }

  // MARK: Alternatives

  /// Some related record makes one of the alternatives true exactly when some alternative has such a record.
  private mutating func writeAlternatives(_ term: FilterTerm, _ depth: Int) {
    switch term {
    case .any:
      let group = writer.open(PredicateNode(kind: .or))
      for alternative in grouped(term.alternatives, depth) {
        let inner = writer.open(PredicateNode(kind: .and))
        write(alternative.conjuncts, joins: [], depth: depth)
        writer.close(inner)
      }
      writer.close(group)
    case .leaf, .all: write(term.conjuncts, joins: [], depth: depth)
    }
  }

  /// The same where others ask something of the same related record: each alternative goes with all of them.
  private mutating func distribute(_ terms: [FilterTerm], _ index: Int, _ joins: [[Int]], _ depth: Int) {
    var others = terms
    let term = others.remove(at: index)
    let group = writer.open(PredicateNode(kind: .or))
    for alternative in grouped(term.alternatives, depth) {
      budget -= 1
      guard budget > 0 else {
        isTooMany = true
        writer.leaf(PredicateNode(kind: .never))
        break
      }
      let inner = writer.open(PredicateNode(kind: .and))
      write(others + alternative.conjuncts, joins: joins, depth: depth)
      writer.close(inner)
    }
    writer.close(group)
  }

  /// Alternatives of one relation are one alternative.
  private func grouped(_ alternatives: [FilterTerm], _ depth: Int) -> [FilterTerm] {
    var groups: [(components: Set<Int?>, terms: [FilterTerm])] = []
    for term in alternatives {
      let components = term.components(at: depth)
      if components.count == 1, let index = groups.firstIndex(where: { $0.components == components }) {
        groups[index].terms.append(term)
      } else {
        groups.append((components, [term]))
      }
    }
    return groups.map { $0.terms.count == 1 ? $0.terms[0] : .any($0.terms) }
  }

  // MARK: Plain conditions

  /// Every leaf tests the record that is written about.
  private mutating func writePlain(_ term: FilterTerm) {
    switch term {
    case .leaf(let leaf) where leaf.node.kind == .any:
      // Whether there is a related record at all.
      let relation = leaf.node.other.index
      let opened = writer.openQuantifiers(
        leaf.node, to: relation, from: resource.relationParent(relation), resource, buffer: &buffer)
      writer.leaf(PredicateNode(kind: .always))
      writer.closeQuantifiers(from: opened)
    case .leaf(let leaf):
      let start = writer.operands.count
      writer.operands.append(contentsOf: leaf.operands)
      writer.leaf(leaf.node, operandsFrom: start)
    case .all(let parts): writeGroup(.and, parts)
    case .any(let parts): writeGroup(.or, parts)
    }
  }

  private mutating func writeGroup(_ kind: PredicateNode.Kind, _ parts: [FilterTerm]) {
    let group = writer.open(PredicateNode(kind: kind))
    for part in parts { writePlain(part) }
    writer.close(group)
  }
}
