#if CommandLine
  import TamisJSON
  import TamisModel

  /// Diagnostics for programs: `{"code","severity","message","parameter","span":[from,to],"suggestion"}`.
  enum DiagnosticJSON {
    static func write(_ diagnostics: [Diagnostic], to writer: inout JSONWriter) {
      writer.beginArray()
      for diagnostic in diagnostics { write(diagnostic, to: &writer) }
      writer.endArray()
    }

    private static func write(_ diagnostic: Diagnostic, to writer: inout JSONWriter) {
      writer.beginObject()
      writer.name("code")
      writer.string(diagnostic.code)
      writer.name("severity")
      writer.string(diagnostic.severity.rawValue)
      writer.name("message")
      writer.string(diagnostic.message)
      writer.name("parameter")
      optional(diagnostic.parameter, to: &writer)
      writer.name("span")
      writer.beginArray()
      writer.integer(diagnostic.span.start)
      writer.integer(diagnostic.span.end)
      writer.endArray()
      writer.name("suggestion")
      optional(diagnostic.suggestion, to: &writer)
      if let answer = diagnostic.serverAnswer { write(answer, to: &writer) }
      writer.endObject()
    }

    /// What the real server says, under the faithful policy.
    private static func write(_ answer: ServerAnswer, to writer: inout JSONWriter) {
      writer.name("serverAnswer")
      writer.beginObject()
      writer.name("system")
      writer.string(answer.system)
      writer.name("status")
      writer.integer(answer.status)
      writer.name("message")
      optional(answer.message, to: &writer)
      writer.endObject()
    }

    private static func optional(_ text: String?, to writer: inout JSONWriter) {
      if let text { writer.string(text) } else { writer.null() }
    }
  }
#endif
