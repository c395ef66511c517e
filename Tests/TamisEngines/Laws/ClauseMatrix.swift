package import TamisModel
package import TamisTesting

/// Which clauses have been run: operator × type × nullable × negated. An empty cell is a test that was never made.
package struct ClauseMatrix {
  package struct Cell: Hashable, Comparable, CustomStringConvertible {
    var test: String
    var type: String
    var isNullable: Bool
    var isNegated: Bool

    package var description: String {
      "\(isNegated ? "not " : "")\(test) on \(isNullable ? "nullable" : "required") \(type)"
    }

    package static func < (left: Cell, right: Cell) -> Bool { left.description < right.description }
  }

  private(set) var counts: [Cell: Int] = [:]

  /// How often the rarest clause of a query, or criterion of a request, has been tried. None at all is common.
  package func rating(_ query: Query) -> Int {
    var matrix = ClauseMatrix()
    matrix.count(query)
    return rating(matrix)
  }

  package func rating(_ request: WrittenRequest) -> Int {
    var matrix = ClauseMatrix()
    for summary in request.summaries { matrix.count(summary) }
    return rating(matrix)
  }

  private func rating(_ other: ClauseMatrix) -> Int {
    other.counts.keys.map { counts[$0] ?? 0 }.min() ?? 1_000
  }

  // MARK: Counting

  package mutating func count(_ query: Query) {
    count(query.predicate, query.resource.fields, query.resource.relations, depth: 0, isNegated: false)
  }

  private mutating func count(
    _ predicate: Predicate, _ fields: [Field], _ relations: [Relation], depth: Int, isNegated: Bool
  ) {
    switch predicate {
    case .always, .never: break
    case .and(let parts), .or(let parts):
      for part in parts { count(part, fields, relations, depth: depth, isNegated: isNegated) }
    case .not(let inner): count(inner, fields, relations, depth: depth, isNegated: !isNegated)
    case .any(let name, let inner, let isNone, let minimum):
      let relation = relations.first { $0.name == name }
      let type = relation?.cardinality == .one ? "to-one" : "to-many"
      add(minimum > 1 ? "several" : "any", type, false, isNegated != isNone)
      if depth > 0 { add("any inside any", type, false, isNegated != isNone) }
      count(
        inner, relation?.fields ?? [], relation?.relations ?? [], depth: depth + 1,
        isNegated: false)
    case .compare(let path, let comparison, _): add(path, fields, comparison.symbol, isNegated)
    case .compareFields(let path, let comparison, _):
      add(path, fields, "field \(comparison.symbol)", isNegated)
    case .within(let path, _, _, let isHalfOpen, let isOutside):
      add(path, fields, isHalfOpen ? "within [)" : "within []", isNegated != isOutside)
    case .member(let path, let values, let isOutside):
      add(path, fields, values.isEmpty ? "in ()" : "in", isNegated != isOutside)
    case .pattern(let path, let pattern, let isNot):
      add(
        path, fields, "\(pattern.ignoresCase ? "ilike" : "like") \(pattern.patternClass)", isNegated != isNot)
    case .isNull(let path, let isNot): add(path, fields, "null", isNegated != isNot)
    case .jsonContains(let path, _, let isNot): add(path, fields, "contains", isNegated != isNot)
    case .matches(let path, _, let isNot): add(path, fields, "matches", isNegated != isNot)
    }
  }

  private mutating func add(_ path: FieldPath, _ fields: [Field], _ test: String, _ isNegated: Bool) {
    guard let field = fields.first(where: { $0.name == path.field }) else { return }
    add(test, Self.typeName(field.type, path), field.isNullable, isNegated)
  }

  private mutating func add(_ test: String, _ type: String, _ isNullable: Bool, _ isNegated: Bool) {
    counts[Cell(test: test, type: type, isNullable: isNullable, isNegated: isNegated), default: 0] += 1
  }

  /// Criteria by the operators that clients write.
  package mutating func count(_ clause: WrittenSummary) {
    add(
      clause.operation, Self.typeName(clause.type, clause.path), clause.isNullable, clause.isNegated)
  }

  private static func typeName(_ type: FieldType, _ path: FieldPath) -> String {
    switch type {
    case .text: "text"
    case .integer: "integer"
    case .bigInteger: "big integer"
    case .decimal: "decimal"
    case .boolean: "boolean"
    case .uuid: "uuid"
    case .date: "date"
    case .timestamp: "timestamp"
    case .enumeration: "enumeration"
    case .json:
      path.keys.isEmpty ? "document" : path.reading == .sameType ? "key by type" : "key by text"
    }
  }

  // MARK: What there must be

  package func missing(from cells: [Cell]) -> [Cell] { cells.filter { counts[$0] == nil }.sorted() }

  private static let ordered = [
    "text", "integer", "big integer", "decimal", "date", "timestamp", "key by text", "key by type",
  ]
  private static let unordered = ["boolean", "uuid", "enumeration"]

  private static func cells(_ tests: [String], _ types: [String], nullable: [Bool] = [true, false]) -> [Cell]
  {
    tests.flatMap { test in
      types.flatMap { type in
        nullable.flatMap { isNullable in
          [true, false].map { Cell(test: test, type: type, isNullable: isNullable, isNegated: $0) }
        }
      }
    }
  }

  /// Every combination that a typed query can have.
  package static let typedCells: [Cell] = {
    let patterns = TextPattern.Class.allCases.flatMap { ["like \($0)", "ilike \($0)"] }
    let orderedFields = ordered.filter { !$0.hasPrefix("key") }
    let equality = ["=", "<>", "in", "in ()"]
    let scalars = orderedFields + unordered
    return cells(equality, ordered + unordered)
      + cells(["<", "<=", ">", ">=", "within []", "within [)"], ordered)
      + cells(patterns, ["text", "key by text", "key by type"])
      + cells(Comparison.allCases.map { "field \($0.symbol)" }, scalars)
      + cells(["null"], scalars, nullable: [true])
      + cells(["null"], ["document", "key by text", "key by type"])
      + cells(["contains"], ["document", "key by type"])
      + cells(["any", "several", "any inside any"], ["to-one", "to-many"], nullable: [false])
  }()

  /// Every combination that a request can spell. NOT is for bodies only, `exists` for brackets only, and a body
  /// compares keys by type, a URL by text.
  package static let spelledCells: [Cell] = {
    let types: [(String, FieldType)] = [
      ("text", .text), ("integer", .integer), ("big integer", .bigInteger),
      ("decimal", .decimal(precision: 1, scale: 0)), ("boolean", .boolean), ("uuid", .uuid), ("date", .date),
      ("timestamp", .timestamp), ("enumeration", .enumeration(Enumeration(["a"]))), ("key by text", .json),
      ("key by type", .json),
    ]
    return types.flatMap { name, type in
      OperatorSet.all(for: type).operators.flatMap { operation -> [Cell] in
        let isNullTest = operation.family == .nullTest
        let isKey = type == .json
        if name == "key by text", operation == .jsonContains { return [] }
        if name == "key by type", operation == .exists { return [] }
        let nullable = isNullTest && !isKey ? [true] : [true, false]
        return nullable.flatMap { isNullable in
          [true, false].compactMap { isNegated in
            if isNegated, operation == .exists || name == "key by text" { return nil }
            return Cell(test: operation.name, type: name, isNullable: isNullable, isNegated: isNegated)
          }
        }
      }
    }
  }()
}
