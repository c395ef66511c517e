#if CommandLine
  import ArgumentParser
  import TamisCatalog
  import TamisResources

  /// `tamis`
  struct ToolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tamis",
      abstract: "Compiles the query strings of list endpoints, and runs them.",
      subcommands: [
        CompileCommand.self, ExplainCommand.self, SelectCommand.self, TranslateCommand.self, ReplCommand.self,
        ResourcesCommand.self, EnginesCommand.self, ImportCommand.self, OpenAPICommand.self,
      ])
  }

  /// What a request is for, and how it is read.
  struct RequestOptions: ParsableArguments {
    @Option(help: "A built-in resource ('tamis resources' lists them), or a resource file, FILE.json.")
    var resource: String?

    @Option(help: "How the request is spelled; the resource's own dialect by default.")
    var dialect: String?

    @Option(help: "strict or faithful.")
    var policy: String?

    @Option(
      help: "A key for tokens of pages, any text; for development only. Or the variable TAMIS_CURSOR_KEY.")
    var cursorKey: String?

    @Option(help: "The query string beside a JSON body: 'next_page=…'.")
    var beside: String?

    func defaults() throws(CommandFailure) -> RequestDefaults {
      try RequestDefaults(
        resource: resource, dialect: dialect, policy: policy, cursorKey: cursorKey, beside: beside)
    }
  }

  /// `tamis compile --resource blnk/balances --sql postgresql 'currency_eq=USD'`
  struct CompileCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compile", abstract: "Shows the SQL of a request, with its bindings.")

    @OptionGroup var request: RequestOptions

    @Option(help: "The engine that the SQL is for.")
    var sql: String

    @Option(help: "text or json.")
    var format: String?

    @Flag(help: "Read one JSON object a line, answer with one a line.")
    var lines = false

    @Argument(help: "A query string without its '?', or a JSON body.")
    var query: String?

    func run(_ console: inout Console) throws(CommandFailure) {
      var command = CompileRun(defaults: try request.defaults(), dialect: try Names.sqlDialect(sql))
      if let format { command.format = try Names.statementFormat(format) }
      if lines {
        try Usage.refuse(query, "QUERY", with: "--lines")
        try Usage.refuse(format, "--format", with: "--lines")
        try Usage.refuse(request.beside, "--beside", with: "--lines")
        return try command.runLines(&console)
      }
      try command.run(try Usage.need(query, "QUERY"), console)
    }
  }

  /// `tamis explain --resource blnk/balances 'currency_ne=USD&created_at_lt=2024-02'`
  struct ExplainCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain", abstract: "Shows how a request is understood, step by step.")

    @OptionGroup var request: RequestOptions

    @Option(help: "An engine whose SQL is shown, perhaps several times; every engine without it.")
    var sql: [String] = []

    @Option(help: "text or json.")
    var format: String?

    @Argument(help: "A query string without its '?', or a JSON body.")
    var query: String

    func run(_ console: inout Console) throws(CommandFailure) {
      try Usage.refuse(request.beside, "--beside", with: "explain")
      var run = ExplainRun(defaults: try request.defaults())
      for name in sql { run.engines.append(try Names.sqlDialect(name)) }
      if let format { run.format = try Names.statementFormat(format) }
      try run.run(query, console)
    }
  }

  /// `tamis select --resource glu/balances --records balances.ndjson 'type=Topup'`
  struct SelectCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "select", abstract: "Shows the records that a request selects.")

    @OptionGroup var request: RequestOptions

    @Option(help: "A file with one JSON record a line.")
    var records: String?

    @Option(help: "An SQLite file with the resource's tables.")
    var database: String?

    @Option(help: "What runs the request over --records: memory or sqlite.")
    var engine: String?

    @Option(help: "table, ndjson, json or ids.")
    var format: String?

    @Flag(help: "Read one JSON object a line, answer with one a line.")
    var lines = false

    @Argument(help: "A query string without its '?', or a JSON body.")
    var query: String?

    func run(_ console: inout Console) throws(CommandFailure) {
      var command = SelectRun(defaults: try request.defaults(), source: try source())
      if let format { command.format = try Names.rowFormat(format) }
      if lines {
        try Usage.refuse(query, "QUERY", with: "--lines")
        try Usage.refuse(format, "--format", with: "--lines")
        try Usage.refuse(request.beside, "--beside", with: "--lines")
        return try command.runLines(&console)
      }
      if records == nil, database == nil { throw .usage("--records or --database is needed") }
      try command.run(try Usage.need(query, "QUERY"), console)
    }

    private func source() throws(CommandFailure) -> SelectRun.Source {
      let engine = try self.engine.map(Names.engine)
      guard let database else { return .records(records, engine ?? .memory) }
      try Usage.refuse(records, "--records", with: "--database")
      if engine == .memory { throw .usage("--engine memory needs --records") }
      return .database(database)
    }
  }

  /// `tamis translate --resource blnk/balances --to jsonapi 'currency_eq=USD'`
  struct TranslateCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "translate", abstract: "Shows a request as another query dialect spells it.")

    @OptionGroup var request: RequestOptions

    @Option(help: "The query dialect to write.")
    var to: String

    @Argument(help: "A query string without its '?', or a JSON body.")
    var query: String

    func run(_ console: inout Console) throws(CommandFailure) {
      let command = TranslateRun(defaults: try request.defaults(), dialect: try Names.dialect(to))
      try command.run(query, console)
    }
  }

  /// `tamis repl`
  struct ReplCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "repl", abstract: "Reads commands and requests from standard input; '.help' lists them.")

    @OptionGroup var request: RequestOptions

    func run(_ console: inout Console) throws(CommandFailure) {
      try Usage.refuse(request.beside, "--beside", with: "repl")
      var repl = Repl(defaults: try request.defaults())
      try repl.run(&console)
    }
  }

  /// `tamis resources`
  struct ResourcesCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resources", abstract: "Lists the built-in resources, or shows one as a resource file.")

    @Option(help: "A built-in resource, or a resource file, FILE.json.")
    var show: String?

    func run(_ console: inout Console) throws(CommandFailure) {
      guard let show else { return try ResourceList.write(to: console.output) }
      try console.output.write(ResourceFile.write(try Names.resource(show).resource))
    }
  }

  /// Options that need or exclude each other.
  private enum Usage {
    static func need(_ value: String?, _ name: String) throws(CommandFailure) -> String {
      guard let value else { throw .usage("\(name) is missing") }
      return value
    }

    static func refuse(_ value: String?, _ name: String, with other: String) throws(CommandFailure) {
      if value != nil { throw .usage("\(name) can not be given with \(other)") }
    }
  }
#endif
