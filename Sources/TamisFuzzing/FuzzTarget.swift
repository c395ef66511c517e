/// What a fuzzer may look for: laws that hold for every sequence of bytes. `Fuzz/run` searches for bytes that break
/// one; the tests replay what it learned from, through the same functions.
///
///     FuzzTarget.parse.violation(of: [1, 2, 0, 0] + Array("usage_gte=5".utf8))  // nil
public enum FuzzTarget: String, Hashable, Sendable, CaseIterable {
  /// A request of any dialect is understood or refused, each reason stands inside of it, and nothing is dropped.
  case parse
  /// A query is written in every dialect that can say it, and read again as the same.
  case roundtrip
  /// Statements: placeholders are bindings, the text is a function of the shape, no value stands in it.
  case emit
  #if CommandLine
    /// Memory, SQLite and the reference interpreter give the same records in the same order. Only with GRDB.
    case equivalence
  #endif
  /// JSON bodies, alone and with a query string beside them.
  case body
  /// Files of resources and OpenAPI documents.
  case resource
  /// Cursors: genuine ones walk on, any other is refused.
  case cursor

  /// What an input breaks; nil when it keeps every law. An input that is too short to be one keeps them all.
  public func violation(of input: [UInt8]) -> String? {
    switch self {
    case .parse: ParseLaw.violation(of: input)
    case .roundtrip: RoundTripLaw.violation(of: input)
    case .emit: EmitLaw.violation(of: input)
    #if CommandLine
      case .equivalence: EquivalenceLaw.violation(of: input)
    #endif
    case .body: BodyLaw.violation(of: input)
    case .resource: ResourceFileLaw.violation(of: input)
    case .cursor: CursorLaw.violation(of: input)
    }
  }
}
