import TamisModel
import TamisSyntax

/// Pass 2, continued: operands become typed, and dates the intervals that their precision denotes.
extension PlanningSession {
  // MARK: One operand

  mutating func writeOne(
    _ criterion: ResolvedCriterion, _ facts: FieldFacts, _ node: PredicateNode, _ value: ParsedValue
  ) {
    guard let comparison = Comparison(criterion.operation) else {
      return criterion.operation.family == .regex
        ? writeRegex(criterion, node, value) : writePattern(criterion, node, value)
    }
    var node = node
    node.comparison = comparison
    switch facts.type {
    case .date, .timestamp:
      guard let literal = date(value, facts.type, criterion) else { return }
      writeDate(literal, node, facts.type)
    case .json: writeJSONComparison(criterion, node, value)
    case .text, .integer, .decimal, .boolean, .uuid, .enumeration:
      guard let operand = scalar(value, facts.type, criterion) else { return }
      writeLeaf(node, operand)
    }
  }

  mutating func writeLeaf(_ node: PredicateNode, _ operand: Operand) {
    writer.leaf(node, operand)
  }

  private mutating func writeLeaf(_ node: PredicateNode, _ operands: [Operand]) {
    let start = writer.operands.count
    writer.operands.append(contentsOf: operands)
    writer.leaf(node, operandsFrom: start)
  }

  /// A typed operand from URL text or a JSON scalar of a fitting kind.
  private mutating func scalar(
    _ value: ParsedValue, _ type: FieldFacts.TypeClass, _ criterion: ResolvedCriterion
  ) -> Operand? {
    guard checkShape(value, type, criterion) else { return nil }
    switch value.kind {
    case .jsonTrue: return Operand(.boolean, number: 1)
    case .jsonFalse: return Operand(.boolean, number: 0)
    case .urlText, .jsonString, .jsonNumber, .absent, .list, .jsonNull, .jsonObject, .jsonArray: break
    }
    if type == .text, !planner.valuePatterns.isEmpty { checkValuePattern(value, criterion) }
    do {
      return try Coercion.scalar(
        type, enumeration: planner.enumerations[criterion.field.index], &parsed.buffer, value.text.range,
        digitLimit: resource.limits.digits)
    } catch {
      reportFailure(error, value.text, field: criterion.field, parameterName(criterion))
      return nil
    }
  }

  func parameterName(_ criterion: ResolvedCriterion) -> String {
    let node = criterion.written
    return displayName(node.name, node.spelling)
  }

  /// In a body the JSON type has to suit the field's; numbers of any size may be sent as strings.
  private mutating func checkShape(
    _ value: ParsedValue, _ type: FieldFacts.TypeClass, _ criterion: ResolvedCriterion
  ) -> Bool {
    let isFine: Bool
    switch value.kind {
    case .urlText: return true
    case .jsonString: isFine = type != .boolean
    case .jsonNumber: isFine = type == .integer || type == .decimal
    case .jsonTrue, .jsonFalse: isFine = type == .boolean
    case .jsonNull:
      reportValue(.nullOperand, value, criterion)
      return false
    case .absent, .list, .jsonObject, .jsonArray: isFine = false
    }
    if !isFine {
      reportValue(
        .wrongShape(expected: JSONNoun.expected(type), found: JSONNoun.found(value.kind)), value, criterion)
    }
    return isFine
  }

  // MARK: Patterns

  private mutating func writePattern(
    _ criterion: ResolvedCriterion, _ node: PredicateNode, _ value: ParsedValue
  ) {
    guard value.kind == .urlText || value.kind == .jsonString else {
      return reportValue(
        .wrongShape(expected: "a string", found: JSONNoun.found(value.kind)), value, criterion)
    }
    guard value.text.range.count <= resource.limits.patternBytes else {
      return reportValue(.patternTooLong(limit: resource.limits.patternBytes), value, criterion)
    }
    var node = node
    node.kind = .pattern
    if value.kind == .jsonString, node.hasPath { node.reading = .sameType }
    let facts = PatternFacts(criterion.operation)
    node.isNegated = facts.isNegated
    node.ignoresCase = facts.ignoresCase
    guard let operand = pattern(facts, value, criterion) else { return }
    writeLeaf(node, operand)
  }

