import TamisModel
import TamisPlanner
import TamisSyntax
import Testing

@Suite("What a criterion means")
struct MeaningTests {
  /// dialect | request | normalised predicate
  static let rows: [(QueryDialect, String, String)] = [
    (.suffix, "", "TRUE"),
    (.suffix, "name_eq=a", #"name = "a""#),
    (.suffix, "name_EQ=007", #"name = "007""#),
    (.suffix, "name_ne=", #"name <> """#),
    (.suffix, "count_gte=%2B1e2", "count >= 100"),
    (.suffix, "count_lt=-9223372036854775808", "count < -9223372036854775808"),
    (.suffix, "total_gt=12345678901234567890123.50", "total > 12345678901234567890123.5"),
    (.suffix, "price_eq=.50", "price = 0.5"),
    (.suffix, "total_in=0,05,-05", "total IN (0, 5, -5)"),
    (.suffix, "open_eq=1", "open = true"),
    (.suffix, "key_eq=ABCDEF01-0000-4000-8000-00000000000A", "key = abcdef01-0000-4000-8000-00000000000a"),
    (.suffix, "color_eq=deep+blue", "color = Deep Blue"),
    (.suffix, "color_in=Red,GREEN", "color IN (Red, Green)"),
    (.suffix, "name_in=a%2Cb,c", #"name IN ("a,b", "c")"#),
    (.suffix, "name_in=", #"name IN ("")"#),
    (.suffix, "name_notin=a,b", #"name NOT IN ("a", "b")"#),
    (.suffix, "count_between=1|9", "count IN [1, 9]"),
    (.suffix, "count_notbetween=9|1", "count NOT IN [9, 1]"),
    (.suffix, "name_like=a%25_%5C%25", #"name LIKE "a_%\%""#),
    (.suffix, "name_ilike=a%25", #"name ILIKE "a%""#),
    (.suffix, "name_contains=100%25", #"name LIKE "%100\%%""#),
    (.suffix, "name_startswith=", #"name LIKE "%""#),
    (.suffix, "name_isnull", "name IS NULL"),
    (.suffix, "name_isnotnull=true", "name IS NOT NULL"),
    (.suffix, "meta.tier_eq=10", #"meta.tier = "10""#),
    (.suffix, "meta.a.b_isnull=", "meta.a.b IS NULL"),
    (.suffix, "parts.size_gt=5", "ANY parts: size > 5"),
    (.suffix, "logical_operator=or&count_eq=1&count_eqq=2", ""),
    (.suffix, "logical_operator=or&count_eq=1&open_eq=true", "(count = 1 OR open = true)"),
    (.suffix, "logical_operator=or", "TRUE"),
    (.suffix, "count_eq=1&count_eq=1", ""),
    (.suffix, "count_gt=1&name_eq=b&count_GT=1", #"(count > 1 AND name = "b")"#),
    // Dates denote intervals.
    (.suffix, "day_eq=2024-02-29", "day = 2024-02-29"),
    (.suffix, "day_eq=2024-02", "day IN [2024-02-01, 2024-03-01)"),
    (.suffix, "day_gt=2024", "day >= 2025-01-01"),
    (
      .suffix, "made_at_eq=2024-01-15",
      "made_at IN [2024-01-15T00:00:00.000000Z, 2024-01-16T00:00:00.000000Z)"
    ),
    (.suffix, "made_at_ne=2024", "made_at NOT IN [2024-01-01T00:00:00.000000Z, 2025-01-01T00:00:00.000000Z)"),
    (.suffix, "made_at_lt=2024-01", "made_at < 2024-01-01T00:00:00.000000Z"),
    (.suffix, "made_at_lte=2024-12-31", "made_at < 2025-01-01T00:00:00.000000Z"),
    (.suffix, "made_at_gt=2024-01-15T10:30Z", "made_at >= 2024-01-15T10:31:00.000000Z"),
    (.suffix, "made_at_gte=2024-01-15T10:30:45.5%2B02:00", "made_at >= 2024-01-15T08:30:45.500000Z"),
    (.suffix, "made_at_eq=2024-01-15T10:30:45.123456Z", "made_at = 2024-01-15T10:30:45.123456Z"),
    (
      .suffix, "made_at_between=2024-01-01|2024-01-31",
      "made_at IN [2024-01-01T00:00:00.000000Z, 2024-02-01T00:00:00.000000Z)"
    ),
    (
      .suffix, "made_at_notin=2024-01-15T10:30:45.123456Z,2023",
      "(made_at NOT IN (2024-01-15T10:30:45.123456Z) AND made_at NOT IN [2023-01-01T00:00:00.000000Z, 2024-01-01T00:00:00.000000Z))"
    ),
    // Bracket.
    (.bracket, "name=a&count[gt]=1", #"(name = "a" AND count > 1)"#),
    (.bracket, "color[]=Red&count=2&color[]=Green", "(color IN (Red, Green) AND count = 2)"),
    (.bracket, "made_at[strictly_before]=2024", "made_at < 2024-01-01T00:00:00.000000Z"),
    (.bracket, "count[between]=1..9", "count IN [1, 9]"),
    (.bracket, "exists[name]=true&exists[day]=0", "(name IS NOT NULL AND day IS NULL)"),
    (.bracket, "exists[name]", "name IS NOT NULL"), (.bracket, "exists[name]=", "name IS NOT NULL"),
    (.body, #"{"filters":[{"field":"name","operator":"isnull","value":true}]}"#, "name IS NULL"),
    // JSON:API.
    (.jsonAPI, "filter[count][gte]=5&filter[item][name]=a", #"(count >= 5 AND name = "a")"#),
    (.jsonAPI, "filter[name]=a,b", #"name IN ("a", "b")"#),
    (.jsonAPI, "filter[name][]=a&filter[name][]=b", #"name IN ("a", "b")"#),
    (.jsonAPI, "filter[name]=a%2Cb", #"name = "a,b""#),
    (.jsonAPI, "filter%5Bcount%5d=5", "count = 5"),
    (.jsonAPIKeys, "filter[count-gt]=5", "count > 5"),
    (.jsonAPIKeys, "filter[name-not]=a,b", #"name NOT IN ("a", "b")"#),
    (
      .jsonAPIKeys, "filter[count-lt]=5&filter[count-gt-or]=9&filter[open]=true",
      "(count < 5 OR (count > 9 AND open = true))"
    ),
    (
      .jsonAPIKeys, "filter[item][count]=1&filter[open-or]=true&filter[item][name]=a",
      #"((count = 1 AND name = "a") OR open = true)"#
    ),
    // Named parameters.
    (.suffix, "since=2024", "made_at >= 2024-01-01T00:00:00.000000Z"),
    (.suffix, "trashed=ONLY&name_eq=a", #"(name = "a" AND day IS NOT NULL)"#),
    (.jsonAPI, "filter[trashed]=without", "day IS NULL"),
    (
      .body, #"{"covering":"2024-01-01T00:00:00Z"}"#,
      "ANY parts: (from <= 2024-01-01T00:00:00.000000Z AND (until IS NULL OR until > 2024-01-01T00:00:00.000000Z))"
    ),
    // Bodies.
    (.body, "{}", "TRUE"),
    (
      .body,
      #"{"filters":[{"field":"count","operator":"in","values":[1,"2"]},{"not":{"field":"name","operator":"eq","value":"a"}}]}"#,
      #"(count IN (1, 2) AND name <> "a")"#
    ),
    (
      .body,
      #"{"filter":{"not":{"or":[{"field":"count","operator":"lt","value":1},{"not":{"field":"name","operator":"isnull"}}]}}}"#,
      "(count >= 1 AND name IS NULL)"
    ),
    (
      .body, #"{"filter":{"not":{"any":"parts","where":{"field":"size","operator":"gt","value":3}}}}"#,
      "NO parts: size > 3"
    ),
    (.body, #"{"filters":[{"field":"count","operator":"in","values":[]}]}"#, "FALSE"),
    (.body, #"{"filters":[{"field":"count","operator":"notin","values":[]}]}"#, "TRUE"),
    (
      .body, #"{"filters":[{"field":"meta.n","operator":"eq","value":{"k":[1, 2.0]}}]}"#,
      #"meta.n CONTAINS {"k":[1,2.0]}"#
    ),
    (.body, #"{"filters":[{"field":"meta.n","operator":"gte","value":10.0}]}"#, "meta.n >= 10"),
    (
      .body, #"{"filters":[{"field":"meta.n","operator":"notin","values":["a",1,true]}]}"#,
      #"(meta.n NOT IN ("a") AND meta.n NOT IN (1) AND meta.n NOT IN (true))"#
    ),
    (
      .body,
      #"{"logical_operator":"OR","filters":[{"field":"count","operator":"eq","value":1},{"field":"count","operator":"eq","value":2}]}"#,
      "(count = 1 OR count = 2)"
    ),
    // Mixed.
    (
      .mixed, "filter[count][gt]=1&name_eq=a&open=true&color[]=Red",
      #"(count > 1 AND name = "a" AND open = true AND color IN (Red))"#
    ),
  ]

  @Test("means, in normal form", arguments: rows.filter { !$0.2.isEmpty })
  func meaning(_ row: (QueryDialect, String, String)) throws {
    #expect(try Sample.plan(row.1, row.0).query.predicate.description == row.2)
  }

  @Test("after an order by chance the key decides, whatever the direction before it")
  func chance() throws {
    let resource = Resource("r", dialect: .suffix, allowsRandomOrder: true) {
      Field("id", .integer).primaryKey()
      Field("size", .integer).sortable()
    }
    let parsed = Parser.parse(Array("sort=-size,random".utf8), as: .suffix, limits: resource.limits)
    let query = try Planner(resource: resource).plan(parsed, dialect: .suffix, randomSeed: 5).query
    #expect(query.randomOrder?.position == 1)
    #expect(query.sort.map { resource.field($0.field).name } == ["size", "id"])
    #expect(query.sort.map(\.direction) == [.descending, .ascending])
  }

  @Test("a parameter that orders does so where nothing else is given")
  func declaredOrder() throws {
    let resource = Resource("r", dialect: .bracket) {
      Field("id", .integer).primaryKey()
      Field("born", .date).nullable().sortable()
      FilterParameter("by", .sort(.first), on: "born")
    }
    let query = try Sample.plan("by=desc", .bracket, resource: resource).query
    #expect(query.sort.map { resource.field($0.field).name } == ["born", "id"])
    #expect(query.sort.map(\.direction) == [.descending, .descending])
    #expect(query.sort.first?.nulls == .first)
  }

  @Test("what is included is, where nothing else is asked for")
  func inclusion() throws {
    #expect(try Sample.plan("include=parts", .suffix).query.inclusion == ["parts"])
  }

  @Test("planning a normalised tree again changes nothing")
  func idempotence() throws {
    for row in Self.rows where !row.2.isEmpty {
      let query = try Sample.plan(row.1, row.0).query
      let rebuilt = try #require(Query(query.resource, where: query.predicate))
      #expect(Normalizer.normalise(rebuilt).predicate == query.predicate)
      #expect(Normalizer.normalise(query).nodes.count == query.nodes.count)
    }
  }
}
