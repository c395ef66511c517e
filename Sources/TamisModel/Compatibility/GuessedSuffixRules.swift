/// What is particular to a server that guesses types (Blnk): a name's last `_` begins its operator, and the look of a
/// value says what it is, whatever the column holds.
///
///     Compatibility("Blnk", .guessedSuffixes(GuessedSuffixRules(table: "balances")))
public struct GuessedSuffixRules: Hashable, Sendable {
  /// What a list gives where the request has no filter.
  public enum Unfiltered: String, Hashable, Sendable, CaseIterable {
    /// As many as with one.
    case capped
    /// As many as the request says, however many that are.
    case uncapped
    /// Everything: `limit` and `offset` have no effect.
    case everything
  }

  /// What the server can not do with one of its fields, though it lists it.
  public struct Restriction: Hashable, Sendable {
    public var field: String
    /// What it can be asked; nil for everything.
    public var operators: OperatorSet?
    /// Whether a request that names it twice fails.
    public var isOnceOnly: Bool

    public init(_ field: String, operators: OperatorSet? = nil, isOnceOnly: Bool = false) {
      self.field = field
      self.operators = operators
      self.isOnceOnly = isOnceOnly
    }
  }

  /// The resource, as the server's messages call it: `invalid field 'x' for table 'identity'`.
  public var table: String
  /// Records of a page unless `limit` says otherwise, in a query string.
  public var defaultLimit = 20
  /// With a filter, a greater limit is the one of `limitBeyondMaximum`.
  public var maximumLimit = 100
  public var limitBeyondMaximum = 20
  public var unfiltered = Unfiltered.capped
  /// What the server says to a limit that is none; where nil, it takes the default.
  public var badLimitAnswer: String?
  public var badOffsetAnswer: String?
  /// The same of a body, whose limits are never refused for their size.
  public var bodyDefaultLimit = 20
  public var bodyMaximumLimit = 100
  /// Of a query string; a body has no such limits.
  public var maximumFilters = 20
  public var maximumItems = 100
  public var maximumValueBytes = 1_000
  /// What the server says where its database refuses a statement.
  public var failureAnswer: String?
  public var restrictions: [Restriction] = []
  /// The Go types that a body is decoded into, as the decoder's messages name them.
  public var requestType = "api.FilterRequest"
  public var filterType = "filter.QueryFilter"
  public var operatorType = "filter.Operator"

  public init(table: String) {
    self.table = table
  }

  package func restriction(of field: String) -> Restriction? {
    restrictions.first { $0.field == field }
  }
}
