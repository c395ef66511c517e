import TamisModel

/// Nested groups in names: `filter[or][0][currency]=USD&filter[or][1][balance][gte]=5`, the same without `filter`
/// in brackets, and `or[0][currency_eq]=USD` where fields and operators are joined.
///
/// A criterion of a group is first read like any other, under its whole name. When all pairs have been read, their
/// names say which groups there are. A request without a group does not come here.
extension URLParser {
  /// Whether the name of a criterion goes through a group.
  func beginsGroup(_ name: ParsedName) -> Bool {
    readsGroups && name.restCount > 0 && GroupWord(query.buffer, name.first.range) != nil
  }

  // MARK: Suffix

  // suffix-group = group *( "[" group "]" ) "[" field "_" operator "]"
  /// In the suffix dialect a bracket is a letter, except after the words of groups. False for any other name.
  mutating func parseSuffixGroup(_ parameter: LexedParameter) -> Bool {
    // A bracket, escaped or not, makes a name one that is not plain.
    guard !parameter.pair.hasPlainName, readsGroups,
      GroupWord(beginning: query.buffer, parameter.root.range) != nil
    else { return false }
    var pair = parameter.pair
    pair.hasPlainName = false
    // Faults of escapes have been reported, with the name as a whole.
    var second = DiagnosticBag(limit: limits.diagnostics)
    let lexer = ParameterLexer(end: query.sourceCount, depth: limits.depth, readsBrackets: true)
    guard let grouped = lexer.readName(pair, into: &query, reporting: &second) else {
      for diagnostic in second.diagnostics where Self.isAboutBrackets(diagnostic.problem) {
        bag.report(diagnostic)
      }
      return true
    }
    appendCriterion(grouped, .suffix, name: grouped.name)
    return true
  }

  private static func isAboutBrackets(_ problem: Problem) -> Bool {
    switch problem {
    case .malformedBrackets, .tooDeep, .emptyName: true
    default: false
    }
  }

  // MARK: The tree

  /// Puts the criteria of groups into groups.
  mutating func gatherGroups() {
    var tree = GroupTree(buffer: query.buffer)
    for node in query.filter {
      if beginsGroup(node.name) {
        place(node, in: &tree)
      } else {
        tree.append(node)
      }
    }
    query.filter = ParsedFilter(tree.filter())
  }

  private mutating func place(_ node: ParsedFilterNode, in tree: inout GroupTree) {
    let segments = query.allSegments(of: node.name)
    let path: GroupPath
    do {
      // The tree is walked recursively; a limit that is set beyond all reason does not change that.
      path = try GroupPath(query, segments, depth: Swift.min(limits.depth, 200))
    } catch {
      return report(error, node)
    }
    guard let criterion = criterion(node, Array(segments[path.length...])) else { return }
    let family: UInt8 = node.spelling == .jsonAPI || node.spelling == .jsonAPIKeys ? 1 : 0
    if let other = tree.append(criterion, at: path, in: family, name: node.name.span) {
      let name = wholeName(node)
      bag.report(
        .conflictingParameters(name: name, other: text(other)), node.name.span, parameter: name)
    }
  }

  /// The criterion under its own name, as it would stand outside of groups.
  private mutating func criterion(_ node: ParsedFilterNode, _ own: [ParsedText]) -> ParsedFilterNode? {
    var node = node
    var own = own[...]
    switch node.spelling {
    case .suffix:
      guard own.count == 1 else {
        reportShape(node, expected: "one name after the group, field_operator")
        return nil
      }
    case .bracket:
      if own.count == 2, own.first.map({ query.bytes(of: $0).elementsEqual("exists".utf8) }) == true {
        node.spelling = .exists
        own = own.dropFirst()
      } else if dialect == .mixed, own.count == 1 {
        node.spelling = .suffix
      }
    case .jsonAPI, .jsonAPIKeys, .exists, .body: break
    }
    guard let first = own.first else { return nil }
    let start = query.segments.count
    query.segments += own.dropFirst()
    node.name = ParsedName(
      first, rest: start..<query.segments.count, span: own.count == 1 ? first.span : node.name.span)
    return node
  }

  // MARK: Faults

  private mutating func report(_ fault: GroupPath.Fault, _ node: ParsedFilterNode) {
    let prefix = node.spelling == .jsonAPI || node.spelling == .jsonAPIKeys ? "filter[or]" : "or"
    switch fault {
    case .index: reportShape(node, expected: "a member's number, \(prefix)[0][…]")
    case .leadingZero: reportShape(node, expected: "a member's number without leading zeros")
    case .notANumberedGroup: reportShape(node, expected: "a field: 'not' has no numbered members")
    case .emptyField: reportShape(node, expected: "a field after the group")
    case .tooDeep: bag.report(.tooDeep(limit: limits.depth), node.name.span, parameter: wholeName(node))
    }
  }

  private mutating func reportShape(_ node: ParsedFilterNode, expected: String) {
    let name = wholeName(node)
    bag.report(.wrongShape(expected: expected, found: name), node.name.span, parameter: name)
  }

  /// A criterion's name while it still has its groups, decoded.
  private func wholeName(_ node: ParsedFilterNode) -> String {
    guard node.spelling == .jsonAPI || node.spelling == .jsonAPIKeys else {
      return query.displayName(node.name)
    }
    return query.allSegments(of: node.name).reduce("filter") { $0 + "[\(query.string(of: $1))]" }
  }

  /// A name as it stands in the source.
  private func text(_ span: SourceSpan) -> String {
    String(decoding: query.buffer[span.start..<span.end], as: UTF8.self)
  }
}
