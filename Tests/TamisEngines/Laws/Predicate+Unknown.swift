package import TamisModel

extension Predicate {
  /// A predicate that is TRUE just where this one is UNKNOWN; nil where no typed query can say that, as of a JSON value
  /// that has another type than is asked for.
  package var isUnknown: Predicate? {
    switch self {
    case .always, .never, .isNull, .any: .never
    case .and(let parts): Self.isUnknown(parts) { $0 }
    // By De Morgan: unknown where no part is TRUE, and one is UNKNOWN.
    case .or(let parts): Self.isUnknown(parts) { .not($0) }
    case .not(let inner): inner.isUnknown
    case .compare(let path, _, _), .within(let path, _, _, _, _), .pattern(let path, _, _),
      .matches(let path, _, _):
      Self.isNull(path)
    case .compareFields(let left, _, let right):
      if let first = Self.isNull(left), let second = Self.isNull(right) { .or([first, second]) } else { nil }
    // Nothing is among no values, and null is not either.
    case .member(let path, let values, _): values.isEmpty ? .never : Self.isNull(path)
    case .jsonContains(let path, _, _): .isNull(path, isNegated: false)
    }
  }

  /// Every part is as it should be or unknown, and one is unknown.
  private static func isUnknown(_ parts: [Predicate], _ asserted: (Predicate) -> Predicate) -> Predicate? {
    let unknowns = parts.compactMap(\.isUnknown)
    guard unknowns.count == parts.count else { return nil }
    if unknowns.allSatisfy({ $0 == .never }) { return .never }
    let noneDecides = zip(parts, unknowns).map { Predicate.or([asserted($0), $1]) }
    return .and(noneDecides + [.or(unknowns)])
  }

  private static func isNull(_ path: FieldPath) -> Predicate? {
    path.reading == .notJSON && path.keys.isEmpty ? .isNull(path, isNegated: false) : nil
  }
}
