/// Collects diagnostics over a whole request: errors up to a limit, and as many warnings, so that no flood of what has
/// no effect hides what is wrong. What comes after is counted, not kept.
package struct DiagnosticBag {
  package private(set) var diagnostics: [Diagnostic] = []
  private let limit: Int
  private var errors = 0
  private var warnings = 0

  package init(limit: Int) {
    self.limit = Swift.max(1, limit)
  }

  package var isEmpty: Bool { diagnostics.isEmpty }

  package var hasErrors: Bool { errors > 0 }

  /// How many errors were reported, kept or not.
  package var errorCount: Int { errors }

  /// Errors that are reported from now on are not kept, so nobody need look for suggestions.
  package var isFull: Bool { errors >= limit }

  /// The same for warnings.
  package var isFullOfWarnings: Bool { warnings >= limit }

  package mutating func report(_ diagnostic: Diagnostic) {
    let count: Int
    switch diagnostic.severity {
    case .error:
      errors += 1
      count = errors
    case .warning:
      warnings += 1
      count = warnings
    }
    if count <= limit {
      diagnostics.append(diagnostic)
    } else if count == limit + 1 {
      diagnostics.append(
        Diagnostic(.tooManyDiagnostics(limit: limit), diagnostic.span, severity: diagnostic.severity))
    }
  }

  /// What the real server says to every error that has no answer of its own; this server's faults have none.
  package mutating func answer(with answer: ServerAnswer) {
    for index in diagnostics.indices {
      let diagnostic = diagnostics[index]
      guard diagnostic.severity == .error, diagnostic.serverAnswer == nil, !diagnostic.problem.isServerFault
      else { continue }
      diagnostics[index].serverAnswer = answer
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