  private mutating func pattern(
    _ facts: PatternFacts, _ value: ParsedValue, _ criterion: ResolvedCriterion
  ) -> Operand? {
    guard facts.isLike else {
      return PatternReader.literal(
        &parsed.buffer, value.text.range, leads: facts.leads, trails: facts.trails)
    }
    do {
      return try PatternReader.like(&parsed.buffer, value.text.range)
    } catch {
      let reason =
        switch error {
        case .trailingEscape: "a backslash at the end escapes nothing"
        case .unknownEscape: "a backslash may stand before '%', '_' and a backslash only"
        }
      reportValue(.invalidPattern(reason: reason), value, criterion)
      return nil
    }
  }

  // MARK: Dates

  mutating func date(
    _ value: ParsedValue, _ type: FieldFacts.TypeClass, _ criterion: ResolvedCriterion
  ) -> DateLiteral? {
    guard checkShape(value, type, criterion) else { return nil }
    do {
      return try Coercion.date(
        type, parsed.buffer, value.text.range, offsetMinutes: resource.offsetMinutes)
    } catch {
      reportFailure(error, value.text, field: criterion.field, parameterName(criterion))
      return nil
    }
  }

  /// A date of precision p is the interval [floor, floor + p): equal means inside it, before and after mean
  /// before its floor and after its end.
  mutating func writeDate(_ literal: DateLiteral, _ node: PredicateNode, _ type: FieldFacts.TypeClass) {
    let kind: Operand.Kind = type == .date ? .date : .timestamp
    var node = node
    let floor = Operand(kind, number: literal.floor)
    if literal.isPoint { return writeLeaf(node, floor) }
    let ceiling = Operand(kind, number: literal.ceiling)
    switch node.comparison {
    case .equal, .notEqual:
      node.kind = .within
      node.isHalfOpen = true
      node.isNegated = node.comparison == .notEqual
      node.comparison = .equal
      writer.leaf(node, floor, ceiling)
    case .less, .greaterOrEqual: writeLeaf(node, floor)
    case .lessOrEqual:
      node.comparison = .less
      writeLeaf(node, ceiling)
    case .greater:
      node.comparison = .greaterOrEqual
      writeLeaf(node, ceiling)
    }
  }

  // MARK: JSON

  /// In a URL a key compares as text; in a body the operand's own JSON type decides.
  private mutating func writeJSONComparison(
    _ criterion: ResolvedCriterion, _ node: PredicateNode, _ value: ParsedValue
  ) {
    var node = node
    guard let operand = jsonOperand(value, criterion) else { return }
    if value.kind != .urlText { node.reading = .sameType }
    if operand.kind == .boolean, node.comparison != .equal, node.comparison != .notEqual {
      return reportValue(
        .wrongShape(expected: "a string or a number", found: JSONNoun.found(value.kind)), value, criterion)
    }
    writeLeaf(node, operand)
  }

  private mutating func jsonOperand(_ value: ParsedValue, _ criterion: ResolvedCriterion) -> Operand? {
    switch value.kind {
    case .urlText, .jsonString: return Operand(.text, text: value.text.range)
    case .jsonNumber: return scalar(value, .decimal, criterion)
    case .jsonTrue: return Operand(.boolean, number: 1)
    case .jsonFalse: return Operand(.boolean, number: 0)
    case .jsonNull:
      reportValue(.nullOperand, value, criterion)
      return nil
    case .absent, .list, .jsonObject, .jsonArray:
      reportValue(
        .wrongShape(expected: "a string, a number or a boolean", found: JSONNoun.found(value.kind)), value,
        criterion)
      return nil
    }
  }

  // MARK: Lists

  mutating func writeList(
    _ criterion: ResolvedCriterion, _ facts: FieldFacts, _ node: PredicateNode, _ value: ParsedValue
  ) {
    guard let items = listItems(criterion, value) else { return }
    var node = node
    node.kind = .member
    node.isNegated = criterion.operation == .isNotIn
    switch facts.type {
    case .date, .timestamp: writeDates(criterion, facts.type, node, items)
    case .json: writeJSONList(criterion, node, items)
    case .text, .integer, .decimal, .boolean, .uuid, .enumeration:
      let start = writer.operands.count
      writer.reserveOperands(items.count)
      for item in items {
        if let operand = scalar(parsed.items[item], facts.type, criterion) {
          writer.operands.append(operand)
        }
      }
      writer.leaf(node, operandsFrom: start)
    }
  }

