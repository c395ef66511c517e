import TamisModel

/// How the query dialects spell operators, as their documentation says; deliberately not the library's own table.
enum OperatorNames {
  static func names(_ operation: Operator, _ spelling: Spelling) -> [String] {
    let synonyms: [String]
    switch (operation, spelling) {
    case (.less, .suffix), (.less, .bracket), (.less, .body): synonyms = ["strictly_before"]
    case (.lessOrEqual, .suffix): synonyms = ["before", "lteq"]
    case (.lessOrEqual, .bracket), (.lessOrEqual, .body): synonyms = ["before"]
    case (.greater, .suffix), (.greater, .bracket), (.greater, .body): synonyms = ["strictly_after"]
    case (.greaterOrEqual, .suffix): synonyms = ["after", "gteq"]
    case (.greaterOrEqual, .bracket), (.greaterOrEqual, .body): synonyms = ["after"]
    case (.notEqual, .suffix): synonyms = ["neq"]
    case (.isNotIn, .suffix), (.isNotIn, .jsonAPI): synonyms = ["not_in"]
    default: synonyms = []
    }
    return [name(operation)] + synonyms
  }

  enum Spelling {
    case suffix
    case bracket
    case jsonAPI
    case jsonAPIKeys
    case body
  }

  private static func name(_ operation: Operator) -> String {
    switch operation {
    case .equal: "eq"
    case .notEqual: "ne"
    case .less: "lt"
    case .lessOrEqual: "lte"
    case .greater: "gt"
    case .greaterOrEqual: "gte"
    case .isIn: "in"
    case .isNotIn: "notin"
    case .between: "between"
    case .notBetween: "notbetween"
    case .like: "like"
    case .notLike: "notlike"
    case .likeIgnoringCase: "ilike"
    case .notLikeIgnoringCase: "notilike"
    case .contains: "contains"
    case .containsIgnoringCase: "icontains"
    case .startsWith: "startswith"
    case .startsWithIgnoringCase: "istartswith"
    case .endsWith: "endswith"
    case .endsWithIgnoringCase: "iendswith"
    case .isNull: "isnull"
    case .isNotNull: "isnotnull"
    case .exists: "exists"
    case .jsonContains: "json_contains"
    case .matches: "matches"
    case .notMatches: "notmatches"
    }
  }
}
