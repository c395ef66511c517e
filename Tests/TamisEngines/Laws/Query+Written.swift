package import TamisModel
import TamisTesting

extension Query {
  /// The predicate without the conditions that the resource's relations add, so that a query built from it has them
  /// once.
  package var writtenPredicate: Predicate { Self.written(predicate, resource, inside: nil) }

  /// The same over another resource that has the fields; nil where it lacks one.
  package func over(_ other: Resource) -> Query? {
    var keys: [SortKey] = []
    for key in sort {
      guard let field = other.field(named: resource.field(key.field).name) else { return nil }
      keys.append(SortKey(field: field, direction: key.direction, nulls: key.nulls))
    }
    return Query(other, where: writtenPredicate, sort: keys, page: page)
  }

  private static func written(_ predicate: Predicate, _ resource: Resource, inside scope: String?)
    -> Predicate
  {
    switch predicate {
    case .and(let parts): return .and(parts.map { written($0, resource, inside: scope) })
    case .or(let parts): return .or(parts.map { written($0, resource, inside: scope) })
    case .not(let inner): return .not(written(inner, resource, inside: scope))
    case .any(let name, let inner, let isNegated, let minimum):
      let path = scope.map { $0 + "." + name } ?? name
      var asked = inner
      if resource.relation(at: path)?.condition != .always, case .and(let parts) = inner, parts.count == 2 {
        asked = parts[1]
      }
      return .any(
        relation: name, written(asked, resource, inside: path), isNegated: isNegated, atLeast: minimum)
    case .always, .never, .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains,
      .matches:
      return predicate
    }
  }
}
