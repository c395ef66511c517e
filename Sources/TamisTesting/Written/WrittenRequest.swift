public import TamisModel

/// A request as it is written, together with what its author meant by it.
public struct WrittenRequest: Sendable {
  public var dialect: QueryDialect
  /// The query string, or the JSON body.
  public var text: String
  var filter: WrittenFilter
  var parameters: [WrittenParameter]
  /// Fields with their directions; nil for the resource's default.
  var order: [(field: String, direction: SortKey.Direction)]?
  public var page: Page
  /// Every criterion, for the count of what has been tried.
  var clauses: [WrittenClause] { filter.clauses }
}

/// How criteria are joined.
indirect enum WrittenFilter: Sendable {
  case clause(WrittenClause)
  case all([WrittenFilter])
  case some([WrittenFilter])
  case not(WrittenFilter)
  /// Over the elements of a relation.
  case any(String, WrittenFilter)

  var clauses: [WrittenClause] {
    switch self {
    case .clause(let clause): [clause]
    case .all(let parts), .some(let parts): parts.flatMap(\.clauses)
    case .not(let inner):
      inner.clauses.map { clause in
        var clause = clause
        clause.isNegated.toggle()
        return clause
      }
    case .any(_, let inner): inner.clauses
    }
  }
}

/// One criterion.
struct WrittenClause: Sendable {
  var field: Field
  var path: FieldPath
  /// The relation of an element's field.
  var relation: String?
  var operation: Operator
  var operands: [WrittenOperand]
  /// For `exists`.
  var flag = true
  /// Whether a NOT stands around it; for the count only.
  var isNegated = false
}

/// An operand's text and its meaning.
struct WrittenOperand: Sendable {
  enum Meaning: Hashable, Sendable {
    case value(ReferenceValue)
    /// A date or time: all instants (or days) from the first to before the second.
    case interval(ReferenceValue, ReferenceValue)
    /// What the text of a `like` matches.
    case pattern(String)
    /// A JSON document that a value must contain.
    case document(JSONTree)
  }

  var meaning: Meaning
  /// Before percent-encoding.
  var text: String
  /// What a body holds.
  var json: JSONTree
}

/// A named parameter of the resource.
struct WrittenParameter: Sendable {
  var parameter: Parameter
  var operand: WrittenOperand
}

/// What one criterion of a request tries.
public struct WrittenSummary: Hashable, Sendable {
  public var operation: String
  public var type: FieldType
  public var path: FieldPath
  public var isNullable: Bool
  /// Whether a NOT stands around it.
  public var isNegated: Bool
}

extension WrittenRequest {
  public var summaries: [WrittenSummary] {
    filter.clauses.map {
      WrittenSummary(
        operation: $0.operation.name, type: $0.field.type, path: $0.path, isNullable: $0.field.isNullable,
        isNegated: $0.isNegated)
    }
  }
}
