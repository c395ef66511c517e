#if CommandLine
  import ArgumentParser

  /// Parses the command line, runs, and leaves with the status that the contract names.
  enum EntryPoint {
    static func main() {
      SystemFile.ignoreBrokenPipes()
      var console = Console.standard()
      let status = run(Array(CommandLine.arguments.dropFirst()), &console)
      ToolCommand.exit(withError: status == .success ? nil : ExitCode(status.rawValue))
    }

    static func run(_ arguments: [String], _ console: inout Console) -> ExitStatus {
      do {
        try execute(arguments, &console)
        try console.output.flush()
        try console.errors.flush()
        return .success
      } catch {
        return finish(error, console)
      }
    }

    /// What was answered before the failure is not lost.
    private static func finish(_ failure: CommandFailure, _ console: Console) -> ExitStatus {
      if failure != .brokenPipe { try? console.output.flush() }
      try? console.errors.write(failure.text)
      try? console.errors.flush()
      return failure.status
    }

    private static func execute(_ arguments: [String], _ console: inout Console) throws(CommandFailure) {
      let parsed: any ParsableCommand
      do {
        parsed = try ToolCommand.parseAsRoot(arguments)
      } catch {
        return try answer(error, console)
      }
      guard let command = parsed as? any RunnableCommand else { return try explain(parsed, console) }
      try command.run(&console)
    }

    /// A command without a run of its own is a question for help: `tamis`, `tamis help`, `tamis compile --help`.
    private static func explain(_ command: any ParsableCommand, _ console: Console) throws(CommandFailure) {
      var command = command
      do {
        try command.run()
      } catch {
        try answer(error, console)
      }
    }

    /// Help and version are answers; everything else is wrong use.
    private static func answer(_ error: any Error, _ console: Console) throws(CommandFailure) {
      let message = ToolCommand.fullMessage(for: error)
      guard ToolCommand.exitCode(for: error) != .success else {
        return try console.output.write(message + "\n")
      }
      throw .misuse(message)
    }
  }

  /// A command that runs on given streams.
  protocol RunnableCommand {
    func run(_ console: inout Console) throws(CommandFailure)
  }
#endif
