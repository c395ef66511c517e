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

  /// `balance_id_eq=bal-1` where every value of the field looks like `bal_1`: equal to none of them, which the client
  /// will not have meant. Orders and patterns take any text.
  mutating func checkValuePattern(_ value: ParsedValue, _ criterion: ResolvedCriterion) {
    guard criterion.operation.family == .equality,
      let pattern = planner.valuePatterns[criterion.field.index]
    else { return }
    do {
      if try pattern.matcher.matches(parsed.buffer.span.extracting(value.text.range)) { return }
      reportValue(
        .valueMismatch(
          text: string(value.text), field: resource.field(criterion.field).name, pattern: pattern.text),
        value, criterion)
    } catch {
      reportValue(.matchTooCostly(pattern: pattern.text), value, criterion)
    }
  }
}
