import TamisModel

/// `field_operator=value`, with `limit`, `offset`, `cursor`, `next_page`, `sort`, `fields`, `include` and
/// `logical_operator` reserved.
/// Where a name splits is the resource's business, so it is kept whole.
extension URLParser {
  mutating func parseSuffix(_ parameter: LexedParameter, _ reserved: ReservedName?) {
    switch reserved {
    case .limit: appendPage(parameter, .limit)
    case .offset: appendPage(parameter, .offset)
    case .cursor, .nextPage: appendPage(parameter, .cursor)
    case .logicalOperator: parseLogicalOperator(parameter)
    case .sort: parseSort(parameter)
    case .fields:
      for name in readNames(parameter) {
        query.selection.append(ParsedSelection(type: nil, field: name))
      }
    case .include: query.include += readNames(parameter)
    case .exists, .filter, .itemsPerPage, .order, .page, nil:
      if !parseSuffixGroup(parameter) { appendCriterion(parameter, .suffix, name: parameter.name) }
    }
  }

  // logical-operator = "logical_operator=" ( "and" / "or" ), in any letter case
  private mutating func parseLogicalOperator(_ parameter: LexedParameter) {
    let value = decodeValue(parameter)
    switch word(value) {
    case "and": query.topConnective = .and
    case "or": query.topConnective = .or
    default:
      let span = value.kind == .absent ? parameter.pair.span : value.text.span
      bag.report(
        .unknownConnective(name: query.string(of: value.text)), span, parameter: "logical_operator")
    }
  }
}
