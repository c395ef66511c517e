/// What is particular to a server with named parameters (Metronome).
public struct NamedParameterRules: Hashable, Sendable {
  public init() {}
}
