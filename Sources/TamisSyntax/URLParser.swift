import TamisModel

/// Reads a query string pair by pair; each pair goes to the dialect that its name belongs to. What a dialect makes
/// of a pair stands in its own file.
struct URLParser {
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

  init(dialect: QueryDialect, limits: QueryLimits, capacity: Int) {
    self.dialect = dialect
    self.limits = limits
    bag = DiagnosticBag(limit: limits.diagnostics)
    seen = SeenNames()
    // Decoding never lengthens; canonical operands are appended later.
    query.buffer.reserveCapacity(Swift.min(capacity, limits.queryBytes) + 64)
  }

  mutating func parse(_ source: Span<UInt8>) {
    guard source.count <= limits.queryBytes else {
      query.diagnostics = [
        Diagnostic(.tooManyBytes(limit: limits.queryBytes), SourceSpan(limits.queryBytes, source.count))
      ]
      return
    }
    let estimate = Self.pairCount(source, limit: limits.parameters)
    query.segments.reserveCapacity(estimate * 2)
    query.values.reserveCapacity(estimate * 2)
    query.filter.reserveCapacity(estimate)
    parsePairs(source)
    closeLists()
    query.diagnostics = bag.diagnostics
  }

  private static func pairCount(_ source: Span<UInt8>, limit: Int) -> Int {
    var count = 1
    for index in source.indices where source[index] == UInt8(ascii: "&") { count += 1 }
    return Swift.min(count, limit)
  }

  private mutating func parsePairs(_ source: Span<UInt8>) {
    var lexer = ParameterLexer(limits: limits)
    var count = 0
    while let pair = lexer.next(source) {
      count += 1
      guard count <= limits.parameters else {
        bag.report(
          .tooManyParameters(limit: limits.parameters), SourceSpan(pair.name.lowerBound, source.count))
        return
      }
      parse(pair, lexer, source)
    }
  }

  private mutating func parse(
    _ pair: (name: Range<Int>, value: Range<Int>?), _ lexer: ParameterLexer, _ source: Span<UInt8>
  ) {
    guard let name = lexer.readName(source, pair.name, into: &query, reporting: &bag) else { return }
    let end = pair.value?.upperBound ?? pair.name.upperBound
    let parameter = LexedParameter(
      root: name.root, firstSegment: name.firstSegment, segmentCount: name.count,
      nameSpan: SourceSpan(pair.name.lowerBound, pair.name.upperBound), value: pair.value,
      span: SourceSpan(pair.name.lowerBound, end))
    if let value = pair.value, value.count > limits.valueBytes * 3 {
      return reportTooLong(value)
    }
    if isRepeated(parameter) {
      let text = displayName(parameter)
      bag.report(.repeatedParameter(name: text), parameter.span, parameter: text)
    }
    dispatch(parameter, source)
  }

  private mutating func reportTooLong(_ value: Range<Int>) {
    bag.report(.valueTooLong(limit: limits.valueBytes), SourceSpan(value.lowerBound, value.upperBound))
  }

  // MARK: Which dialect

  private mutating func dispatch(_ parameter: LexedParameter, _ source: Span<UInt8>) {
    switch dialect {
    case .jsonAPI: parseJSONAPI(parameter, .jsonAPI, source)
    case .jsonAPIKeys: parseJSONAPI(parameter, .jsonAPIKeys, source)
    case .suffix: parseSuffix(parameter, source)
    case .bracket: parseBracket(parameter, source)
    case .mixed, .body: parseMixed(parameter, source)
    }
  }

  // MARK: Values

  /// Decodes a pair's value and gives its index in `values`.
  mutating func readValue(_ parameter: LexedParameter, _ source: Span<UInt8>) -> Int {
    query.values.append(decodeValue(parameter, source))
    return query.values.count - 1
  }