  /// The items of a list operand; nil, and a report, when there is none.
  private mutating func listItems(
    _ criterion: ResolvedCriterion, _ written: ParsedValue
  ) -> Range<Int>? {
    var value = written
    if value.kind == .urlText {
      let isKeyed = criterion.written.spelling == .jsonAPIKeys
      value = parsed.split(value, at: .comma)
      // AnimeThemes: `-not` takes a list; with one value the server drops the criterion.
      if isKeyed, criterion.operation == .isNotIn, value.itemCount < 2 {
        reportArity(criterion, value, found: 1)
        return nil
      }
    }
    guard value.kind == .list else {
      if value.kind == .jsonNull {
        reportValue(.nullOperand, value, criterion)
      } else {
        reportArity(criterion, value, found: value.kind == .absent ? 0 : 1)
      }
      return nil
    }
    guard Int(value.itemCount) <= resource.limits.listItems else {
      reportValue(.tooManyItems(limit: resource.limits.listItems), value, criterion)
      return nil
    }
    return value.items
  }

  /// Points are one list; a coarser date is an interval of its own.
  private mutating func writeDates(
    _ criterion: ResolvedCriterion, _ type: FieldFacts.TypeClass, _ node: PredicateNode, _ items: Range<Int>
  ) {
    var literals: [DateLiteral] = []
    for item in items {
      if let literal = date(parsed.items[item], type, criterion) { literals.append(literal) }
    }
    let kind: Operand.Kind = type == .date ? .date : .timestamp
    let points = literals.filter(\.isPoint).map { Operand(kind, number: $0.floor) }
    if points.count == literals.count { return writeLeaf(node, points) }
    // None of them: outside every interval, which is a conjunction.
    let group = writer.open(PredicateNode(kind: node.isNegated ? .and : .or))
    if !points.isEmpty { writeLeaf(node, points) }
    for literal in literals where !literal.isPoint {
      var interval = node
      interval.kind = .compare
      interval.comparison = node.isNegated ? .notEqual : .equal
      interval.isNegated = false
      writeDate(literal, interval, type)
    }
    writer.close(group)
  }

  /// Items of one JSON type are one list. Of several types, each is a list of its own: a value of another type is
  /// unknown to it, and so never "not in" the whole.
  private mutating func writeJSONList(
    _ criterion: ResolvedCriterion, _ node: PredicateNode, _ items: Range<Int>
  ) {
    var operands: [Operand] = []
    var node = node
    for item in items {
      guard let operand = jsonOperand(parsed.items[item], criterion) else { continue }
      if parsed.items[item].kind != .urlText { node.reading = .sameType }
      operands.append(operand)
    }
    let kinds: [Operand.Kind] = [.text, .decimal, .boolean].filter { kind in
      operands.contains { $0.kind == kind }
    }
    if kinds.count <= 1 { return writeLeaf(node, operands) }
    let group = writer.open(PredicateNode(kind: node.isNegated ? .and : .or))
    for kind in kinds { writeLeaf(node, operands.filter { $0.kind == kind }) }
    writer.close(group)
  }

  // MARK: Between

  mutating func writeBetween(
    _ criterion: ResolvedCriterion, _ facts: FieldFacts, _ node: PredicateNode, _ written: ParsedValue
  ) {
    let value =
      written.kind == .urlText ? parsed.split(written, at: rangeSeparator(criterion)) : written
    guard value.kind == .list, value.itemCount == 2 else {
      let found = value.kind == .list ? Int(value.itemCount) : value.kind == .absent ? 0 : 1
      return reportArity(criterion, value, found: found)
    }
    let lower = parsed.items[value.items.lowerBound]
    let upper = parsed.items[value.items.lowerBound + 1]
    var node = node
    node.kind = .within
    node.isNegated = criterion.operation == .notBetween
    switch facts.type {
    case .date, .timestamp: writeDateRange(criterion, facts.type, node, lower, upper)
    case .json: writeJSONRange(criterion, node, lower, upper)
    case .text, .integer, .decimal, .boolean, .uuid, .enumeration:
      let first = scalar(lower, facts.type, criterion)
      let second = scalar(upper, facts.type, criterion)
      if let first, let second { writer.leaf(node, first, second) }
    }
  }

