import TamisJSON
import TamisModel

/// `{"filters":[F…],"logical_operator":"or","sort":["-date"],"limit":20}` where F is
/// `{"field":f,"operator":o,"value":v}`, `{"field":f,"operator":o,"values":[…]}`, `{"and":[F…]}`, `{"or":[F…]}`,
/// `{"not":F}` or `{"any":array,"where":F}`. Members that are none of these are parameters.
struct BodyParser {
  private let limits: QueryLimits
  private var query = ParsedQuery()
  private var bag: DiagnosticBag
  private var clauseCount = 0

  init(limits: QueryLimits) {
    self.limits = limits
    bag = DiagnosticBag(limit: limits.diagnostics)
  }

  mutating func parse(_ source: [UInt8]) -> ParsedQuery {
    guard source.count <= limits.bodyBytes else {
      query.diagnostics = [
        Diagnostic(.tooManyBytes(limit: limits.bodyBytes), SourceSpan(limits.bodyBytes, source.count))
      ]
      return query
    }
    do {
      var document = try JSONDocument.parse(source, limits: textLimits)
      query.buffer = document.takeText()
      read(document)
    } catch {
      for diagnostic in error.diagnostics { bag.report(diagnostic) }
    }
    query.diagnostics = bag.diagnostics
    return query
  }

  /// A group of filters is two levels of JSON, so that the limit on groups is the one that is met.
  private var textLimits: QueryLimits {
    var limits = limits
    limits.depth = Swift.min(limits.depth, 200) * 2 + 8
    return limits
  }

  // MARK: The object

  private mutating func read(_ document: JSONDocument) {
    guard document.nodes[0].kind == .object else {
      return bag.report(
        .wrongShape(expected: "an object", found: noun(document, 0)), document.nodes[0].span)
    }
    for member in document.members(of: 0) {
      let name = string(document, member.name)
      if document.nodes[member.value].kind == .null {
        bag.report(.nullOperand, document.nodes[member.value].span, parameter: name)
      } else {
        read(name, member, document)
      }
    }
    applySortMembers(document)
  }

  private mutating func read(_ name: String, _ member: (name: Int, value: Int), _ document: JSONDocument) {
    switch name {
    case "filters": readFilters(member.value, "/filters", document, depth: 1)
    case "filter": readFilter(member.value, "/filter", document, depth: 1)
    case "logical_operator": readConnective(member.value, document)
    case "sort": readSort(member.value, document)
    case "sort_by", "sort_order": break
    case "limit": readPage(.limit, member, document)
    case "offset": readPage(.offset, member, document)
    case "page": readPage(.number, member, document)
    case "size": readPage(.size, member, document)
    case "cursor", "next_page": readPage(.cursor, member, document)
    case "fields":
      for name in readNames(member.value, "/fields", document) {
        query.selection.append(ParsedSelection(type: nil, field: name))
      }
    case "include": query.include += readNames(member.value, "/include", document)
    default: readParameter(member, document)
    }
  }

  private mutating func readParameter(_ member: (name: Int, value: Int), _ document: JSONDocument) {
    query.segments.append(text(document, member.name))
    let name = ParsedName(
      firstSegment: query.segments.count - 1, segmentCount: 1, span: document.nodes[member.name].span)
    query.parameters.append(ParsedParameter(name: name, value: value(document, member.value)))
  }

  private mutating func readConnective(_ index: Int, _ document: JSONDocument) {
    guard expect(.string, index, "a string", "/logical_operator", document) else { return }
    // Blnk: in any letter case.
    switch string(document, index).asciiLowercased {
    case "and": query.topConnective = .and
    case "or": query.topConnective = .or
    default:
      bag.report(
        .unknownConnective(name: string(document, index)), document.nodes[index].span,
        parameter: "/logical_operator")
    }
  }

  private mutating func readPage(
    _ kind: ParsedPageSetting.Kind, _ member: (name: Int, value: Int), _ document: JSONDocument
  ) {
    query.page.append(
      ParsedPageSetting(
        kind: kind, name: text(document, member.name), value: value(document, member.value)))
  }

