/// What is particular to a server with declared filters (API Platform).
public struct DeclaredFilterRules: Hashable, Sendable {
  public var form = PHPFormRules(rootNames: .kept)

  public init() {}
}
