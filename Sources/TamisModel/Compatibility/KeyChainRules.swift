/// What is particular to a server with a closed list of keys (AnimeThemes).
public struct KeyChainRules: Hashable, Sendable {
  public var form = PHPFormRules()

  public init() {}
}