  // MARK: Order

  private mutating func readSort(_ index: Int, _ document: JSONDocument) {
    for name in readNames(index, "/sort", document) {
      let isDescending = query.buffer[name.range].first == UInt8(ascii: "-")
      let field = ParsedText(
        start: name.range.lowerBound + (isDescending ? 1 : 0), end: name.range.upperBound, span: name.span)
      query.sort.append(
        ParsedSortKey(
          field: field, direction: isDescending ? .descending : .ascending, span: name.span))
    }
  }

  /// `sort_by` and `sort_order` are one key, descending unless it says otherwise, as Blnk has it.
  private mutating func applySortMembers(_ document: JSONDocument) {
    let order = member("sort_order", of: 0, document)
    guard let field = member("sort_by", of: 0, document) else {
      if let order {
        bag.report(
          .missingParameter(name: "sort_by"), document.nodes[order].span, parameter: "/sort_order")
      }
      return
    }
    guard document.nodes[field].kind != .null, expect(.string, field, "a string", "/sort_by", document)
    else { return }
    query.sort.append(
      ParsedSortKey(
        field: text(document, field), direction: order.map { direction($0, document) } ?? .descending,
        span: document.nodes[field].span))
  }

  private mutating func direction(_ index: Int, _ document: JSONDocument) -> ParsedSortKey.Direction {
    guard document.nodes[index].kind != .null, expect(.string, index, "a string", "/sort_order", document)
    else { return .invalid }
    switch string(document, index).asciiLowercased {
    case "asc": return .ascending
    case "desc": return .descending
    default:
      bag.report(
        .invalidValue(
          text: string(document, index), type: "direction", reason: "it is 'asc' or 'desc'"),
        document.nodes[index].span, parameter: "/sort_order")
      return .invalid
    }
  }

  // MARK: Filters

  private mutating func readFilters(
    _ index: Int, _ pointer: String, _ document: JSONDocument, depth: Int
  ) {
    guard expect(.array, index, "an array of filters", pointer, document) else { return }
    for (position, item) in document.items(of: index).enumerated() {
      readFilter(item, "\(pointer)/\(position)", document, depth: depth)
      if clauseCount > limits.clauses { return }
    }
  }

  // filter = criterion / { "and": [ filter… ] } / { "or": [ filter… ] } / { "not": filter } / quantifier
  private mutating func readFilter(
    _ index: Int, _ pointer: String, _ document: JSONDocument, depth: Int
  ) {
    guard depth <= limits.depth else {
      return bag.report(.tooDeep(limit: limits.depth), document.nodes[index].span, parameter: pointer)
    }
    guard expect(.object, index, "a filter object", pointer, document) else { return }
    if let inner = member("and", of: index, document) {
      readGroup(.and, index, inner, "\(pointer)/and", document, depth: depth)
    } else if let inner = member("or", of: index, document) {
      readGroup(.or, index, inner, "\(pointer)/or", document, depth: depth)
    } else if let inner = member("not", of: index, document) {
      checkMembers(index, ["not"], pointer, document)
      let opened = open(.not, index, document)
      readFilter(inner, "\(pointer)/not", document, depth: depth + 1)
      close(opened)
    } else if member("any", of: index, document) != nil {
      readQuantifier(index, pointer, document, depth: depth)
    } else {
      readCriterion(index, pointer, document)
    }
  }

  private mutating func readGroup(
    _ kind: ParsedFilterNode.Kind, _ index: Int, _ members: Int, _ pointer: String, _ document: JSONDocument,
    depth: Int
  ) {
    checkMembers(index, [kind == .and ? "and" : "or"], pointer, document)
    let opened = open(kind, index, document)
    readFilters(members, pointer, document, depth: depth + 1)
    close(opened)
  }

