import TamisModel

/// Reads a query string pair by pair; each pair goes to the dialect that its name belongs to. What a dialect makes
/// of a pair stands in its own file.
struct URLParser: ~Copyable {
  let dialect: QueryDialect
  let limits: QueryLimits
  var query = ParsedQuery()
  var bag: DiagnosticBag
  /// `field[]` and its place in the filter, for the items that follow.
  var openLists: [OpenList] = []
  private var seen: SeenNames

  /// A list that is spelled as repeated `name[]=item` pairs. Items are chained, and laid side by side at the end.
  struct OpenList {
    var name: ParsedName
    /// Index into `values`.
    var value: Int
    var items: [ParsedValue]
  }

  /// The source becomes the buffer's beginning.
  init(_ source: consuming [UInt8], dialect: QueryDialect, limits: QueryLimits) {
    self.dialect = dialect
    self.limits = limits
    bag = DiagnosticBag(limit: limits.diagnostics)
    seen = SeenNames()
    query.sourceCount = source.count
    query.buffer = source
  }

  /// Gives what was read away, without a copy.
  consuming func finish() -> ParsedQuery { query }

  mutating func parse() {
    guard query.sourceCount <= limits.queryBytes else {
      query.diagnostics = [
        Diagnostic(.tooManyBytes(limit: limits.queryBytes), SourceSpan(limits.queryBytes, query.sourceCount))
      ]
      return
    }
    // A pair is seldom shorter; a guess that is too low costs an allocation, nothing else.
    let estimate = Swift.min(query.sourceCount / 16 + 1, limits.parameters)
    query.segments.reserveCapacity(estimate)
    query.values.reserveCapacity(estimate)
    query.filter.reserveCapacity(estimate)
    seen.capacity = estimate
    parsePairs()
    closeLists()
    query.diagnostics = bag.diagnostics
  }

  private mutating func parsePairs() {
    var lexer = ParameterLexer(end: query.sourceCount, limits: limits)
    var count = 0
    while let pair = lexer.next(query.buffer.span) {
      count += 1
      guard count <= limits.parameters else {
        bag.report(
          .tooManyParameters(limit: limits.parameters), SourceSpan(pair.start, query.sourceCount))
        return
      }
      parse(pair, lexer)
    }
    if dialect == .suffix, let semicolon = lexer.semicolon { reportSemicolon(semicolon) }
  }

  // Blnk: a pair that holds a raw `;` is dropped, and the list comes back unfiltered; other servers split there.
  private mutating func reportSemicolon(_ index: Int) {
    bag.report(.rawSemicolon, SourceSpan(index, index + 1), suggestion: "%3B")
  }

  private mutating func parse(_ pair: LexedPair, _ lexer: ParameterLexer) {
    guard let name = lexer.readName(pair, into: &query, reporting: &bag) else { return }
    let parameter = LexedParameter(
      root: name.root, firstSegment: name.firstSegment, segmentCount: name.count,
      nameSpan: SourceSpan(pair.start, pair.nameEnd), value: pair.value,
      hasPlainValue: pair.hasPlainValue, span: SourceSpan(pair.start, pair.end))
    if let value = pair.value, value.count > limits.valueBytes * 3 {
      return reportTooLong(value)
    }
    if isRepeated(parameter) {
      let text = displayName(parameter)
      bag.report(.repeatedParameter(name: text), parameter.span, parameter: text)
    }
    dispatch(parameter)
  }

  private mutating func reportTooLong(_ value: Range<Int>) {
    bag.report(.valueTooLong(limit: limits.valueBytes), SourceSpan(value.lowerBound, value.upperBound))
  }

  // MARK: Which dialect

  private mutating func dispatch(_ parameter: LexedParameter) {
    switch dialect {
    case .jsonAPI: parseJSONAPI(parameter, .jsonAPI)
    case .jsonAPIKeys: parseJSONAPI(parameter, .jsonAPIKeys)
    case .suffix: parseSuffix(parameter)
    case .bracket: parseBracket(parameter)
    case .mixed, .body: parseMixed(parameter)
    }
  }

  // MARK: Values

  /// Decodes a pair's value and gives its index in `values`.
  mutating func readValue(_ parameter: LexedParameter) -> Int {
    query.values.append(decodeValue(parameter))
    return query.values.count - 1
  }

