import TamisJSON
import TamisModel

/// The filter tree of a body. Recursion is bounded by the depth of the JSON, and so by a constant.
extension BodyParser {
  // filters = [ *filter ]
  mutating func readFilters(_ index: Int, depth: Int) {
    guard expect(.array, index, "an array of filters") else { return }
    for item in document.items(of: index) {
      readFilter(item, depth: depth)
      if clauseCount > limits.clauses { return }
    }
  }

  // filter = criterion / { "and": filters } / { "or": filters } / { "not": filter } / quantifier
  mutating func readFilter(_ index: Int, depth: Int) {
    guard depth <= limits.depth else { return report(.tooDeep(limit: limits.depth), index) }
    guard expect(.object, index, "a filter object") else { return }
    if let inner = member("and", of: index) {
      readGroup(.and, index, ["and"]) { $0.readFilters(inner, depth: depth + 1) }
    } else if let inner = member("or", of: index) {
      readGroup(.or, index, ["or"]) { $0.readFilters(inner, depth: depth + 1) }
    } else if let inner = member("not", of: index) {
      readGroup(.not, index, ["not"]) { $0.readFilter(inner, depth: depth + 1) }
    } else if let array = member("any", of: index) {
      readQuantifier(index, array, depth: depth)
    } else {
      readCriterion(index)
    }
  }

  // quantifier = { "any": array, "where": filter }
  private mutating func readQuantifier(_ index: Int, _ array: Int, depth: Int) {
    guard let inner = member("where", of: index) else {
      return report(.missingParameter(name: "where"), index)
    }
    guard expect(.string, array, "the name of an array") else { return }
    let opened = query.filter.count
    readGroup(.any, index, ["any", "where"]) {
      $0.query.filter[opened].name = ParsedName($0.text(array), span: $0.document.nodes[array].span)
      $0.readFilter(inner, depth: depth + 1)
    }
  }

  private mutating func readGroup(
    _ kind: ParsedFilterNode.Kind, _ index: Int, _ members: [String], _ readMembers: (inout Self) -> Void
  ) {
    checkMembers(index, members)
    let span = document.nodes[index].span
    let opened = query.filter.count
    query.filter.append(
      ParsedFilterNode(
        kind: kind, spelling: .body, end: 0, name: .none(span), value: absent(span), span: span))
    readMembers(&self)
    query.filter[opened].end = UInt32(clamping: query.filter.count)
  }

  // criterion = { "field": string, "operator": string [, "value": any / "values": array ] }
  private mutating func readCriterion(_ index: Int) {
    clauseCount += 1
    guard clauseCount <= limits.clauses else {
      if clauseCount == limits.clauses + 1 { report(.tooManyClauses(limit: limits.clauses), index) }
      return
    }
    checkMembers(index, ["field", "operator", "value", "values"])
    let field = requiredString("field", of: index)
    let operation = requiredString("operator", of: index)
    guard let field, let operation, let value = readOperand(of: index) else { return }
    query.segments.append(text(operation))
    let name = ParsedName(
      text(field), rest: query.segments.count - 1..<query.segments.count, span: document.nodes[field].span)
    query.filter.append(
      ParsedFilterNode(
        kind: .criterion, spelling: .body, end: query.filter.count + 1, name: name, value: value,
        span: document.nodes[index].span))
  }

  private mutating func requiredString(_ name: String, of index: Int) -> Int? {
    guard let member = member(name, of: index) else {
      report(.missingParameter(name: name), index)
      return nil
    }
    return expect(.string, member, "a string") ? member : nil
  }

  private func absent(_ span: SourceSpan) -> ParsedValue {
    ParsedValue(kind: .absent, text: ParsedText(start: 0, end: 0, span: span))
  }

  /// Nil, and a report, when there are two operands.
  private mutating func readOperand(of index: Int) -> ParsedValue? {
    switch (member("value", of: index), member("values", of: index)) {
    case (nil, nil):
      return absent(document.nodes[index].span)
    case (let value?, nil): return readValue(value)
    case (nil, let values?):
      return expect(.array, values, "an array") ? readList(values) : nil
    case (let value?, let values?):
      report(.conflictingParameters(name: "value", other: "values"), Swift.max(value, values))
      return nil
    }
  }

  /// A member that means nothing here is reported, not skipped.
  private mutating func checkMembers(_ index: Int, _ known: [String]) {
    var knownCount: UInt32 = 0
    for name in known where member(name, of: index) != nil { knownCount += 1 }
    guard document.nodes[index].count > knownCount else { return }
    for member in document.members(of: index) {
      let name = string(member.name)
      if !known.contains(name) { report(.unknownParameter(name: name), member.name) }
    }
  }
}
