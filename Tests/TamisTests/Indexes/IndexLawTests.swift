import Tamis
import TamisEngines
import TamisModel
import TamisPlanner
import TamisTesting
import Testing

/// Random queries and random indexes: what advice says that an index serves, the engine can enter it for, and what it
/// says that none serves, the engine enters none for; and the same of orders and sorts.
@Suite struct IndexLawTests {
  @Test func adviceIsWhatEnginesCanDo() throws {
    let settings = LawSettings.current
    var tally = IndexLawTally()
    var seeds = RandomSource(seed: settings.seed ^ 0x696E_6465)
    for _ in 0..<max(4, settings.resources / 16) {
      let generated = GeneratedResource(seed: seeds.next())
      var indexes = IndexGenerator(random: RandomSource(seed: generated.seed))
      let resource = Self.completed(indexes.indexed(generated.resource.indexed(by: []), count: 4))
      for engine in try IndexLawRun.engines(generated) {
        for index in resource.indexes where index.relation == nil {
          var run = IndexLawRun(generated, index, engine, queries: max(4, settings.queriesEach / 4))
          try run.run(&tally)
        }
      }
    }
    print(tally)
    for difference in tally.differences.prefix(8) { Issue.record(Comment(rawValue: difference)) }
    #expect(tally.differences.isEmpty)
    #expect(tally.entered * 20 > tally.queries && tally.notEntered * 5 > tally.queries)
    #expect(tally.given * 100 > tally.queries && tally.sorted * 5 > tally.queries)
  }
}

extension IndexLawTests {
  /// Every other index ends with the primary key, so that it can give a whole order.
  private static func completed(_ resource: Resource) -> Resource {
    let keys = resource.fields.filter(\.isPrimaryKey)
    let indexes = resource.indexes.enumerated().map { place, index in
      guard index.relation == nil, place % 2 == 0 else { return index }
      let missing = keys.filter { key in !index.keys.contains { $0.column == .field(key.name) } }
      let direction = index.keys.last?.direction ?? .ascending
      return Index(
        index.name, keys: index.keys + missing.map { IndexKey(.field($0.name), direction).byteOrdered() })
    }
    return resource.indexed(by: indexes)
  }
}

struct IndexLawTally: CustomStringConvertible {
  var queries = 0
  var entered = 0
  var notEntered = 0
  var given = 0
  var sorted = 0
  var differences: [String] = []

  var description: String {
    "index law: \(queries) queries; filters served \(entered), not served \(notEntered); "
      + "orders given \(given), sorted \(sorted); \(differences.count) differences"
  }
}

/// One index of one resource on one engine.
struct IndexLawRun {
  private let generated: GeneratedResource
  private let resource: Resource
  private let index: Index
  private let engine: any PlanningEngine
  private let emitter: SQLEmitter
  private let count: Int

  static func engines(_ generated: GeneratedResource) throws -> [any PlanningEngine] {
    let resource = generated.resource
    var engines: [any PlanningEngine] = []
    #if CommandLine
      engines.append(try SQLitePlanningEngine(resource: resource, records: generated.storedRecords))
    #endif
    if let server = PostgreSQLConnection.connectionString {
      let engine = try PostgreSQLPlanningEngine(
        resource: resource, records: generated.storedRecords, server: server)
      // One index at a time: which of two is cheaper is not the question.
      try engine.execute("ALTER TABLE \(resource.table) DROP CONSTRAINT \(resource.table)_pkey")
      engines.append(engine)
    }
    return engines
  }

  init(_ generated: GeneratedResource, _ index: Index, _ engine: any PlanningEngine, queries: Int) {
    self.generated = generated
    self.index = index
    self.engine = engine
    resource = generated.resource.indexed(by: [index])
    emitter = SQLEmitter(resource: resource, dialect: engine.dialect)
    count = queries
  }

  mutating func run(_ tally: inout IndexLawTally) throws {
    let table = SQLTable(resource: resource, dialect: engine.dialect)
    for statement in table.indexStatements { try engine.execute(statement) }
    let indexed = GeneratedResource(seed: generated.seed, resource: resource)
    var generator = PredicateGenerator(indexed, random: RandomSource(seed: generated.seed))
    var random = RandomSource(seed: generated.seed ^ 0x736F_7274)
    for _ in 0..<count {
      guard let typed = generator.query(of: 6, rating: { mentionsIndex($0) ? 0 : 1 }) else { continue }
      var query = Normalizer.normalise(typed)
      if random.chance(70) { query.sort = order(&random) }
      guard let advice = emitter.indexAdvice(for: query), let page = try? emitter.statement(for: query),
        let whole = try? emitter.countStatement(for: query)
      else { continue }
      tally.queries += 1
      try checkFilter(advice, whole, query, &tally)
      try checkOrder(advice, page, query, &tally)
    }
    try engine.execute("DROP INDEX \"\(index.name)\"")
  }

  private func mentionsIndex(_ query: Query) -> Bool {
    guard let column = index.keys.first?.column else { return false }
    return (0..<query.nodeCount).contains { place in
      let node = query.node(place)
      return node.kind != .any && column == .field(resource.field(node.field).name)
        && resource.relationIndex(of: node.field) == nil
    }
  }

