#if CommandLine
  import Tamis
  import TamisReport

  /// `tamis select`: a request's records.
  struct SelectRun {
    enum Source {
      /// An NDJSON file; nil where each line brings its records.
      case records(String?, RecordEngine)
      /// An SQLite file.
      case database(String)
    }

    var defaults: RequestDefaults
    var source: Source
    var format = RowFormat.table

    /// One request.
    func run(_ request: String, _ console: Console) throws(CommandFailure) {
      let bytes = Array(request.utf8)
      let source = defaults.source(bytes)
      let entry = try defaults.requiredEntry()
      // The request first: it is what people get wrong.
      var compilers = CompilerCache(engines: [.sqlite], cursors: defaults.cursors)
      let compiler = compilers.compiler(entry, defaults.policy)
      let compiled = try CommandFailure.refusing(source) { () throws(QueryError) in
        try defaults.compile(bytes, with: compiler)
      }
      let page = try select(compiled, source)
      try console.errors.write(DiagnosticText.render(compiled.warnings, source: source))
      try format.write(page, of: compiled.query, to: console.output)
    }

    private func select(
      _ compiled: CompiledQuery, _ request: [UInt8]
    ) throws(CommandFailure) -> SelectedPage {
      do {
        switch self.source {
        case .records(let path, let engine):
          var selector = RecordSelector(engine: engine, file: try path.map(RecordFile.init(path:)))
          return try selector.select(compiled)
        case .database(let path):
          return try SQLiteStore(path: path).select(compiled)
        }
      } catch .refused(let error, _) {
        throw .refused(error, source: request)
      } catch {
        throw error
      }
    }

    /// One request a line.
    func runLines(_ console: inout Console) throws(CommandFailure) {
      let job: LineService.Job
      switch source {
      case .records(let path, let engine):
        job = .select(engine, try path.map(RecordFile.init(path:)))
      case .database(let path):
        job = .database(try SQLiteStore(path: path))
      }
      var service = LineService(job, defaults: defaults)
      try service.run(&console)
    }
  }
#endif
