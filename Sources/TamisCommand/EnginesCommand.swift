#if CommandLine
  import ArgumentParser
  import TamisSQL

  /// `tamis engines`: what each SQL engine can hold and do.
  struct EnginesCommand: ParsableCommand, RunnableCommand {
    static let configuration = CommandConfiguration(
      commandName: "engines", abstract: "Lists the SQL engines, and what each can hold and do.")

    @Flag(help: "One table of all engines, as Markdown.")
    var markdown = false

    func run(_ console: inout Console) throws(CommandFailure) {
      if markdown { return try console.output.write(SQLDialect.capabilityTable) }
      for (index, dialect) in SQLDialect.all.enumerated() {
        if index > 0 { try console.output.write("\n") }
        try console.output.write("\(dialect.name)  (\(dialect.displayName))\n")
        try console.output.write(Self.text(dialect.capabilities))
      }
    }

    private static func text(_ capabilities: [SQLCapability]) -> String {
      let width = capabilities.map(\.name.utf8.count).max() ?? 0
      return capabilities.map { capability in
        let blanks = String(repeating: " ", count: width - capability.name.utf8.count)
        return "  \(capability.name)\(blanks)  \(capability.value.filter { $0 != "`" })\n"
      }.joined()
    }
  }
#endif
