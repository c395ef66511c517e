import TamisModel
import TamisSyntax

/// Parameters with a key of their own: one key, one filter, in the order in which they are declared.
extension DeclaredFilterReading {
  mutating func read(_ parameter: DeclaredFilterTable.Parameter) {
    let given = tree.value(at: parameter.path)
    guard let value = given ?? parameter.defaultValue.map({ defaultValue($0, parameter) }),
      let leaf = value.firstLeaf, isWithinLimit(leaf)
    else { return }
    nativeType = parameter.nativeType
    if canCast(value, parameter.nativeType) { apply(parameter.test, value, by: .and) }
    nativeType = nil
  }

  /// A leaf of its own, which the request does not have.
  private mutating func defaultValue(_ text: String, _ parameter: DeclaredFilterTable.Parameter) -> FormValue
  {
    let start = session.parsed.buffer.count
    session.parsed.buffer.append(contentsOf: text.utf8)
    let place = ParsedText(start: start, end: session.parsed.buffer.count, span: SourceSpan(0, 0))
    leaves.append(
      ParsedParameter(name: .none(SourceSpan(0, 0)), value: ParsedValue(kind: .urlText, text: place)))
    isUsed.append(true)
    reasons.append(nil)
    return .text(leaves.count - 1)
  }

  // API Platform: an empty value has no native type; an empty date is the moment at which it is read.
  private mutating func canCast(_ value: FormValue, _ type: FilterParameter.NativeType?) -> Bool {
    guard let type else { return true }
    let elements: [FormValue]
    switch value {
    case .text: elements = [value]
    case .array(let entries): elements = entries.map(\.value)
    }
    for case .text(let leaf) in elements where isEmpty(leaf) {
      switch type {
      case .boolean, .integer, .float:
        refuse(.text(leaf), .emptyValue(type: type.noun), status: 400)
      case .dateTime: report(leaf, .emptyValue(type: type.noun))
      }
      return false
    }
    return true
  }

  // MARK: Tests

  /// Recursion is bounded by the declaration.
  private mutating func apply(
    _ test: DeclaredFilterTable.Test, _ value: FormValue, by connective: FilterJunction.Connective
  ) {
    switch test {
    case .exact(let property): readExact(value, property, by: connective)
    case .text(let property, let strategy): readText(value, property, strategy, by: connective)
    case .comparison(let property): readComparisons(value, property, by: connective)
    case .or(let inner): apply(inner, value, by: .or)
    case .group(let tests): applyGroup(tests, value, by: connective)
    case .sort(let property, let nulls): readOrder(value, property, nulls, emptyDirection: nil)
    case .date(let property, let nulls):
      if case .field(let target) = property.subject { readDates(value, target, nulls, by: connective) }
    case .exists(let property): readExistence(value, property.subject, by: connective)
    }
  }

  /// A group begins with nothing, so what it joins by OR is its own.
  private mutating func applyGroup(
    _ tests: [DeclaredFilterTable.Test], _ value: FormValue, by connective: FilterJunction.Connective
  ) {
    var outer = FilterJunction()
    swap(&outer, &junction)
    for test in tests { apply(test, value, by: .and) }
    swap(&outer, &junction)
    junction.add(outer, by: connective)
  }

  // MARK: Equality

  // API Platform: any array is a list, whatever its keys. Doctrine: of an array inside it, the first value.
  private mutating func readExact(
    _ value: FormValue, _ property: DeclaredFilterTable.Property, by connective: FilterJunction.Connective
  ) {
    guard case .field(let target) = property.subject, let first = value.firstLeaf, isWithinItems(value) else {
      return
    }
    let items: [Int]
    var isList = true
    switch value {
    case .text(let leaf): (items, isList) = ([leaf], false)
    case .array(let entries): items = entries.compactMap(\.value.firstLeaf)
    }
    for item in items { isUsed[item] = true }
    for leaf in value.leaves where !isUsed[leaf] {
      pass(.text(leaf), .wrongShape(expected: "one value", found: "a list"))
    }
    let operands = items.compactMap { boundOperand($0, range($0), target) }
    add(equality(target, operands, isList: isList, first), property.subject, by: connective)
  }

