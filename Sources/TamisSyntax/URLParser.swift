import TamisModel

/// Reads a query string pair by pair; each pair goes to the dialect that its name belongs to. What a dialect makes
/// of a pair stands in its own file.
struct URLParser: ~Copyable {
  let dialect: QueryDialect
  let limits: QueryLimits
  /// Whether names may go through groups: `or[0][a]=1`.
  let readsGroups: Bool
  var hasGroups = false
  var query = ParsedQuery()
  var bag: DiagnosticBag
  /// Items of lists that are spelled as `name[]=item` pairs.
  var listItemCount = 0
  private var fingerprints = NameFingerprints()

  /// The source becomes the buffer's beginning.
  init(_ source: consuming [UInt8], dialect: QueryDialect, limits: QueryLimits, groups: Bool) {
    self.dialect = dialect
    readsGroups = groups
    self.limits = limits
    bag = DiagnosticBag(limit: limits.diagnostics)
    query.sourceCount = source.count
    query.buffer = source
  }

  /// Gives what was read away, without a copy.
  mutating func finish() -> ParsedQuery {
    var result = ParsedQuery()
    swap(&result, &query)
    return result
  }

  mutating func parse() {
    if query.sourceCount > limits.queryBytes {
      bag.report(
        .tooManyBytes(limit: limits.queryBytes), SourceSpan(limits.queryBytes, query.sourceCount))
    } else {
      reserve()
      parsePairs()
      if fingerprints.mayRepeat { reportRepeatedNames() }
      if listItemCount > 1 { gatherLists() }
      limitClauses()
      if hasGroups { gatherGroups() }
    }
    if !bag.isEmpty { query.diagnostics = bag.diagnostics }
  }

  /// A pair is seldom shorter; a guess that is too low costs an allocation, nothing else.
  private mutating func reserve() {
    let estimate = Swift.min(query.sourceCount / 16 + 1, limits.parameters)
    if dialect != .suffix { query.segments.reserveCapacity(estimate * 2) }
    query.filter.reserveCapacity(estimate)
  }

  var lexer: ParameterLexer {
    ParameterLexer(end: query.sourceCount, depth: limits.depth, readsBrackets: dialect != .suffix)
  }

  private mutating func parsePairs() {
    var lexer = self.lexer
    var count = 0
    while let pair = lexer.next(query.buffer.span) {
      count += 1
      guard count <= limits.parameters else {
        return bag.report(
          .tooManyParameters(limit: limits.parameters), SourceSpan(pair.start, query.sourceCount))
      }
      if let parameter = lexer.readName(pair, into: &query, reporting: &bag) {
        if count > 1 || !lexer.isAtEnd { fingerprints.insert(parameter, query.buffer, query.segments) }
        dispatch(parameter)
      }
    }
    if dialect == .suffix, let semicolon = lexer.semicolon { reportSemicolon(semicolon) }
  }

  // Blnk: a pair that holds a raw `;` is dropped, and the list comes back unfiltered; other servers split there.
  private mutating func reportSemicolon(_ index: Int) {
    bag.report(.rawSemicolon, SourceSpan(index, index + 1), suggestion: "%3B")
  }

  private mutating func limitClauses() {
    guard query.filter.count > limits.clauses else { return }
    bag.report(.tooManyClauses(limit: limits.clauses), query.filter[limits.clauses].span)
    query.filter.removeAll(from: limits.clauses)
  }

  // MARK: Which dialect

  private mutating func dispatch(_ parameter: LexedParameter) {
    let reserved = ReservedName(query.buffer, parameter.root.range)
    switch dialect {
    case .jsonAPI: parseJSONAPI(parameter, reserved, .jsonAPI)
    case .jsonAPIKeys: parseJSONAPI(parameter, reserved, .jsonAPIKeys)
    case .suffix: parseSuffix(parameter, reserved)
    case .bracket: parseBracket(parameter, reserved)
    case .mixed, .body: parseMixed(parameter, reserved)
    }
  }

  // MARK: Values

  mutating func decodeValue(_ parameter: LexedParameter) -> ParsedValue {
    guard let range = parameter.pair.value else {
      let end = parameter.pair.end
      return ParsedValue(kind: .absent, text: ParsedText(start: end, end: end, span: SourceSpan(end, end)))
    }
    if parameter.pair.hasPlainValue {
      let span = SourceSpan(range.lowerBound, range.upperBound)
      let text = ParsedText(start: range.lowerBound, end: range.upperBound, span: span)
      if range.count > limits.valueBytes { reportTooLong(text, parameter) }
      return ParsedValue(kind: .urlText, text: text)
    }
    let text = PercentDecoder.decode(&query.buffer, range, reporting: &bag)
    if text.range.count > limits.valueBytes { reportTooLong(text, parameter) }
    return ParsedValue(kind: .urlText, text: text)
  }

