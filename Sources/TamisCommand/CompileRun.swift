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
      let source = Array(request.utf8)
      let entry = try defaults.requiredEntry()
      var compilers = CompilerCache(engines: [dialect])
      let compiler = compilers.compiler(entry, defaults.policy)
      let (compiled, statement) = try CommandFailure.refusing(source) {
        () throws(QueryError) -> (CompiledQuery, SQLStatement) in
        let compiled = try compiler.compile(bytes: source, dialect: defaults.dialect)
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
