public import TamisModel

/// Real list endpoints as resources, for trying the library out, for its tests, and as examples to copy.
///
///     let resource = Catalog.resource(named: "blnk/balances")
public enum Catalog {
  /// A resource of the catalogue, under the name that the command line knows it by.
  public struct Entry: Hashable, Sendable {
    /// System and collection: `glu/balances`.
    public let name: String
    public let resource: Resource

    public init(name: String, resource: Resource) {
      self.name = name
      self.resource = resource
    }
  }

  /// Every entry, in the order of their names.
  public static let all: [Entry] = [
    Entry(name: "animethemes/anime", resource: animeThemesAnime),
    Entry(name: "animethemes/animetheme", resource: animeThemesThemes),
    Entry(name: "animethemes/balances", resource: animeThemesBalances),
    Entry(name: "animethemes/series", resource: animeThemesSeries),
    Entry(name: "animethemes/video", resource: animeThemesVideos),
    Entry(name: "blnk/accounts", resource: blnkAccounts),
    Entry(name: "blnk/balances", resource: blnkBalances),
    Entry(name: "blnk/identities", resource: blnkIdentities),
    Entry(name: "blnk/ledgers", resource: blnkLedgers),
    Entry(name: "blnk/transactions", resource: blnkTransactions),
    Entry(name: "glu/balances", resource: gluBalances),
    Entry(name: "metronome/balances", resource: metronomeBalances),
    Entry(name: "metronome/commits", resource: metronomeCommits),
    Entry(name: "metronome/contracts", resource: metronomeContracts),
    Entry(name: "metronome/credit-grants", resource: metronomeCreditGrants),
    Entry(name: "metronome/credits", resource: metronomeCredits),
    Entry(name: "metronome/net-balance", resource: metronomeNetBalance),
  ]

  /// The resource with this exact name; nil when there is none.
  public static func resource(named name: String) -> Resource? {
    all.first { $0.name == name }?.resource
  }
}
