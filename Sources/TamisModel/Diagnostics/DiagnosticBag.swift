/// Collects diagnostics over a whole request, up to a limit; what comes after is counted, not kept.
package struct DiagnosticBag {
  package private(set) var diagnostics: [Diagnostic] = []
  private let limit: Int
  private var overflowed = false

  package init(limit: Int) {
    self.limit = Swift.max(1, limit)
  }

  package var isEmpty: Bool { diagnostics.isEmpty }

  package var hasErrors: Bool {
    diagnostics.contains { $0.severity == .error }
  }

  /// What is reported from now on is not kept, so nobody need look for suggestions.
  package var isFull: Bool { diagnostics.count >= limit }

  package mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < limit {
      diagnostics.append(diagnostic)
    } else if !overflowed {
      overflowed = true
      diagnostics.append(Diagnostic(.tooManyDiagnostics(limit: limit), diagnostic.span))
    }
  }

  package mutating func report(
    _ problem: Problem, _ span: SourceSpan, severity: Diagnostic.Severity = .error,
    parameter: String? = nil, suggestion: String? = nil
  ) {
    report(
      Diagnostic(problem, span, severity: severity, parameter: parameter, suggestion: suggestion))
  }
}
