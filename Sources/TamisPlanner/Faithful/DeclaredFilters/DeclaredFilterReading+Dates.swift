import TamisModel
import TamisSyntax

/// Dates: `before`, `strictly_before`, `after` and `strictly_after`, each by itself.
extension DeclaredFilterReading {
  // API Platform: in this order, whatever the request has.
  private static let dateOperators: [(name: String, comparison: Comparison)] = [
    ("before", .lessOrEqual), ("strictly_before", .less), ("after", .greaterOrEqual),
    ("strictly_after", .greater),
  ]

  mutating func readDates(
    _ value: FormValue, _ target: FilterTarget, _ nulls: DateNullStrategy,
    by connective: FilterJunction.Connective = .and
  ) {
    guard case .array(let entries) = value else {
      return pass(value, .wrongShape(expected: "an operator in brackets", found: "a value"))
    }
    // API Platform: what leads to the property is joined before any value is looked at.
    junction.join(target.path)
    if nulls == .exclude {
      add(isNull(target, isNegated: true, value.firstLeaf), .field(target), by: connective)
    }
    for (name, comparison) in Self.dateOperators {
      guard let entry = entries.first(where: { $0.key == name }) else { continue }
      guard let term = dateTerm(entry.value, target, comparison, nulls) else { continue }
      add(term, .field(target), by: connective)
    }
    let names = Self.dateOperators.map(\.name)
    for entry in entries where !names.contains(entry.key) { passOperator(entry, names) }
  }

  /// An operator that a filter does not know.
  mutating func passOperator(_ entry: FormEntry, _ names: [String]) {
    pass(entry.value, .unknownOperator(name: entry.key), text: entry.key, among: names)
  }

  private mutating func dateTerm(
    _ value: FormValue, _ target: FilterTarget, _ comparison: Comparison, _ nulls: DateNullStrategy
  ) -> FilterTerm? {
    guard case .text(let leaf) = value else {
      pass(value, .wrongShape(expected: "a date", found: "a list"))
      return nil
    }
    guard let operand = dateOperand(leaf, target) else { return nil }
    guard isWithinLimit(leaf) else { return nil }
    use(value)
    return withNulls(compare(target, comparison, operand, leaf), target, comparison, nulls, leaf)
  }

  private func withNulls(
    _ term: FilterTerm, _ target: FilterTarget, _ comparison: Comparison, _ nulls: DateNullStrategy,
    _ leaf: Int
  ) -> FilterTerm {
    let isBefore = comparison == .less || comparison == .lessOrEqual
    let includes: Bool
    switch nulls {
    case .none, .exclude: return term
    case .includeBefore: includes = isBefore
    case .includeAfter: includes = !isBefore
    case .includeBeforeAndAfter: includes = true
    case .excludeEach: includes = false
    }
    let test = isNull(target, isNegated: !includes, leaf)
    return includes ? .any([term, test]) : .all([term, test])
  }

  /// The text as PHP reads a date, cut to what the column holds. Nil, and a note or a report, where there is none.
  mutating func dateOperand(_ leaf: Int, _ target: FilterTarget) -> Operand? {
    let type = session.resource.field(target.field).type.noun
    if isEmpty(leaf) {
      pass(.text(leaf), .emptyValue(type: type))
      return nil
    }
    switch PHPDate.read(session.parsed.buffer, range(leaf)) {
    case .clock(let microseconds): return dateOperand(microseconds, leaf, target)
    case .blankForPlus: pass(.text(leaf), .blankForPlus(text: text(leaf)))
    case .unreadable: pass(.text(leaf), .invalidValue(text: text(leaf), type: type, reason: nil))
    case .unsupported: reportUnsupportedDate(leaf, target)
    }
    return nil
  }

  /// A date that means something to PHP, though not by itself.
  mutating func reportUnsupportedDate(_ leaf: Int, _ target: FilterTarget) {
    report(
      leaf,
      .invalidValue(
        text: text(leaf), type: session.resource.field(target.field).type.noun,
        reason: "what it means depends on the moment, or on the rules of a place"))
  }

  // API Platform: the clock on the wall is bound, whatever its offset; a fraction of a second is cut off.
  mutating func dateOperand(_ microseconds: Int64, _ leaf: Int, _ target: FilterTarget) -> Operand? {
    let seconds = Timestamp.floorDivide(microseconds, 1_000_000) &* 1_000_000
    if target.type == .date {
      return Operand(.date, number: Timestamp.floorDivide(seconds, Timestamp.microsecondsPerDay))
    }
    let shifted = seconds &- Int64(session.resource.offsetMinutes) &* 60_000_000
    guard shifted >= Timestamp.minimum, shifted < Timestamp.end else {
      report(leaf, .outOfRange(text: text(leaf), type: FieldType.timestamp.noun))
      return nil
    }
    return Operand(.timestamp, number: shifted)
  }
}
