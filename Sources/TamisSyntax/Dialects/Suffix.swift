import TamisModel

/// `field_operator=value`, with `limit`, `offset`, `sort`, `fields`, `include` and `logical_operator` reserved.
/// Where a name splits is the resource's business, so it is kept whole.
extension URLParser {
  mutating func parseSuffix(_ parameter: LexedParameter, _ source: Span<UInt8>) {
    guard parameter.segmentCount == 0 else { return appendParameter(parameter, source) }
    if isRoot(parameter, "limit") {
      appendPage(parameter, .limit, source)
    } else if isRoot(parameter, "offset") {
      appendPage(parameter, .offset, source)
    } else if isRoot(parameter, "logical_operator") {
      parseLogicalOperator(parameter, source)
    } else if isRoot(parameter, "sort") {
      parseSort(parameter, source)
    } else if isRoot(parameter, "fields") {
      for name in readNames(parameter, source) {
        query.selection.append(ParsedSelection(type: nil, field: name))
      }
    } else if isRoot(parameter, "include") {
      query.include += readNames(parameter, source)
    } else {
      appendSuffixCriterion(parameter, source)
    }
  }

  mutating func appendSuffixCriterion(_ parameter: LexedParameter, _ source: Span<UInt8>) {
    query.segments.append(parameter.root)
    let name = ParsedName(
      firstSegment: query.segments.count - 1, segmentCount: 1, span: parameter.nameSpan)
    appendCriterion(parameter, .suffix, name: name, value: readValue(parameter, source))
  }

  // logical_operator = "and" / "or", in any letter case
  mutating func parseLogicalOperator(_ parameter: LexedParameter, _ source: Span<UInt8>) {
    let value = decodeValue(parameter, source)
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
