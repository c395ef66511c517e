public import TamisModel
public import TamisSQL

/// How a request was understood, step by step: what was read, what it means, what normalisation did, the SQL of
/// each engine, and what people are often surprised by. For developers; the path of a request does not make it.
public struct Explanation: Hashable, Sendable {
  /// A piece of the request as read.
  public struct Line: Hashable, Sendable {
    /// Input in it is escaped.
    public var text: String
    public var span: SourceSpan
    public var depth: Int
  }

  /// One pass of normalisation.
  public struct Pass: Hashable, Sendable {
    public var name: String
    /// The filter after it; nil when the pass changed nothing.
    public var result: Predicate?
  }

  /// The statement of one engine, or why there is none.
  public struct EngineStatement: Hashable, Sendable {
    public var engine: String
    public var statement: SQLStatement?
    public var problems: [Diagnostic]
    /// What the resource's indexes do for it; nil where the resource declares none and demands none, and on an engine
    /// whose indexes nothing is known of.
    public var indexes: IndexAdvice?
  }

  /// Something worth knowing about a part of the query.
  public struct Note: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      case nullIsLeftOut = "null-left-out"
      case datePrecision = "date-precision"
      case asciiCase = "ascii-case"
      case prefixByIndex = "prefix-by-index"
      case noIndex = "no-index"
      case ownElement = "own-element"
      case empty = "empty"
      case deadAlternative = "dead-alternative"
      case defaultParameter = "default-parameter"
      case scope = "scope"
      case defaultOrder = "default-order"
      case totalOrder = "total-order"
      case defaultPage = "default-page"
      case count = "count"
    }

    public var kind: Kind
    /// A sentence without a full stop. Input in it is escaped.
    public var message: String
    /// The clauses concerned; empty for the request as a whole.
    public var spans: [SourceSpan]
  }

  public var resource: String
  public var dialect: QueryDialect
  /// The bytes that spans count in; nil when the explanation was made without them.
  public var request: [UInt8]?
  public var parsed: [Line]
  /// What was meant: typed, nothing rearranged.
  public var typed: Predicate
  public var passes: [Pass]
  /// The query that runs.
  public var query: Query
  public var engines: [EngineStatement]
  public var notes: [Note]
  public var warnings: [Diagnostic]
}
