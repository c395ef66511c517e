/// What is particular to a server with named parameters (Metronome): members of a JSON body, each of its own type.
///
///     Compatibility("Metronome", .namedParameters(NamedParameterRules()))
public struct NamedParameterRules: Hashable, Sendable {
  /// The member that holds the size of a page.
  public var limitName: String
  /// The member that holds the token of the next page.
  public var tokenName: String
  /// The status of every refusal.
  public var refusalStatus: Int

  public init(limitName: String = "limit", tokenName: String = "next_page", refusalStatus: Int = 400) {
    self.limitName = limitName
    self.tokenName = tokenName
    self.refusalStatus = refusalStatus
  }
}
