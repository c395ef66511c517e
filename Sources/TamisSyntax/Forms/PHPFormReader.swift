import TamisModel

/// Reads a query string as PHP does. What PHP drops is a warning; what no text may hold, an error.
struct PHPFormReader: ~Copyable {
  private let rules: PHPFormRules
  private let limits: QueryLimits
  private var query = ParsedQuery()
  private var bag: DiagnosticBag
  private var tree = PHPNameTree()
  private var replaced: [PHPNameTree.Leaf] = []

  static func parse(_ source: consuming [UInt8], _ rules: PHPFormRules, limits: QueryLimits) -> ParsedQuery {
    var reader = PHPFormReader(source, rules, limits: limits)
    reader.parse()
    return reader.finish()
  }

  private init(_ source: consuming [UInt8], _ rules: PHPFormRules, limits: QueryLimits) {
    self.rules = rules
    self.limits = limits
    bag = DiagnosticBag(limit: limits.diagnostics)
    query.sourceCount = source.count
    query.buffer = source
  }

  private mutating func finish() -> ParsedQuery {
    var parameters: [ParsedParameter] = []
    tree.visitLeaves { parameters.append(ParsedParameter(name: $0.name, value: $0.value)) }
    if !parameters.isEmpty { query.parameters = parameters }
    if !bag.isEmpty { query.diagnostics = bag.diagnostics }
    var result = ParsedQuery()
    swap(&result, &query)
    return result
  }

  private mutating func parse() {
    guard query.sourceCount <= limits.queryBytes else {
      return bag.report(
        .tooManyBytes(limit: limits.queryBytes), SourceSpan(limits.queryBytes, query.sourceCount))
    }
    var start = 0
    var count = 0
    while start < query.sourceCount {
      let end = query.buffer[start..<query.sourceCount].firstIndex(of: UInt8(ascii: "&")) ?? query.sourceCount
      // PHP: an empty piece is none. API Platform: neither is one without a name.
      if start < end, rules.rootNames == .mangled || query.buffer[start] != UInt8(ascii: "=") {
        count += 1
        guard count <= rules.variables else {
          return warn(.tooManyParameters(limit: rules.variables), SourceSpan(start, query.sourceCount))
        }
        read(start..<end)
      } else if start < end {
        warn(.emptyName, SourceSpan(start, start + 1))
      }
      start = end + 1
    }
  }

  private mutating func read(_ pair: Range<Int>) {
    let nameEnd = query.buffer[pair].firstIndex(of: UInt8(ascii: "=")) ?? pair.upperBound
    let text = FormText(&query.buffer, pair.lowerBound..<nameEnd)
    text.check(&query.buffer, &bag)
    guard let name = PHPName(text, rules, &query) else {
      return warn(.emptyName, SourceSpan(pair.lowerBound, pair.lowerBound + 1))
    }
    let value = readValue(Swift.min(nameEnd + 1, pair.upperBound)..<pair.upperBound, of: name)
    write(name, value)
  }

  private mutating func readValue(_ range: Range<Int>, of name: PHPName) -> ParsedValue {
    let text = FormText(&query.buffer, range)
    text.check(&query.buffer, &bag)
    let span = SourceSpan(range.lowerBound, range.upperBound)
    if text.range.count > limits.valueBytes {
      bag.report(
        .valueTooLong(limit: limits.valueBytes), span, parameter: query.string(of: name.root))
    }
    return ParsedValue(
      kind: .urlText, text: ParsedText(start: text.range.lowerBound, end: text.range.upperBound, span: span))
  }

  // MARK: Into the tree

  private mutating func write(_ name: PHPName, _ value: ParsedValue) {
    replaced.removeAll(keepingCapacity: true)
    if name.isTooDeep {
      // PHP: with a name that is nested too deep goes everything under its first part.
      tree.remove(PHPNameTree.root, name.root, query.buffer, replaced: &replaced)
      replaced.append(.init(name: ParsedName(name.root, span: name.span), value: value))
      for leaf in replaced { warn(.tooDeep(limit: rules.levels), leaf.name.span, leaf.name) }
      return
    }
    if let rest = name.dropped { warn(.malformedBrackets, rest, ParsedName(name.root, span: name.span)) }
    guard let (array, key, leafName) = openArrays(name) else {
      return warn(.outOfRange(text: "[]", type: "array index"), name.span)
    }
    tree.set(array, key, .init(name: leafName, value: value), query.buffer, replaced: &replaced)
    for leaf in replaced {
      let name = bag.isFullOfWarnings ? "" : query.displayName(leaf.name)
      warn(.repeatedParameter(name: name), leaf.span, leaf.name)
    }
  }

  /// Goes down to the array that holds the last key. Nil where an array has no key left.
  private mutating func openArrays(_ name: PHPName) -> (array: Int, key: ParsedText, name: ParsedName)? {
    let keys = query.segments.count
    var array = PHPNameTree.root
    var key = name.root
    for segment in name.segments {
      array = tree.openArray(array, key, query.buffer, replaced: &replaced)
      switch segment {
      case .key(let text): key = text
      case .next(let span):
        guard let index = tree.nextIndex(array) else {
          query.segments.removeLast(query.segments.count - keys)
          return nil
        }
        key = append(index, span)
      }
      query.segments.append(key)
    }
    return (array, key, ParsedName(name.root, rest: keys..<query.segments.count, span: name.span))
  }

  private mutating func append(_ index: Int, _ span: SourceSpan) -> ParsedText {
    let start = query.buffer.count
    query.buffer.append(contentsOf: String(index).utf8)
    return ParsedText(start: start, end: query.buffer.count, span: span)
  }

  private mutating func warn(_ problem: Problem, _ span: SourceSpan, _ name: ParsedName? = nil) {
    bag.report(
      problem, span, severity: .warning,
      parameter: bag.isFullOfWarnings ? nil : name.map { query.displayName($0) })
  }
}
