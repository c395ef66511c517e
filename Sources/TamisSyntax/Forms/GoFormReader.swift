import TamisModel

/// Reads a query string as Go's `url.ParseQuery` does: pairs between `&`, names without structure, a pair that can not
/// be decoded left out. What Go drops is a warning; what no text may hold, an error.
struct GoFormReader: ~Copyable {
  private let limits: QueryLimits
  private var query = ParsedQuery()
  private var bag: DiagnosticBag
  private var seen: Set<[UInt8]> = []

  static func parse(_ source: consuming [UInt8], limits: QueryLimits) -> ParsedQuery {
    var reader = GoFormReader(source, limits: limits)
    reader.parse()
    return reader.finish()
  }

  private init(_ source: consuming [UInt8], limits: QueryLimits) {
    self.limits = limits
    bag = DiagnosticBag(limit: limits.diagnostics)
    query.sourceCount = source.count
    query.buffer = source
  }

  private mutating func finish() -> ParsedQuery {
    if !bag.isEmpty { query.diagnostics = bag.diagnostics }
    var result = ParsedQuery()
    swap(&result, &query)
    return result
  }

  // query = [ pair ] *( "&" [ pair ] )
  private mutating func parse() {
    guard query.sourceCount <= limits.queryBytes else {
      return bag.report(
        .tooManyBytes(limit: limits.queryBytes), SourceSpan(limits.queryBytes, query.sourceCount))
    }
    var start = 0
    var count = 0
    while start < query.sourceCount {
      let end = query.buffer[start..<query.sourceCount].firstIndex(of: UInt8(ascii: "&")) ?? query.sourceCount
      if start < end {
        count += 1
        guard count <= limits.parameters else {
          return bag.report(
            .tooManyParameters(limit: limits.parameters), SourceSpan(start, query.sourceCount))
        }
        read(start..<end)
      }
      start = end + 1
    }
  }

  // pair = name [ "=" value ]
  private mutating func read(_ pair: Range<Int>) {
    // Go: a pair with a raw `;` is dropped, and so is one with an escape that is none.
    if let place = query.buffer[pair].firstIndex(of: UInt8(ascii: ";")) {
      return warn(.rawSemicolon, SourceSpan(place, place + 1), pair, suggestion: "%3B")
    }
    if let place = malformedEscape(pair) {
      return warn(.malformedEscape, SourceSpan(place, Swift.min(place + 3, pair.upperBound)), pair)
    }
    let nameEnd = query.buffer[pair].firstIndex(of: UInt8(ascii: "=")) ?? pair.upperBound
    let name = decoded(pair.lowerBound..<nameEnd)
    let value = decoded(Swift.min(nameEnd + 1, pair.upperBound)..<pair.upperBound)
    // Go: the first of several values.
    guard seen.insert(Array(query.buffer[name.range])).inserted else {
      return warn(.repeatedParameter(name: query.string(of: name)), name.span, pair)
    }
    query.parameters.append(
      ParsedParameter(
        name: ParsedName(name, span: name.span), value: ParsedValue(kind: .urlText, text: value)))
  }

  private mutating func decoded(_ range: Range<Int>) -> ParsedText {
    let text = FormText(&query.buffer, range)
    text.check(&query.buffer, &bag)
    return ParsedText(
      start: text.range.lowerBound, end: text.range.upperBound,
      span: SourceSpan(range.lowerBound, range.upperBound))
  }

  /// The first `%` without two hexadecimal digits after it.
  private func malformedEscape(_ pair: Range<Int>) -> Int? {
    // The name and the value are decoded apart, so that an escape does not reach over the `=`.
    var index = pair.lowerBound
    while let place = query.buffer[index..<pair.upperBound].firstIndex(of: UInt8(ascii: "%")) {
      let (_, width) = FormText.decoded(query.buffer, at: place, end: pair.upperBound)
      if width == 1 { return place }
      index = place + width
    }
    return nil
  }

  private mutating func warn(
    _ problem: Problem, _ span: SourceSpan, _ pair: Range<Int>, suggestion: String? = nil
  ) {
    if bag.isFullOfWarnings {
      return bag.report(problem, span, severity: .warning)
    }
    let name = query.buffer[pair].prefix { $0 != UInt8(ascii: "=") }
    bag.report(
      problem, span, severity: .warning, parameter: String(decoding: name, as: UTF8.self),
      suggestion: suggestion)
  }
}

extension ParsedQuery {
  /// The decoded text as a list, cut at every such byte however it was written: `a%2Cb` is two items. Each has the
  /// span of its own bytes.
  package mutating func splitDecoded(_ text: ParsedText, at separator: UInt8) -> [ParsedText] {
    var items: [ParsedText] = []
    var start = text.range.lowerBound
    var written = text.span.start
    var itemStart = written
    let isSource = text.range.lowerBound < sourceCount
    for index in text.range {
      let width = isSource ? 1 : PercentDecoder.width(buffer, at: written, end: text.span.end)
      if buffer[index] == separator {
        items.append(ParsedText(start: start, end: index, span: SourceSpan(itemStart, written)))
        start = index + 1
        itemStart = written + width
      }
      written += width
    }
    items.append(
      ParsedText(start: start, end: text.range.upperBound, span: SourceSpan(itemStart, text.span.end)))
    return items
  }
}
