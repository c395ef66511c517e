import TamisModel
import TamisSyntax

/// What groups of a query string may not hold, and what is said where a group can not be read.
extension PlanningSession {
  /// Whether any criterion stands in a group; a body has no other dialect's connectives.
  var hasGroups: Bool {
    parsed.filter.contains { $0.kind != .criterion }
  }

  /// A criterion of a group, or beside one. How it combines is said once, so its key carries no connective.
  mutating func writeMember(_ criterion: ResolvedCriterion) {
    if criterion.connective != nil {
      let node = criterion.written
      let name = displayName(node.name, node.spelling)
      report(.connectiveBesideGroup(name: name), node.name.span, name)
    }
    write(criterion)
  }

  /// A parameter of the resource is ANDed around the whole request; in a group it would mean something else.
  mutating func refuseParameter(_ node: ParsedFilterNode) {
    let name = displayName(node.name, node.spelling)
    report(.parameterInGroup(name: name), node.name.span, name)
  }

  /// A name that nothing in the resource has, and that begins like a group: where groups are off, or where the
  /// name ends before its field. Whether it was reported.
  mutating func refusesGroup(_ name: Range<Int>, _ node: ParsedFilterNode) -> Bool {
    guard
      GroupWord(parsed.buffer, name) != nil
        || (node.spelling == .suffix && GroupWord(beginning: parsed.buffer, name) != nil)
    else { return false }
    let display = displayName(node.name, node.spelling)
    if resource.readsGroups {
      report(.wrongShape(expected: "a field in the group", found: display), node.name.span, display)
    } else {
      report(.notSupported(feature: "groups of criteria in a query string"), node.name.span, display)
    }
    return true
  }

  /// The name of a pair as it stands in the request, from a span inside it: a criterion in a group keeps only what
  /// follows the group.
  func sourceName(around span: SourceSpan) -> String {
    let source = parsed.buffer[..<parsed.sourceCount]
    let inside = Swift.min(span.start, source.count)
    let start = source[..<inside].lastIndex(of: UInt8(ascii: "&")).map { $0 + 1 } ?? 0
    let end = source[inside...].firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "&") }
    return String(decoding: source[start..<(end ?? source.count)], as: UTF8.self)
  }
}
