import TamisModel

/// `filter[…]`, `sort`, `page[…]`, `fields[…]`, `include`; everything else is a parameter.
extension URLParser {
  mutating func parseJSONAPI(
    _ parameter: LexedParameter, _ spelling: ParsedSpelling
  ) {
    if isRoot(parameter, "filter") {
      parseFilter(parameter, spelling)
    } else if isRoot(parameter, "sort") {
      parseSort(parameter)
    } else if isRoot(parameter, "page") {
      parsePage(parameter)
    } else if isRoot(parameter, "fields") {
      parseFields(parameter)
    } else if isRoot(parameter, "include"), parameter.segmentCount == 0 {
      query.include += readNames(parameter)
    } else {
      appendParameter(parameter)
    }
  }

  // filter = "filter" 1*( "[" name "]" ) [ "[]" ] "=" value
  private mutating func parseFilter(
    _ parameter: LexedParameter, _ spelling: ParsedSpelling
  ) {
    guard parameter.segmentCount > 0 else {
      return reportShape(parameter, expected: "filter[field]")
    }
    let name = bracketName(parameter)
    if parameter.segmentCount > 1, segment(parameter, parameter.segmentCount - 1).isEmpty {
      // AnimeThemes: a list is written with commas; an array in a value's place fails.
      guard spelling == .jsonAPI else { return reportShape(parameter, expected: "a list with commas") }
      appendListItem(parameter, spelling, name: name)
    } else {
      appendCriterion(parameter, spelling, name: name, value: readValue(parameter))
    }
  }

  // sort = "sort" [ "[" type "]" ] "=" [ "-" ] name *( "," [ "-" ] name )
  mutating func parseSort(_ parameter: LexedParameter) {
    guard parameter.segmentCount <= 1 else {
      return reportShape(parameter, expected: "sort or sort[type]")
    }
    let type = parameter.segmentCount == 1 ? segment(parameter, 0) : nil
    for name in readNames(parameter) {
      query.sort.append(sortKey(name, type))
    }
  }

  private mutating func sortKey(_ name: ParsedText, _ type: ParsedText?) -> ParsedSortKey {
    var field = name
    let isDescending = query.buffer[name.range].first == UInt8(ascii: "-")
    if isDescending {
      field = ParsedText(
        start: name.range.lowerBound + 1, end: name.range.upperBound,
        span: SourceSpan(name.span.start + 1, name.span.end))
      if field.isEmpty { bag.report(.emptyName, name.span, parameter: "sort") }
    }
    return ParsedSortKey(
      type: type, field: field, direction: isDescending ? .descending : .ascending, span: name.span)
  }

  // page = "page[" ( "number" / "size" / "limit" / "offset" / "cursor" ) "]=" value
  private mutating func parsePage(_ parameter: LexedParameter) {
    guard parameter.segmentCount == 1 else {
      return reportShape(parameter, expected: "page[number] or page[size]")
    }
    guard let kind = Self.pageKind(query.string(of: segment(parameter, 0))) else {
      let name = displayName(parameter)
      return bag.report(.unknownPageSetting(name: name), parameter.nameSpan, parameter: name)
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
    default: nil
    }
  }

  // fields = "fields[" type "]=" name *( "," name )
  private mutating func parseFields(_ parameter: LexedParameter) {
    guard parameter.segmentCount == 1 else {
      return reportShape(parameter, expected: "fields[type]")
    }
    let type = segment(parameter, 0)
    for name in readNames(parameter) {
      query.selection.append(ParsedSelection(type: type, field: name))
    }
  }

  mutating func reportShape(_ parameter: LexedParameter, expected: String) {
    let name = displayName(parameter)
    bag.report(.wrongShape(expected: expected, found: name), parameter.nameSpan, parameter: name)
  }
}
