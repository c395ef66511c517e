import TamisModel

/// Measures one query against the indexes of its resource on one engine. Pure: it asks no database.
struct IndexAdvisor: Sendable {
  let query: Query
  let dialect: SQLDialect
  let rules: IndexRules
  private let prepared: PreparedResource

  /// Nil for an engine whose indexes nothing is known of.
  init?(_ query: Query, _ prepared: PreparedResource) {
    guard let rules = prepared.dialect.indexRules else { return nil }
    self.query = query
    self.rules = rules
    dialect = prepared.dialect
    self.prepared = prepared
  }

  var resource: Resource { query.resource }
  private var indexes: [SortedIndex] { prepared.sortedIndexes }
  /// Those of the resource's own table.
  var rootIndexes: [SortedIndex] { indexes.filter { $0.relation == nil } }

  func advice() -> IndexAdvice {
    let conjuncts = conjuncts(from: 0, isNegated: false)
    let tests = conjuncts.flatMap(\.tests)
    let order = order(tests)
    return IndexAdvice(
      clauses: conjuncts.map { conjunct in
        IndexAdvice.Clause(
          text: text(conjunct), span: query.span(of: query.node(conjunct.node)),
          verdict: verdict(conjunct, beside: tests))
      },
      order: order, boundary: query.boundary.map { boundary($0, beside: tests, order) })
  }

  private func text(_ conjunct: Conjunct) -> String {
    (conjunct.isNegated ? "NOT " : "") + query.predicate(at: conjunct.node).description
  }

  /// In which order the statement compares a text column, as far as equality and prefixes can choose.
  func texts(_ id: FieldID) -> IndexedText {
    prepared.fields.indices.contains(id.index) ? prepared.fields[id.index].plain.texts : .unindexed
  }

  // MARK: Conditions

  /// - Parameter tests: those of all conditions that hold together with it.
  private func verdict(_ conjunct: Conjunct, beside tests: [ColumnTest]) -> IndexAdvice.Verdict {
    switch conjunct.reading {
    case .constant: return .constant
    case .none(let obstacle): return .notServed(obstacle)
    case .elements(let node): return elements(node)
    case .alternatives(let members, let isNegated): return alternatives(members, isNegated)
    case .tests(let own):
      for test in own {
        if let index = rootIndexes.first(where: { enters($0, with: test, beside: tests) }) {
          return .served(index: index.name, test.access)
        }
      }
      return .notServed(own.first.map(obstacle) ?? .computed(field: ""))
    }
  }

  /// Whether the index is entered with the test: every column before is held to a value, or a few.
  private func enters(_ index: SortedIndex, with test: ColumnTest, beside tests: [ColumnTest]) -> Bool {
    for key in index.keys {
      if test.fits(key) { return true }
      guard tests.contains(where: { $0.leadsOn && $0.fits(key) }) else { return false }
    }
    return false
  }

  private func obstacle(_ test: ColumnTest) -> IndexObstacle {
    let field = resource.field(test.field)
    let having = rootIndexes.filter { index in index.keys.contains { $0.field == test.field } }
    let places = having.flatMap { index in
      index.keys.filter { $0.field == test.field }.map { (index: index, key: $0) }
    }
    if test.isFolded, !places.contains(where: { $0.key.isFolded }) { return .ignoresCase(field: field.name) }
    if let place = places.first(where: { test.fits($0.key) }) {
      return .notLeading(field: field.name, index: place.index.name)
    }
    if let place = places.first(where: { $0.key.isFolded == test.isFolded }) {
      return .otherCollation(field: field.name, index: place.index.name)
    }
    return field.jsonLocation == nil ? .noIndex(field: field.name) : .insideDocument(field: field.name)
  }

  /// Each alternative is a search of its own, and the table is read where one has no index.
  private func alternatives(_ members: [Int], _ isNegated: Bool) -> IndexAdvice.Verdict {
    var names: [String] = []
    for member in members {
      let conjuncts = conjuncts(from: member, isNegated: isNegated)
      let tests = conjuncts.flatMap(\.tests)
      let verdicts = conjuncts.map { verdict($0, beside: tests) }
      guard let served = verdicts.first(where: \.narrows) else { return .notServed(.alternative) }
      for name in served.indexNames where !names.contains(name) { names.append(name) }
    }
    return .alternatives(indexes: names)
  }

  /// Relations of elements are looked up in the same way.
  private func elements(_ node: Int) -> IndexAdvice.Verdict {
    var name = ""
    for place in node..<Int(query.node(node).end) where query.node(place).kind == .any {
      let relation = query.node(place).other.index
      let entry = resource.relationEntry(relation)
      if entry.isInJSON { return .notServed(.elementsInDocument(relation: entry.name)) }
      guard let index = indexes.first(where: { $0.relation == relation && $0.isForeignKeyFirst }) else {
        return .notServed(.noElementIndex(relation: entry.name))
      }
      if place == node { name = index.name }
    }
    return .elements(index: name)
  }

  // MARK: The page's place

  /// Rows beside the place are a range of the order's first key that the filter leaves open.
  private func boundary(
    _ boundary: KeysetBoundary, beside tests: [ColumnTest], _ order: IndexAdvice.Order
  ) -> IndexAdvice.Verdict {
    if query.randomOrder?.position == 0 { return .notServed(.randomOrder) }
    let keys = query.readingSort
    guard let first = keys.first, let value = boundary.values.first else { return .constant }
    let field = resource.field(first.field)
    // Null, then nothing; or values, and null among them or before.
    let isOneRange = value == nil ? first.nulls == .last : !field.isNullable || first.nulls == .first
    guard isOneRange else { return .notServed(.twoRanges(field: field.name)) }
    let access: IndexAdvice.Access = value == nil ? .null : .range
    let test = ColumnTest(field: first.field, access: access, collation: collation(of: first.field, access))
    let candidates = rootIndexes.filter { enters($0, with: test, beside: tests) }
    let preferred = candidates.first { [$0.name] == order.indexNames } ?? candidates.first
    return preferred.map { .served(index: $0.name, access) } ?? .notServed(obstacle(test))
  }
}

extension IndexAdvice.Verdict {
  fileprivate var indexNames: [String] {
    switch self {
    case .served(let index, _), .elements(let index): [index]
    case .alternatives(let indexes): indexes
    case .constant, .notServed: []
    }
  }
}

extension IndexAdvice.Order {
  fileprivate var indexNames: [String] {
    switch self {
    case .given(let index, _), .oneRecord(let index), .begun(let index, _, _): [index]
    case .held, .sorted: []
    }
  }
}
