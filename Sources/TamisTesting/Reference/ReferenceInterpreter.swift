public import TamisModel

/// What a query means, as directly as it can be said: the meaning of every clause spelled out over values that were
/// read by code of its own. It shares nothing with the planner's passes, the SQL emitter or the evaluator in memory, so
/// that it can say who of them is wrong.
public struct ReferenceInterpreter: Sendable {
  public let resource: Resource
  public let records: [ReferenceRecord]

  public init(resource: Resource, records: [JSONTree]) {
    self.resource = resource
    self.records = records.map { ReferenceRecord($0, of: resource) }
  }

  /// The places of the records on the query's page, in order, and whether more follow.
  public func answer(_ query: Query) -> ReferenceAnswer {
    let predicate = query.predicate
    return answer(order: query.sort, page: query.page) { truth(of: predicate, for: $0) }
  }

  /// The same for any condition.
  public func answer(order: [SortKey], page: Page, where truth: (ReferenceRecord) -> Truth) -> ReferenceAnswer
  {
    let selected = records.indices.filter { truth(records[$0]) == .yes }
    let sorted = ReferenceOrder(resource: resource, keys: order).sorted(selected, of: records)
    let rest = sorted.dropFirst(page.offset)
    return ReferenceAnswer(
      places: Array(rest.prefix(page.limit)), hasMore: rest.count > page.limit, matchCount: selected.count)
  }

  public func truth(of predicate: Predicate, for record: ReferenceRecord) -> Truth {
    ReferenceScope(record).truth(of: predicate)
  }
}

/// The records of one page by their places in the list that was given.
public struct ReferenceAnswer: Hashable, Sendable {
  public var places: [Int]
  public var hasMore: Bool
  /// Records that the filter selects, on any page.
  public var matchCount: Int

  package init(places: [Int], hasMore: Bool, matchCount: Int) {
    self.places = places
    self.hasMore = hasMore
    self.matchCount = matchCount
  }
}

/// One record, or one element of one of its relations.
struct ReferenceScope {
  let record: ReferenceRecord
  var values: [String: ReferenceValue] { record.values }

  init(_ record: ReferenceRecord) { self.record = record }

  func truth(of predicate: Predicate) -> Truth {
    switch predicate {
    case .always: .yes
    case .never: .no
    case .and(let parts): .all(parts.map(truth))
    case .or(let parts): .some(parts.map(truth))
    case .not(let inner): truth(of: inner).negated
    case .compare(let field, let comparison, let value):
      Self.truth(of: comparison, self.value(at: field), ReferenceValue(value))
    case .compareFields(let left, let comparison, let right):
      Self.truth(of: comparison, value(at: left), value(at: right))
    case .within(let field, let lower, let upper, let isHalfOpen, let isNegated):
      Self.within(value(at: field), ReferenceValue(lower), ReferenceValue(upper), isHalfOpen).flipped(
        isNegated)
    case .member(let field, let values, let isNegated):
      member(field, values.map(ReferenceValue.init)).flipped(isNegated)
    case .pattern(let field, let pattern, let isNegated):
      Self.pattern(value(at: field), pattern.likeText, ignoresCase: pattern.ignoresCase).flipped(isNegated)
    case .isNull(let field, let isNegated): Truth(isNull(field)).flipped(isNegated)
    case .any(let relation, let inner, let isNegated, let minimum):
      Truth(count(relation, inner) >= minimum).flipped(isNegated)
    case .jsonContains(let field, let json, let isNegated): contains(field, json).flipped(isNegated)
    case .matches(let field, let pattern, let isNegated):
      Self.matches(value(at: field), pattern).flipped(isNegated)
    }
  }

  // MARK: Values

  func value(at path: FieldPath) -> ReferenceValue {
    let value = values[path.field] ?? .null
    guard case .json(let document) = value else { return value }
    guard !path.keys.isEmpty else { return value }
    return ReferenceValue(document.value(at: path.keys), reading: path.reading)
  }

  /// The JSON value at a path; nil when it is missing or null.
  private func document(at path: FieldPath) -> JSONTree? {
    guard case .json(let whole) = values[path.field] ?? .null else { return nil }
    let inner = whole.value(at: path.keys)
    return inner == .null ? nil : inner
  }

  private func isNull(_ path: FieldPath) -> Bool {
    if path.keys.isEmpty { return (values[path.field] ?? .null) == .null }
    return document(at: path) == nil
  }

  // MARK: Leaves

