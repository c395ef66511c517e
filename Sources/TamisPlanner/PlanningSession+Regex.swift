import TamisModel
import TamisRegex
import TamisSyntax

/// Regular expressions: those that a client writes, and those that a resource declares for its values.
extension PlanningSession {
  /// `indicator_matches=^sav`. The pattern is compiled here, so that what is wrong with it is told at its byte; what
  /// runs the query finds it compiled.
  mutating func writeRegex(_ criterion: ResolvedCriterion, _ node: PredicateNode, _ value: ParsedValue) {
    guard value.kind == .urlText || value.kind == .jsonString else {
      return reportValue(
        .wrongShape(expected: "a string", found: JSONNoun.found(value.kind)), value, criterion)
    }
    let range = value.text.range
    guard range.count <= resource.limits.patternBytes else {
      return reportValue(.patternTooLong(limit: resource.limits.patternBytes), value, criterion)
    }
    let place = PatternPlace(span: value.text.span, isJSON: value.kind == .jsonString)
    do {
      _ = try RegexCache.shared.matcher(for: Array(parsed.buffer[range]))
    } catch {
      let span = place.span(ofBytes: error.bytes, of: range, in: parsed.buffer)
      return report(.invalidPattern(reason: error.reason), span, parameterName(criterion))
    }
    var node = node
    node.kind = .matches
    node.isNegated = criterion.operation == .notMatches
    if value.kind == .jsonString, node.hasPath { node.reading = .sameType }
    node.firstOperand = UInt32(clamping: writer.operands.count)
    writer.operands.append(place.operand)
    writer.leaf(node, Operand(.text, text: range))
  }
}
