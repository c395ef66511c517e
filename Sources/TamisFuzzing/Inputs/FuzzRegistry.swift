import TamisCatalog
import TamisModel
import TamisSQL
import TamisTesting

/// What the first bytes of an input choose from.
///
/// Every list here only ever grows at its end: an input of the corpus says "the third resource", and has to mean the
/// same one for good. A new entry of the catalogue, a new dialect or a new engine is appended; nothing is moved,
/// replaced or taken away. A test sees to it that nothing is missing.
public enum FuzzRegistry {
  /// Names of the catalogue; the first four are those of the oldest inputs.
  static let catalogueNames = [
    "animethemes/balances", "blnk/balances", "glu/balances", "metronome/balances", "animethemes/anime",
    "animethemes/animetheme", "animethemes/series", "animethemes/video", "blnk/accounts", "blnk/identities",
    "blnk/ledgers", "blnk/transactions", "metronome/commits", "metronome/contracts",
    "metronome/credit-grants", "metronome/credits", "metronome/net-balance",
  ]

  /// Random resources, by their seeds: they have every type, storage, relation and parameter there is.
  static let seeds: [UInt64] = [1, 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31]

  /// By `rawValue`, so that a case may move in its declaration.
  static let queryDialects = ["jsonapi", "jsonapi-keys", "suffix", "bracket", "body", "mixed"]
    .compactMap(QueryDialect.init(rawValue:))

  static let policies: [Policy] = [.strict, .faithful]

  static let engineNames = [
    "postgresql", "sqlite", "mariadb", "duckdb", "clickhouse", "spark", "mysql", "trino",
  ]

  static let engines = engineNames.compactMap(SQLDialect.named)

  static let grounds: [FuzzGround] =
    catalogueNames.compactMap { name in
      Catalog.resource(named: name).map { FuzzGround(name: name, GeneratedResource(seed: 1, resource: $0)) }
    } + seeds.map { FuzzGround(name: "generated/\($0)", GeneratedResource(seed: $0)) }

  /// What stands in the library and not here: has to be appended to its list.
  public static var missing: [String] {
    Catalog.all.map(\.name).filter { !catalogueNames.contains($0) }
      + QueryDialect.allCases.filter { !queryDialects.contains($0) }.map(\.rawValue)
      + Policy.allCases.filter { !policies.contains($0) }.map(\.rawValue)
      + SQLDialect.all.map(\.name).filter { !engineNames.contains($0) }
  }
}
