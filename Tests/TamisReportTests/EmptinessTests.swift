import Tamis
import TamisCatalog
import TamisTesting
import Testing

/// Requests that contradict themselves, and the clauses that do.
struct EmptinessTests {
  private static let resource = Resource("things", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("count", .integer).nullable().operators(.all(for: .integer).union(.nullTests))
    Field("price", .decimal(precision: 4, scale: 2))
    Field("name", .text).nullable()
    Field("at", .timestamp)
    Field("day", .date)
    Field("state", .enumeration(Enumeration(["on", "off"])))
    Field("meta", .json).nullable().openKeys()
    Relation("items", .many) { Field("size", .integer) }
  }

  /// The request, and the clauses that are named, joined by a bar; nothing where the request may select records.
  static let requests: [(String, String)] = [
    ("count_gt=5&count_lt=3", "count_gt=5|count_lt=3"),
    ("count_gt=5&name_eq=a&count_lt=6", "count_gt=5|count_lt=6"),
    ("count_gt=5&count_lt=7", ""),
    ("count_between=9|1", "count_between=9|1"),
    ("count_in=1,2&count_eq=3", "count_in=1,2|count_eq=3"),
    ("count_in=1,2&count_ne=1&count_notin=2", "count_in=1,2|count_ne=1|count_notin=2"),
    ("count_in=1,2&count_ne=1", ""),
    ("count_isnull=&count_gte=0", "count_isnull=|count_gte=0"),
    ("count_isnull=&count_isnotnull=", "count_isnull=|count_isnotnull="),
    ("price_eq=1.234", "price_eq=1.234"),
    ("price_gt=99.99", "price_gt=99.99"),
    ("price_gte=99.99", ""),
    ("price_gt=1.23&price_lt=1.24", "price_gt=1.23|price_lt=1.24"),
    ("price_gt=1.22&price_lt=1.24", ""),
    ("price_gt=1.231&price_lt=1.239", "price_gt=1.231|price_lt=1.239"),
    ("price_ne=1.234", ""),
    ("name_like=ab%25&name_lt=a", "name_like=ab%25|name_lt=a"),
    ("name_startswith=ab&name_like=b%25", "name_startswith=ab|name_like=b%25"),
    ("name_startswith=a&name_like=ab%25", ""),
    ("name_notlike=%25", "name_notlike=%25"),
    ("name_istartswith=1a&name_gte=2", "name_istartswith=1a|name_gte=2"),
    ("name_istartswith=a&name_eq=A", ""),
    ("at_eq=2024-01&at_gte=2024-02", "at_eq=2024-01|at_gte=2024-02"),
    ("day_eq=2024-01-31&day_gt=2024-01", "day_eq=2024-01-31|day_gt=2024-01"),
    ("state_ne=on&state_in=on", "state_ne=on|state_in=on"),
    ("state_notin=on,off", "state_notin=on,off"),
    ("meta.k_eq=1&meta.k_in=2,3", "meta.k_eq=1|meta.k_in=2,3"),
    ("meta.k_eq=1&meta.j_eq=2", ""),
    ("meta_isnull=&meta.k_eq=2", "meta_isnull=|meta.k_eq=2"),
    ("items.size_gt=5&items.size_lt=3", ""),
    ("items.size_between=5|3", "items.size_between=5|3"),
    ("count_gt=5&name_eq=a", ""),
    ("logical_operator=or&count_gt=5&count_lt=3", ""),
    ("logical_operator=or&price_eq=1.234&count_between=2|1", "price_eq=1.234|count_between=2|1"),
  ]

  @Test func namesTheClauses() throws {
    let compiler = QueryCompiler(resource: Self.resource)
    #expect(compiler.faults == [])
    for (request, expected) in Self.requests {
      let query = try compiler.compile(request)
      let bytes = Array(request.utf8)
      let spans = query.emptiness?.contradictions.flatMap(\.spans) ?? []
      let named = spans.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
      #expect(named.joined(separator: "|") == expected, "\(request)")
      #expect((query.emptiness == nil) == expected.isEmpty, "\(request)")
    }
  }

  @Test(arguments: [
    (
      #"{"filters":[{"field":"meta.k","operator":"eq","value":1},{"field":"meta.k","operator":"eq","value":"1"}]}"#,
      true
    ),
    (
      #"{"filters":[{"any":"items","where":{"and":[{"field":"size","operator":"gt","value":5},{"field":"size","operator":"lt","value":6}]}}]}"#,
      true
    ),
    (
      #"{"filters":[{"not":{"any":"items","where":{"and":[{"field":"size","operator":"gt","value":5},{"field":"size","operator":"lt","value":6}]}}}]}"#,
      false
    ),
    (
      #"{"filters":[{"not":{"or":[{"field":"count","operator":"eq","value":1},{"field":"count","operator":"ne","value":1}]}}]}"#,
      true
    ),
    (
      #"{"filters":[{"or":[{"field":"count","operator":"eq","value":1},{"field":"count","operator":"eq","value":2}]},{"field":"count","operator":"gt","value":2}]}"#,
      true
    ),
  ])
  func bodies(_ body: String, _ isEmpty: Bool) throws {
    let query = try QueryCompiler(resource: Self.resource).compile(body, dialect: .body)
    #expect((query.emptiness != nil) == isEmpty)
  }

  /// The statement does not know of the analysis.
  @Test func theStatementIsTheSame() throws {
    let compiler = QueryCompiler(resource: Self.resource)
    let empty = try compiler.compile("count_gt=5&count_lt=3")
    let full = try compiler.compile("count_gt=3&count_lt=5")
    #expect(empty.emptiness != nil && full.emptiness == nil)
    #expect(try empty.statement(for: .sqlite).text == full.statement(for: .sqlite).text)
  }

  /// Every operand is looked at a bounded number of times, also where lists meet.
  @Test func longListsAreQuick() throws {
    let clauses = (0..<100).map { clause in
      let values = (0..<900).map { Value.integer(Int64($0 * 100 + clause)) }
      return Predicate.member(FieldPath("count"), values, isNegated: true)
    }
    let query = try #require(Query(Self.resource, where: .and(clauses)))
    let time = ProcessorTime.measure { #expect(query.emptiness == nil) }
    #expect(time < .seconds(10))
  }
}
