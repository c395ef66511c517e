import TamisModel
import TamisSyntax

/// A server that guesses (Blnk): what it reads, checks and refuses, in its order. One stage's faults end the reading,
/// as they do there.
extension PlanningSession {
  mutating func readGuessedSuffixes(_ rules: GuessedSuffixRules) {
    guard !bag.hasErrors else { return }
    if dialect == .body { readGuessedBody(rules) } else { readGuessedQuery(rules) }
  }

  /// What a request says, read but not yet checked.
  fileprivate struct Request {
    var isDisjunction = false
    var criteria: [Draft] = []
  }

  /// A filter before its field and operator are known to be any.
  fileprivate struct Draft {
    var field: ParsedText
    var operation: Operator?
    /// As written.
    var operatorText: String
    var values: [GuessedValue]
    var span: SourceSpan
    var nameSpan: SourceSpan
    var parameter: String
  }

  // MARK: Query strings

  private mutating func readGuessedQuery(_ rules: GuessedSuffixRules) {
    guard readGuessedPage(rules) else { return }
    var request = Request()
    var isFine = true
    for parameter in parsed.parameters {
      let name = string(parameter.name.first)
      if name == "limit" || name == "offset" { continue }
      if name == "logical_operator" {
        isFine = readConnective(parameter.value.text, name, "invalid filter parameters", &request) && isFine
      } else if Self.reservedNames.contains(name.asciiLowercased) {
        ignore(.unknownParameter(name: name), parameter.name.span, name)
      } else {
        isFine = readGuessedFilter(parameter, name, rules, &request) && isFine
      }
    }
    guard isFine else { return }
    capGuessedPage(rules, isFiltered: !request.criteria.isEmpty)
    write(request, rules)
  }

  /// Blnk: whole names that are no filters, in any letter case.
  private static let reservedNames: Set<String> = [
    "page", "pagesize", "per_page", "limit", "offset", "sort", "order", "order_by", "order_dir",
    "logical_operator", "instance_id", "org_id",
  ]

  /// Blnk: `and`, `or` or nothing, with blanks around it, in any letter case.
  private mutating func readConnective(
    _ text: ParsedText, _ name: String, _ answer: String, _ request: inout Request
  ) -> Bool {
    let range = trimmed(text.range)
    switch string(range).asciiLowercased {
    case "", "and": request.isDisjunction = false
    case "or": request.isDisjunction = true
    default:
      refuse(.unknownConnective(name: string(text)), text.span, name, status: 400, answer: answer)
      return false
    }
    return true
  }

  /// Whether nothing of it is refused. A parameter that is no filter is ignored.
  private mutating func readGuessedFilter(
    _ parameter: ParsedParameter, _ name: String, _ rules: GuessedSuffixRules, _ request: inout Request
  ) -> Bool {
    let range = parameter.name.first.range
    // Blnk: the last underscore begins the operator, in any letter case; what has no operator is no filter.
    guard let split = parsed.buffer[range].lastIndex(of: UInt8(ascii: "_")),
      let operation = GuessedOperators.query[string((split + 1)..<range.upperBound).asciiLowercased]
    else {
      ignoreUnread(parameter, name)
      return true
    }
    let value = parameter.value.text
    guard request.criteria.count < rules.maximumFilters else {
      return refuseParse(.tooManyClauses(limit: rules.maximumFilters), parameter.name.span, name)
    }
    // Blnk: bytes, though it says characters.
    guard value.range.count <= rules.maximumValueBytes else {
      return refuseParse(.valueTooLong(limit: rules.maximumValueBytes), value.span, name)
    }
    var draft = Draft(
      field: ParsedText(start: range.lowerBound, end: split, span: parameter.name.span), operation: operation,
      operatorText: operation.name, values: [], span: parameter.name.span.union(value.span),
      nameSpan: parameter.name.span, parameter: name)
    guard readGuessedOperands(value, operation, name, rules, &draft) else { return false }
    request.criteria.append(draft)
    return true
  }

