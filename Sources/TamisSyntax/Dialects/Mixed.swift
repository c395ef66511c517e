import TamisModel

/// One request in three spellings; the name alone decides how a pair is read:
///
/// - `filter[…]`, `fields[…]`, `page[…]`, `sort`, `sort[…]` and `include` are JSON:API;
/// - `exists[…]`, `order[…]`, `page`, `itemsPerPage`, `cursor` and every other name with brackets are bracket;
/// - `limit`, `offset` and `logical_operator` are suffix;
/// - every other name without brackets is suffix when it splits into a field and an operator, else, when it is a
///   field, equality: the planner knows which.
extension URLParser {
  mutating func parseMixed(_ parameter: LexedParameter) {
    let hasBrackets = parameter.segmentCount > 0
    if isRoot(parameter, "filter") || isRoot(parameter, "fields") || isRoot(parameter, "sort")
      || isRoot(parameter, "include") || (hasBrackets && isRoot(parameter, "page"))
    {
      parseJSONAPI(parameter, .jsonAPI)
    } else if hasBrackets || bracketPageKind(parameter) != nil || isRoot(parameter, "exists")
      || isRoot(parameter, "order")
    {
      parseBracket(parameter)
    } else {
      parseSuffix(parameter)
    }
  }
}
