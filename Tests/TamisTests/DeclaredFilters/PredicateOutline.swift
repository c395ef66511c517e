import Tamis
import TamisModel

/// A predicate in one form for comparison: what is joined is sorted, and said once, a list of one is an equality, a
/// range from a value to itself too, and ASCII letters are small where their case does not count.
enum PredicateOutline {
  static func text(_ predicate: Predicate) -> String { text(outline(predicate)) }

  /// The same of an expectation: `["and", [">=", "amount", "5"], ["null", "name"]]`.
  static func text(_ expectation: Any?) -> String {
    guard let parts = expectation as? [Any], let head = parts.first as? String else {
      return expectation.map { "\($0)" } ?? ""
    }
    guard head == "and" || head == "or" else {
      return "(" + head + parts.dropFirst().map { " " + operand($0) }.joined() + ")"
    }
    let members = Set(parts.dropFirst().map { text($0) })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if let only = members.first, members.count == 1 { return only }
    return "(" + head + members.map { " " + $0 }.joined() + ")"
  }

  private static func operand(_ value: Any) -> String {
    value is [Any] ? text(value) : String(reflecting: "\(value)")
  }

  private static func outline(_ predicate: Predicate) -> [Any] {
    switch predicate {
    case .always: ["true"]
    case .never: ["false"]
    case .and(let parts): ["and"] + parts.map { outline($0) as Any }
    case .or(let parts): ["or"] + parts.map { outline($0) as Any }
    case .not(let inner): ["not", outline(inner)]
    case .compare(let path, let comparison, let value):
      [comparison.symbol, path.description, text(value)]
    case .compareFields(let path, let comparison, let other):
      [comparison.symbol, path.description, other.description]
    case .within(let path, let lower, let upper, _, let isNegated):
      lower == upper
        ? ["=", path.description, text(lower)]
        : [isNegated ? "outside" : "between", path.description, text(lower), text(upper)]
    case .member(let path, let values, let isNegated): member(path, values, isNegated)
    case .pattern(let path, let pattern, let isNegated):
      [
        (isNegated ? "not " : "") + (pattern.ignoresCase ? "ilike" : "like"), path.description,
        pattern.ignoresCase ? pattern.likeText.asciiLowercased : pattern.likeText,
      ]
    case .isNull(let path, let isNegated): [isNegated ? "notnull" : "null", path.description]
    case .any(let relation, let inner, let isNegated, _): quantifier(relation, inner, isNegated)
    case .jsonContains(let path, let json, _): ["contains", path.description, json]
    case .matches(let path, let pattern, _): ["matches", path.description, pattern]
    }
  }

  private static func member(_ path: FieldPath, _ values: [Value], _ isNegated: Bool) -> [Any] {
    let texts = Set(values.map(text)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if texts.count == 1, !isNegated { return ["=", path.description, texts[0]] }
    return [isNegated ? "notin" : "in", path.description] + texts.map { $0 as Any }
  }

  private static func quantifier(_ relation: String, _ inner: Predicate, _ isNegated: Bool) -> [Any] {
    isNegated && inner == .always
      ? ["none", relation] : [isNegated ? "notany" : "any", relation, outline(inner)]
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .text(let text): text
    case .timestamp: String(value.description.prefix(19))
    case .integer, .decimal, .boolean, .uuid, .date, .enumeration, .json, .argument: value.description
    }
  }
}
