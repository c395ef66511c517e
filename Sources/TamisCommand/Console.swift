#if CommandLine
  /// The streams of one run.
  struct Console {
    var input: LineReader
    let output: Output
    let errors: Output
    /// Whether a person types the input.
    var isInteractive: Bool

    static func standard() -> Console {
      Console(
        input: LineReader(descriptor: SystemFile.standardInput),
        output: Output(descriptor: SystemFile.standardOutput),
        errors: Output(descriptor: SystemFile.standardError),
        isInteractive: SystemFile.isTerminal(SystemFile.standardInput))
    }
  }
#endif
