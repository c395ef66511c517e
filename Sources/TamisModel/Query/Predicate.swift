/// What a filter means, as a tree: a view of a `Query` for people, tests and printers.
///
/// A record is selected when the predicate is TRUE; a comparison with null is UNKNOWN, which is not TRUE.
public indirect enum Predicate: Hashable, Sendable {
  /// TRUE for every record; the empty conjunction.
  case always
  /// FALSE for every record; the empty disjunction.
  case never
  case and([Predicate])
  case or([Predicate])
  /// Only before normalisation.
  case not(Predicate)
  /// `currency_eq=USD`
  case compare(FieldPath, Comparison, Value)
  /// Two fields of one record or element; written by resources, not by clients.
  case compareFields(FieldPath, Comparison, FieldPath)
  /// `created_at_eq=2024-01` is half-open; `balance_between=1|9` is closed.
  case within(FieldPath, lower: Value, upper: Value, isHalfOpen: Bool, isNegated: Bool)
  /// `currency_in=USD,EUR`
  case member(FieldPath, [Value], isNegated: Bool)
  /// `name_like=a%25`
  case pattern(FieldPath, TextPattern, isNegated: Bool)
  /// `identity_id_isnull=`
  case isNull(FieldPath, isNegated: Bool)
  /// TRUE when one element makes the inner predicate TRUE, or as many as asked for, else FALSE; negated: TRUE when
  /// fewer do. Never UNKNOWN. The relation by its name among those of the record or element; `a.b` is a relation of a
  /// relation's elements.
  case any(relation: String, Predicate, isNegated: Bool, atLeast: Int = 1)
  /// `{"field":"meta_data.tags","operator":"eq","value":["a"]}`
  case jsonContains(FieldPath, json: String, isNegated: Bool)
  /// `indicator_matches=^sav`: a PCRE2 regular expression
  case matches(FieldPath, String, isNegated: Bool)
}

/// A field, and inside a JSON field the keys a client chose.
public struct FieldPath: Hashable, Sendable, CustomStringConvertible {
  /// The public name; an element's field by its name within the element.
  public var field: String
  /// Keys inside a JSON field; empty otherwise.
  public var keys: [String]
  public var reading: JSONReading

  public init(_ field: String, keys: [String] = [], reading: JSONReading = .notJSON) {
    self.field = field
    self.keys = keys
    self.reading = reading
  }

  public var description: String { ([field] + keys).joined(separator: ".") }
}

/// How a JSON value is compared.
public enum JSONReading: UInt8, Hashable, Sendable {
  /// The field is a column of its own type.
  case notJSON
  /// Its text, or the canonical text of a number or boolean: what a URL can say.
  case canonicalText
  /// Only a JSON value of the operand's own type; any other is UNKNOWN: what a body can say.
  case sameType
  /// A JSON number, or the number that a JSON string spells (`[+-] digits [. digits]`); any other value is UNKNOWN.
  case numericText
}

extension Predicate: CustomStringConvertible {
  /// A one-line outline, used by `explain` and by goldens.
  public var description: String {
    switch self {
    case .always: "TRUE"
    case .never: "FALSE"
    case .and(let parts): "(" + parts.map(\.description).joined(separator: " AND ") + ")"
    case .or(let parts): "(" + parts.map(\.description).joined(separator: " OR ") + ")"
    case .not(let inner): "NOT \(inner)"
    case .compare(let field, let comparison, let value): "\(field) \(comparison.symbol) \(value)"
    case .compareFields(let left, let comparison, let right): "\(left) \(comparison.symbol) \(right)"
    case .within(let field, let lower, let upper, let isHalfOpen, let isNegated):
      "\(field)\(isNegated ? " NOT" : "") IN [\(lower), \(upper)\(isHalfOpen ? ")" : "]")"
    case .member(let field, let values, let isNegated):
      "\(field)\(isNegated ? " NOT" : "") IN (\(values.map(\.description).joined(separator: ", ")))"
    case .pattern(let field, let pattern, let isNegated):
      "\(field)\(isNegated ? " NOT" : "") \(pattern.ignoresCase ? "ILIKE" : "LIKE") \"\(pattern.likeText)\""
    case .isNull(let field, let isNegated): "\(field) IS\(isNegated ? " NOT" : "") NULL"
    case .any(let relation, let inner, let isNegated, let minimum):
      "\(Self.quantifier(minimum, isNegated)) \(relation): \(inner)"
    case .jsonContains(let field, let json, let isNegated):
      "\(field)\(isNegated ? " NOT" : "") CONTAINS \(json)"
    case .matches(let field, let pattern, let isNegated):
      "\(field)\(isNegated ? " NOT" : "") MATCHES \"\(pattern)\""
    }
  }

  private static func quantifier(_ minimum: Int, _ isNegated: Bool) -> String {
    if minimum == 1 { return isNegated ? "NO" : "ANY" }
    return isNegated ? "FEWER THAN \(minimum)" : "AT LEAST \(minimum)"
  }
}

extension Predicate {
  /// At most so many of the relation's elements satisfy the inner predicate.
  public static func atMost(_ count: Int, of relation: String, _ inner: Predicate) -> Predicate {
    .any(relation: relation, inner, isNegated: true, atLeast: count.addingReportingOverflow(1).partialValue)
  }

  /// So many of the relation's elements satisfy the inner predicate, and no more.
  public static func exactly(_ count: Int, of relation: String, _ inner: Predicate) -> Predicate {
    let noMore = atMost(count, of: relation, inner)
    return count == 0
      ? noMore : .and([.any(relation: relation, inner, isNegated: false, atLeast: count), noMore])
  }
}
