#if CommandLine
  import Tamis
  import TamisReport

  /// `tamis repl`: a command or a request a line. A mistake is shown and the loop goes on.
  struct Repl {
    private var defaults: RequestDefaults
    private var file: RecordFile?
    private var sql: SQLDialect?
    /// The query dialect that requests are translated to.
    private var target: QueryDialect?
    private var compilers: CompilerCache
    private var selector: RecordSelector?

    private static let help = """
      .resource NAME   the resource that requests are for: built in, or a file NAME.json
      .dialect D       how requests are spelled; the resource's own without D
      .policy P        strict or faithful
      .records FILE    NDJSON records to select from
      .sql ENGINE      show SQL and bindings instead of records; 'off' ends it
      .translate D     show requests as the query dialect D spells them; 'off' ends it
      .explain QUERY   show how a request is understood, step by step
      .help            this list
      .quit            the end
      Everything else is a request, such as currency_eq=USD&limit=5

      """

    init(defaults: RequestDefaults = RequestDefaults()) {
      self.defaults = defaults
      compilers = CompilerCache(engines: SQLDialect.all, cursors: defaults.cursors)
    }

    mutating func run(_ console: inout Console) throws(CommandFailure) {
      var isRunning = true
      while isRunning {
        if console.isInteractive { try console.output.write("tamis> ") }
        try console.output.flush()
        guard let line = try console.input.next() else { break }
        do {
          isRunning = try evaluate(line, console)
        } catch {
          try Self.show(error, console)
        }
      }
      if console.isInteractive, isRunning { try console.output.write("\n") }
      try console.output.flush()
    }

    /// Mistakes are part of the conversation, so they stand in the output; without a reader it ends.
    private static func show(_ failure: CommandFailure, _ console: Console) throws(CommandFailure) {
      if failure == .brokenPipe { throw failure }
      try console.output.write(failure.text)
    }

    /// False at the end.
    private mutating func evaluate(_ line: [UInt8], _ console: Console) throws(CommandFailure) -> Bool {
      let text = line.drop { $0 <= 0x20 }
      if text.first == UInt8(ascii: ".") {
        return try command(String(decoding: text, as: UTF8.self), console)
      }
      // An empty line is no request: the empty query string is written '?'.
      if !text.isEmpty { try query(text.first == UInt8(ascii: "?") ? text.dropFirst() : line[...], console) }
      return true
    }

    private mutating func command(_ text: String, _ console: Console) throws(CommandFailure) -> Bool {
      let words = text.split(separator: " ", maxSplits: 1).map(Self.trimmed)
      let argument = words.count > 1 && !words[1].isEmpty ? words[1] : nil
      switch words.first {
      case ".quit", ".exit": return false
      case ".help": try console.output.write(Self.help)
      case ".resource":
        defaults.entry = try Names.resource(try Self.needed(argument, "NAME"))
        selector = nil
      case ".dialect": defaults.dialect = try argument.map(Names.dialect)
      case ".policy": defaults.policy = try Names.policy(try Self.needed(argument, "P"))
      case ".records":
        file = try RecordFile(path: try Self.needed(argument, "FILE"))
        selector = nil
      case ".sql": sql = argument == "off" ? nil : try Names.sqlDialect(try Self.needed(argument, "ENGINE"))
      case ".translate": target = argument == "off" ? nil : try Names.dialect(try Self.needed(argument, "D"))
      case ".explain": try explain(argument ?? "", console)
      default:
        throw .unknown(
          "command", words.first ?? "",
          known: [
            ".resource", ".dialect", ".policy", ".records", ".sql", ".translate", ".explain", ".help",
            ".quit",
          ])
      }
      return true
    }

    private static func trimmed(_ text: Substring) -> String {
      var bytes = Array(text.utf8)
      while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
      return String(decoding: bytes.drop { $0 <= 0x20 }, as: UTF8.self)
    }

    private static func needed(_ argument: String?, _ name: String) throws(CommandFailure) -> String {
      guard let argument else { throw .usage("\(name) is missing") }
      return argument
    }

    private func explain(_ query: String, _ console: Console) throws(CommandFailure) {
      guard defaults.entry != nil else { throw .usage("choose a resource first: .resource NAME") }
      let request = query.hasPrefix("?") ? String(query.dropFirst()) : query
      try ExplainRun(defaults: defaults, engines: sql.map { [$0] } ?? []).run(request, console)
    }

    private mutating func query(_ text: ArraySlice<UInt8>, _ console: Console) throws(CommandFailure) {
      guard let entry = defaults.entry else { throw .usage("choose a resource first: .resource NAME") }
      let source = Array(text)
      let compiler = compilers.compiler(entry, defaults.policy)
      let compiled = try CommandFailure.refusing(source) { () throws(QueryError) in
        try compiler.compile(bytes: source, dialect: defaults.dialect)
      }
      try console.output.write(DiagnosticText.render(compiled.warnings, source: source))
      if let target {
        let text = try CommandFailure.refusing(source) { () throws(QueryError) in
          try compiler.printer.text(of: compiled.query, in: target)
        }
        return try console.output.write(text + "\n")
      }
      if let sql {
        let statement = try CommandFailure.refusing(source) { () throws(QueryError) in
          try compiled.statement(for: sql)
        }
        return try StatementFormat.text.write(statement, to: console.output)
      }
      guard file != nil else { throw .usage("there are no records: .records FILE, or .sql ENGINE") }
      let page: SelectedPage
      do {
        page = try select(compiled)
      } catch .refused(let error, _) {
        throw .refused(error, source: source)
      } catch {
        throw error
      }
      try RowFormat.table.write(page, of: compiled.query, to: console.output)
    }

    private mutating func select(_ compiled: CompiledQuery) throws(CommandFailure) -> SelectedPage {
      var current = selector ?? RecordSelector(engine: .memory, file: file)
      defer { selector = current }
      return try current.select(compiled)
    }
  }
#endif
