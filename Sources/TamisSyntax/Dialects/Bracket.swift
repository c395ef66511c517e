import TamisModel

/// `field=value`, `field[]=item`, `field[operator]=value`, with `exists[…]`, `order[…]`, `page`, `itemsPerPage` and
/// `cursor` reserved.
extension URLParser {
  mutating func parseBracket(_ parameter: LexedParameter) {
    if isRoot(parameter, "exists") {
      parseExists(parameter)
    } else if isRoot(parameter, "order") {
      parseOrder(parameter)
    } else if let kind = bracketPageKind(parameter) {
      guard parameter.segmentCount == 0 else {
        return reportShape(parameter, expected: "a name without brackets")
      }
      appendPage(parameter, kind)
    } else {
      parseField(parameter)
    }
  }

  func bracketPageKind(_ parameter: LexedParameter) -> ParsedPageSetting.Kind? {
    if isRoot(parameter, "page") { return .number }
    if isRoot(parameter, "itemsPerPage") { return .size }
    if isRoot(parameter, "cursor") { return .cursor }
    return nil
  }

  private mutating func parseField(_ parameter: LexedParameter) {
    let name = fullName(parameter)
    let isList =
      parameter.segmentCount > 0 && query.segments[Int(name.firstSegment) + parameter.segmentCount].isEmpty
    if parameter.segmentCount <= 1, hasOtherForm(of: parameter, isList: isList) {
      let text = displayName(parameter)
      bag.report(.repeatedParameter(name: text), parameter.span, parameter: text)
    }
    if isList {
      appendListItem(parameter, .bracket, name: name)
    } else {
      appendCriterion(parameter, .bracket, name: name, value: readValue(parameter))
    }
  }

  // API Platform: of `type=A` and `type[]=B` the later one replaces the earlier.
  private func hasOtherForm(of parameter: LexedParameter, isList: Bool) -> Bool {
    guard isList || parameter.segmentCount == 0 else { return false }
    let count = isList ? 1 : 2
    return query.filter.contains { node in
      guard node.spelling == .bracket, Int(node.name.segmentCount) == count else { return false }
      let first = Int(node.name.firstSegment)
      return query.bytes(of: query.segments[first]) == query.bytes(of: parameter.root)
        && (count == 1 || query.segments[first + 1].isEmpty)
    }
  }

  // exists = "exists[" field "]=" ( "true" / "false" / "1" / "0" )
  mutating func parseExists(_ parameter: LexedParameter) {
    guard parameter.segmentCount > 0 else {
      return reportShape(parameter, expected: "exists[field]")
    }
    appendCriterion(
      parameter, .exists, name: bracketName(parameter), value: readValue(parameter))
  }

  // order = "order[" field "]=" ( "asc" / "desc" ), in any letter case
  mutating func parseOrder(_ parameter: LexedParameter) {
    guard parameter.segmentCount == 1, !segment(parameter, 0).isEmpty else {
      return reportShape(parameter, expected: "order[field]")
    }
    let value = decodeValue(parameter)
    query.sort.append(
      ParsedSortKey(
        field: segment(parameter, 0), direction: direction(value, parameter), span: parameter.span))
  }

  private mutating func direction(
    _ value: ParsedValue, _ parameter: LexedParameter
  ) -> ParsedSortKey.Direction {
    let text = query.string(of: value.text)
    switch text.asciiLowercased {
    case "asc": return .ascending
    case "desc": return .descending
    case "": return .empty
    default:
      bag.report(
        .invalidValue(text: text, type: "direction", reason: "it is 'asc' or 'desc'"), value.text.span,
        parameter: displayName(parameter))
      return .invalid
    }
  }
}
