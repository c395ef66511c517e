import Tamis
import TamisCatalog

/// Requests that grow in one respect. Each is compiled to PostgreSQL and written again; refused ones are read to the end
/// all the same.
struct Family: Sendable {
  let name: String
  let compiler: QueryCompiler
  var dialect: QueryDialect?
  /// The request of a size.
  let request: @Sendable (Int) -> String
  /// Records that the request is run over, in memory.
  var records: @Sendable (Int) -> String? = { _ in nil }

  func run(_ size: Int) {
    let text = request(size)
    do {
      let query = try compiler.compile(text, dialect: dialect)
      let statement = try query.statement(for: .postgreSQL)
      print(name, size, text.utf8.count, "bytes:", statement.bindings.count, "bindings")
      writeAgain(query, text)
      if let json = records(size) { try select(query, json) }
    } catch {
      print(
        name, size, text.utf8.count, "bytes:", error.diagnostics.count, "diagnostics, the first",
        error.diagnostics[0].code)
    }
  }

  /// The request that says the same, and the links of its answer; the faithful policy's queries have no such request.
  private func writeAgain(_ query: CompiledQuery, _ request: String) {
    guard compiler.policy == .strict else { return }
    let dialect = dialect ?? compiler.resource.dialect
    let page = PageFacts(request: request, address: "/things", hasMore: true, total: 1_000)
    do {
      print(
        try query.text(in: dialect).utf8.count, "bytes again,", query.links(page).next?.utf8.count ?? 0,
        "of a link")
    } catch {
      print("not to be written in", dialect)
    }
  }

  private func select(_ query: CompiledQuery, _ json: String) throws(QueryError) {
    let records = try RecordReader(resource: compiler.resource).readAll(Array(json.utf8))
    print(try query.select(from: records).indices.count, "records")
  }
}

extension Family {
  /// What a process does before it has read a request, which is no part of the growth: it makes the compilers.
  static func startUp() { print(all.count, "families") }

  static let all = strict + faithful

