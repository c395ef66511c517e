#if CommandLine
  import Tamis

  /// `tamis translate`: a request in another spelling.
  struct TranslateRun {
    var defaults: RequestDefaults
    var dialect: QueryDialect

    func run(_ request: String, _ console: Console) throws(CommandFailure) {
      let bytes = Array(request.utf8)
      let source = defaults.source(bytes)
      let entry = try defaults.requiredEntry()
      var compilers = CompilerCache(engines: [], cursors: defaults.cursors)
      let compiler = compilers.compiler(entry, defaults.policy)
      let (compiled, text) = try CommandFailure.refusing(source) {
        () throws(QueryError) -> (CompiledQuery, String) in
        let compiled = try defaults.compile(bytes, with: compiler)
        return (compiled, try compiler.printer.text(of: compiled.query, in: dialect))
      }
      try console.errors.write(DiagnosticText.render(compiled.warnings, source: source))
      try console.output.write(text + "\n")
    }
  }
#endif
