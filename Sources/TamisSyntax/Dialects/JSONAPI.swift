import TamisModel

/// `filter[…]`, `sort`, `page[…]`, `fields[…]`, `include`; everything else is a parameter.
extension URLParser {
  mutating func parseJSONAPI(
    _ parameter: LexedParameter, _ reserved: ReservedName?, _ spelling: ParsedSpelling
  ) {
    switch reserved {
    case .filter: parseFilter(parameter, spelling)
    case .sort: parseSort(parameter)
    case .page: parsePage(parameter)
    case .fields: parseFields(parameter)
    case .include: parseInclude(parameter)
    case .cursor, .exists, .itemsPerPage, .limit, .logicalOperator, .nextPage, .offset, .order, nil:
      appendParameter(parameter)
    }
  }

  // filter = "filter" 1*( "[" name "]" ) [ "[]" ] "=" value
  private mutating func parseFilter(_ parameter: LexedParameter, _ spelling: ParsedSpelling) {
    guard parameter.bracketCount > 0, !bracket(parameter, 0).isEmpty else {
      return reportShape(parameter, expected: "filter[field]")
    }
    // AnimeThemes: a list is written with commas; an array in a value's place fails.
    if spelling == .jsonAPIKeys, bracket(parameter, parameter.bracketCount - 1).isEmpty {
      return reportShape(parameter, expected: "a list with commas")
    }
    appendCriterion(parameter, spelling, name: bracketName(parameter))
  }

  // sort = "sort" [ "[" type "]" ] "=" sort-key *( "," sort-key )
  mutating func parseSort(_ parameter: LexedParameter) {
    guard parameter.bracketCount <= 1 else {
      return reportShape(parameter, expected: "sort or sort[type]")
    }
    let type = parameter.bracketCount == 1 ? bracket(parameter, 0) : nil
    for name in readNames(parameter) { appendSortKey(name, type, parameter) }
  }

  // sort-key = [ "-" ] name
  private mutating func appendSortKey(_ name: ParsedText, _ type: ParsedText?, _ parameter: LexedParameter) {
    var field = name
    let isDescending = query.buffer[name.range].first == UInt8(ascii: "-")
    if isDescending {
      let width = PercentDecoder.width(query.buffer, at: name.span.start, end: name.span.end)
      field.start += 1
      field.span = SourceSpan(name.span.start + width, name.span.end)
      if field.isEmpty { return reportEmptyName(name.span, parameter) }
    }
    query.sort.append(
      ParsedSortKey(
        type: type, field: field, direction: isDescending ? .descending : .ascending, span: name.span))
  }

  // page = "page[" ( "number" / "size" / "limit" / "offset" / "cursor" / "after" / "before" ) "]="
  //        value
  private mutating func parsePage(_ parameter: LexedParameter) {
    guard parameter.bracketCount == 1 else {
      return reportShape(parameter, expected: "page[number] or page[size]")
    }
    guard let kind = Self.pageKind(query.string(of: bracket(parameter, 0))) else {
      let name = displayName(parameter)
      return bag.report(.unknownPageSetting(name: name), parameter.pair.nameSpan, parameter: name)
    }
    appendPage(parameter, kind)
  }

  private static func pageKind(_ name: String) -> ParsedPageSetting.Kind? {
    switch name {
    case "number": .number
    case "size": .size
    case "limit": .limit
    case "offset": .offset
    case "cursor": .cursor
    case "after": .after
    case "before": .before
    default: nil
    }
  }

  // fields = "fields[" type "]=" names
  private mutating func parseFields(_ parameter: LexedParameter) {
    guard parameter.bracketCount == 1 else {
      return reportShape(parameter, expected: "fields[type]")
    }
    let type = bracket(parameter, 0)
    for name in readNames(parameter) {
      query.selection.append(ParsedSelection(type: type, field: name))
    }
  }

  // include = "include=" names
  private mutating func parseInclude(_ parameter: LexedParameter) {
    guard parameter.bracketCount == 0 else {
      return reportShape(parameter, expected: "include")
    }
    query.include += readNames(parameter)
  }
}
