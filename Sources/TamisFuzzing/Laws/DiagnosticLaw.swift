import Tamis
import TamisTesting

/// A refusal has reasons; each says something about bytes that the request has, under a code of the catalogue.
enum DiagnosticLaw {
  static func violation(of error: QueryError, _ request: [UInt8], _ dialect: QueryDialect) -> String? {
    if error.diagnostics.isEmpty { return "refused without a reason" }
    return violation(of: error.diagnostics, request.count) ?? documentViolation(error, request, dialect)
  }

  static func violation(of diagnostics: [Diagnostic], _ count: Int) -> String? {
    for diagnostic in diagnostics {
      let span = diagnostic.span
      if span.start > span.end || span.end > count {
        return "a span outside of the \(count) bytes: \(diagnostic)"
      }
      if diagnostic.message.isEmpty { return "no message: \(diagnostic)" }
      if diagnostic.code.split(separator: ".").count != 2 { return "no code: \(diagnostic)" }
      if !(400...599).contains(diagnostic.problem.httpStatus(isBody: false)) {
        return "no status: \(diagnostic)"
      }
    }
    return nil
  }

  /// The answers that are made of it are JSON, whatever bytes they quote.
  private static func documentViolation(
    _ error: QueryError, _ request: [UInt8], _ dialect: QueryDialect
  ) -> String? {
    for form in ErrorForm.allCases {
      let text = error.answer(to: request, dialect: dialect, form: form).text
      if JSONTree(parsing: text) == nil { return "\(form.rawValue) is not JSON: \(text)" }
    }
    let shown = DiagnosticText.render(error.diagnostics, source: request)
    return shown.isEmpty ? "a refusal is not shown" : nil
  }
}
