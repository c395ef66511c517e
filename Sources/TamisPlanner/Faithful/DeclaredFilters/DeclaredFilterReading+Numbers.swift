import TamisModel
import TamisSyntax

/// Numbers: what PHP takes for numeric, compared exactly.
extension DeclaredFilterReading {
  private static let rangeOperators: [(name: String, comparison: Comparison?)] = [
    ("between", nil), ("gt", .greater), ("gte", .greaterOrEqual), ("lt", .less), ("lte", .lessOrEqual),
  ]

  // MARK: Ranges

  mutating func readRange(_ value: FormValue, _ target: FilterTarget) {
    guard case .array(let entries) = value else {
      return pass(value, .wrongShape(expected: "an operator in brackets", found: "a value"))
    }
    for entry in entries {
      guard let (_, comparison) = Self.rangeOperators.first(where: { $0.name == entry.key }) else {
        passOperator(entry, Self.rangeOperators.map(\.name))
        continue
      }
      guard case .text(let leaf) = entry.value else {
        // API Platform: only the outer shape is looked at, and PHP fails over an array.
        refuse(entry.value, .wrongShape(expected: "one value", found: "a list"), status: 500)
        continue
      }
      guard isWithinLimit(leaf) else { return }
      let term = comparison.map { rangeTerm(leaf, target, $0) } ?? betweenTerm(leaf, target)
      if let term { add(term, .field(target)) }
    }
  }

  private mutating func rangeTerm(
    _ leaf: Int, _ target: FilterTarget, _ comparison: Comparison
  ) -> FilterTerm? {
    guard let number = number(leaf) else { return nil }
    isUsed[leaf] = true
    return compare(target, comparison, number, leaf)
  }

  /// `5..9`, both ends with it.
  mutating func betweenTerm(_ leaf: Int, _ target: FilterTarget) -> FilterTerm? {
    guard let (first, second) = bounds(leaf) else {
      pass(
        .text(leaf), .invalidValue(text: text(leaf), type: "range", reason: "it is two numbers, '1..9'"))
      return nil
    }
    guard let lower = number(leaf, first), let upper = number(leaf, second) else { return nil }
    isUsed[leaf] = true
    // API Platform: the same number twice, in the same spelling of its type, is an equality.
    if lower.isInteger == upper.isInteger, lower.range == upper.range || isSame(lower, upper) {
      return compare(target, .equal, lower, leaf)
    }
    guard target.type == .integer else {
      return within(target, lower.operand, upper.operand, leaf)
    }
    guard let from = IntegerCut(session.parsed.buffer, lower.range).least,
      let to = IntegerCut(session.parsed.buffer, upper.range).greatest
    else { return never(target, leaf) }
    return within(
      target, Operand(.integer, number: from), Operand(.integer, number: to), leaf)
  }

  private func isSame(_ first: FormNumber, _ second: FormNumber) -> Bool {
    session.parsed.buffer[first.range] == session.parsed.buffer[second.range]
  }

  // API Platform: split at the first two dots, into two parts at most.
  private func bounds(_ leaf: Int) -> (Range<Int>, Range<Int>)? {
    let range = range(leaf)
    let buffer = session.parsed.buffer
    let dot = UInt8(ascii: ".")
    guard
      let split = range.dropLast().first(where: { buffer[$0] == dot && buffer[$0 + 1] == dot })
    else { return nil }
    return (range.lowerBound..<split, split + 2..<range.upperBound)
  }

  // MARK: Equality

  mutating func readNumbers(_ value: FormValue, _ target: FilterTarget) {
    let entries: [FormEntry]
    switch value {
    case .text: entries = [FormEntry(key: "0", value: value)]
    case .array(let given): entries = given
    }
    var numbers: [FormNumber] = []
    var used: [Int] = []
    // API Platform: one value that is no number, and the whole list is left alone.
    for entry in entries {
      guard case .text(let leaf) = entry.value, let number = number(leaf) else {
        return pass(value, .wrongShape(expected: "numbers", found: "something else"))
      }
      guard entry.hasIntegerKey else { continue }
      numbers.append(number)
      used.append(leaf)
    }
    guard let leaf = used.first else {
      return pass(value, .wrongShape(expected: "a number, or a list of numbers", found: "names in brackets"))
    }
    for leaf in used { isUsed[leaf] = true }
    if numbers.count == 1 { return add(compare(target, .equal, numbers[0], leaf), .field(target)) }
    guard isWithinItems(value) else { return }
    add(member(target, numbers.compactMap { operand($0, target) }, leaf), .field(target))
  }

  mutating func isWithinItems(_ value: FormValue) -> Bool {
    let limit = session.resource.limits.listItems
    guard value.leaves.count > limit, let leaf = value.firstLeaf else { return true }
    use(value)
    session.report(.tooManyItems(limit: limit), span(leaf), name(leaf))
    return false
  }

  /// A number of a list; nil where no value of the field equals it.
  func operand(_ number: FormNumber, _ target: FilterTarget) -> Operand? {
    guard target.type == .integer else { return number.operand }
    guard case .exactly(let integer) = IntegerCut(session.parsed.buffer, number.range) else { return nil }
    return Operand(.integer, number: integer)
  }

  // MARK: Comparing exactly

  /// A field of integers is compared with any number as with the nearest integer that says the same.
  func compare(
    _ target: FilterTarget, _ comparison: Comparison, _ number: FormNumber, _ leaf: Int
  ) -> FilterTerm {
    guard target.type == .integer else {
      return compare(target, comparison, number.operand, leaf)
    }
    switch IntegerCut(session.parsed.buffer, number.range).asked(comparison) {
    case .compare(let comparison, let integer):
      return compare(target, comparison, Operand(.integer, number: integer), leaf)
    case .always: return isNull(target, isNegated: true, leaf)
    case .never: return never(target, leaf)
    }
  }

  // MARK: Reading

  /// The text of a leaf, or a part of it, as PHP reads numbers; nil, and a note, where it does not.
  mutating func number(_ leaf: Int, _ part: Range<Int>? = nil) -> FormNumber? {
    let range = part ?? range(leaf)
    switch FormNumber.read(&session.parsed.buffer, range, digitLimit: session.resource.limits.digits) {
    case .number(let number): return number
    case .tooManyDigits:
      report(leaf, .tooManyDigits(limit: session.resource.limits.digits))
      return nil
    case .notNumeric:
      let shown = session.string(range)
      pass(
        .text(leaf),
        shown.isEmpty ? .emptyValue(type: "number") : .invalidValue(text: shown, type: "number", reason: nil))
      return nil
    }
  }
}
