#if CommandLine
  import Tamis
  import TamisReport

  /// `tamis compile`: a request as a statement.
  struct CompileRun {
    var defaults: RequestDefaults
    var dialect: SQLDialect
    var format = StatementFormat.text

    /// One request.
    func run(_ request: String, _ console: Console) throws(CommandFailure) {
      let bytes = Array(request.utf8)
      let source = defaults.source(bytes)
      let entry = try defaults.requiredEntry()
      var compilers = CompilerCache(engines: [dialect], cursors: defaults.cursors)
      let compiler = compilers.compiler(entry, defaults.policy)
      let (compiled, statement) = try CommandFailure.refusing(source) {
        () throws(QueryError) -> (CompiledQuery, SQLStatement) in
        let compiled = try defaults.compile(bytes, with: compiler)
        return (compiled, try compiled.statement(for: dialect))
      }
      try console.errors.write(DiagnosticText.render(compiled.warnings, source: source))
      try format.write(statement, to: console.output)
    }

    /// One request a line.
    func runLines(_ console: inout Console) throws(CommandFailure) {
      var service = LineService(.compile(dialect), defaults: defaults)
      try service.run(&console)
    }
  }
#endif