  mutating func decodeValue(_ parameter: LexedParameter, _ source: Span<UInt8>) -> ParsedValue {
    guard let range = parameter.value else {
      let end = parameter.span.end
      let text = ParsedText(
        start: query.buffer.count, end: query.buffer.count, span: SourceSpan(end, end))
      return ParsedValue(kind: .absent, text: text)
    }
    let text = PercentDecoder.decode(source, range, into: &query.buffer, reporting: &bag)
    if text.range.count > limits.valueBytes { reportTooLong(range) }
    return ParsedValue(kind: .urlText, text: text)
  }

  /// Cuts a value at its raw commas and decodes each name. An empty one is reported.
  mutating func readNames(_ parameter: LexedParameter, _ source: Span<UInt8>) -> [ParsedText] {
    guard let range = parameter.value else {
      bag.report(.emptyName, parameter.span, parameter: displayName(parameter))
      return []
    }
    var names: [ParsedText] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound
    where index == range.upperBound || source[index] == UInt8(ascii: ",") {
      guard names.count < limits.listItems else {
        bag.report(.tooManyItems(limit: limits.listItems), SourceSpan(start, range.upperBound))
        break
      }
      if start == index {
        let end = Swift.min(index + 1, parameter.span.end)
        bag.report(.emptyName, SourceSpan(start, end), parameter: displayName(parameter))
      } else {
        names.append(
          PercentDecoder.decode(source, start..<index, into: &query.buffer, reporting: &bag))
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

  mutating func appendParameter(_ parameter: LexedParameter, _ source: Span<UInt8>) {
    let name = fullName(parameter)
    query.parameters.append(ParsedParameter(name: name, value: readValue(parameter, source)))
  }

  mutating func appendPage(
    _ parameter: LexedParameter, _ kind: ParsedPageSetting.Kind, _ source: Span<UInt8>
  ) {
    let name = storeName(parameter)
    query.page.append(ParsedPageSetting(kind: kind, name: name, value: readValue(parameter, source)))
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
    _ parameter: LexedParameter, _ spelling: ParsedSpelling, name: ParsedName, _ source: Span<UInt8>
  ) {
    let item = decodeValue(parameter, source)
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

/// Names that were seen, by hash; equal hashes are compared byte by byte.
private struct SeenNames {
  private var hashes: [UInt32] = []
  private var parameters: [LexedParameter] = []
  /// Chains by hash once there are many.
  private var table: [UInt32: [Int]] = [:]

  mutating func insert(_ parameter: LexedParameter, in query: ParsedQuery) -> Bool {
    let hash = hash(parameter, query)
    let found = candidates(hash).contains { isSame(parameters[$0], parameter, query) }
    if parameters.count >= 16 {
      if table.isEmpty { for index in hashes.indices { table[hashes[index], default: []].append(index) } }
      table[hash, default: []].append(parameters.count)
    }
    hashes.append(hash)
    parameters.append(parameter)
    return found
  }

  private func candidates(_ hash: UInt32) -> [Int] {
    parameters.count > 16 ? table[hash] ?? [] : hashes.indices.filter { hashes[$0] == hash }
  }

  private func hash(_ parameter: LexedParameter, _ query: ParsedQuery) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in query.buffer[parameter.root.range] { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    for offset in 0..<parameter.segmentCount {
      hash = (hash ^ 0x5B) &* 16_777_619
      for byte in query.buffer[query.segments[parameter.firstSegment + offset].range] {
        hash = (hash ^ UInt32(byte)) &* 16_777_619
      }
    }
    return hash
  }

  private func isSame(_ first: LexedParameter, _ second: LexedParameter, _ query: ParsedQuery) -> Bool {
    guard first.segmentCount == second.segmentCount,
      query.bytes(of: first.root) == query.bytes(of: second.root)
    else { return false }
    return (0..<first.segmentCount).allSatisfy { offset in
      query.bytes(of: query.segments[first.firstSegment + offset])
        == query.bytes(of: query.segments[second.firstSegment + offset])
    }
  }
}
