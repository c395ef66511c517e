public import TamisModel

extension Catalog {
  /// The hosting bills of AnimeThemes: `filter[usage-gte]=5&filter[service]=AWS&sort=-date&page[size]=20`.
  public static let animeThemesBalances = Resource(
    "balances", type: "balance", table: "balances", dialect: .jsonAPIKeys,
    // AnimeThemes: 15 a page unless asked, never more than 100; no order of its own, so the primary key's.
    // AnimeThemes: `sort=random` on every collection.
    paging: .pages(defaultSize: 15, maximumSize: 100), allowsRandomOrder: true,
    compatibility: AnimeThemesTypes.compatibility { _ in }
  ) {
    // AnimeThemes: every field filters, sorts and selects; answers show them in this order, and the three stamps
    // only when they are asked for by name.
    AnimeThemesTypes.stamps
    Field("id", .integer).column("balance_id").primaryKey()
    Field("month_to_date_balance", .decimal(precision: 8, scale: 2)).column("balance").sortable()
    Field("date", .date).sortable()
    Field("frequency", .enumeration(animeThemesFrequency)).sortable()
    Field("service", .enumeration(animeThemesService)).sortable()
    Field("usage", .decimal(precision: 8, scale: 2)).sortable()
    AnimeThemesTypes.trashed
  }

  /// AnimeThemes: the display names are public, in any letter case; the table holds numbers, and sorts by them.
  private static let animeThemesFrequency = Enumeration(
    [
      Enumeration.Case("Once", stored: .integer(0)),
      Enumeration.Case("Annually", stored: .integer(1)),
      Enumeration.Case("Biannually", stored: .integer(2)),
      Enumeration.Case("Quarterly", stored: .integer(3)),
      Enumeration.Case("Monthly", stored: .integer(4)),
    ], matchesAnyCase: true)

  private static let animeThemesService = Enumeration(
    [
      Enumeration.Case("Other", stored: .integer(0)),
      Enumeration.Case("DigitalOcean", stored: .integer(1)),
      Enumeration.Case("AWS", stored: .integer(2)),
      Enumeration.Case("Hover", stored: .integer(3)),
      Enumeration.Case("WalkerServers", stored: .integer(4)),
    ], matchesAnyCase: true)
}