  // MARK: Text

  private mutating func readText(
    _ value: FormValue, _ property: DeclaredFilterTable.Property, _ strategy: SearchStrategy,
    by connective: FilterJunction.Connective
  ) {
    guard case .field(let target) = property.subject, isWithinItems(value) else { return }
    var items: [Int] = []
    switch value {
    case .text(let leaf): items = [leaf]
    case .array(let entries):
      for entry in entries {
        guard case .text(let leaf) = entry.value else {
          // API Platform: PHP fails over an array where a text belongs.
          return refuse(entry.value, .wrongShape(expected: "a text", found: "a list"), status: 500)
        }
        items.append(leaf)
      }
    }
    use(value)
    let terms = items.compactMap { searchTerm($0, target, strategy, isEscaped: true) }
    if !terms.isEmpty { add(any(terms), property.subject, by: connective) }
  }

  // MARK: Comparison

  private static let comparisons: [(name: String, comparison: Comparison?)] = [
    ("gt", .greater), ("gte", .greaterOrEqual), ("lt", .less), ("lte", .lessOrEqual), ("ne", .notEqual),
    ("between", nil),
  ]

  private mutating func readComparisons(
    _ value: FormValue, _ property: DeclaredFilterTable.Property, by connective: FilterJunction.Connective
  ) {
    guard case .field(let target) = property.subject else { return }
    guard case .array(let entries) = value else {
      return pass(value, .wrongShape(expected: "an operator in brackets", found: "a value"))
    }
    for entry in entries {
      guard let (_, comparison) = Self.comparisons.first(where: { $0.name == entry.key }) else {
        passOperator(entry, Self.comparisons.map(\.name))
        continue
      }
      guard case .text(let leaf) = entry.value, !isEmpty(leaf) else {
        pass(entry.value, .wrongShape(expected: "a value", found: "nothing, or a list"))
        continue
      }
      guard isWithinLimit(leaf) else { return }
      let term =
        comparison.map { comparisonTerm(leaf, target, $0) } ?? betweenOfNumbers(leaf, target)
      if let term { add(term, property.subject, by: connective) }
    }
  }

  // API Platform: a range is one of numbers, whatever the field.
  private mutating func betweenOfNumbers(_ leaf: Int, _ target: FilterTarget) -> FilterTerm? {
    guard target.type == .integer || target.type == .decimal else {
      pass(.text(leaf), .invalidValue(text: text(leaf), type: "range of numbers", reason: nil))
      return nil
    }
    return betweenTerm(leaf, target)
  }

  // API Platform: the operand goes to the database as it is.
  private mutating func comparisonTerm(
    _ leaf: Int, _ target: FilterTarget, _ comparison: Comparison
  ) -> FilterTerm? {
    isUsed[leaf] = true
    guard target.type == .integer || target.type == .decimal else {
      return boundOperand(leaf, range(leaf), target).map { compare(target, comparison, $0, leaf) }
    }
    let limit = session.resource.limits.digits
    switch FormNumber.read(&session.parsed.buffer, range(leaf), digitLimit: limit) {
    case .number(let number): return compare(target, comparison, number, leaf)
    case .tooManyDigits: report(leaf, .tooManyDigits(limit: limit))
    case .notNumeric:
      refuse(
        .text(leaf), .invalidValue(text: text(leaf), type: FieldType.integer.noun, reason: nil), status: 500)
    }
    return nil
  }
}

extension FilterParameter.NativeType {
  var noun: String {
    switch self {
    case .boolean: FieldType.boolean.noun
    case .integer: FieldType.integer.noun
    case .float: "number"
    case .dateTime: FieldType.timestamp.noun
    }
  }
}
