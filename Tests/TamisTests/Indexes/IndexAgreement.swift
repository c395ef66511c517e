import Tamis
import TamisModel
import TamisSQL

/// Whether a plan does what advice says that its engine can do.
struct IndexAgreement {
  private let resource: Resource
  private let dialect: SQLDialect

  init(_ resource: Resource, _ dialect: SQLDialect) {
    self.resource = resource
    self.dialect = dialect
  }

  /// Nil where they agree. An index serves a filter when it is entered by its first column; which of several is taken
  /// is up to the engine.
  func disagreement(on advice: IndexAdvice, _ plan: EnginePlan) -> String? {
    let entered = Set(plan.searches.compactMap(entered))
    if advice.clauses.contains(where: { $0.verdict == .constant }) { return nil }
    for clause in advice.clauses {
      // Which of the two tables is looked up in the other is up to the engine, too.
      if case .notServed(.noElementIndex) = clause.verdict { return nil }
      if case .notServed(.elementsInDocument) = clause.verdict { return nil }
      if case .elements(let index) = clause.verdict {
        let isLookedUp = plan.searches.contains { isPrimaryKey($0.index) } && !clause.text.hasPrefix("NO")
        return isLookedUp || plan.searches.contains { $0.index == index } ? nil : "\(index) is not used"
      }
    }
    let served = Set(advice.clauses.flatMap { Self.names($0.verdict) })
    if advice.clauses.count == 1, case .alternatives = advice.clauses[0].verdict {
      return entered == served ? nil : "served by \(served), entered \(entered)"
    }
    if served.isEmpty != entered.isEmpty { return "served by \(served), entered \(entered)" }
    // Of two that begin alike either will do.
    let isExpected = entered.allSatisfy { name in served.contains { firstField($0) == firstField(name) } }
    return isExpected ? nil : "served by \(served), but entered \(entered)"
  }

  static func names(_ verdict: IndexAdvice.Verdict) -> [String] {
    switch verdict {
    case .served(let index, _): [index]
    case .alternatives(let indexes): indexes
    case .elements, .constant, .notServed: []
    }
  }

  /// The index of the resource's own table that a search enters by its first column.
  func entered(_ search: EnginePlan.Search) -> String? {
    if isPrimaryKey(search.index) { return "the primary key" }
    guard let index = resource.indexes.first(where: { $0.name == search.index && $0.relation == nil }),
      let key = index.keys.first, case .field(let name) = key.column,
      let field = resource.fields.first(where: { $0.name == name })
    else { return nil }
    let column = field.jsonLocation?.column ?? field.columnName
    return search.mentions(column) || (key.form != .value && search.mentions("expr")) ? index.name : nil
  }

  private func firstField(_ index: String) -> IndexKey.Column? {
    let declared = resource.indexes.first { $0.name == index }?.keys.first?.column
    return declared ?? resource.fields.first(where: \.isPrimaryKey).map { .field($0.name) }
  }

  private func isPrimaryKey(_ index: String) -> Bool {
    index == resource.table + "_pkey" || index == "INTEGER PRIMARY KEY"
      || index == "sqlite_autoindex_\(resource.table)_1"
  }

  /// The column of the first key of a query's order, as its plans call it.
  static func firstKey(_ query: Query, _ dialect: SQLDialect) -> String {
    guard let key = query.sort.first else { return "" }
    let name = query.resource.field(key.field).columnName
    return name == "id" && dialect == .sqlite ? "rowid" : name
  }
}

extension IndexAdvice.Verdict {
  var isServed: Bool {
    switch self {
    case .served, .alternatives: true
    case .elements, .constant, .notServed: false
    }
  }
}
