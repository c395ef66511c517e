import TamisJSON
import TamisModel

/// RFC 9457: the request's problem as a whole, and as extensions `errors` and `warnings` each one of its own.
///
///     {"type":"urn:tamis:problem:value.invalid","title":"Invalid value","status":422,
///      "detail":"'abc' is not a decimal number","errors":[{"code":"value.invalid",…}]}
struct ProblemDetails {
  let error: QueryError
  let source: RequestSource
  let typeBase: String
  let instance: String?

  var status: Int { error.httpStatus(isBody: source.isBody) }

  private var errors: [Diagnostic] { error.diagnostics.filter { $0.severity == .error } }

  /// The same input gives the same bytes.
  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writeHead(to: &writer)
    writer.name("errors")
    DiagnosticWriter(source: source, typeBase: typeBase).write(errors, to: &writer)
    let warnings = error.diagnostics.filter { $0.severity == .warning }
    if !warnings.isEmpty {
      writer.name("warnings")
      DiagnosticWriter(source: source, typeBase: typeBase).write(warnings, to: &writer)
    }
    writer.endObject()
    return writer.bytes
  }

  /// Problems of one kind give the whole that kind's type.
  private func writeHead(to writer: inout JSONWriter) {
    let kinds = Set(errors.map(\.code))
    let only = kinds.count == 1 ? errors.first : nil
    writer.name("type")
    writer.escapedString(typeBase + (only?.code ?? "request.refused"))
    writer.name("title")
    writer.string(only?.problem.title ?? "The request has several problems")
    writer.name("status")
    writer.integer(status)
    writer.name("detail")
    writer.escapedString(errors.map(\.publicMessage).joined(separator: "; "))
    if let instance {
      writer.name("instance")
      writer.escapedString(instance)
    }
  }
}

/// Diagnostics as members of problem details and of an answer's meta:
/// `{"code","title","detail","type","status","span","parameter" or "pointer","suggestion","arguments","notes"}`.
struct DiagnosticWriter {
  let source: RequestSource
  let typeBase: String

  func write(_ diagnostics: [Diagnostic], to writer: inout JSONWriter) {
    writer.beginArray()
    for diagnostic in diagnostics { write(diagnostic, to: &writer) }
    writer.endArray()
  }

  private func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.name("code")
    writer.string(diagnostic.code)
    writer.name("type")
    writer.escapedString(typeBase + diagnostic.code)
    writer.name("title")
    writer.string(diagnostic.problem.title)
    writer.name("status")
    writer.integer(diagnostic.httpStatus(isBody: source.isBody))
    writer.name("detail")
    writer.escapedString(diagnostic.publicMessage)
    writePlace(of: diagnostic, to: &writer)
    DiagnosticParts.write(diagnostic, to: &writer)
    writer.endObject()
  }

  private func writePlace(of diagnostic: Diagnostic, to writer: inout JSONWriter) {
    switch source.place(of: diagnostic) {
    case .parameter(let name):
      writer.name("parameter")
      writer.escapedString(name)
    case .pointer(let pointer):
      writer.name("pointer")
      writer.escapedString(pointer)
    case nil: break
    }
  }
}

/// What both forms say of a diagnostic beyond its message: its span in the request's bytes, a text to put there,
/// its arguments and notes.
enum DiagnosticParts {
  static func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
    writer.name("span")
    writer.beginArray()
    writer.integer(diagnostic.span.start)
    writer.integer(diagnostic.span.end)
    writer.endArray()
    if let suggestion = diagnostic.suggestion {
      writer.name("suggestion")
      writer.escapedString(suggestion)
    }
    guard !diagnostic.problem.isServerFault else { return }
    writeArguments(diagnostic.problem.arguments, to: &writer)
    let notes = diagnostic.notes
    guard !notes.isEmpty else { return }
    writer.name("notes")
    writer.beginArray()
    for note in notes { writer.escapedString(note) }
    writer.endArray()
  }

  private static func writeArguments(
    _ arguments: [(name: String, value: Problem.Argument)], to writer: inout JSONWriter
  ) {
    guard !arguments.isEmpty else { return }
    writer.name("arguments")
    writer.beginObject()
    for argument in arguments {
      writer.name(argument.name)
      write(argument.value, to: &writer)
    }
    writer.endObject()
  }

  private static func write(_ argument: Problem.Argument, to writer: inout JSONWriter) {
    switch argument {
    case .text(let text): writer.escapedString(text)
    case .number(let number): writer.integer(number)
    case .texts(let texts):
      writer.beginArray()
      for text in texts { writer.escapedString(text) }
      writer.endArray()
    }
  }
}