  mutating func decodeValue(_ parameter: LexedParameter) -> ParsedValue {
    guard let range = parameter.value else {
      let end = parameter.span.end
      let text = ParsedText(
        start: query.buffer.count, end: query.buffer.count, span: SourceSpan(end, end))
      return ParsedValue(kind: .absent, text: text)
    }
    if parameter.hasPlainValue {
      if range.count > limits.valueBytes { reportTooLong(range) }
      let span = SourceSpan(range.lowerBound, range.upperBound)
      return ParsedValue(
        kind: .urlText, text: ParsedText(start: range.lowerBound, end: range.upperBound, span: span))
    }
    let text = PercentDecoder.decode(&query.buffer, range, reporting: &bag)
    if text.range.count > limits.valueBytes { reportTooLong(range) }
    return ParsedValue(kind: .urlText, text: text)
  }

  /// Cuts a value at its raw commas and decodes each name. An empty one is reported.
  mutating func readNames(_ parameter: LexedParameter) -> [ParsedText] {
    guard let range = parameter.value else {
      bag.report(.emptyName, parameter.span, parameter: displayName(parameter))
      return []
    }
    var names: [ParsedText] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || query.buffer[index] == UInt8(ascii: ",") {
      guard names.count < limits.listItems else {
        bag.report(.tooManyItems(limit: limits.listItems), SourceSpan(start, range.upperBound))
        break
      }
      if start == index {
        let end = Swift.min(index + 1, parameter.span.end)
        bag.report(.emptyName, SourceSpan(start, end), parameter: displayName(parameter))
      } else {
        names.append(
          PercentDecoder.decode(&query.buffer, start..<index, reporting: &bag))
      }
      start = index + 1
    }
    return names
  }

  // MARK: Building

  mutating func appendCriterion(
    _ parameter: LexedParameter, _ spelling: ParsedSpelling, name: ParsedName, value: Int
  ) {
    guard query.filter.count < limits.clauses else {
      if query.filter.count == limits.clauses, !hasReportedClauses {
        hasReportedClauses = true
        bag.report(.tooManyClauses(limit: limits.clauses), parameter.span)
      }
      return
    }
    query.filter.append(
      ParsedFilterNode(
        kind: .criterion, spelling: spelling, end: query.filter.count + 1, name: name, value: value,
        span: parameter.span))
  }

  private var hasReportedClauses = false

  /// The name with its root as the first segment.
  mutating func fullName(_ parameter: LexedParameter) -> ParsedName {
    let first = query.segments.count
    query.segments.append(parameter.root)
    for offset in 0..<parameter.segmentCount {
      query.segments.append(query.segments[parameter.firstSegment + offset])
    }
    return ParsedName(
      firstSegment: first, segmentCount: parameter.segmentCount + 1, span: parameter.nameSpan)
  }

  /// The name's brackets only.
  func bracketName(_ parameter: LexedParameter) -> ParsedName {
    ParsedName(
      firstSegment: parameter.firstSegment, segmentCount: parameter.segmentCount, span: parameter.nameSpan)
  }

  mutating func appendParameter(_ parameter: LexedParameter) {
    let name = fullName(parameter)
    query.parameters.append(ParsedParameter(name: name, value: readValue(parameter)))
  }

  mutating func appendPage(
    _ parameter: LexedParameter, _ kind: ParsedPageSetting.Kind
  ) {
    let name = storeName(parameter)
    query.page.append(ParsedPageSetting(kind: kind, name: name, value: readValue(parameter)))
  }

  /// The whole decoded name as one text.
  private mutating func storeName(_ parameter: LexedParameter) -> ParsedText {
    if parameter.segmentCount == 0 { return parameter.root }
    let text = displayName(parameter)
    let start = query.buffer.count
    query.buffer.append(contentsOf: text.utf8)
    return ParsedText(start: start, end: query.buffer.count, span: parameter.nameSpan)
  }

  // MARK: Lists of pairs

  /// Adds `name[]=item` to its list, which stands where its first item stood.
  mutating func appendListItem(
    _ parameter: LexedParameter, _ spelling: ParsedSpelling, name: ParsedName
  ) {
    let item = decodeValue(parameter)
    if let index = openLists.firstIndex(where: { isSameName($0.name, name) }) {
      guard openLists[index].items.count < limits.listItems else {
        return bag.report(.tooManyItems(limit: limits.listItems), parameter.span)
      }
      return openLists[index].items.append(item)
    }
    query.values.append(ParsedValue(kind: .list, text: item.text))
    openLists.append(OpenList(name: name, value: query.values.count - 1, items: [item]))
    appendCriterion(parameter, spelling, name: name, value: query.values.count - 1)
  }

