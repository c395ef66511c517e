import TamisModel

/// `field_operator=value`, with `limit`, `offset`, `sort`, `fields`, `include` and `logical_operator` reserved.
/// Where a name splits is the resource's business, so it is kept whole.
extension URLParser {
  mutating func parseSuffix(_ parameter: LexedParameter) {
    guard parameter.segmentCount == 0 else { return appendParameter(parameter) }
    guard mayBeReserved(parameter) else { return appendSuffixCriterion(parameter) }
    if isRoot(parameter, "limit") {
      appendPage(parameter, .limit)
    } else if isRoot(parameter, "offset") {
      appendPage(parameter, .offset)
    } else if isRoot(parameter, "logical_operator") {
      parseLogicalOperator(parameter)
    } else if isRoot(parameter, "sort") {
      parseSort(parameter)
    } else if isRoot(parameter, "fields") {
      for name in readNames(parameter) {
        query.selection.append(ParsedSelection(type: nil, field: name))
      }
    } else if isRoot(parameter, "include") {
      query.include += readNames(parameter)
    } else {
      appendSuffixCriterion(parameter)
    }
  }

  /// By its length alone: `sort`, `limit`, `offset`, `fields`, `include`, `logical_operator`.
  private func mayBeReserved(_ parameter: LexedParameter) -> Bool {
    switch parameter.root.range.count {
    case 4...7, 16: true
    default: false
    }
  }

  mutating func appendSuffixCriterion(_ parameter: LexedParameter) {
    query.segments.append(parameter.root)
    let name = ParsedName(
      firstSegment: query.segments.count - 1, segmentCount: 1, span: parameter.nameSpan)
    appendCriterion(parameter, .suffix, name: name, value: readValue(parameter))
  }

  // logical_operator = "and" / "or", in any letter case
  mutating func parseLogicalOperator(_ parameter: LexedParameter) {
    let value = decodeValue(parameter)
    let text = query.string(of: value.text)
    switch text.asciiLowercased {
    case "and": query.topConnective = .and
    case "or": query.topConnective = .or
    default:
      let span = value.kind == .absent ? parameter.span : value.text.span
      bag.report(.unknownConnective(name: text), span, parameter: "logical_operator")
    }
  }
}
