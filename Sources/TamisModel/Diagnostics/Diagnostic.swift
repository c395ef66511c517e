/// One thing wrong with a request, as data: what, how bad, where, and what may have been meant.
public struct Diagnostic: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The request is refused.
    case error
    /// The request is answered, but part of it has no effect.
    case warning
  }

  public var problem: Problem
  public var severity: Severity
  /// Where, in the request's own bytes.
  public var span: SourceSpan
  /// The decoded name of the parameter (`filter[usage-gt]`) or the JSON pointer (`/filters/0/value`), where there is one.
  public var parameter: String?
  /// A text to put in the place of the span.
  public var suggestion: String?
  /// Under the faithful policy: what the real server says to this.
  public var serverAnswer: ServerAnswer?

  public init(
    _ problem: Problem, _ span: SourceSpan, severity: Severity = .error, parameter: String? = nil,
    suggestion: String? = nil, serverAnswer: ServerAnswer? = nil
  ) {
    self.problem = problem
    self.severity = severity
    self.span = span
    self.parameter = parameter
    self.suggestion = suggestion
    self.serverAnswer = serverAnswer
  }

  /// Stable identity; the wording of `message` may change, this may not.
  public var code: String { problem.code }

  /// One sentence in English. Input inside it is escaped.
  public var message: String { problem.message }

  /// What helps beyond the message: hints of the problem, and what the real server says.
  public var notes: [String] { problem.notes + (serverAnswer.map { [$0.note] } ?? []) }

  /// The HTTP status to answer with: the real server's under the faithful policy, unless that is a failure of its
  /// own.
  public func httpStatus(isBody: Bool) -> Int {
    if let serverAnswer, serverAnswer.status < 500 { return serverAnswer.status }
    return problem.httpStatus(isBody: isBody)
  }
}

/// Why a request was refused: one diagnostic or more, in the order of their spans.
public struct QueryError: Error, Hashable, Sendable {
  public let diagnostics: [Diagnostic]

  public init(_ first: Diagnostic) {
    diagnostics = [first]
  }

  /// Nil when there is nothing to report.
  public init?(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return nil }
    self.diagnostics = diagnostics.enumerated()
      .sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }
      .map(\.element)
  }
}

extension QueryError {
  /// The same diagnostics, for a text that begins `offset` bytes earlier.
  package func moved(by offset: Int) -> QueryError {
    let moved = diagnostics.map { diagnostic in
      var copy = diagnostic
      copy.span = SourceSpan(diagnostic.span.start + offset, diagnostic.span.end + offset)
      return copy
    }
    return QueryError(moved) ?? self
  }
}

extension QueryError: CustomStringConvertible {
  public var description: String {
    diagnostics.map { "\($0.span.start)..<\($0.span.end): \($0.message)" }.joined(separator: "\n")
  }
}