  private mutating func readQuantifier(
    _ index: Int, _ pointer: String, _ document: JSONDocument, depth: Int
  ) {
    checkMembers(index, ["any", "where"], pointer, document)
    guard let array = member("any", of: index, document), let inner = member("where", of: index, document)
    else {
      return bag.report(
        .missingParameter(name: "where"), document.nodes[index].span, parameter: pointer)
    }
    guard expect(.string, array, "the name of an array", "\(pointer)/any", document) else { return }
    let opened = open(.any, index, document)
    query.segments.append(text(document, array))
    query.filter[opened].name = ParsedName(
      firstSegment: query.segments.count - 1, segmentCount: 1, span: document.nodes[array].span)
    readFilter(inner, "\(pointer)/where", document, depth: depth + 1)
    close(opened)
  }

  private mutating func open(
    _ kind: ParsedFilterNode.Kind, _ index: Int, _ document: JSONDocument
  ) -> Int {
    let span = document.nodes[index].span
    query.filter.append(
      ParsedFilterNode(
        kind: kind, spelling: .body, end: 0, name: ParsedName(firstSegment: 0, segmentCount: 0, span: span),
        value: 0, span: span))
    return query.filter.count - 1
  }

  private mutating func close(_ opened: Int) {
    query.filter[opened].end = UInt32(clamping: query.filter.count)
  }

  // criterion = { "field": string, "operator": string [, "value": any | "values": array ] }
  private mutating func readCriterion(_ index: Int, _ pointer: String, _ document: JSONDocument) {
    clauseCount += 1
    guard clauseCount <= limits.clauses else {
      if clauseCount == limits.clauses + 1 {
        bag.report(.tooManyClauses(limit: limits.clauses), document.nodes[index].span, parameter: pointer)
      }
      return
    }
    checkMembers(index, ["field", "operator", "value", "values"], pointer, document)
    let field = requiredString("field", index, pointer, document)
    let operation = requiredString("operator", index, pointer, document)
    guard let field, let operation else { return }
    query.segments.append(text(document, field))
    query.segments.append(text(document, operation))
    let name = ParsedName(
      firstSegment: query.segments.count - 2, segmentCount: 2, span: document.nodes[field].span)
    guard let value = operand(index, pointer, document) else { return }
    query.filter.append(
      ParsedFilterNode(
        kind: .criterion, spelling: .body, end: query.filter.count + 1, name: name, value: value,
        span: document.nodes[index].span))
  }

  private mutating func requiredString(
    _ name: String, _ index: Int, _ pointer: String, _ document: JSONDocument
  ) -> Int? {
    guard let member = member(name, of: index, document) else {
      bag.report(.missingParameter(name: name), document.nodes[index].span, parameter: pointer)
      return nil
    }
    return expect(.string, member, "a string", "\(pointer)/\(name)", document) ? member : nil
  }

  /// The operand's index in `values`; nil, and a report, when there are two.
  private mutating func operand(_ index: Int, _ pointer: String, _ document: JSONDocument) -> Int? {
    let one = member("value", of: index, document)
    let many = member("values", of: index, document)
    switch (one, many) {
    case (nil, nil):
      let span = document.nodes[index].span
      let start = query.buffer.count
      query.values.append(
        ParsedValue(kind: .absent, text: ParsedText(start: start, end: start, span: span)))
      return query.values.count - 1
    case (let member?, nil): return value(document, member)
    case (nil, let member?):
      guard expect(.array, member, "an array", "\(pointer)/values", document) else { return nil }
      return list(document, member)
    case (.some, let member?):
      bag.report(
        .conflictingParameters(name: "value", other: "values"), document.nodes[member].span,
        parameter: pointer)
      return nil
    }
  }

  /// A member that means nothing here is reported, not skipped.
  private mutating func checkMembers(
    _ index: Int, _ known: [String], _ pointer: String, _ document: JSONDocument
  ) {
    for member in document.members(of: index) {
      let name = string(document, member.name)
      if !known.contains(name) {
        bag.report(
          .unknownParameter(name: name), document.nodes[member.name].span, parameter: "\(pointer)/\(name)")
      }
    }
  }

