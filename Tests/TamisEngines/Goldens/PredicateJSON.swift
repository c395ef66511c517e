package import TamisModel
package import TamisTesting

/// A typed predicate as JSON that says all of it, which no query string can: `{"compare":"a","is":"<","value":…}`.
package enum PredicateJSON {
  package static func write(_ predicate: Predicate) -> JSONTree {
    switch predicate {
    case .always: object(("always", .boolean(true)))
    case .never: object(("never", .boolean(true)))
    case .and(let parts): object(("and", .array(parts.map(write))))
    case .or(let parts): object(("or", .array(parts.map(write))))
    case .not(let inner): object(("not", write(inner)))
    case .compare(let path, let comparison, let value):
      object(("compare", write(path)), ("is", .string(comparison.symbol)), ("value", ValueJSON.write(value)))
    case .compareFields(let left, let comparison, let right):
      object(("fields", .array([write(left), write(right)])), ("is", .string(comparison.symbol)))
    case .within(let path, let lower, let upper, let isHalfOpen, let isNegated):
      object(
        ("within", write(path)), ("from", ValueJSON.write(lower)), ("to", ValueJSON.write(upper)),
        ("halfOpen", flag(isHalfOpen)), ("negated", flag(isNegated)))
    case .member(let path, let values, let isNegated):
      object(
        ("in", write(path)), ("values", .array(values.map(ValueJSON.write))), ("negated", flag(isNegated)))
    case .pattern(let path, let pattern, let isNegated):
      object(
        ("like", write(path)), ("pattern", .string(pattern.likeText)),
        ("ignoresCase", flag(pattern.ignoresCase)), ("negated", flag(isNegated)))
    case .isNull(let path, let isNegated): object(("null", write(path)), ("negated", flag(isNegated)))
    case .any(let relation, let inner, let isNegated, let minimum):
      object(
        ("any", .string(relation)), ("where", write(inner)), ("negated", flag(isNegated)),
        ("atLeast", minimum == 1 ? nil : .number(String(minimum))))
    case .jsonContains(let path, let json, let isNegated):
      object(("contains", write(path)), ("json", .string(json)), ("negated", flag(isNegated)))
    case .matches(let path, let pattern, let isNegated):
      object(("matches", write(path)), ("pattern", .string(pattern)), ("negated", flag(isNegated)))
    }
  }

  /// The members that there are.
  static func object(_ members: (name: String, value: JSONTree?)...) -> JSONTree {
    .object(members.compactMap { member in member.value.map { JSONTree.Member(member.name, $0) } })
  }

  static func flag(_ flag: Bool) -> JSONTree? { flag ? .boolean(true) : nil }

  static func write(_ path: FieldPath) -> JSONTree {
    if path == FieldPath(path.field) { return .string(path.field) }
    return object(
      ("field", .string(path.field)), ("keys", .array(path.keys.map { .string($0) })),
      ("reading", .string(name(of: path.reading))))
  }

  static func name(of reading: JSONReading) -> String {
    switch reading {
    case .notJSON: "notJSON"
    case .canonicalText: "canonicalText"
    case .sameType: "sameType"
    case .numericText: "numericText"
    }
  }
}

/// A typed value as JSON: its type and its text.
enum ValueJSON {
  static func write(_ value: Value) -> JSONTree {
    let (type, text) = parts(value)
    return PredicateJSON.object((type, .string(text)))
  }

  private static func parts(_ value: Value) -> (type: String, text: String) {
    switch value {
    case .text(let text): ("text", text)
    case .integer(let number): ("integer", String(number))
    case .decimal(let number): ("decimal", number.text)
    case .boolean(let flag): ("boolean", flag ? "true" : "false")
    case .uuid(let text): ("uuid", text)
    case .date(let date): ("days", String(date.daysSinceEpoch))
    case .timestamp(let instant): ("microseconds", String(instant.microseconds))
    case .enumeration(let name): ("case", name)
    case .json(let text): ("json", text)
    case .argument: ("argument", "")
    }
  }

  static func read(_ tree: JSONTree) throws(GoldenError) -> Value {
    guard case .object(let members) = tree, members.count == 1, case .string(let text) = members[0].value
    else { throw GoldenError("no value: \(tree)") }
    guard let value = value(members[0].name, text) else { throw GoldenError("no value: \(tree)") }
    return value
  }

  private static func value(_ type: String, _ text: String) -> Value? {
    switch type {
    case "text": .text(text)
    case "integer": Int64(text).map(Value.integer)
    case "decimal": .decimal(Decimal(canonical: text))
    case "boolean": .boolean(text == "true")
    case "uuid": .uuid(text)
    case "days": Int64(text).map { .date(CalendarDate(daysSinceEpoch: $0)) }
    case "microseconds": Int64(text).map { .timestamp(Timestamp(microseconds: $0)) }
    case "case": .enumeration(text)
    case "json": .json(text)
    default: nil
    }
  }
}
