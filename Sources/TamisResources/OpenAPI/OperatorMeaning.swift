import TamisModel

/// What operators mean, in the words of a document.
enum OperatorMeaning {
  static func text(_ operation: Operator, _ type: FieldType) -> String {
    ([phrase(operation, type)] + remarks(operation, type)).joined(separator: " ")
  }

  private static func phrase(_ operation: Operator, _ type: FieldType) -> String {
    switch operation {
    case .equal: "Equal."
    case .notEqual: "Not equal; null is left out."
    case .less: "Less" + (isDate(type) ? ": before it begins." : ".")
    case .lessOrEqual: "Less or equal" + (isDate(type) ? ": before it ends." : ".")
    case .greater: "Greater" + (isDate(type) ? ": after it ends." : ".")
    case .greaterOrEqual: "Greater or equal" + (isDate(type) ? ": from its beginning on." : ".")
    case .isIn: "One of these."
    case .isNotIn: "None of these; null is left out."
    case .between: "Within these bounds, both included."
    case .notBetween: "Outside these bounds; null is left out."
    case .like: "Matches the pattern."
    case .notLike: "Does not match the pattern; null is left out."
    case .likeIgnoringCase: "Matches the pattern, ASCII letters in any case."
    case .notLikeIgnoringCase: "Does not match the pattern, ASCII letters in any case; null is left out."
    case .contains: "Contains this text."
    case .containsIgnoringCase: "Contains this text, ASCII letters in any case."
    case .startsWith: "Begins with this text."
    case .startsWithIgnoringCase: "Begins with this text, ASCII letters in any case."
    case .endsWith: "Ends with this text."
    case .endsWithIgnoringCase: "Ends with this text, ASCII letters in any case."
    case .isNull: "Is null."
    case .isNotNull: "Is not null."
    case .exists: "True: is not null. False: is null."
    case .jsonContains: "Contains this JSON value."
    case .matches: "Is matched somewhere by this PCRE2 regular expression."
    case .notMatches: "Is matched nowhere by this PCRE2 regular expression; null is left out."
    }
  }

  private static func remarks(_ operation: Operator, _ type: FieldType) -> [String] {
    switch operation.family {
    case .nullTest, .containment, .regex: return []
    case .pattern:
      return operation.name.hasSuffix("like")
        ? ["`%` is any text, `_` any one character, a backslash makes the next one literal."] : []
    case .equality, .ordering: return remarks(type)
    }
  }

  private static func remarks(_ type: FieldType) -> [String] {
    switch type {
    case .text: ["Compared byte by byte, with case."]
    case .decimal(let precision, let scale):
      ["Exact, of at most \(precision) digits, \(scale) of them after the point."]
    case .bigInteger: ["Exact, of any size."]
    case .date: ["A date is the interval of its precision: `2024-02` is all of February."]
    case .timestamp:
      [
        "A time is the interval of its precision: `2024-02` is all of February, `10:30` one minute.",
        "Seconds have at most six fraction digits; a `+` of an offset is sent as `%2B`.",
      ]
    case .enumeration(let enumeration):
      enumeration.matchesAnyCase ? ["Names match in any ASCII case."] : []
    case .json: ["A value inside the document, as text."]
    case .integer, .boolean, .uuid: []
    }
  }

  private static func isDate(_ type: FieldType) -> Bool { type == .date || type == .timestamp }
}
