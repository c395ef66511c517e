/// How a real server reads the requests of a resource, where that is not how strict reading goes. Data of the
/// resource, used under `Policy.faithful` only: clients that were written against that server keep working.
///
///     Resource("balances", dialect: .suffix, compatibility: Compatibility("Blnk", .guessedSuffixes(rules))) { … }
public struct Compatibility: Hashable, Sendable {
  /// The server's name, for texts: "Blnk ignores it".
  public var system: String
  public var reading: FaithfulReading

  public init(_ system: String, _ reading: FaithfulReading) {
    self.system = system
    self.reading = reading
  }
}

/// The styles in which servers read a list request, each with its rules. Boxed, because strict requests carry the
/// absence of one along.
public indirect enum FaithfulReading: Hashable, Sendable {
  /// Filters that the resource declares, each of which looks for its parameter and leaves alone what it can not
  /// read: `createdAt[after]=2024-01-02&type[]=Topup`. API Platform.
  case declaredFilters(DeclaredFilterRules)
  /// A closed list of keys, joined to one flat chain of AND and OR: `filter[usage-gt-or]=5`. AnimeThemes.
  case keyChain(KeyChainRules)
  /// Names that end in an operator, values typed by their look: `balance_gt=100`. Blnk.
  case guessedSuffixes(GuessedSuffixRules)
  /// Members with names of their own, typed by a schema: `{"covering_date": "2024-01-15T00:00:00Z"}`. Metronome.
  case namedParameters(NamedParameterRules)
}
