#if CommandLine
  import TamisModel
  import TamisReport

  /// What the shell gets.
  enum ExitStatus: Int32 {
    case success = 0
    /// The request has faults.
    case refused = 1
    /// The command was used wrongly.
    case usage = 2
    /// A file or a pipe failed.
    case inputOutput = 3
  }

  /// Why a command stopped.
  enum CommandFailure: Error, Equatable {
    /// The diagnostics, and the request that their spans count in.
    case refused(QueryError, source: [UInt8])
    /// A file that says something, with faults: its bytes are what their spans count in.
    case faultyFile(QueryError, source: [UInt8], name: String)
    case usage(String)
    /// The same, worded by the argument parser.
    case misuse(String)
    case inputOutput(String)
    /// Nobody reads the output any more: there is no one to tell.
    case brokenPipe

    var status: ExitStatus {
      switch self {
      case .refused, .faultyFile: .refused
      case .usage, .misuse: .usage
      case .inputOutput, .brokenPipe: .inputOutput
      }
    }

    /// What to print on the error stream.
    var text: String {
      switch self {
      case .refused(let error, let source): DiagnosticText.render(error.diagnostics, source: source)
      case .faultyFile(let error, let source, let name):
        error.diagnostics.map { DiagnosticText.render($0, source: source, name: name) }.joined()
      case .usage(let message), .inputOutput(let message): "error: \(message)\n"
      case .misuse(let message): message + "\n"
      case .brokenPipe: ""
      }
    }

    /// Runs what may refuse a request.
    static func refusing<Result>(
      _ source: [UInt8], _ body: () throws(QueryError) -> Result
    ) throws(CommandFailure) -> Result {
      do {
        return try body()
      } catch {
        throw .refused(error, source: source)
      }
    }

    static func unknown(_ kind: String, _ name: String, known: [String]) -> CommandFailure {
      .usage("unknown \(kind) '\(Escaping.text(name))'; known: \(known.joined(separator: ", "))")
    }
  }
#endif
