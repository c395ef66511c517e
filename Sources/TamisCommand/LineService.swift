#if CommandLine
  import Tamis
  import TamisCatalog
  import TamisJSON
  import TamisReport

  /// Answers one line with one line.
  struct LineService {
    enum Job {
      case compile(SQLDialect)
      case select(RecordEngine, RecordFile?)
      case database(SQLiteStore)
    }

    private let job: Job
    private let defaults: RequestDefaults
    private var compilers: CompilerCache
    private var selector: RecordSelector?

    init(_ job: Job, defaults: RequestDefaults) {
      self.job = job
      self.defaults = defaults
      switch job {
      case .compile(let dialect): compilers = CompilerCache(engines: [dialect], cursors: defaults.cursors)
      case .select(let engine, let file):
        compilers = CompilerCache(engines: engine == .sqlite ? [.sqlite] : [], cursors: defaults.cursors)
        selector = RecordSelector(engine: engine, file: file)
      case .database: compilers = CompilerCache(engines: [.sqlite], cursors: defaults.cursors)
      }
    }

    /// Answers all lines of the input, in order. Output is held back only while more input is at hand.
    mutating func run(_ console: inout Console) throws(CommandFailure) {
      while let line = try console.input.next() {
        try console.output.line(try answer(line))
        if !console.input.hasLine { try console.output.flush() }
      }
      try console.output.flush()
    }

    /// Throws only what no answer can tell: a file of records that can not be read.
    mutating func answer(_ line: [UInt8]) throws(CommandFailure) -> [UInt8] {
      var writer = JSONWriter()
      let request: LineRequest
      do {
        request = try LineRequest(line)
      } catch {
        LineAnswer.error(error.error.diagnostics).write(id: error.id, to: &writer)
        return writer.bytes
      }
      let answer: LineAnswer
      do {
        answer = try self.answer(request)
      } catch .refused(let error, _) {
        answer = .error(error.diagnostics)
      } catch {
        throw error
      }
      answer.write(id: request.id, to: &writer)
      return writer.bytes
    }

    private mutating func answer(_ request: LineRequest) throws(CommandFailure) -> LineAnswer {
      let settings = try CommandFailure.refusing(request.source) { () throws(QueryError) in
        try defaults.applying(request)
      }
      let entry = try Self.entry(settings)
      let compiler = compilers.compiler(entry, settings.policy)
      let compiled = try CommandFailure.refusing(request.source) { () throws(QueryError) in
        try settings.compile(request.source, with: compiler)
      }
      switch job {
      case .compile(let dialect):
        let statement = try CommandFailure.refusing(request.source) { () throws(QueryError) in
          try compiled.statement(for: dialect)
        }
        return .sql(statement.text, bindings: statement.bindings.map(BindingText.init))
      case .select:
        let page = try selector?.select(compiled, request) ?? SelectedPage([])
        return .records(page, warnings: compiled.warnings)
      case .database(let store):
        return .records(try store.select(compiled), warnings: compiled.warnings)
      }
    }

    private static func entry(_ settings: RequestDefaults) throws(CommandFailure) -> Catalog.Entry {
      if let entry = settings.entry { return entry }
      throw .refused(
        QueryError(
          Diagnostic(.missingParameter(name: "resource"), SourceSpan(0, 0), parameter: "resource")),
        source: [])
    }
  }
#endif