  private mutating func readGuessedOperands(
    _ value: ParsedText, _ operation: Operator, _ name: String, _ rules: GuessedSuffixRules,
    _ draft: inout Draft
  ) -> Bool {
    switch operation {
    case .isNull, .isNotNull:
      // Blnk: whatever the value is, so that `=false` means the same.
      let text = string(value)
      if !["", "true", "1"].contains(text) {
        ignore(
          .invalidValue(
            text: text, type: "value for '\(operation.name)'",
            reason: "it takes none, and this one is ignored"),
          value.span, name)
      }
    case .between:
      let bounds = parsed.splitDecoded(value, at: UInt8(ascii: "|"))
      guard bounds.count == 2 else {
        return refuseParse(
          .wrongArity(operator: operation.name, expected: operation.arity.noun, found: bounds.count),
          value.span, name)
      }
      draft.values = bounds.map { guess($0) }
    case .isIn:
      let items = parsed.splitDecoded(value, at: UInt8(ascii: ","))
      guard items.count <= rules.maximumItems else {
        return refuseParse(.tooManyItems(limit: rules.maximumItems), value.span, name)
      }
      draft.values = items.map { item in
        let range = trimmed(item.range)
        return guess(ParsedText(start: range.lowerBound, end: range.upperBound, span: item.span))
      }
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .like, .likeIgnoringCase,
      .isNotIn, .notBetween, .notLike, .notLikeIgnoringCase, .contains, .containsIgnoringCase, .startsWith,
      .startsWithIgnoringCase, .endsWith, .endsWithIgnoringCase, .exists, .jsonContains, .matches,
      .notMatches:
      draft.values = [guess(value)]
    }
    return true
  }

  private mutating func refuseParse(_ problem: Problem, _ span: SourceSpan, _ name: String) -> Bool {
    refuse(problem, span, name, status: 400, answer: "invalid filter parameters")
    return false
  }

  private mutating func ignoreUnread(_ parameter: ParsedParameter, _ name: String) {
    if bag.isFullOfWarnings { return ignore(.unknownParameter(name: name), parameter.name.span) }
    // `=5`: there is no name to point at.
    if name.isEmpty { return ignore(.emptyName, parameter.name.span.union(parameter.value.text.span), name) }
    let range = parameter.name.first.range
    if isGuessedField(range) {
      return ignore(.missingOperator(field: name), parameter.name.span, name, suggestion: name + "_eq")
    }
    if let split = parsed.buffer[range].lastIndex(of: UInt8(ascii: "_")),
      isGuessedField(range.lowerBound..<split)
    {
      let suffix = string((split + 1)..<range.upperBound)
      return ignore(
        .unknownOperator(name: suffix), parameter.name.span, name,
        suggestion: NearestName.find(suffix, among: GuessedOperators.query.keys.sorted())
          .map { string(range.lowerBound..<split) + "_" + $0 })
    }
    ignore(.unknownParameter(name: name), parameter.name.span, name)
  }

