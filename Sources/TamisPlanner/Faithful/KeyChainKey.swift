import TamisModel

/// A key of the closed list: `usage-gt-or` is the field `usage`, greater, joined by OR.
struct KeyChainKey {
  enum Subject: Hashable {
    case field(String)
    /// `has`: whether related records are there.
    case presence
    /// `trashed`: whether deleted records are wanted.
    case trashed
  }

  enum Joint: Hashable {
    case and, or
    /// Of a list: none of its items.
    case not
  }

  var subject: Subject
  var comparison: Operator?
  var joint: Joint?

  // key = "trashed" / "has" [ "-" cmp ] [ "-" ( "and" / "or" ) ]
  //     / field [ "-" cmp(field) ] [ "-" ( "and" / "or" / "not" ) ]
  /// Nil for a key that is not in the list: wrong order, another letter case, a comparison that the type lacks.
  init?(_ text: String, deletes: Bool, field: (String) -> Field?) {
    if deletes, text == "trashed" {
      subject = .trashed
      return
    }
    var rest = Substring(text)
    if let whole = Self.subject(rest, nil, field) {
      subject = whole
      return
    }
    if let joint = Self.joint(Self.lastPart(rest)) {
      self.joint = joint
      rest = Self.cut(rest)
      if let subject = Self.subject(rest, nil, field), subject != .presence || joint != .not {
        self.subject = subject
        return
      }
    }
    guard let comparison = Self.comparison(Self.lastPart(rest)),
      let subject = Self.subject(Self.cut(rest), comparison, field), subject != .presence || joint != .not
    else { return nil }
    self.subject = subject
    self.comparison = comparison
  }

  private static func subject(
    _ name: Substring, _ comparison: Operator?, _ field: (String) -> Field?
  ) -> Subject? {
    if let field = field(String(name)) {
      return comparison.map { comparisons(field.type).contains($0) } ?? true ? .field(field.name) : nil
    }
    guard name == "has" else { return nil }
    return comparison.map { Self.comparisons(.integer).contains($0) } ?? true ? .presence : nil
  }

  private static func lastPart(_ text: Substring) -> Substring {
    text.lastIndex(of: "-").map { text[text.index(after: $0)...] } ?? ""
  }

  private static func cut(_ text: Substring) -> Substring {
    text.lastIndex(of: "-").map { text[..<$0] } ?? ""
  }

  private static func joint(_ text: Substring) -> Joint? {
    switch text {
    case "and": .and
    case "or": .or
    case "not": .not
    default: nil
    }
  }

  private static func comparison(_ text: Substring) -> Operator? {
    switch text {
    case "eq": .equal
    case "ne": .notEqual
    case "lt": .less
    case "gt": .greater
    case "lte": .lessOrEqual
    case "gte": .greaterOrEqual
    case "like": .like
    case "notlike": .notLike
    default: nil
    }
  }

  /// The comparisons that a type has.
  private static func comparisons(_ type: FieldType) -> OperatorSet {
    switch type {
    case .integer, .bigInteger, .decimal, .date, .timestamp:
      [.equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual]
    case .boolean, .enumeration: [.equal, .notEqual]
    case .text, .uuid, .json: [.equal, .notEqual, .like, .notLike]
    }
  }
}
