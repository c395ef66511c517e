/// What a criterion asks of a field. The table of operators: a case here, its facts below, and a spelling row in
/// the query dialects.
public enum Operator: UInt8, Hashable, Sendable, CaseIterable {
  /// `currency_eq=USD` · SQL `currency = $1`
  case equal
  /// `currency_ne=USD` · SQL `currency <> $1`; null is left out
  case notEqual
  /// `balance_lt=5` · SQL `balance < $1`; also spelled `strictly_before`
  case less
  /// `balance_lte=5` · SQL `balance <= $1`; also spelled `before`
  case lessOrEqual
  /// `balance_gt=5` · SQL `balance > $1`; also spelled `strictly_after`
  case greater
  /// `balance_gte=5` · SQL `balance >= $1`; also spelled `after`
  case greaterOrEqual
  /// `currency_in=USD,EUR` · SQL `currency = ANY ($1)`
  case isIn
  /// `currency_notin=USD,EUR` · SQL `currency <> ALL ($1)`; null is left out
  case isNotIn
  /// `balance_between=1|9` · SQL `balance >= $1 AND balance <= $2`
  case between
  /// `balance_notbetween=1|9` · SQL `(balance < $1 OR balance > $2)`
  case notBetween
  /// `name_like=a%25` · a pattern with `%`, `_` and `\` as its escape
  case like
  case notLike
  /// `name_ilike=a%25` · ASCII letters match in any case
  case likeIgnoringCase
  case notLikeIgnoringCase
  /// `name_contains=a` · the operand is literal text
  case contains
  case containsIgnoringCase
  case startsWith
  case startsWithIgnoringCase
  case endsWith
  case endsWithIgnoringCase
  /// `name_isnull=` · SQL `name IS NULL`
  case isNull
  /// `name_isnotnull=` · SQL `name IS NOT NULL`
  case isNotNull
  /// `exists[name]=true` is `isNotNull`, `exists[name]=false` is `isNull`
  case exists
  /// `{"operator":"json_contains","value":{"a":1}}` · SQL `meta @> $1`
  case jsonContains
  /// `indicator_matches=^sav` · a PCRE2 regular expression, found anywhere in the text; only where a field allows it
  case matches
  /// `indicator_notmatches=^sav` · null is left out
  case notMatches

  /// How many operands an operator takes.
  public enum Arity: Hashable, Sendable {
    case none
    case one
    case two
    case list
    /// `true` or `false`.
    case flag

    /// For diagnostics.
    public var noun: String {
      switch self {
      case .none: "no value"
      case .one: "one value"
      case .two: "two values"
      case .list: "a list"
      case .flag: "'true' or 'false'"
      }
    }
  }

  public var arity: Arity { facts.arity }
  /// The canonical name, as bodies and the suffix dialect spell it.
  public var name: String { facts.name }
  public var family: Family { facts.family }

  /// Operators that a resource allows or forbids together.
  public enum Family: UInt8, Hashable, Sendable, CaseIterable {
    case equality
    case ordering
    case pattern
    case nullTest
    case containment
    case regex
  }

  private var facts: (name: String, arity: Arity, family: Family) {
    switch self {
    case .equal: ("eq", .one, .equality)
    case .notEqual: ("ne", .one, .equality)
    case .less: ("lt", .one, .ordering)
    case .lessOrEqual: ("lte", .one, .ordering)
    case .greater: ("gt", .one, .ordering)
    case .greaterOrEqual: ("gte", .one, .ordering)
    case .isIn: ("in", .list, .equality)
    case .isNotIn: ("notin", .list, .equality)
    case .between: ("between", .two, .ordering)
    case .notBetween: ("notbetween", .two, .ordering)
    case .like: ("like", .one, .pattern)
    case .notLike: ("notlike", .one, .pattern)
    case .likeIgnoringCase: ("ilike", .one, .pattern)
    case .notLikeIgnoringCase: ("notilike", .one, .pattern)
    case .contains: ("contains", .one, .pattern)
    case .containsIgnoringCase: ("icontains", .one, .pattern)
    case .startsWith: ("startswith", .one, .pattern)
    case .startsWithIgnoringCase: ("istartswith", .one, .pattern)
    case .endsWith: ("endswith", .one, .pattern)
    case .endsWithIgnoringCase: ("iendswith", .one, .pattern)
    case .isNull: ("isnull", .none, .nullTest)
    case .isNotNull: ("isnotnull", .none, .nullTest)
    case .exists: ("exists", .flag, .nullTest)
    case .jsonContains: ("json_contains", .one, .containment)
    case .matches: ("matches", .one, .regex)
    case .notMatches: ("notmatches", .one, .regex)
    }
  }
}

/// A set of operators, as a bit mask.
public struct OperatorSet: Hashable, Sendable, ExpressibleByArrayLiteral {
  @usableFromInline package var mask: UInt32

  package init(mask: UInt32) { self.mask = mask }

  public init(arrayLiteral operators: Operator...) {
    self.init(operators)
  }

  public init(_ operators: [Operator]) {
    mask = operators.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }

  public init(families: [Operator.Family]) {
    self.init(Operator.allCases.filter { families.contains($0.family) })
  }

  @inlinable
  public func contains(_ candidate: Operator) -> Bool {
    mask & (1 << UInt32(candidate.rawValue)) != 0
  }

  public func union(_ other: OperatorSet) -> OperatorSet { OperatorSet(mask: mask | other.mask) }
  public func subtracting(_ other: OperatorSet) -> OperatorSet { OperatorSet(mask: mask & ~other.mask) }
  public func intersection(_ other: OperatorSet) -> OperatorSet { OperatorSet(mask: mask & other.mask) }

  /// In the order of the operator table.
  public var operators: [Operator] { Operator.allCases.filter(contains) }

  public static let none = OperatorSet(mask: 0)
  public static let equality = OperatorSet(families: [.equality])
  public static let ordering = OperatorSet(families: [.ordering])
  public static let patterns = OperatorSet(families: [.pattern])
  public static let nullTests = OperatorSet(families: [.nullTest])
  public static let containment = OperatorSet(families: [.containment])
  /// Regular expressions: never in `all(for:)`, because they cost what the client's pattern makes them cost.
  public static let regex = OperatorSet(families: [.regex])

  /// Every operator that may be allowed on the type.
  public static func possible(for type: FieldType) -> OperatorSet {
    switch type {
    case .text, .json: all(for: type).union(.regex)
    case .integer, .bigInteger, .decimal, .boolean, .uuid, .date, .timestamp, .enumeration: all(for: type)
    }
  }

  /// Every operator that has a meaning for the type and a bounded cost.
  public static func all(for type: FieldType) -> OperatorSet {
    switch type {
    case .text: OperatorSet(families: [.equality, .ordering, .pattern, .nullTest])
    case .integer, .bigInteger, .decimal, .date, .timestamp:
      OperatorSet(families: [.equality, .ordering, .nullTest])
    case .boolean, .uuid, .enumeration: OperatorSet(families: [.equality, .nullTest])
    case .json: OperatorSet(families: [.equality, .ordering, .pattern, .nullTest, .containment])
    }
  }
}

/// The six comparisons of two values.
public enum Comparison: UInt8, Hashable, Sendable, CaseIterable {
  case equal
  case notEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual

  /// Three-valued NOT: null stays unknown on both sides.
  public var negated: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The SQL spelling, the same on every engine.
  public var symbol: String {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }

  /// Whether it holds for two values whose order is given: negative, zero or positive.
  @inlinable
  public func holds(forOrder order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}
