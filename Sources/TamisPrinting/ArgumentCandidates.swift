import TamisModel

/// Texts that the argument of a parameter or scope may have been, judged by what its condition has become.
struct ArgumentCandidates {
  let type: FieldType
  let offsetMinutes: Int

  /// Every value that a clause compares the condition's fields with, as text of the type.
  func texts(of condition: Condition, in clauses: [Predicate]) -> [String] {
    let fields = Self.fields(of: condition)
    var seen: Set<String> = []
    return clauses.flatMap { values(in: $0, fields) }.filter { seen.insert($0).inserted }
  }

  private static func fields(of condition: Condition) -> Set<String> {
    switch condition {
    case .compare(let name, _, .argument): [name]
    case .allOf(let parts), .anyOf(let parts): parts.reduce(into: []) { $0.formUnion(fields(of: $1)) }
    case .not(let inner), .any(_, let inner, _): fields(of: inner)
    case .always, .never, .compare, .isIn, .isAmong, .isNull, .isNotNull: []
    }
  }

  private func values(in predicate: Predicate, _ fields: Set<String>) -> [String] {
    switch predicate {
    case .and(let parts), .or(let parts): parts.flatMap { values(in: $0, fields) }
    case .not(let inner), .any(_, let inner, _, _): values(in: inner, fields)
    case .compare(let path, _, let value): fields.contains(path.field) ? texts(of: value) : []
    case .within(let path, let lower, let upper, _, _):
      fields.contains(path.field) ? interval(lower, upper) + texts(of: lower) + texts(of: upper) : []
    case .always, .never, .compareFields, .member, .pattern, .isNull, .jsonContains, .matches: []
    }
  }

  private var dates: DateSpelling { DateSpelling(isDate: type == .date, offsetMinutes: offsetMinutes) }

  private func texts(of value: Value) -> [String] {
    switch value {
    case .text(let text), .uuid(let text), .enumeration(let text): [text]
    case .integer(let number): [String(number)]
    case .decimal(let number): [number.text]
    case .boolean(let flag): [flag ? "true" : "false"]
    case .date(let date): dates.candidates(around: date.daysSinceEpoch)
    case .timestamp(let instant): dates.candidates(around: instant.microseconds)
    case .json, .argument: []
    }
  }

  private func interval(_ lower: Value, _ upper: Value) -> [String] {
    switch (lower, upper) {
    case (.date(let first), .date(let end)):
      [dates.interval(first.daysSinceEpoch, end.daysSinceEpoch)].compactMap { $0 }
    case (.timestamp(let first), .timestamp(let end)):
      [dates.interval(first.microseconds, end.microseconds)].compactMap { $0 }
    default: []
    }
  }

  /// Some value of a type, where any does.
  static func any(_ type: FieldType) -> String {
    switch type {
    case .text, .json: ""
    case .integer, .bigInteger, .decimal: "0"
    case .boolean: "false"
    case .uuid: "00000000-0000-0000-0000-000000000000"
    case .date: "2000-01-01"
    case .timestamp: "2000-01-01T00:00:00Z"
    case .enumeration(let enumeration): enumeration.cases.first?.name ?? ""
    }
  }
}
