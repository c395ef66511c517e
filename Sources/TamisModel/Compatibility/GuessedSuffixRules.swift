/// What is particular to a server that guesses types (Blnk).
public struct GuessedSuffixRules: Hashable, Sendable {
  public init() {}
}