  /// UNKNOWN when one side is null.
  static func truth(of comparison: Comparison, _ left: ReferenceValue, _ right: ReferenceValue) -> Truth {
    if case .json(let first) = left, case .json(let second) = right {
      return document(first, comparison, second)
    }
    guard let order = left.order(right) else { return .unknown }
    switch comparison {
    case .equal: return Truth(order == 0)
    case .notEqual: return Truth(order != 0)
    case .less: return Truth(order < 0)
    case .lessOrEqual: return Truth(order <= 0)
    case .greater: return Truth(order > 0)
    case .greaterOrEqual: return Truth(order >= 0)
    }
  }

  /// Whole documents are equal or not, and have no order.
  private static func document(_ left: JSONTree, _ comparison: Comparison, _ right: JSONTree) -> Truth {
    switch comparison {
    case .equal: Truth(JSONContainment.isSame(left, right))
    case .notEqual: Truth(!JSONContainment.isSame(left, right))
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .unknown
    }
  }

  static func within(
    _ value: ReferenceValue, _ lower: ReferenceValue, _ upper: ReferenceValue, _ isHalfOpen: Bool
  ) -> Truth {
    .all([
      truth(of: .greaterOrEqual, value, lower), truth(of: isHalfOpen ? .less : .lessOrEqual, value, upper),
    ])
  }

  private func member(_ field: FieldPath, _ items: [ReferenceValue]) -> Truth {
    let value = value(at: field)
    return .some(items.map { Self.truth(of: .equal, value, $0) })
  }

  static func pattern(_ value: ReferenceValue, _ like: String, ignoresCase: Bool) -> Truth {
    guard case .text(let text) = value else { return .unknown }
    return Truth(
      ReferenceText.matches(text, ReferenceText.elements(ofLike: like), ignoresCase: ignoresCase))
  }

  /// Of the portable subset only: another pattern is UNKNOWN here.
  static func matches(_ value: ReferenceValue, _ pattern: String) -> Truth {
    guard case .text(let text) = value, let regex = ReferenceRegex(pattern) else { return .unknown }
    return Truth(regex.isFound(in: text))
  }

  private func count(_ relation: String, _ inner: Predicate) -> Int {
    record.counted(relation).filter { ReferenceScope($0).truth(of: inner) == .yes }.count
  }

  private func contains(_ field: FieldPath, _ json: String) -> Truth {
    guard let document = document(at: field), let wanted = JSONTree(parsing: json) else { return .unknown }
    return Truth(JSONContainment.contains(document, wanted))
  }
}

extension Truth {
  func flipped(_ isNegated: Bool) -> Truth { isNegated ? negated : self }
}

/// Containment of JSON values: an object holds the members asked for, an array the items, in any order.
enum JSONContainment {
  static func contains(_ whole: JSONTree, _ part: JSONTree) -> Bool {
    // An array may be asked for one scalar item by itself.
    if case .array(let items) = whole, part.isScalar { return items.contains { isSameScalar($0, part) } }
    return holds(whole, part)
  }

  private static func holds(_ whole: JSONTree, _ part: JSONTree) -> Bool {
    switch (whole, part) {
    case (.object, .object(let wanted)):
      wanted.allSatisfy { member in whole[member.name].map { holds($0, member.value) } ?? false }
    case (.array(let items), .array(let wanted)):
      wanted.allSatisfy { item in items.contains { holds($0, item) } }
    default: isSameScalar(whole, part)
    }
  }

  /// Whether two values are one: members in any order, items in theirs, numbers by value.
  static func isSame(_ left: JSONTree, _ right: JSONTree) -> Bool {
    switch (left, right) {
    case (.object(let first), .object(let second)):
      first.count == second.count
        && first.allSatisfy { member in right[member.name].map { isSame(member.value, $0) } ?? false }
    case (.array(let first), .array(let second)):
      first.count == second.count && zip(first, second).allSatisfy { isSame($0, $1) }
    default: isSameScalar(left, right)
    }
  }

  private static func isSameScalar(_ left: JSONTree, _ right: JSONTree) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let first), .boolean(let second)): first == second
    case (.string(let first), .string(let second)):
      first.unicodeScalars.elementsEqual(second.unicodeScalars)
    case (.number(let first), .number(let second)): ReferenceNumber(first) == ReferenceNumber(second)
    default: false
    }
  }
}

extension JSONTree {
  var isScalar: Bool {
    switch self {
    case .array, .object: false
    case .null, .boolean, .number, .string: true
    }
  }
}
