import TamisModel

/// Query strings of servers with named parameters, and those that stand beside a body.
extension URLParser {
  /// Every pair is a parameter, but for those of the page.
  mutating func parseNamed(_ rules: NamedParameterRules) {
    forEachParameter { parser, parameter in
      if let kind = parser.pageKind(of: parameter, rules) {
        parser.appendPage(parameter, kind)
      } else {
        parser.appendParameter(parameter)
      }
    }
  }

  /// Pairs of the page; what else there is is refused, or has no effect where the server passes over it.
  mutating func parsePageSettings(_ faithful: Compatibility?) {
    let rules = faithful.flatMap { compatibility -> NamedParameterRules? in
      switch compatibility.reading {
      case .namedParameters(let rules): rules
      case .declaredFilters, .keyChain, .guessedSuffixes: nil
      }
    }
    forEachParameter { parser, parameter in
      if let kind = parser.pageKind(of: parameter, rules) { return parser.appendPage(parameter, kind) }
      let name = parser.displayName(parameter)
      parser.bag.report(
        .unknownParameter(name: name), parameter.pair.span, severity: rules == nil ? .error : .warning,
        parameter: name)
    }
  }

  private func pageKind(
    of parameter: LexedParameter, _ rules: NamedParameterRules?
  ) -> ParsedPageSetting.Kind? {
    guard parameter.bracketCount == 0 else { return nil }
    if let rules {
      let name = query.string(of: parameter.root)
      return name == rules.limitName ? .limit : name == rules.tokenName ? .cursor : nil
    }
    return switch ReservedName(query.buffer, parameter.root.range) {
    case .limit: .limit
    case .offset: .offset
    case .page: .number
    case .cursor, .nextPage: .cursor
    case .exists, .fields, .filter, .include, .itemsPerPage, .order, .sort, .logicalOperator, nil: nil
    }
  }

  private mutating func forEachParameter(_ read: (inout URLParser, LexedParameter) -> Void) {
    if query.sourceCount > limits.queryBytes {
      bag.report(
        .tooManyBytes(limit: limits.queryBytes), SourceSpan(limits.queryBytes, query.sourceCount))
    } else {
      readPairs(read)
    }
    if !bag.isEmpty { query.diagnostics = bag.diagnostics }
  }

  private mutating func readPairs(_ read: (inout URLParser, LexedParameter) -> Void) {
    var lexer = self.lexer
    var count = 0
    while let pair = lexer.next(query.buffer.span) {
      count += 1
      guard count <= limits.parameters else {
        return bag.report(
          .tooManyParameters(limit: limits.parameters), SourceSpan(pair.start, query.sourceCount))
      }
      if let parameter = lexer.readName(pair, into: &query, reporting: &bag) { read(&self, parameter) }
    }
  }
}

extension ParsedQuery {
  /// Takes over the page settings, and the diagnostics, of a query string that stands behind this request's text.
  mutating func appendPage(of query: ParsedQuery, offset: Int) {
    let start = buffer.count
    buffer += query.buffer
    func moved(_ text: ParsedText) -> ParsedText {
      ParsedText(
        start: start + Int(text.start), end: start + Int(text.end), span: text.span.moved(by: offset))
    }
    for setting in query.page {
      let value = ParsedValue(kind: setting.value.kind, text: moved(setting.value.text))
      page.append(ParsedPageSetting(kind: setting.kind, name: moved(setting.name), value: value))
    }
    for diagnostic in query.diagnostics {
      var copy = diagnostic
      copy.span = diagnostic.span.moved(by: offset)
      diagnostics.append(copy)
    }
  }
}

extension SourceSpan {
  fileprivate func moved(by offset: Int) -> SourceSpan { SourceSpan(start + offset, end + offset) }
}
