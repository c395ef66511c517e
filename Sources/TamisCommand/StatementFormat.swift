#if CommandLine
  import TamisJSON
  import TamisReport
  import TamisSQL

  /// How `compile` prints a statement.
  enum StatementFormat: String, CaseIterable {
    /// The SQL, and numbered bindings below it.
    case text
    case json

    func write(_ statement: SQLStatement, to output: Output) throws(CommandFailure) {
      let bindings = statement.bindings.map(BindingText.init)
      switch self {
      case .text:
        try output.line(statement.text.utf8)
        for (index, binding) in bindings.enumerated() {
          try output.write("\(index + 1)  \(binding.type)  \(binding.shown)\n")
        }
      case .json:
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("sql")
        writer.string(statement.text)
        writer.name("bindings")
        BindingText.write(bindings, to: &writer)
        writer.endObject()
        try output.line(writer.bytes)
      }
    }
  }
#endif
