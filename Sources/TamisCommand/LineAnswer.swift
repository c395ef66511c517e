#if CommandLine
  import TamisJSON
  import TamisModel
  import TamisReport

  /// One line of answer, in the order of the requests.
  enum LineAnswer {
    /// Primary keys in result order, each as JSON, the token of the next page where there are tokens, and warnings.
    case records(SelectedPage, warnings: [Diagnostic])
    case sql(String, bindings: [BindingText])
    case error([Diagnostic])

    func write(id: [UInt8], to writer: inout JSONWriter) {
      writer.beginObject()
      writer.name("id")
      writer.raw(id)
      switch self {
      case .records(let page, let warnings):
        writer.name("ids")
        writer.beginArray()
        for record in page.records { record.writeKey(to: &writer) }
        writer.endArray()
        page.writeToken(to: &writer)
        writer.name("warnings")
        DiagnosticJSON.write(warnings, to: &writer)
      case .sql(let text, let bindings):
        writer.name("sql")
        writer.string(text)
        writer.name("bindings")
        BindingText.write(bindings, to: &writer)
      case .error(let diagnostics):
        writer.name("error")
        writer.beginObject()
        writer.name("diagnostics")
        DiagnosticJSON.write(diagnostics, to: &writer)
        writer.endObject()
      }
      writer.endObject()
    }
  }
#endif
