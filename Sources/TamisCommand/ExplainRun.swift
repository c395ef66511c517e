#if CommandLine
  import Tamis

  /// `tamis explain`: a request step by step.
  struct ExplainRun {
    var defaults: RequestDefaults
    /// Those whose SQL is shown; all of them when empty.
    var engines: [SQLDialect] = []
    var format = StatementFormat.text

    func run(_ request: String, _ console: Console) throws(CommandFailure) {
      let source = Array(request.utf8)
      let shown = engines.isEmpty ? SQLDialect.all : engines
      var compilers = CompilerCache(engines: shown, cursors: defaults.cursors)
      let compiler = compilers.compiler(try defaults.requiredEntry(), defaults.policy)
      let explanation = try CommandFailure.refusing(source) { () throws(QueryError) in
        try compiler.explain(bytes: source, dialect: defaults.dialect, engines: shown)
      }
      switch format {
      case .text: try console.output.write(explanation.text)
      case .json: try console.output.line(explanation.json.utf8)
      }
    }
  }
#endif