  private mutating func reportTooLong(_ text: ParsedText, _ parameter: LexedParameter) {
    bag.report(.valueTooLong(limit: limits.valueBytes), text.span, parameter: displayName(parameter))
  }

  // names = name *( "," name )
  /// Cuts a value at its raw commas and decodes each name. An empty one is reported.
  mutating func readNames(_ parameter: LexedParameter) -> [ParsedText] {
    let range = parameter.pair.value ?? parameter.pair.end..<parameter.pair.end
    var names: [ParsedText] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || query.buffer[index] == UInt8(ascii: ",") {
      guard names.count < limits.listItems else {
        bag.report(.tooManyItems(limit: limits.listItems), SourceSpan(start, range.upperBound))
        break
      }
      if start == index {
        reportEmptyName(SourceSpan(start, Swift.min(index + 1, range.upperBound)), parameter)
      } else {
        names.append(PercentDecoder.decode(&query.buffer, start..<index, reporting: &bag))
      }
      start = index + 1
    }
    return names
  }

  mutating func reportEmptyName(_ span: SourceSpan, _ parameter: LexedParameter) {
    bag.report(.emptyName, span, parameter: displayName(parameter))
  }

  // MARK: Building

  mutating func appendCriterion(
    _ parameter: LexedParameter, _ spelling: ParsedSpelling, name: ParsedName
  ) {
    let value = endsInEmptyBracket(name) ? readListItem(parameter) : decodeValue(parameter)
    if beginsGroup(name) { hasGroups = true }
    query.filter.append(
      ParsedFilterNode(
        kind: .criterion, spelling: spelling, end: query.filter.count + 1, name: name, value: value,
        span: parameter.pair.span))
  }

  private func endsInEmptyBracket(_ name: ParsedName) -> Bool {
    name.restCount > 0 && query.segments[name.rest.upperBound - 1].isEmpty
  }

  /// `name[]=item` is a list of one, until the lists are gathered.
  private mutating func readListItem(_ parameter: LexedParameter) -> ParsedValue {
    let item = decodeValue(parameter)
    listItemCount += 1
    var list = ParsedValue(kind: .list, text: item.text)
    list.firstItem = UInt32(clamping: query.items.count)
    list.itemCount = 1
    query.items.append(item)
    return list
  }

  mutating func appendParameter(_ parameter: LexedParameter) {
    query.parameters.append(ParsedParameter(name: parameter.name, value: decodeValue(parameter)))
  }

  mutating func appendPage(_ parameter: LexedParameter, _ kind: ParsedPageSetting.Kind) {
    let name = wholeName(parameter)
    query.page.append(ParsedPageSetting(kind: kind, name: name, value: decodeValue(parameter)))
  }

  /// The decoded name, brackets included, as one text: the source itself where nothing is escaped.
  private mutating func wholeName(_ parameter: LexedParameter) -> ParsedText {
    let source = parameter.pair.name
    if query.buffer[source].allSatisfy(PercentDecoder.isPlain) {
      return ParsedText(start: source.lowerBound, end: source.upperBound, span: parameter.pair.nameSpan)
    }
    let start = query.buffer.count
    query.buffer.append(contentsOf: displayName(parameter).utf8)
    return ParsedText(start: start, end: query.buffer.count, span: parameter.pair.nameSpan)
  }

  // MARK: Names

  /// A name as it is written, decoded: `filter[usage-gt]`.
  func displayName(_ parameter: LexedParameter) -> String {
    query.displayName(parameter.name)
  }

  func bracket(_ parameter: LexedParameter, _ offset: Int) -> ParsedText {
    query.segments[parameter.brackets.lowerBound + offset]
  }

  /// The brackets only, of which there is one at least.
  func bracketName(_ parameter: LexedParameter) -> ParsedName {
    ParsedName(
      bracket(parameter, 0), rest: parameter.brackets.dropFirst(), span: parameter.pair.nameSpan)
  }

  mutating func reportShape(_ parameter: LexedParameter, expected: String) {
    let name = displayName(parameter)
    bag.report(.wrongShape(expected: expected, found: name), parameter.pair.nameSpan, parameter: name)
  }

  /// Text in small letters, for words that are accepted in any letter case.
  func word(_ value: ParsedValue) -> String {
    query.string(of: value.text).asciiLowercased
  }
}
