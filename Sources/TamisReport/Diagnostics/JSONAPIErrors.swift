import TamisJSON
import TamisModel

/// JSON:API error objects: `{"errors":[{"status","code","title","detail","source","links","meta"}],"meta":…}`.
struct JSONAPIErrors {
  let error: QueryError
  let source: RequestSource
  let typeBase: String

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("errors")
    writer.beginArray()
    for diagnostic in error.diagnostics where diagnostic.severity == .error {
      write(diagnostic, to: &writer)
    }
    writer.endArray()
    writeWarnings(to: &writer)
    writer.endObject()
    return writer.bytes
  }

  /// `errors` is for what refuses the request; the rest stands in the document's meta.
  private func writeWarnings(to writer: inout JSONWriter) {
    let warnings = error.diagnostics.filter { $0.severity == .warning }
    guard !warnings.isEmpty else { return }
    writer.name("meta")
    writer.beginObject()
    writer.name("warnings")
    DiagnosticWriter(source: source, typeBase: typeBase).write(warnings, to: &writer)
    writer.endObject()
  }

  private func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
    writer.beginObject()
    // JSON:API has statuses as strings.
    writer.name("status")
    writer.string(String(diagnostic.httpStatus(isBody: source.isBody)))
    writer.name("code")
    writer.string(diagnostic.code)
    writer.name("title")
    writer.string(diagnostic.problem.title)
    writer.name("detail")
    writer.escapedString(diagnostic.publicMessage)
    writeSource(of: diagnostic, to: &writer)
    writer.name("links")
    writer.beginObject()
    writer.name("type")
    writer.escapedString(typeBase + diagnostic.code)
    writer.endObject()
    writer.name("meta")
    writer.beginObject()
    DiagnosticParts.write(diagnostic, to: &writer)
    writer.endObject()
    writer.endObject()
  }

  private func writeSource(of diagnostic: Diagnostic, to writer: inout JSONWriter) {
    guard let place = source.place(of: diagnostic) else { return }
    writer.name("source")
    writer.beginObject()
    switch place {
    case .parameter(let name):
      writer.name("parameter")
      writer.escapedString(name)
    case .pointer(let pointer):
      writer.name("pointer")
      writer.escapedString(pointer)
    }
    writer.endObject()
  }
}
