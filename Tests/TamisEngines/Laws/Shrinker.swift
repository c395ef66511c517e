import TamisModel
import TamisPlanner
import TamisTesting

/// Makes a difference small, as long as the engine still disagrees: fewer records, a smaller filter, no order, no page,
/// and a resource with no more fields than that needs.
struct Shrinker {
  let engine: any LawEngine
  private let deadline: ContinuousClock.Instant
  /// Whether it is about a wrong answer or a failure; nil before the first attempt.
  private var kind: EngineAnswer.Kind?
  /// What the engine holds at the moment.
  private var loaded: Load?

  private struct Load: Equatable {
    var records: [JSONTree]
    var resource: [String]
  }

  init(engine: any LawEngine, limit: Duration = .seconds(90)) {
    self.engine = engine
    deadline = ContinuousClock.now + limit
  }

  mutating func shrink(_ difference: Difference) -> Difference {
    let original = difference.lawCase
    kind = difference.found.kind
    guard var smallest = retry(original.typed, original.generated, like: original) else { return difference }
    shrinkRecords(&smallest)
    while shrinkFilter(&smallest) || shrinkOrder(&smallest) || shrinkPage(&smallest) {}
    shrinkRecords(&smallest)
    shrinkResource(&smallest)
    smallest.lawCase.request = original.request
    try? engine.load(original.generated)
    return smallest
  }

  // MARK: Records

  /// Without halves, then quarters, and in the end without single ones.
  private mutating func shrinkRecords(_ smallest: inout Difference) {
    var size = max(1, smallest.lawCase.generated.records.count / 2)
    while true {
      var start = 0
      while start < smallest.lawCase.generated.records.count {
        let places = smallest.lawCase.generated.records.indices
        let rest = places.filter { !(start..<start + size).contains($0) }
        let generated = smallest.lawCase.generated.keeping(rest)
        if let smaller = retry(smallest.lawCase.typed, generated, like: smallest.lawCase) {
          smallest = smaller
        } else {
          start += size
        }
      }
      if size == 1 { return }
      size /= 2
    }
  }

  // MARK: Queries

  private mutating func shrinkFilter(_ smallest: inout Difference) -> Bool {
    let query = smallest.lawCase.typed
    let predicate = query.writtenPredicate
    guard predicate != .always else { return false }
    let candidates = [Predicate.always] + Self.smaller(predicate)
    return accept(candidates.compactMap { Self.query(query, where: $0) }, &smallest)
  }

  private mutating func shrinkOrder(_ smallest: inout Difference) -> Bool {
    let query = smallest.lawCase.typed
    let candidates = query.sort.indices.map { index in
      var keys = query.sort
      keys.remove(at: index)
      return Self.query(query, sort: keys)
    }
    // The primary key comes back.
    return accept(candidates.compactMap { $0 }.filter { $0.sort.count < query.sort.count }, &smallest)
  }

  private mutating func shrinkPage(_ smallest: inout Difference) -> Bool {
    var query = smallest.lawCase.typed
    guard query.page != .all else { return false }
    query.page = .all
    return accept([query], &smallest)
  }

  private mutating func accept(_ candidates: [Query], _ smallest: inout Difference) -> Bool {
    for candidate in candidates {
      if let smaller = retry(candidate, smallest.lawCase.generated, like: smallest.lawCase) {
        smallest = smaller
        return true
      }
    }
    return false
  }

  private static func query(_ query: Query, where predicate: Predicate? = nil, sort: [SortKey]? = nil)
    -> Query?
  {
    Query(
      query.resource, where: predicate ?? query.writtenPredicate, sort: sort ?? query.sort, page: query.page)
  }

  // MARK: The resource

  private mutating func shrinkResource(_ smallest: inout Difference) {
    for list in LeanResource.lists {
      var index = LeanResource.count(list, of: smallest.lawCase.generated.resource) - 1
      while index >= 0 {
        let generated = LeanResource.removing(list, index, from: smallest.lawCase.generated)
        if let generated, let query = smallest.lawCase.typed.over(generated.resource),
          let smaller = retry(query, generated, like: smallest.lawCase)
        {
          smallest = smaller
        }
        index -= 1
      }
    }
    let pruned = LeanResource.pruned(smallest.lawCase.generated)
    if let smaller = retry(smallest.lawCase.typed, pruned, like: smallest.lawCase) { smallest = smaller }
  }

  // MARK: Trying

  private mutating func retry(
    _ typed: Query, _ generated: GeneratedResource, like other: LawCase
  ) -> Difference? {
    guard ContinuousClock.now < deadline,
      generated.resource.field(named: GeneratedResource.numberField) != nil, load(generated),
      let lawCase = LawJudge(generated).lawCase(like: other, typed)
    else { return nil }
    let found = engine.ask([lawCase.question])()[0]
    // A failure in place of a wrong answer, or a refusal, would be another matter.
    if found == lawCase.expected || found.kind != kind ?? found.kind { return nil }
    if case .refused = found { return nil }
    return Difference(
      lawCase: lawCase, party: engine.name, version: engine.version, found: found,
      explanation: engine.explanation(of: lawCase.normalised))
  }

  private mutating func load(_ generated: GeneratedResource) -> Bool {
    let resource = generated.resource
    let load = Load(
      records: generated.records,
      resource: resource.fields.map(\.name) + resource.relationPaths + resource.indexes.map(\.name))
    guard load != loaded else { return true }
    loaded = nil
    guard (try? engine.load(generated)) != nil else { return false }
    loaded = load
    return true
  }

  // MARK: Predicates

  /// Predicates with one part less.
  static func smaller(_ predicate: Predicate) -> [Predicate] {
    switch predicate {
    case .and(let parts): parts + smaller(parts).map { .and($0) }
    case .or(let parts): parts + smaller(parts).map { .or($0) }
    case .not(let inner): [inner] + smaller(inner).map { .not($0) }
    case .any(let relation, let inner, let isNegated, let minimum):
      smaller(inner).map { .any(relation: relation, $0, isNegated: isNegated, atLeast: minimum) }
    case .member(let field, let values, let isNegated) where values.count > 1:
      values.indices.map { index in
        var rest = values
        rest.remove(at: index)
        return .member(field, rest, isNegated: isNegated)
      }
    case .always, .never, .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains,
      .matches:
      []
    }
  }

  private static func smaller(_ parts: [Predicate]) -> [[Predicate]] {
    parts.indices.flatMap { index -> [[Predicate]] in
      var without = parts
      without.remove(at: index)
      return [without]
        + smaller(parts[index]).map { replacement in
          var replaced = parts
          replaced[index] = replacement
          return replaced
        }
    }
  }
}
