import TamisModel
import TamisTesting

/// What is wrong with a golden.
package struct GoldenError: Error, CustomStringConvertible {
  package var description: String

  init(_ description: String) { self.description = description }
}

/// Reads what `PredicateJSON` writes.
struct PredicateReader {
  /// The innermost that can be told, for messages.
  private let tree: JSONTree

  static func read(_ tree: JSONTree) throws(GoldenError) -> Predicate {
    try PredicateReader(tree: tree).read()
  }

  private func read() throws(GoldenError) -> Predicate {
    guard case .object(let members) = tree, let kind = members.first else { throw fault() }
    let isNegated = flag("negated")
    switch kind.name {
    case "always": return .always
    case "never": return .never
    case "and": return .and(try parts(kind.value))
    case "or": return .or(try parts(kind.value))
    case "not": return .not(try Self.read(kind.value))
    case "compare": return .compare(try path(kind.value), try comparison(), try value("value"))
    case "fields": return try fields(kind.value)
    case "within":
      return .within(
        try path(kind.value), lower: try value("from"), upper: try value("to"), isHalfOpen: flag("halfOpen"),
        isNegated: isNegated)
    case "in":
      var values: [Value] = []
      for item in try items(tree["values"]) { values.append(try ValueJSON.read(item)) }
      return .member(try path(kind.value), values, isNegated: isNegated)
    case "like": return .pattern(try path(kind.value), try pattern(), isNegated: isNegated)
    case "null": return .isNull(try path(kind.value), isNegated: isNegated)
    case "any": return try any(kind.value, isNegated)
    case "contains":
      return .jsonContains(try path(kind.value), json: try text(tree["json"]), isNegated: isNegated)
    case "matches": return .matches(try path(kind.value), try text(tree["pattern"]), isNegated: isNegated)
    default: throw fault()
    }
  }

  private func fault() -> GoldenError { GoldenError("no predicate: \(tree)") }
  private func flag(_ name: String) -> Bool { tree[name] == .boolean(true) }

  private func text(_ tree: JSONTree?) throws(GoldenError) -> String {
    guard case .string(let text) = tree else { throw fault() }
    return text
  }

  private func items(_ tree: JSONTree?) throws(GoldenError) -> [JSONTree] {
    guard case .array(let items) = tree else { throw fault() }
    return items
  }

  private func parts(_ tree: JSONTree) throws(GoldenError) -> [Predicate] {
    var parts: [Predicate] = []
    for item in try items(tree) { parts.append(try Self.read(item)) }
    return parts
  }

  private func value(_ name: String) throws(GoldenError) -> Value {
    guard let value = tree[name] else { throw fault() }
    return try ValueJSON.read(value)
  }

  private func comparison() throws(GoldenError) -> Comparison {
    let symbol = try text(tree["is"])
    guard let comparison = Comparison.allCases.first(where: { $0.symbol == symbol }) else { throw fault() }
    return comparison
  }

  private func fields(_ tree: JSONTree) throws(GoldenError) -> Predicate {
    let pair = try items(tree)
    guard pair.count == 2 else { throw fault() }
    return .compareFields(try path(pair[0]), try comparison(), try path(pair[1]))
  }

  private func any(_ relation: JSONTree, _ isNegated: Bool) throws(GoldenError) -> Predicate {
    var minimum = 1
    if case .number(let digits)? = tree["atLeast"] { minimum = Int(digits) ?? 0 }
    guard let inner = tree["where"] else { throw fault() }
    return .any(
      relation: try text(relation), try Self.read(inner), isNegated: isNegated, atLeast: minimum)
  }

  // MARK: Paths and patterns

  private func path(_ tree: JSONTree) throws(GoldenError) -> FieldPath {
    if case .string(let name) = tree { return FieldPath(name) }
    var keys: [String] = []
    for key in try items(tree["keys"]) { keys.append(try text(key)) }
    let name = try text(tree["reading"])
    let readings: [JSONReading] = [.notJSON, .canonicalText, .sameType, .numericText]
    guard let reading = readings.first(where: { PredicateJSON.name(of: $0) == name }) else { throw fault() }
    return FieldPath(try text(tree["field"]), keys: keys, reading: reading)
  }

  /// `%` and `_` are wildcards, and a backslash takes that from what follows it.
  private func pattern() throws(GoldenError) -> TextPattern {
    var bytes: [UInt8] = []
    var isLiteral = false
    for byte in try text(tree["pattern"]).utf8 {
      switch byte {
      case UInt8(ascii: "\\") where !isLiteral:
        isLiteral = true
        continue
      case UInt8(ascii: "%") where !isLiteral: bytes.append(TextPattern.anyRun)
      case UInt8(ascii: "_") where !isLiteral: bytes.append(TextPattern.anyOne)
      default: bytes.append(byte)
      }
      isLiteral = false
    }
    return TextPattern(bytes: bytes, ignoresCase: flag("ignoresCase"))
  }
}
