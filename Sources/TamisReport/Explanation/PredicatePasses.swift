package import TamisModel

/// Normalisation one pass at a time, over the tree that people read. What runs is the same in one go, over flat
/// nodes; the laws hold the two together.
package enum PredicatePasses {
  package static func run(_ predicate: Predicate) -> [(name: String, result: Predicate)] {
    let leaves = pushingNot(predicate, isNegated: false)
    let flat = flattened(leaves)
    return [
      ("NOT to the leaves", leaves), ("groups and constants", flat),
      ("clauses written twice", withoutRepetition(flat)),
    ]
  }

  // MARK: NOT

  /// Three-valued: what is UNKNOWN stays UNKNOWN.
  private static func pushingNot(_ predicate: Predicate, isNegated: Bool) -> Predicate {
    switch predicate {
    case .always: isNegated ? .never : .always
    case .never: isNegated ? .always : .never
    case .and(let parts):
      isNegated
        ? .or(parts.map { pushingNot($0, isNegated: true) })
        : .and(parts.map { pushingNot($0, isNegated: false) })
    case .or(let parts):
      isNegated
        ? .and(parts.map { pushingNot($0, isNegated: true) })
        : .or(parts.map { pushingNot($0, isNegated: false) })
    case .not(let inner): pushingNot(inner, isNegated: !isNegated)
    case .compare(let path, let comparison, let value):
      .compare(path, isNegated ? comparison.negated : comparison, value)
    case .compareFields(let left, let comparison, let right):
      .compareFields(left, isNegated ? comparison.negated : comparison, right)
    case .within(let path, let lower, let upper, let isHalfOpen, let wasNegated):
      .within(path, lower: lower, upper: upper, isHalfOpen: isHalfOpen, isNegated: wasNegated != isNegated)
    case .member(let path, let values, let wasNegated):
      .member(path, values, isNegated: wasNegated != isNegated)
    case .pattern(let path, let pattern, let wasNegated):
      .pattern(path, pattern, isNegated: wasNegated != isNegated)
    case .isNull(let path, let wasNegated): .isNull(path, isNegated: wasNegated != isNegated)
    case .any(let relation, let inner, let wasNegated, let minimum):
      .any(
        relation: relation, pushingNot(inner, isNegated: false), isNegated: wasNegated != isNegated,
        atLeast: minimum)
    case .jsonContains(let path, let json, let wasNegated):
      .jsonContains(path, json: json, isNegated: wasNegated != isNegated)
    case .matches(let path, let pattern, let wasNegated):
      .matches(path, pattern, isNegated: wasNegated != isNegated)
    }
  }

  // MARK: Groups

  private static func flattened(_ predicate: Predicate) -> Predicate {
    switch predicate {
    case .and(let parts): group(parts.map(flattened), isConjunction: true)
    case .or(let parts): group(parts.map(flattened), isConjunction: false)
    case .not(let inner): .not(flattened(inner))
    case .any(let relation, let inner, let isNegated, let minimum):
      any(relation, flattened(inner), isNegated: isNegated, minimum)
    // No value is one of none.
    case .member(_, let values, let isNegated) where values.isEmpty: isNegated ? .always : .never
    case .always, .never, .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains,
      .matches:
      predicate
    }
  }

  /// No element satisfies FALSE.
  private static func any(
    _ relation: String, _ inner: Predicate, isNegated: Bool, _ minimum: Int
  ) -> Predicate {
    if inner == .never { return isNegated ? .always : .never }
    return .any(relation: relation, inner, isNegated: isNegated, atLeast: minimum)
  }

  private static func group(_ parts: [Predicate], isConjunction: Bool) -> Predicate {
    let neutral: Predicate = isConjunction ? .always : .never
    let deciding: Predicate = isConjunction ? .never : .always
    var members: [Predicate] = []
    for part in parts {
      if part == deciding { return deciding }
      switch part {
      case .and(let inner) where isConjunction: members += inner
      case .or(let inner) where !isConjunction: members += inner
      default: if part != neutral { members.append(part) }
      }
    }
    if members.count > 1 { return isConjunction ? .and(members) : .or(members) }
    return members.first ?? neutral
  }

  // MARK: Repetition

  /// A group of one is its member, which may belong to the group around it.
  private static func withoutRepetition(_ predicate: Predicate) -> Predicate {
    switch predicate {
    case .and(let parts): return distinct(parts, isConjunction: true)
    case .or(let parts): return distinct(parts, isConjunction: false)
    case .any(let relation, let inner, let isNegated, let minimum):
      return any(relation, withoutRepetition(inner), isNegated: isNegated, minimum)
    case .not(let inner): return .not(withoutRepetition(inner))
    case .always, .never, .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains,
      .matches:
      return predicate
    }
  }

  private static func distinct(_ parts: [Predicate], isConjunction: Bool) -> Predicate {
    let joined = group(parts.map(withoutRepetition), isConjunction: isConjunction)
    switch joined {
    case .and(let members) where isConjunction: return group(unique(members), isConjunction: true)
    case .or(let members) where !isConjunction: return group(unique(members), isConjunction: false)
    default: return joined
    }
  }

  private static func unique(_ parts: [Predicate]) -> [Predicate] {
    var seen: Set<Predicate> = []
    return parts.filter { seen.insert($0).inserted }
  }
}
