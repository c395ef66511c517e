import TamisModel

/// The limits of a resource by their names in a file.
enum LimitName: String, CaseIterable {
  case queryBytes, bodyBytes, parameters, clauses, depth, listItems, valueBytes, patternBytes, digits,
    diagnostics

  var path: WritableKeyPath<QueryLimits, Int> {
    switch self {
    case .queryBytes: \.queryBytes
    case .bodyBytes: \.bodyBytes
    case .parameters: \.parameters
    case .clauses: \.clauses
    case .depth: \.depth
    case .listItems: \.listItems
    case .valueBytes: \.valueBytes
    case .patternBytes: \.patternBytes
    case .digits: \.digits
    case .diagnostics: \.diagnostics
    }
  }
}

/// What a condition of a file can test a field for.
enum ConditionOperator: String, CaseIterable {
  case eq, ne, lt, lte, gt, gte
  case isIn = "in"
  case isNull = "isnull"
  case isNotNull = "isnotnull"

  var comparison: Comparison? {
    switch self {
    case .eq: .equal
    case .ne: .notEqual
    case .lt: .less
    case .lte: .lessOrEqual
    case .gt: .greater
    case .gte: .greaterOrEqual
    case .isIn, .isNull, .isNotNull: nil
    }
  }

  static func name(of comparison: Comparison) -> String {
    allCases.first { $0.comparison == comparison }?.rawValue ?? "eq"
  }
}

/// How a file names the types that need no more than a name.
enum PlainTypeName: String, CaseIterable {
  case text, integer, bigInteger, boolean, uuid, date, timestamp, json

  var type: FieldType {
    switch self {
    case .text: .text
    case .integer: .integer
    case .bigInteger: .bigInteger
    case .boolean: .boolean
    case .uuid: .uuid
    case .date: .date
    case .timestamp: .timestamp
    case .json: .json
    }
  }
}

enum PagingKind: String, CaseIterable {
  case limitOffset, pages, cursor
}