  private func isSameName(_ first: ParsedName, _ second: ParsedName) -> Bool {
    guard first.segmentCount == second.segmentCount else { return false }
    return (0..<Int(first.segmentCount)).allSatisfy { offset in
      query.bytes(of: query.segments[Int(first.firstSegment) + offset])
        == query.bytes(of: query.segments[Int(second.firstSegment) + offset])
    }
  }

  private mutating func closeLists() {
    for list in openLists {
      query.values[list.value].firstItem = UInt32(clamping: query.values.count)
      query.values[list.value].itemCount = UInt32(clamping: list.items.count)
      query.values.append(contentsOf: list.items)
    }
  }

  // MARK: Names

  /// A name as it is written, decoded: `filter[usage-gt]`.
  func displayName(_ parameter: LexedParameter) -> String {
    var text = query.string(of: parameter.root)
    for offset in 0..<parameter.segmentCount {
      text += "[\(query.string(of: query.segments[parameter.firstSegment + offset]))]"
    }
    return text
  }

  func isRoot(_ parameter: LexedParameter, _ word: StaticString) -> Bool {
    guard parameter.root.range.count == word.utf8CodeUnitCount else { return false }
    return query.bytes(of: parameter.root).elementsEqual(word.description.utf8)
  }

  func segment(_ parameter: LexedParameter, _ offset: Int) -> ParsedText {
    query.segments[parameter.firstSegment + offset]
  }

  /// Whether the very same name came before. A name that ends in `[]` may come as often as it likes.
  private mutating func isRepeated(_ parameter: LexedParameter) -> Bool {
    if parameter.segmentCount > 0, segment(parameter, parameter.segmentCount - 1).isEmpty { return false }
    return seen.insert(parameter, in: query)
  }
}

/// Names that were seen, by hash; equal hashes are compared byte by byte. A scan over a few hundred numbers is
/// faster than any table, and the limit on parameters bounds it.
private struct SeenNames {
  private struct Entry {
    var root: ParsedText
    var firstSegment: Int
    var segmentCount: Int
  }

  /// The first name stands apart: most requests of one pair need no array.
  private var first: Entry?
  private var hashes: [UInt32] = []
  private var entries: [Entry] = []

  /// Whether the name came before.
  mutating func insert(_ parameter: LexedParameter, in query: borrowing ParsedQuery) -> Bool {
    let entry = Entry(
      root: parameter.root, firstSegment: parameter.firstSegment, segmentCount: parameter.segmentCount)
    guard let first else {
      self.first = entry
      return false
    }
    if entries.isEmpty { append(first, Self.hash(first, query)) }
    let hash = Self.hash(entry, query)
    var isFound = false
    for index in hashes.indices where hashes[index] == hash {
      isFound = isFound || Self.isSame(entries[index], entry, query)
    }
    append(entry, hash)
    return isFound
  }

  private mutating func append(_ entry: Entry, _ hash: UInt32) {
    if hashes.isEmpty {
      hashes.reserveCapacity(capacity)
      entries.reserveCapacity(capacity)
    }
    hashes.append(hash)
    entries.append(entry)
  }

  /// How many names are expected.
  var capacity = 8

  private static func hash(_ entry: Entry, _ query: borrowing ParsedQuery) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for index in entry.root.range { hash = (hash ^ UInt32(query.buffer[index])) &* 16_777_619 }
    for offset in 0..<entry.segmentCount {
      hash = (hash ^ 0x5B) &* 16_777_619
      for index in query.segments[entry.firstSegment + offset].range {
        hash = (hash ^ UInt32(query.buffer[index])) &* 16_777_619
      }
    }
    return hash
  }

  private static func isSame(_ first: Entry, _ second: Entry, _ query: borrowing ParsedQuery) -> Bool {
    guard first.segmentCount == second.segmentCount,
      query.buffer[first.root.range] == query.buffer[second.root.range]
    else { return false }
    return (0..<first.segmentCount).allSatisfy { offset in
      query.buffer[query.segments[first.firstSegment + offset].range]
        == query.buffer[query.segments[second.firstSegment + offset].range]
    }
  }
}
