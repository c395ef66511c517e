import TamisModel
import TamisSyntax

/// The passes under the faithful policy: the same conditions, pages and orders in the end, read from the request as
/// the real server reads it.
extension PlanningSession {
  mutating func runFaithful(_ compatibility: Compatibility, scope: [String: String]) {
    openRoot()
    switch compatibility.reading {
    case .declaredFilters(let rules): readDeclaredFilters(rules)
    case .keyChain(let rules): readKeyChain(rules)
    case .guessedSuffixes(let rules): readGuessedSuffixes(rules)
    case .namedParameters(let rules): readNamedParameters(rules)
    }
    // Whatever was read, and however it was joined, stands inside the scopes.
    applyScopes(scope)
    endFilter()
  }

  // MARK: Reporting

  /// Something that has no effect on the real server: it has none here, and a warning says so.
  mutating func ignore(
    _ problem: Problem, _ span: SourceSpan, _ parameter: String? = nil, suggestion: String? = nil
  ) {
    bag.report(problem, span, severity: .warning, parameter: parameter, suggestion: suggestion)
  }

  /// Something that the real server refuses, with its status and, where it has one, its wording.
  mutating func refuse(
    _ problem: Problem, _ span: SourceSpan, _ parameter: String? = nil, status: Int, answer: String? = nil,
    attribute: String? = nil, suggestion: String? = nil
  ) {
    let system = planner.compatibility?.system ?? ""
    bag.report(
      Diagnostic(
        problem, span, parameter: parameter, suggestion: suggestion,
        serverAnswer: ServerAnswer(system, status: status, message: answer, attribute: attribute)))
  }
}
