import TamisModel
import TamisSyntax

/// Searching in texts, and equality with values of any type.
extension DeclaredFilterReading {
  // API Platform: one value, or the values of a list; what stands under a name or is a list itself does not count.
  mutating func readSearch(
    _ value: FormValue, _ property: DeclaredFilterTable.Property, _ target: FilterTarget,
    _ strategy: SearchStrategy
  ) {
    let items = searchValues(value)
    guard let first = items.first else {
      return pass(value, .wrongShape(expected: "a text, or a list of texts", found: "something else"))
    }
    guard isWithinItems(value) else { return }
    if strategy == .exact {
      guard let operands = searchOperands(items, property, target) else { return }
      for item in items { isUsed[item] = true }
      add(equality(target, operands, isList: items.count > 1, first), .field(target))
    } else {
      for item in items { isUsed[item] = true }
      let terms = items.compactMap { searchTerm($0, target, strategy, isEscaped: false) }
      if !terms.isEmpty { add(any(terms), .field(target)) }
    }
  }

  private func searchValues(_ value: FormValue) -> [Int] {
    switch value {
    case .text(let leaf): [leaf]
    case .array(let entries):
      entries.compactMap { entry in
        if case .text(let leaf) = entry.value, entry.hasIntegerKey { leaf } else { nil }
      }
    }
  }

  func equality(
    _ target: FilterTarget, _ operands: [Operand], isList: Bool, _ leaf: Int
  ) -> FilterTerm {
    if operands.isEmpty { return never(target, leaf) }
    return isList ? member(target, operands, leaf) : compare(target, .equal, operands[0], leaf)
  }

  // MARK: Values of equality

  /// Nil, and a note, where one value makes the filter leave them all alone.
  private mutating func searchOperands(
    _ items: [Int], _ property: DeclaredFilterTable.Property, _ target: FilterTarget
  ) -> [Operand]? {
    var operands: [Operand] = []
    for item in items {
      let range = identifier(item, property.iriPrefix)
      // API Platform: an identifier, or a field of integers, has to be valid; other values go to the database.
      if target.type == .integer || property.iriPrefix != nil {
        guard let operand = validOperand(range, target) else {
          for item in items {
            pass(.text(item), .invalidValue(text: text(item), type: noun(target), reason: nil))
          }
          return nil
        }
        operands.append(operand)
      } else if let operand = boundOperand(item, range, target) {
        operands.append(operand)
      }
    }
    return operands
  }

  private func noun(_ target: FilterTarget) -> String { session.resource.field(target.field).type.noun }

  /// `/people/7` is the record 7.
  private func identifier(_ leaf: Int, _ prefix: String?) -> Range<Int> {
    let range = range(leaf)
    guard let prefix, range.count > prefix.utf8.count,
      session.parsed.buffer[range].prefix(prefix.utf8.count).elementsEqual(prefix.utf8)
    else { return range }
    return range.dropFirst(prefix.utf8.count)
  }

  private mutating func validOperand(_ range: Range<Int>, _ target: FilterTarget) -> Operand? {
    if target.type == .integer {
      return PHPNumber.filteredInteger(session.parsed.buffer, range).map {
        Operand(.integer, number: Int64($0))
      }
    }
    return try? Coercion.scalar(
      target.type, enumeration: target.enumeration, &session.parsed.buffer, range,
      digitLimit: session.resource.limits.digits)
  }

  /// A value that the real server binds as it is: what the database would make of it.
  mutating func boundOperand(_ leaf: Int, _ range: Range<Int>, _ target: FilterTarget) -> Operand? {
    switch target.type {
    case .text: return Operand(.text, text: range)
    case .integer, .decimal: return boundNumber(leaf, range, target)
    case .date, .timestamp: return boundDate(leaf, target)
    case .boolean:
      if let flag = boundFlag(leaf) { return Operand(.boolean, number: flag ? 1 : 0) }
    case .enumeration:
      // No case, no record.
      let index = target.enumeration?.cases.firstIndex { $0.name == session.string(range) }
      return index.map { Operand(.enumerationCase, number: Int64($0)) }
    case .uuid:
      if let operand = validOperand(range, target) { return operand }
    case .json: return nil
    }
    failInDatabase(leaf, target)
    return nil
  }

  private func boundFlag(_ leaf: Int) -> Bool? {
    guard nativeType == .boolean else { return Coercion.flag(session.parsed.buffer, range(leaf)) }
    switch text(leaf).asciiLowercased {
    case "true", "1": return true
    case "false", "0": return false
    default: return nil
    }
  }

  private mutating func boundNumber(_ leaf: Int, _ range: Range<Int>, _ target: FilterTarget) -> Operand? {
    let limit = session.resource.limits.digits
    switch FormNumber.read(&session.parsed.buffer, range, digitLimit: limit) {
    case .number(let number): return operand(number, target)
    case .tooManyDigits: report(leaf, .tooManyDigits(limit: limit))
    case .notNumeric: failInDatabase(leaf, target)
    }
    return nil
  }

  // PostgreSQL: an offset has no meaning for a column without one.
  private mutating func boundDate(_ leaf: Int, _ target: FilterTarget) -> Operand? {
    switch PHPDate.read(session.parsed.buffer, range(leaf)) {
    case .clock(let microseconds): return dateOperand(microseconds, leaf, target)
    case .unsupported where nativeType == .dateTime: reportUnsupportedDate(leaf, target)
    case .unreadable, .blankForPlus, .unsupported: failInDatabase(leaf, target)
    }
    return nil
  }

  /// The real server hands the text to its database, which refuses it.
  private mutating func failInDatabase(_ leaf: Int, _ target: FilterTarget) {
    let type = noun(target)
    refuse(
      .text(leaf),
      isEmpty(leaf) ? .emptyValue(type: type) : .invalidValue(text: text(leaf), type: type, reason: nil),
      status: 500)
  }

  // MARK: Text

  /// One text, found where the strategy says.
  mutating func searchTerm(
    _ leaf: Int, _ target: FilterTarget, _ strategy: SearchStrategy, isEscaped: Bool
  ) -> FilterTerm? {
    let limit = session.resource.limits.patternBytes
    guard range(leaf).count <= limit else {
      report(leaf, .patternTooLong(limit: limit))
      return nil
    }
    let terms = strategy.place.patterns.map { place in
      let operand = PatternReader.text(
        &session.parsed.buffer, range(leaf), leading: place.leading, trails: place.trails,
        hasWildcards: !isEscaped && strategy.place != .exact)
      return pattern(target, operand, ignoresCase: strategy.ignoresCase, leaf)
    }
    return any(terms)
  }
}
