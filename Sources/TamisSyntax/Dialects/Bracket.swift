import TamisModel

/// `field=value`, `field[]=item`, `field[operator]=value`, with `exists[…]`, `order[…]`, `page`, `itemsPerPage`,
/// `cursor` and `next_page` reserved.
extension URLParser {
  mutating func parseBracket(_ parameter: LexedParameter, _ reserved: ReservedName?) {
    switch reserved {
    case .exists: parseExists(parameter)
    case .order: parseOrder(parameter)
    case .page: parsePage(parameter, .number)
    case .itemsPerPage: parsePage(parameter, .size)
    case .cursor, .nextPage: parsePage(parameter, .cursor)
    case .fields, .filter, .include, .limit, .logicalOperator, .offset, .sort, nil:
      appendCriterion(parameter, .bracket, name: parameter.name)
    }
  }

  private mutating func parsePage(_ parameter: LexedParameter, _ kind: ParsedPageSetting.Kind) {
    guard parameter.bracketCount == 0 else {
      return reportShape(parameter, expected: "a name without brackets")
    }
    appendPage(parameter, kind)
  }

  // exists = "exists[" field "]=" ( "true" / "false" / "1" / "0" )
  private mutating func parseExists(_ parameter: LexedParameter) {
    guard parameter.bracketCount == 1, !bracket(parameter, 0).isEmpty else {
      return reportShape(parameter, expected: "exists[field]")
    }
    appendCriterion(parameter, .exists, name: bracketName(parameter))
  }

  // order = "order[" field "]=" ( "asc" / "desc" ), in any letter case
  private mutating func parseOrder(_ parameter: LexedParameter) {
    guard parameter.bracketCount == 1, !bracket(parameter, 0).isEmpty else {
      return reportShape(parameter, expected: "order[field]")
    }
    let value = decodeValue(parameter)
    query.sort.append(
      ParsedSortKey(
        field: bracket(parameter, 0), direction: direction(value, parameter), span: parameter.pair.span))
  }

  private mutating func direction(
    _ value: ParsedValue, _ parameter: LexedParameter
  ) -> ParsedSortKey.Direction {
    switch word(value) {
    case "asc": return .ascending
    case "desc": return .descending
    case "": return .empty
    default:
      bag.report(
        .invalidValue(
          text: query.string(of: value.text), type: "direction", reason: "it is 'asc' or 'desc'"),
        value.text.span, parameter: displayName(parameter))
      return .invalid
    }
  }
}
