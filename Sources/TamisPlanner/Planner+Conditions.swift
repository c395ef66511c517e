package import TamisModel
import TamisSyntax

/// What the resource's own conditions mean, one at a time and in normal form: for whoever has to find them again in
/// a query.
extension Planner {
  /// The condition of a parameter that is given this text; nil when it is no value of the parameter.
  package func condition(ofParameter index: Int, given text: String) -> Predicate? {
    predicate(reading: text) { session, value in
      session.apply(
        PlanningSession.GivenParameter(
          index: index, value: value, span: value.text.span,
          name: ParsedName(value.text, span: value.text.span), spelling: nil))
    }
  }

  /// The condition of a parameter that is absent; nil when its absence means nothing.
  package func defaultCondition(ofParameter index: Int) -> Predicate? {
    guard parametersWithDefault.contains(index) else { return nil }
    return predicate(reading: "") { session, _ in session.applyDefault(index) }
  }

  /// The condition of a scope for this value; nil when it is no value of the scope.
  package func condition(ofScope index: Int, value text: String) -> Predicate? {
    predicate(reading: text) { session, _ in
      session.applyScope(resource.scopes[index], scopes[index], text)
    }
  }

  private func predicate(
    reading text: String, _ apply: (inout PlanningSession, ParsedValue) -> Void
  ) -> Predicate? {
    var parsed = ParsedQuery()
    parsed.buffer = Array(text.utf8)
    let span = SourceSpan(0, parsed.buffer.count)
    let value = ParsedValue(
      kind: .urlText, text: ParsedText(start: 0, end: parsed.buffer.count, span: span))
    var session = PlanningSession(planner: self, parsed: parsed, dialect: .bracket)
    session.beginFilter()
    apply(&session, value)
    session.endFilter()
    return (try? session.finish())?.query.predicate
  }
}
