import TamisJSON
import TamisModel

/// Which members of a body are the resource's business.
struct BodyMembers {
  /// Names of the resource's parameters that the dialect would claim for itself.
  var own: [String] = []

  /// What the dialect claims.
  static let claimed: Set<String> = [
    "filters", "filter", "logical_operator", "sort", "sort_by", "sort_order", "limit", "offset", "page",
    "size",
    "cursor", "next_page", "fields", "include",
  ]

  /// A server that knows named parameters only.
  var rules: NamedParameterRules?
}

/// Reads a JSON body:
/// `{"filters":[F…],"logical_operator":"or","sort":["-date"],"limit":20}` where F is
/// `{"field":f,"operator":o,"value":v}`, `{"field":f,"operator":o,"values":[…]}`, `{"and":[F…]}`, `{"or":[F…]}`,
/// `{"not":F}` or `{"any":array,"where":F}`. Members that are none of these are parameters.
struct BodyParser {
  /// Without its text, which is the query's buffer.
  let document: JSONDocument
  let limits: QueryLimits
  var query = ParsedQuery()
  var bag: DiagnosticBag
  var clauseCount = 0
  let members: BodyMembers

  /// A name in an object and its value, as places in the document.
  typealias Member = (name: Int, value: Int)

  static func parse(
    _ source: [UInt8], limits: QueryLimits, members: BodyMembers = BodyMembers()
  ) -> ParsedQuery {
    if source.count > limits.bodyBytes {
      let span = SourceSpan(limits.bodyBytes, source.count)
      return refused([Diagnostic(.tooManyBytes(limit: limits.bodyBytes), span)])
    }
    guard source.contains(where: { !Self.isBlank($0) }) else {
      return refused([Diagnostic(.invalidJSON(expected: "an object"), SourceSpan(0, source.count))])
    }
    do {
      var parser = BodyParser(try JSONDocument.parse(source, limits: textLimits(limits)), limits, members)
      return parser.read()
    } catch {
      return refused(error.diagnostics)
    }
  }

  /// A group of filters is two levels of JSON, so that the limit on groups is the one that is met.
  private static func textLimits(_ limits: QueryLimits) -> QueryLimits {
    var limits = limits
    limits.depth = Swift.min(limits.depth, 100) * 2 + 8
    return limits
  }

  private static func refused(_ diagnostics: [Diagnostic]) -> ParsedQuery {
    var query = ParsedQuery()
    query.diagnostics = diagnostics
    return query
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private init(_ document: consuming JSONDocument, _ limits: QueryLimits, _ members: BodyMembers) {
    self.members = members
    query.buffer = document.takeText()
    self.document = document
    self.limits = limits
    bag = DiagnosticBag(limit: limits.diagnostics)
  }

  // MARK: The object

  private mutating func read() -> ParsedQuery {
    if expect(.object, 0, "an object") {
      readMembers()
      if members.rules == nil {
        applySortMembers()
        checkConflicts()
      }
    }
    query.diagnostics = bag.diagnostics
    var result = ParsedQuery()
    swap(&result, &query)
    return result
  }

  /// A body has no more members than a query string has parameters.
  private mutating func readMembers() {
    let members = document.members(of: 0)
    let limit = Swift.max(0, limits.parameters)
    for member in members.prefix(limit) { read(member) }
    if members.count > limit { report(.tooManyParameters(limit: limit), members[limit].name) }
  }

  private mutating func read(_ member: Member) {
    if let rules = members.rules { return read(member, rules) }
    if !members.own.isEmpty, members.own.contains(string(member.name)) { return readParameter(member) }
    guard document.nodes[member.value].kind != .null else { return report(.nullOperand, member.value) }
    switch string(member.name) {
    case "filters": readFilters(member.value, depth: 1)
    case "filter": readFilter(member.value, depth: 1)
    case "logical_operator": readConnective(member.value)
    case "sort": readSort(member.value)
    case "sort_by", "sort_order": break
    case "limit": readPage(.limit, member)
    case "offset": readPage(.offset, member)
    case "page": readPage(.number, member)
    case "size": readPage(.size, member)
    case "cursor", "next_page": readPage(.cursor, member)
    case "fields": query.selection += readNames(member.value).map { ParsedSelection(type: nil, field: $0) }
    case "include": query.include += readNames(member.value)
    default: readParameter(member)
    }
  }

  /// Metronome: every member is a parameter, but for those of the page.
  private mutating func read(_ member: Member, _ rules: NamedParameterRules) {
    switch string(member.name) {
    case rules.limitName: readPage(.limit, member)
    case rules.tokenName: readPage(.cursor, member)
    default: readParameter(member)
    }
  }

  private mutating func readParameter(_ member: Member) {
    let name = ParsedName(text(member.name), span: document.nodes[member.name].span)
    query.parameters.append(ParsedParameter(name: name, value: readDeepValue(member.value)))
  }

  private mutating func readPage(_ kind: ParsedPageSetting.Kind, _ member: Member) {
    query.page.append(
      ParsedPageSetting(kind: kind, name: text(member.name), value: readValue(member.value)))
  }

  // logical-operator = "and" / "or", in any letter case, as Blnk has it
  private mutating func readConnective(_ index: Int) {
    guard expect(.string, index, "a string") else { return }
    switch string(index).asciiLowercased {
    case "and": query.topConnective = .and
    case "or": query.topConnective = .or
    default: report(.unknownConnective(name: string(index)), index)
    }
  }

  /// Two ways to say one thing.
  private mutating func checkConflicts() {
    for (name, other) in [("filters", "filter"), ("sort", "sort_by"), ("cursor", "next_page")] {
      if members.own.contains(name) || members.own.contains(other) { continue }
      if let first = member(name, of: 0), let second = member(other, of: 0) {
        report(.conflictingParameters(name: name, other: other), Swift.max(first, second))
      }
    }
  }

  // MARK: Order

  // sort = [ *( [ "-" ] name ) ]
  private mutating func readSort(_ index: Int) {
    guard expect(.array, index, "an array of names") else { return }
    for item in limitedItems(of: index) where expect(.string, item, "a name") {
      var field = text(item)
      let isDescending = query.buffer[field.range].first == UInt8(ascii: "-")
      if isDescending { field.start += 1 }
      guard !field.isEmpty else {
        report(.emptyName, item)
        continue
      }
      query.sort.append(
        ParsedSortKey(
          field: field, direction: isDescending ? .descending : .ascending, span: field.span))
    }
  }

  // Blnk: `sort_by` and `sort_order` are one key, descending unless it says otherwise.
  private mutating func applySortMembers() {
    if members.own.contains("sort_by") || members.own.contains("sort_order") { return }
    let order = member("sort_order", of: 0)
    guard let field = member("sort_by", of: 0) else {
      if let order { report(.missingParameter(name: "sort_by"), order) }
      return
    }
    guard document.nodes[field].kind != .null, expect(.string, field, "a string") else { return }
    guard !document.nodes[field].range.isEmpty else { return report(.emptyName, field) }
    query.sort.append(
      ParsedSortKey(
        field: text(field), direction: order.map { direction($0) } ?? .descending,
        span: document.nodes[field].span))
  }

  // sort-order = "asc" / "desc", in any letter case
  private mutating func direction(_ index: Int) -> ParsedSortKey.Direction {
    guard document.nodes[index].kind != .null, expect(.string, index, "a string") else { return .invalid }
    switch string(index).asciiLowercased {
    case "asc": return .ascending
    case "desc": return .descending
    default:
      report(
        .invalidValue(text: string(index), type: "direction", reason: "it is 'asc' or 'desc'"), index)
      return .invalid
    }
  }
}