  /// The index's own, or its reverse, with a change here and there.
  private func order(_ random: inout RandomSource) -> [SortKey] {
    let isReversed = random.chance(50)
    var keys: [SortKey] = index.keys.dropFirst(random.chance(20) ? 1 : 0).compactMap { key in
      guard case .field(let name) = key.column, let field = resource.field(named: name) else { return nil }
      let isDescending = (key.direction == .descending) != (isReversed != random.chance(5))
      let standard = (engine.dialect == .sqlite) != isDescending
      let nullsFirst = key.nulls.map { ($0 == .first) != isReversed } ?? standard
      return SortKey(
        field: field, direction: isDescending ? .descending : .ascending,
        nulls: nullsFirst != random.chance(10) ? .first : .last)
    }
    SortKey.complete(&keys, with: resource.primaryKey)
    return keys
  }

  private func report(_ what: String, _ query: Query, _ text: String, _ plan: EnginePlan) -> String {
    """
    \(engine.dialect.displayName): \(what). Resource seed \(generated.seed), \(index), filter \(query.predicate), \
    order \(query.sort.map { "\(resource.field($0.field).name) \($0.direction) \($0.nulls)" })
    \(text)
    \(plan)
    """
  }

  // MARK: Filters

  private func checkFilter(
    _ advice: IndexAdvice, _ statement: SQLStatement, _ query: Query, _ tally: inout IndexLawTally
  ) throws {
    let served = advice.clauses.filter { IndexAgreement.names($0.verdict).contains(index.name) }
    guard !advice.clauses.contains(where: { isBeyond($0, query) }), !isChoice(advice) else { return }
    let text = forced(statement)
    let plan = try engine.plan(text, isForOrder: false)
    let agreement = IndexAgreement(resource, engine.dialect)
    let isEntered = plan.searches.contains { agreement.entered($0) == index.name }
    if served.isEmpty { tally.notEntered += 1 } else { tally.entered += 1 }
    if isEntered == served.isEmpty {
      let what = served.isEmpty ? "entered, though nothing is said to be served" : "not entered"
      tally.differences.append(report(what, query, text.text, plan))
    }
  }

  /// PostgreSQL may prefer to test a column behind the first for all of an index to two searches of it.
  private func isChoice(_ advice: IndexAdvice) -> Bool {
    !advice.isFilterServed
      && advice.clauses.contains { if case .notServed(.notLeading) = $0.verdict { true } else { false } }
  }

  /// PostgreSQL makes `"flag" <> TRUE` of a constant the test for the other value.
  private func hasBoolean(_ query: Query) -> Bool {
    (0..<query.nodeCount).contains { resource.field(query.node($0).field).type == .boolean }
  }

  /// What the law does not speak of: clauses of which the advice says another index first; alternatives, which an index
  /// alone may not serve; wildcards and regular expressions, which a plan that knows the value may make ranges of; what
  /// is constant; relations, which PostgreSQL may read first; and fields that are equal, one of which it may take for the
  /// other.
  private func isBeyond(_ clause: IndexAdvice.Clause, _ query: Query) -> Bool {
    switch clause.verdict {
    case .constant, .alternatives, .elements: true
    case .served(let name, _): name != index.name
    case .notServed(let obstacle):
      switch obstacle {
      case .alternative, .wildcards, .regularExpression, .noElementIndex, .elementsInDocument, .twoFields:
        true
      case .negation: hasBoolean(query)
      default: false
      }
    }
  }

  // MARK: Orders

  private func checkOrder(
    _ advice: IndexAdvice, _ statement: SQLStatement, _ query: Query, _ tally: inout IndexLawTally
  ) throws {
    let isBeyond = advice.clauses.contains { $0.verdict == .constant || $0.verdict == .notServed(.twoFields) }
    guard !isBeyond, isOfIndex(advice.order) else { return }
    let text = forced(statement)
    let plan = try engine.plan(text, isForOrder: true)
    if advice.isOrderServed { tally.given += 1 } else { tally.sorted += 1 }
    if plan.sorts == advice.isOrderServed {
      tally.differences.append(report("\(advice.order)", query, text.text, plan))
    }
  }

  private func isOfIndex(_ order: IndexAdvice.Order) -> Bool {
    switch order {
    case .given(let name, _), .begun(let name, _, _): name == index.name
    case .oneRecord: false
    case .held, .sorted: true
    }
  }

  /// SQLite is told to use the index, as a search or as a scan.
  private func forced(_ statement: SQLStatement) -> SQLStatement {
    guard engine.dialect == .sqlite else { return statement }
    let source = " FROM \"\(resource.table)\""
    let start =
      statement.text.firstRange(of: source + " AS _r") ?? statement.text.firstRange(of: source)
    guard let end = start?.upperBound else { return statement }
    var text = statement.text
    text.insert(contentsOf: " INDEXED BY \"\(index.name)\"", at: end)
    return SQLStatement(text: text, bindings: statement.bindings)
  }
}
