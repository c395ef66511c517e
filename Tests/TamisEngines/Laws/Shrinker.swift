package import TamisModel
import TamisPlanner
package import TamisTesting

/// Makes a difference small: fewer records, then a smaller filter, as long as the engine still disagrees.
package struct Shrinker {
  package let engine: any LawEngine
  private var attempts = 0

  package init(engine: any LawEngine) {
    self.engine = engine
  }

  package mutating func shrink(_ difference: Difference) -> Difference {
    guard var smallest = retry(difference.lawCase.typed, difference.lawCase.generated) else {
      return difference
    }
    smallest.lawCase.request = difference.lawCase.request
    shrinkRecords(&smallest)
    shrinkFilter(&smallest)
    shrinkRecords(&smallest)
    try? engine.load(difference.lawCase.generated)
    return smallest
  }

  private mutating func shrinkRecords(_ difference: inout Difference) {
    var index = 0
    while index < difference.lawCase.generated.records.count, attempts < 400 {
      var places = Array(difference.lawCase.generated.records.indices)
      places.remove(at: index)
      if let smaller = retry(difference.lawCase.typed, difference.lawCase.generated.keeping(places)) {
        keep(smaller, in: &difference)
      } else {
        index += 1
      }
    }
  }

  private mutating func shrinkFilter(_ difference: inout Difference) {
    var isShrinking = true
    while isShrinking, attempts < 800 {
      isShrinking = false
      for candidate in Self.smaller(difference.lawCase.typed.predicate) {
        let query = difference.lawCase.typed
        guard
          let next = Query(query.resource, where: candidate, sort: query.sort, page: query.page),
          let smaller = retry(next, difference.lawCase.generated)
        else { continue }
        keep(smaller, in: &difference)
        isShrinking = true
        break
      }
    }
  }

  private func keep(_ smaller: Difference, in difference: inout Difference) {
    let request = difference.lawCase.request
    difference = smaller
    difference.lawCase.request = request
  }

  private mutating func retry(_ typed: Query, _ generated: GeneratedResource) -> Difference? {
    attempts += 1
    guard (try? engine.load(generated)) != nil else { return nil }
    let reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
    let expected = EngineAnswer(reference.answer(typed), generated.numbers)
    let normalised = Normalizer.normalise(typed)
    let found = engine.answer(normalised)
    if found == expected { return nil }
    if case .refused = found { return nil }
    let lawCase = LawCase(generated: generated, typed: typed, normalised: normalised, expected: expected)
    return Difference(
      lawCase: lawCase, party: engine.name, found: found, explanation: engine.explanation(of: normalised))
  }

  /// Predicates with one part less.
  package static func smaller(_ predicate: Predicate) -> [Predicate] {
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

extension EngineAnswer {
  package init(_ answer: ReferenceAnswer, _ numbers: [Int]) {
    self = .page(answer.places.map { numbers[$0] }, hasMore: answer.hasMore)
  }
}