  /// Go: blanks of Unicode around a text.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let text = String(decoding: parsed.buffer[range], as: UTF8.self).unicodeScalars
    let leading = text.prefix { $0.properties.isWhitespace }
    guard leading.count < text.count else { return range.upperBound..<range.upperBound }
    let trailing = text.reversed().prefix { $0.properties.isWhitespace }
    let start = leading.reduce(range.lowerBound) { $0 + UTF8.width($1) }
    let end = trailing.reduce(range.upperBound) { $0 - UTF8.width($1) }
    return start..<end
  }

  // MARK: Pages of query strings

  /// Blnk: the limit, then the offset, before anything else. Whether neither is refused.
  private mutating func readGuessedPage(_ rules: GuessedSuffixRules) -> Bool {
    page = Page(limit: rules.defaultLimit, offset: 0)
    for (name, minimum, answer) in [
      ("limit", 1, rules.badLimitAnswer), ("offset", 0, rules.badOffsetAnswer),
    ] {
      guard
        let parameter = parsed.parameters.first(where: {
          parsed.bytes(of: $0.name.first).elementsEqual(name.utf8)
        })
      else { continue }
      let text = parameter.value.text
      if let number = Self.goInteger(parsed.buffer, text.range), number >= minimum {
        if name == "limit" { page.limit = number } else { page.offset = number }
        continue
      }
      let problem = Problem.pageOutOfBounds(
        name: name, text: string(text), minimum: minimum, maximum: name == "limit" ? rules.maximumLimit : .max
      )
      guard answer == nil else {
        refuse(problem, text.span, name, status: 400, answer: answer)
        return false
      }
      ignore(problem, text.span, name)
    }
    return true
  }

  /// Go: `Atoi` takes a sign and digits, and nothing else.
  private static func goInteger(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let digits = range.lowerBound + (bytes[range].first == UInt8(ascii: "+") ? 1 : 0)
    if digits > range.lowerBound, digits == range.upperBound || bytes[digits] == UInt8(ascii: "-") {
      return nil
    }
    guard bytes[range].allSatisfy({ $0 &- 48 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") })
    else {
      return nil
    }
    return Int(String(decoding: bytes[range], as: UTF8.self))
  }

  /// Blnk: what is too many, with a filter and without one.
  private mutating func capGuessedPage(_ rules: GuessedSuffixRules, isFiltered: Bool) {
    if !isFiltered {
      switch rules.unfiltered {
      case .capped: break
      case .uncapped: return
      case .everything: return ignoreGuessedPage()
      }
    }
    guard page.limit > rules.maximumLimit else { return }
    warnOfPage("limit", maximum: rules.maximumLimit)
    page.limit = rules.limitBeyondMaximum
  }

  /// Blnk: without a filter, some lists have no pages.
  private mutating func ignoreGuessedPage() {
    page = Page(limit: Self.everything, offset: 0)
    for parameter in parsed.parameters {
      let name = string(parameter.name.first)
      guard name == "limit" || name == "offset" else { continue }
      ignore(.unknownPageSetting(name: name), parameter.name.span, name)
    }
  }

  /// More records than any list has.
  private static let everything = Int(Int32.max)

  private mutating func warnOfPage(_ name: String, maximum: Int) {
    guard let parameter = parsed.parameters.first(where: { string($0.name.first) == name }) else { return }
    let text = parameter.value.text
    ignore(
      .pageOutOfBounds(
        name: name, text: string(text), minimum: name == "limit" ? 1 : 0, maximum: maximum), text.span, name)
  }

  // MARK: Bodies

  private mutating func readGuessedBody(_ rules: GuessedSuffixRules) {
    var request = Request()
    var sortName: ParsedText?
    var direction = SortKey.Direction.descending
    page = Page(limit: rules.bodyDefaultLimit, offset: 0)
    for parameter in parsed.parameters {
      let value = parameter.value
      switch string(parameter.name.first) {
      case "logical_operator":
        let answer = "invalid logical_operator: must be 'and' or 'or'"
        guard readConnective(value.text, "/logical_operator", answer, &request) else { return }
      case "limit": readBodyLimit(value.text, rules)
      case "offset": readBodyOffset(value.text)
      case "sort_by": sortName = value.text
      case "sort_order": direction = readBodyDirection(value.text)
      case "include_count": wantsCount = value.kind == .jsonTrue
      default: break
      }
    }
    for node in parsed.filter { request.criteria.append(draft(of: node)) }
    write(request, rules)
    resolveGuessedSort(sortName, direction, rules)
  }

  private mutating func readBodyLimit(_ text: ParsedText, _ rules: GuessedSuffixRules) {
    let number = Coercion.plainInteger(parsed.buffer, text.range).map { Int(clamping: $0) } ?? 0
    // Blnk: too many is as good as none.
    if (1...rules.bodyMaximumLimit).contains(number) {
      page.limit = number
    } else {
      warnOfPage("limit", maximum: rules.bodyMaximumLimit)
    }
  }

  private mutating func readBodyOffset(_ text: ParsedText) {
    let number = Coercion.plainInteger(parsed.buffer, text.range).map { Int(clamping: $0) } ?? 0
    if number >= 0 { page.offset = number } else { warnOfPage("offset", maximum: .max) }
  }

  private mutating func draft(of node: ParsedFilterNode) -> Draft {
    let operatorText = parsed.rest(of: node.name).first.map { string($0) } ?? ""
    var values: [GuessedValue] = []
    switch node.value.kind {
    case .list: values = node.value.items.map { bodyValue(parsed.items[$0]) }
    case .absent, .jsonNull, .jsonTrue, .jsonFalse, .jsonNumber, .jsonString, .jsonArray, .jsonObject,
      .urlText:
      values = [bodyValue(node.value)]
    }
    let operation = GuessedOperators.body[operatorText]
    if operation?.arity == Operator.Arity.none || (operation?.arity != .one && node.value.kind != .list) {
      values = []
    }
    return Draft(
      field: node.name.first, operation: operation, operatorText: operatorText, values: values,
      span: node.span,
      nameSpan: node.name.span, parameter: string(node.name.first))
  }

  // MARK: Order

  /// Blnk: in any letter case, with blanks around it; another word is `desc`.
  private mutating func readBodyDirection(_ text: ParsedText) -> SortKey.Direction {
    switch string(trimmed(text.range)).asciiLowercased {
    case "asc": return .ascending
    case "desc", "": return .descending
    default:
      ignore(
        .invalidValue(text: string(text), type: "direction", reason: "it is 'asc' or 'desc'"), text.span,
        "/sort_order")
      return .descending
    }
  }

  /// Blnk: one key, in any letter case; what is none leaves the default, in the direction that was asked for.
  private mutating func resolveGuessedSort(
    _ name: ParsedText?, _ direction: SortKey.Direction, _ rules: GuessedSuffixRules
  ) {
    var key = resource.resolvedDefaultSort.first?.field
    if let name, !trimmed(name.range).isEmpty {
      let folded = append(string(trimmed(name.range)).asciiLowercased)
      if let field = guessedField(folded) {
        guard isSortable(field, name, rules) else { return }
        key = field
      } else {
        ignore(.unknownField(name: string(name)), name.span, "/sort_by")
      }
    }
    guard let key else { return }
    var keys = [SortKey(field: key, direction: direction)]
    SortKey.complete(&keys, with: resource.primaryKey)
    choices = QueryChoices(sort: keys)
  }

  private mutating func isSortable(_ field: FieldID, _ name: ParsedText, _ rules: GuessedSuffixRules) -> Bool
  {
    let facts = planner.facts[field.index]
    let problem = Problem.notSortable(field: string(name))
    // Blnk: listed, but no column of the table.
    if facts.virtual != nil {
      refuse(problem, name.span, "/sort_by", status: 500, answer: rules.failureAnswer)
    } else if facts.type == .json {
      // The order of whole documents is PostgreSQL's own.
      report(problem, name.span, "/sort_by")
    }
    return facts.virtual == nil && facts.type != .json
  }

  // MARK: Checks

  /// Blnk: the first filter that is wrong ends the checks. Those that the database fails on are told together.
  private mutating func write(_ request: Request, _ rules: GuessedSuffixRules) {
    var criteria: [GuessedCriterion] = []
    criteria.reserveCapacity(request.criteria.count)
    for draft in request.criteria {
      guard let criterion = checked(draft, rules) else { return }
      criteria.append(criterion)
    }
    refuseRepeated(criteria, rules)
    let group = request.isDisjunction && !criteria.isEmpty ? writer.open(PredicateNode(kind: .or)) : nil
    for criterion in criteria { write(criterion, rules) }
    if let group { writer.close(group) }
  }

  private mutating func checked(_ draft: Draft, _ rules: GuessedSuffixRules) -> GuessedCriterion? {
    let name = string(draft.field)
    guard let operation = draft.operation else {
      refuseCheck(
        .unknownOperator(name: draft.operatorText), draft,
        "invalid operator '\(draft.operatorText)' for field '\(name)': must be one of "
          + GuessedOperators.names.joined(separator: ", "))
      return nil
    }
    guard checkArity(draft, operation, name), checkRestriction(draft, operation, name, rules),
      let (field, key) = checkedField(draft, name, rules)
    else { return nil }
    return GuessedCriterion(
      field: field, key: key, operation: operation, values: draft.values, span: draft.span,
      parameter: draft.parameter)
  }

  private mutating func refuseCheck(_ problem: Problem, _ draft: Draft, _ message: String) {
    refuse(problem, draft.nameSpan, draft.parameter, status: 400, answer: "Invalid filter: " + message)
  }

  private mutating func checkArity(_ draft: Draft, _ operation: Operator, _ name: String) -> Bool {
    let count = draft.values.count
    let problem = Problem.wrongArity(operator: operation.name, expected: operation.arity.noun, found: count)
    switch operation.arity {
    case .list where count == 0:
      refuseCheck(
        problem, draft,
        "operator '\(operation.name)' for field '\(name)' requires at least one value in 'values'")
    case .two where count != 2:
      refuseCheck(
        problem, draft,
        "operator '\(operation.name)' for field '\(name)' requires exactly two values in 'values', got \(count)"
      )
    case .none, .one, .two, .list, .flag: return true
    }
    return false
  }

  private mutating func checkRestriction(
    _ draft: Draft, _ operation: Operator, _ name: String, _ rules: GuessedSuffixRules
  ) -> Bool {
    guard let allowed = rules.restriction(of: name)?.operators, !allowed.contains(operation) else {
      return true
    }
    let names = allowed.operators.map(\.name)
    let shown = GuessedOperators.names.filter { names.contains($0) }
    refuseCheck(
      .operatorNotAllowed(operator: operation.name, field: name, allowed: shown), draft,
      "operator '\(operation.name)' is not supported for field '\(name)' on \(rules.table): must be one of "
        + shown.joined(separator: ", "))
    return false
  }

  private mutating func checkedField(
    _ draft: Draft, _ name: String, _ rules: GuessedSuffixRules
  ) -> (FieldID, key: Range<Int>?)? {
    let range = draft.field.range
    if let dot = parsed.buffer[range].firstIndex(of: UInt8(ascii: ".")),
      let field = guessedField(range.lowerBound..<dot), planner.facts[field.index].keyLevels > 0
    {
      let key = (dot + 1)..<range.upperBound
      // Blnk: a letter, then letters, digits and underscores.
      if isGuessedKey(key) { return (field, key) }
      refuseCheck(
        .invalidKey(name: string(key), rule: "letters, digits and '_', beginning with a letter, one level"),
        draft,
        "invalid JSON key '\(string(key))' in field '\(name)': must match pattern ^[a-zA-Z][a-zA-Z0-9_]*$")
      return nil
    }
    if let field = guessedField(range) { return (field, nil) }
    refuse(
      .unknownField(name: name), draft.nameSpan, draft.parameter, status: 400,
      answer: "Invalid filter: invalid field '\(name)' for table '\(rules.table)'",
      suggestion: NearestName.find(name, among: resource.visibleFieldNames))
    return nil
  }

  /// A name of the record's own fields, as it is spelled, or of a virtual one.
  private func guessedField(_ range: Range<Int>) -> FieldID? {
    guard let field = resource.field(named: parsed.buffer, range) else { return nil }
    let facts = planner.facts[field.index]
    return facts.relation == nil && facts.isVisible ? field : nil
  }

  private func isGuessedField(_ range: Range<Int>) -> Bool { guessedField(range) != nil }

  private func isGuessedKey(_ range: Range<Int>) -> Bool {
    guard let first = parsed.buffer[range].first, (first | 0x20) &- 97 < 26 else { return false }
    return parsed.buffer[range].allSatisfy {
      ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == UInt8(ascii: "_")
    }
  }

  /// Blnk: two filters by one such field make a statement that the database refuses.
  private mutating func refuseRepeated(_ criteria: [GuessedCriterion], _ rules: GuessedSuffixRules) {
    for restriction in rules.restrictions where restriction.isOnceOnly {
      let named = criteria.filter { resource.field($0.field).name == restriction.field }
      for criterion in named.dropFirst() {
        refuse(
          .repeatedParameter(name: restriction.field), criterion.span, criterion.parameter, status: 500,
          answer: rules.failureAnswer)
      }
    }
  }
}

/// How the server spells its operators.
enum GuessedOperators {
  /// In the order in which its messages list them.
  static let all: [Operator] = [
    .equal, .notEqual, .greater, .greaterOrEqual, .less, .lessOrEqual, .isIn, .between, .like,
    .likeIgnoringCase, .isNull, .isNotNull,
  ]
  static let names = all.map(\.name)

  // Blnk: a body has the plain names only.
  static let body = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  // Blnk: on GET in any letter case, and `neq`, `gteq`, `lteq`.
  static let query = body.merging(
    ["neq": .notEqual, "gteq": .greaterOrEqual, "lteq": .lessOrEqual], uniquingKeysWith: { first, _ in first }
  )
}
