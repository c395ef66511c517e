import Tamis
import TamisCatalog

/// The faithful policy reads with the parsers of PHP's arrays, of Go's forms and of Go's JSON.
extension Family {
  static let faithful: [Family] = [
    // PHP's arrays, a tree of names
    Family(name: "php-keys", compiler: phpArrays) { list($0) { "amount[k\($0)]=1" } },
    Family(name: "php-items", compiler: phpArrays) { list($0) { "type[]=v\($0)" } },
    Family(name: "php-same-key", compiler: phpArrays) { list($0) { "amount[gt]=\($0)" } },
    Family(name: "php-nested", compiler: phpArrays) {
      "amount" + String(repeating: "[gt]", count: $0) + "=1"
    },
    Family(name: "php-long-name", compiler: phpArrays) { String(repeating: "a.", count: 5 * $0) + "=1" },
    Family(name: "php-date", compiler: phpArrays) {
      "createdAt[after]=" + String(repeating: "+1%20day", count: $0)
    },
    // Names of keys
    Family(name: "chain-keys", compiler: keyChains) { list($0) { "filter[usage-gte]=\($0)" } },
    Family(name: "chain-words", compiler: keyChains) {
      "filter[usage" + String(repeating: "-gte-or", count: $0) + "]=1"
    },
    Family(name: "chain-list", compiler: keyChains) { "filter[id]=" + list($0, ",") { "\($0)" } },
    Family(name: "chain-order", compiler: keyChains) { "sort=" + list($0, ",") { _ in "-usage" } },
    Family(name: "chain-fields", compiler: keyChains) { "fields[things]=" + list($0, ",") { "x\($0)" } },
    // Suffixes, and values whose types are guessed
    Family(name: "guessed-pairs", compiler: suffixes) { list($0) { "name_eq=v\($0)" } },
    Family(name: "guessed-suffix", compiler: suffixes) { String(repeating: "name_eq_", count: $0) + "eqq=1" },
    Family(name: "guessed-list", compiler: suffixes) { "name_in=" + list($0, ",") { "v\($0)" } },
    Family(name: "guessed-digits", compiler: suffixes) {
      "amount_eq=" + String(repeating: "7", count: 10 * $0)
    },
    // Bodies
    Family(name: "go-members", compiler: bodies, dialect: .body) {
      "{" + list($0, ",") { "\"k\($0)\":1" } + "}"
    },
    Family(name: "go-same-member", compiler: bodies, dialect: .body) {
      "{" + list($0, ",") { _ in "\"name\":\"x\"" } + "}"
    },
    Family(name: "go-text", compiler: bodies, dialect: .body) {
      "{\"name\":\"" + String(repeating: "\\u00e9\\n", count: $0) + "\"}"
    },
  ]

  private static func list(_ count: Int, _ separator: String = "&", _ item: (Int) -> String) -> String {
    (0..<count).map(item).joined(separator: separator)
  }

  private static let phpArrays = faithful(.bracket, Catalog.gluBalances.compatibility) {
    Field("createdAt", .timestamp)
    Field("type", .text)
    PropertyFilter.date("createdAt")
    PropertyFilter.search("type")
    PropertyFilter.range("amount")
  }

  private static let keyChains = faithful(.jsonAPIKeys, Catalog.animeThemesBalances.compatibility) {
    Field("usage", .decimal(precision: 8, scale: 2)).sortable()
    Field("deleted_at", .timestamp).nullable()
  }

  private static let suffixes = faithful(.suffix, Catalog.blnkBalances.compatibility) {
    Field("name", .text).nullable().sortable()
  }

  private static let bodies = faithful(.body, Catalog.metronomeBalances.compatibility) {
    Parameter("name", .value(.text, .compare("kind", .equal, .argument)))
    Field("kind", .text)
  }

  private static func faithful(
    _ dialect: QueryDialect, _ compatibility: Compatibility?,
    @ResourceBuilder _ content: () -> [ResourceElement]
  ) -> QueryCompiler {
    let paging = dialect == .bracket || dialect == .jsonAPIKeys
    return QueryCompiler(
      resource: Resource(
        "things", dialect: dialect,
        paging: paging
          ? .pages(defaultSize: 15, maximumSize: 100) : .limitOffset(defaultLimit: 20, maximumLimit: 100),
        limits: withoutLimits, compatibility: compatibility
      ) {
        Field("id", .integer).primaryKey()
        Field("amount", .bigInteger).nullable()
        content()
      }, policy: .faithful, engines: [.postgreSQL], cachedShapes: 0)
  }
}