  // MARK: Values

  private mutating func value(_ document: JSONDocument, _ index: Int) -> Int {
    query.values.append(scalar(document, index))
    return query.values.count - 1
  }

  /// `"values":[…]`: its items stand side by side; an array inside the array is one item.
  private mutating func list(_ document: JSONDocument, _ index: Int) -> Int {
    let place = value(document, index)
    query.values[place].kind = .list
    let items = document.items(of: index)
    guard items.count <= limits.listItems else {
      bag.report(.tooManyItems(limit: limits.listItems), document.nodes[index].span)
      return place
    }
    query.values[place].firstItem = UInt32(clamping: query.values.count)
    query.values[place].itemCount = UInt32(clamping: items.count)
    for item in items { query.values.append(scalar(document, item)) }
    return place
  }

  private mutating func scalar(_ document: JSONDocument, _ index: Int) -> ParsedValue {
    switch document.nodes[index].kind {
    case .null: return ParsedValue(kind: .jsonNull, text: text(document, index))
    case .true: return ParsedValue(kind: .jsonTrue, text: text(document, index))
    case .false: return ParsedValue(kind: .jsonFalse, text: text(document, index))
    case .number: return checked(ParsedValue(kind: .jsonNumber, text: text(document, index)))
    case .string: return checked(ParsedValue(kind: .jsonString, text: text(document, index)))
    case .array: return ParsedValue(kind: .jsonArray, text: minified(document, index))
    case .object: return ParsedValue(kind: .jsonObject, text: minified(document, index))
    }
  }

  private mutating func checked(_ value: ParsedValue) -> ParsedValue {
    if value.text.range.count > limits.valueBytes {
      bag.report(.valueTooLong(limit: limits.valueBytes), value.text.span)
    }
    return value
  }

  private mutating func minified(_ document: JSONDocument, _ index: Int) -> ParsedText {
    let start = query.buffer.count
    // The document's text is this buffer's beginning.
    query.buffer.append(contentsOf: document.minified(index, text: query.buffer))
    return ParsedText(start: start, end: query.buffer.count, span: document.nodes[index].span)
  }

  private mutating func readNames(
    _ index: Int, _ pointer: String, _ document: JSONDocument
  ) -> [ParsedText] {
    guard expect(.array, index, "an array of names", pointer, document) else { return [] }
    var names: [ParsedText] = []
    for (position, item) in document.items(of: index).enumerated() {
      guard expect(.string, item, "a name", "\(pointer)/\(position)", document) else { continue }
      if document.nodes[item].range.isEmpty {
        bag.report(.emptyName, document.nodes[item].span, parameter: "\(pointer)/\(position)")
      } else {
        names.append(text(document, item))
      }
    }
    return names
  }

  private mutating func expect(
    _ kind: JSONDocument.Kind, _ index: Int, _ noun: String, _ pointer: String, _ document: JSONDocument
  ) -> Bool {
    if document.nodes[index].kind == kind { return true }
    bag.report(
      .wrongShape(expected: noun, found: self.noun(document, index)), document.nodes[index].span,
      parameter: pointer)
    return false
  }

  private func noun(_ document: JSONDocument, _ index: Int) -> String {
    switch document.nodes[index].kind {
    case .null: "null"
    case .true, .false: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  private func member(_ name: String, of index: Int, _ document: JSONDocument) -> Int? {
    document.member(name.utf8, of: index, text: query.buffer)
  }

  private func text(_ document: JSONDocument, _ index: Int) -> ParsedText {
    let node = document.nodes[index]
    return ParsedText(start: node.range.lowerBound, end: node.range.upperBound, span: node.span)
  }

  private func string(_ document: JSONDocument, _ index: Int) -> String {
    String(decoding: query.buffer[document.nodes[index].range], as: UTF8.self)
  }
}
