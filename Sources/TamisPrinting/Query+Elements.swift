import TamisModel
import TamisPlanner

extension Query {
  /// What clients wrote inside `any`: all of its conjunction but the relation's own condition, which nobody writes. Nil
  /// when that is not there.
  func elementMembers(of quantifier: Int) -> [Int]? {
    let inner = quantifier + 1
    let members = nodes[inner].kind == .and ? memberIndexes(of: inner) : [inner]
    guard let condition = Predicate.condition(of: resource, nodes[quantifier].other.index) else {
      return members
    }
    if condition == .always { return members }
    let parts = condition.conjunction
    let written = members.filter { !parts.contains(predicate(at: $0)) }
    // A member may be part of the condition and the client's too: written once, it says both.
    return members.count - written.count == Set(parts).count ? written : nil
  }
}

extension Predicate {
  /// What holds of every element of a relation, in normal form; nil where there is nothing.
  fileprivate static func condition(of resource: Resource, _ relation: Int) -> Predicate? {
    guard resource.elementCondition(relation) != nil,
      let asked = Query(
        resource, where: .any(relation: resource.relationName(relation), .always, isNegated: false))
    else { return nil }
    var predicate = Normalizer.normalise(asked).predicate
    // A distant relation stands inside others, whose conditions are not asked for.
    while case .any(let name, let inner, _, _) = predicate.innermostQuantifier ?? .never {
      if name == resource.relation(relation).name, inner.innermostQuantifier == nil { return inner }
      predicate = inner
    }
    return nil
  }

  private var innermostQuantifier: Predicate? {
    switch self {
    case .any: self
    case .and(let parts): parts.compactMap(\.innermostQuantifier).first
    case .always, .never, .or, .not, .compare, .compareFields, .within, .member, .pattern, .isNull,
      .jsonContains, .matches:
      nil
    }
  }

  fileprivate var conjunction: [Predicate] {
    if case .and(let parts) = self { parts } else { [self] }
  }
}