  private static let strict: [Family] = [
    // Names
    Family(name: "long-name", compiler: suffix) { String(repeating: "a", count: 10 * $0) + "_eq=1" },
    Family(name: "near-miss-suffix", compiler: suffix) {
      String(repeating: "name_e_eq_", count: $0) + "eqq=1"
    },
    Family(name: "many-underscores", compiler: suffix) { String(repeating: "_", count: 10 * $0) + "eq=1" },
    Family(name: "many-dashes", compiler: keys) {
      "filter[name" + String(repeating: "-not-or", count: $0) + "]=1"
    },
    Family(name: "long-json-key", compiler: suffix) {
      "meta." + String(repeating: "k", count: 10 * $0) + "_eq=1"
    },
    // Parameters
    Family(name: "many-parameters", compiler: suffix) { list($0, "&") { "name_eq=v\($0)" } },
    Family(name: "many-keys", compiler: suffix) { list($0, "&") { "meta.k\(10_000_000 + $0)_eq=v" } },
    Family(name: "many-known", compiler: bracket) {
      list($0, "&") { "name[\(["eq", "ne", "gt"][$0 % 3])]=\($0)" }
    },
    Family(name: "many-unknown", compiler: bracket) { list($0, "&") { "x\(10_000_000 + $0)[eq]=1" } },
    Family(name: "many-repeated", compiler: bracket) { list($0, "&") { _ in "name[eq]=1" } },
    Family(name: "many-escapes", compiler: suffix) { "name_eq=" + String(repeating: "%C3%A9", count: $0) },
    Family(name: "many-bad-escapes", compiler: suffix) { "name_eq=" + String(repeating: "%zz", count: $0) },
    Family(name: "sort-repeated", compiler: keys) { "sort=" + list($0, ",") { _ in "-name" } },
    Family(name: "fields", compiler: keys) { "fields[things]=" + list($0, ",") { _ in "name" } },
    Family(name: "fields-unknown", compiler: keys) {
      "fields[things]=" + list($0, ",") { "x\(10_000_000 + $0)" }
    },
    Family(name: "sort-keys", compiler: keys) { "sort=" + list($0, ",") { "-x\(10_000_000 + $0)" } },
    // Nesting
    Family(name: "open-brackets", compiler: bracket) {
      "name" + String(repeating: "[", count: 10 * $0) + "=1"
    },
    Family(name: "nested-brackets", compiler: bracket) {
      "not" + String(repeating: "[0][not]", count: $0) + "[0][name]=1"
    },
    Family(name: "groups", compiler: bracket) { list($0, "&") { "or[\($0)][name]=\($0)" } },
    Family(name: "nested-body", compiler: suffix, dialect: .body) {
      "{\"filters\":[" + String(repeating: "{\"not\":", count: $0) + leaf + String(repeating: "}", count: $0)
        + "]}"
    },
    Family(name: "wide-body-keys", compiler: suffix, dialect: .body) {
      "{\"filters\":[{\"or\":["
        + list($0, ",") { "{\"field\":\"meta.k\(10_000_000 + $0)\",\"operator\":\"eq\",\"value\":\($0)}" }
        + "]}]}"
    },
    Family(name: "wide-groups", compiler: suffix, dialect: .body) {
      "{\"filters\":[{\"or\":[" + list($0, ",") { "{\"and\":[\(leaf($0))]}" } + "]}]}"
    },
    Family(name: "wide-negations", compiler: suffix, dialect: .body) {
      "{\"filters\":[{\"or\":["
        + list($0, ",") { "{\"not\":{\"or\":[\(leaf($0)),\(leaf($0 + 1))]}}" } + "]}]}"
    },
    Family(name: "many-values", compiler: suffix, dialect: .body) {
      "{\"filters\":[{\"or\":[" + list($0, ",") { leaf($0) } + "]}]}"
    },
    Family(name: "wide-body", compiler: suffix, dialect: .body) {
      "{\"filters\":[{\"or\":[" + list($0, ",") { _ in leaf } + "]}]}"
    },
    Family(name: "open-arrays", compiler: suffix, dialect: .body) { String(repeating: "[", count: 10 * $0) },
    // Values
    Family(name: "list", compiler: suffix) { "name_in=" + list($0, ",") { "v\($0)" } },
    Family(name: "list-pairs", compiler: bracket) { list($0, "&") { "name[]=v\($0)" } },
    Family(name: "digits", compiler: suffix) { "amount_eq=" + String(repeating: "7", count: 10 * $0) },
    Family(name: "exponent", compiler: suffix) { "amount_eq=1e" + String(10 * $0) },
    Family(name: "document-body", compiler: suffix, dialect: .body) {
      "{\"filters\":[{\"field\":\"meta\",\"operator\":\"json_contains\",\"value\":["
        + list($0, ",") { "{\"k\($0)\":1.5}" } + "]}]}"
    },
    Family(name: "cursor", compiler: cursors) { "cursor=" + String(repeating: "AbC9", count: 10 * $0) },
    Family(name: "regex", compiler: suffix) { "name_matches=" + list($0, "%7C") { "[a-f]\\d{\($0 % 9)}" } },
    Family(name: "regex-open", compiler: suffix) { "name_matches=" + String(repeating: "(", count: $0) },
    Family(name: "wildcards", compiler: suffix) { "name_like=" + String(repeating: "%25a", count: $0) },
    Family(name: "wildcards-match", compiler: suffix) {
      "name_like=" + String(repeating: "%25a", count: $0) + "b"
    } records: {
      "[{\"id\":1,\"name\":\"" + String(repeating: "a", count: 4 * $0) + "\"}]"
    },
    Family(name: "long-text", compiler: suffix) { _ in
      "name_like=%25ab%25ac%25"
    } records: {
      "[{\"id\":1,\"name\":\"" + String(repeating: "aab", count: 10 * $0) + "\"}]"
    },
  ]

  private static let leaf = "{\"field\":\"name\",\"operator\":\"eq\",\"value\":\"x\"}"

  private static func leaf(_ number: Int) -> String {
    "{\"field\":\"name\",\"operator\":\"gt\",\"value\":\"x\(10_000_000 + number)\"}"
  }

  private static func list(_ count: Int, _ separator: String, _ item: (Int) -> String) -> String {
    (0..<count).map(item).joined(separator: separator)
  }

  private static let suffix = compiler(.suffix)
  private static let bracket = compiler(.bracket)
  private static let keys = compiler(.jsonAPIKeys)
  private static let cursors = compiler(.suffix, .cursor(defaultLimit: 20, maximumLimit: 100))

  private static func compiler(
    _ dialect: QueryDialect, _ paging: Paging = .limitOffset(defaultLimit: 20, maximumLimit: 100)
  ) -> QueryCompiler {
    QueryCompiler(
      resource: Resource("things", dialect: dialect, paging: paging, limits: withoutLimits) {
        Field("id", .integer).primaryKey()
        Field("name", .text).nullable().sortable().matchable()
        Field("amount", .bigInteger).nullable()
        Field("meta", .json).nullable().openKeys(levels: 3)
      }, engines: [.postgreSQL], cursors: .unauthenticated, cachedShapes: 0)
  }

  /// Out of the way: what is measured is the code behind them.
  static var withoutLimits: QueryLimits {
    var limits = QueryLimits()
    for limit in [
      \QueryLimits.queryBytes, \.bodyBytes, \.parameters, \.clauses, \.listItems, \.valueBytes,
      \.patternBytes, \.digits,
    ] {
      limits[keyPath: limit] = 1 << 30
    }
    // Recursion is bounded; deeper nesting is refused, at the end of the text as at its beginning.
    limits.depth = 200
    return limits
  }
}