  /// `|` as Blnk writes it, `..` as API Platform does, a comma in JSON:API.
  private func rangeSeparator(_ criterion: ResolvedCriterion) -> ListSeparator {
    switch criterion.written.spelling {
    case .suffix: .bar
    case .bracket, .exists: .dots
    case .jsonAPI, .jsonAPIKeys, .body: .comma
    }
  }

  private mutating func writeDateRange(
    _ criterion: ResolvedCriterion, _ type: FieldFacts.TypeClass, _ node: PredicateNode,
    _ lower: ParsedValue, _ upper: ParsedValue
  ) {
    let first = date(lower, type, criterion)
    let second = date(upper, type, criterion)
    guard let first, let second else { return }
    let kind: Operand.Kind = type == .date ? .date : .timestamp
    var node = node
    node.isHalfOpen = !second.isPoint
    let bound = second.isPoint ? second.floor : second.ceiling
    writer.leaf(node, Operand(kind, number: first.floor), Operand(kind, number: bound))
  }

  private mutating func writeJSONRange(
    _ criterion: ResolvedCriterion, _ node: PredicateNode, _ lower: ParsedValue, _ upper: ParsedValue
  ) {
    let first = jsonOperand(lower, criterion)
    let second = jsonOperand(upper, criterion)
    guard let first, let second else { return }
    guard first.kind == second.kind, first.kind != .boolean else {
      return reportValue(
        .wrongShape(
          expected: "two strings or two numbers", found: JSONNoun.found(upper.kind)), upper, criterion)
    }
    var node = node
    if lower.kind != .urlText { node.reading = .sameType }
    writer.leaf(node, first, second)
  }
}

/// What a pattern operator says beside its operand.
private struct PatternFacts {
  var isLike = false
  var leads = false
  var trails = false
  var ignoresCase = false
  var isNegated = false

  init(_ operation: Operator) {
    switch operation {
    case .like: isLike = true
    case .notLike: (isLike, isNegated) = (true, true)
    case .likeIgnoringCase: (isLike, ignoresCase) = (true, true)
    case .notLikeIgnoringCase: (isLike, ignoresCase, isNegated) = (true, true, true)
    case .contains: (leads, trails) = (true, true)
    case .containsIgnoringCase: (leads, trails, ignoresCase) = (true, true, true)
    case .startsWith: trails = true
    case .startsWithIgnoringCase: (trails, ignoresCase) = (true, true)
    case .endsWith: leads = true
    case .endsWithIgnoringCase: (leads, ignoresCase) = (true, true)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .isNotIn, .between,
      .notBetween, .isNull, .isNotNull, .exists, .jsonContains, .matches, .notMatches:
      break
    }
  }
}

/// Names of JSON kinds for diagnostics.
enum JSONNoun {
  static func found(_ kind: ParsedValue.Kind) -> String {
    switch kind {
    case .urlText: "text"
    case .absent: "nothing"
    case .list: "an array"
    case .jsonString: "a string"
    case .jsonNumber: "a number"
    case .jsonTrue, .jsonFalse: "a boolean"
    case .jsonNull: "null"
    case .jsonObject: "an object"
    case .jsonArray: "an array"
    }
  }

  static func expected(_ type: FieldFacts.TypeClass) -> String {
    switch type {
    case .text, .uuid, .date, .timestamp, .enumeration: "a string"
    case .integer, .decimal: "a number, or a string of digits"
    case .boolean: "true or false"
    case .json: "a JSON value"
    }
  }
}

extension Comparison {
  /// Nil for an operator that is no comparison of two values.
  init?(_ operation: Operator) {
    switch operation {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .isIn, .isNotIn, .between, .notBetween, .like, .notLike, .likeIgnoringCase, .notLikeIgnoringCase,
      .contains, .containsIgnoringCase, .startsWith, .startsWithIgnoringCase, .endsWith,
      .endsWithIgnoringCase, .isNull, .isNotNull, .exists, .jsonContains, .matches, .notMatches:
      return nil
    }
  }
}
