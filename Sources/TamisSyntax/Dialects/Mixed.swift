import TamisModel

/// One request in three spellings; the name alone decides how a pair is read:
///
/// - `filter`, `sort` and `include`, with or without brackets, and `fields[…]`, `page[…]` are JSON:API;
/// - every other name with brackets, and `page`, `itemsPerPage`, `cursor`, `next_page`, `exists`, `order` without, are
///   bracket;
/// - `limit`, `offset`, `fields` and `logical_operator` without brackets are suffix;
/// - every other name without brackets is suffix when it splits into a field and an operator, else, when it is a
///   field, equality: the planner knows which.
///
/// So a field that is called `filter`, `page` or the like can be filtered by `filter[page][eq]=…` only.
extension URLParser {
  mutating func parseMixed(_ parameter: LexedParameter, _ reserved: ReservedName?) {
    let hasBrackets = parameter.bracketCount > 0
    switch reserved {
    case .filter, .sort, .include: parseJSONAPI(parameter, reserved, .jsonAPI)
    case .fields where hasBrackets, .page where hasBrackets: parseJSONAPI(parameter, reserved, .jsonAPI)
    case .page, .itemsPerPage, .cursor, .nextPage, .exists, .order: parseBracket(parameter, reserved)
    case .limit, .offset, .fields, .logicalOperator, nil:
      if hasBrackets {
        parseBracket(parameter, reserved)
      } else {
        parseSuffix(parameter, reserved)
      }
    }
  }
}
