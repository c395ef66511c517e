import TamisModel
import TamisPlanner
import Testing

/// What strict refuses, and where: `«…»` marks the span in the request.
@Suite("What is refused, and where")
struct RefusalTests {
  /// dialect | marked request | code | suggestion
  static let rows: [(QueryDialect, String, String, String?)] = [
    (.suffix, "«nam_eq»=a", "name.unknown-field", "name_eq"),
    (.suffix, "«secret_eq»=a", "name.unknown-field", nil),
    (.suffix, "«count»=1", "name.missing-operator", "count_eq"),
    (.suffix, "«count_equals»=1", "name.unknown-operator", nil),
    (.suffix, "«count_gtt»=1", "name.unknown-operator", "count_gt"),
    (.suffix, "«cuont»=1", "name.unknown-parameter", "count"),
    (.suffix, "«name_before_eq_eq»=1", "name.unknown-field", "name_before_eq"),
    (.suffix, "«open_gt»=1", "name.operator-not-allowed", nil),
    (.suffix, "«count_isnull»=", "name.operator-not-allowed", nil),
    (.suffix, "«meta_eq»=1", "name.operator-not-allowed", nil),
    (.suffix, "«meta.a-b_eq»=1", "value.invalid-key", nil),
    (.suffix, "«meta._eq»=1", "value.invalid-key", nil),
    (.suffix, "«meta.a.b.c_eq»=1", "value.invalid-key", nil),
    (.suffix, "name_isnull=«false»", "value.invalid", nil),
    (.body, #"{"filters":[{"field":"name","operator":"isnull","value":«false»}]}"#, "value.invalid", nil),
    (.body, #"{"filters":[{"field":"name","operator":"isnull","value":«"a"»}]}"#, "value.invalid", nil),
    (.suffix, "«meta.a{_eq»=1", "value.invalid-key", nil),
    (.suffix, "«meta.a`_eq»=1", "value.invalid-key", nil),
    (.suffix, "count_eq=«abc»", "value.invalid", nil),
    (.suffix, "count_eq=«1.5»", "value.invalid", nil),
    // The byte after the digits.
    (.suffix, "count_eq=«1:»", "value.invalid", nil), (.suffix, "total_eq=«1:»", "value.invalid", nil),
    (.suffix, "count_eq=«9223372036854775808»", "value.out-of-range", nil),
    (.suffix, "count_in=1,«x»,3", "value.invalid", nil),
    (.suffix, "count_in=1,«»", "value.empty", nil),
    (.suffix, "total_eq=«1e999999999»", "limit.digits", nil),
    (.suffix, "count_between=«1»", "value.wrong-arity", nil),
    (.suffix, "count_between=«1|2|3»", "value.wrong-arity", nil),
    (.suffix, "«name_eq»", "value.wrong-arity", nil),
    (.suffix, "color_eq=«Rde»", "value.unknown-case", "Red"),
    (.suffix, "key_eq=«abc»", "value.invalid", nil),
    (.suffix, "open_eq=«yes»", "value.invalid", nil),
    (.suffix, "day_eq=«2024-02-30»", "value.invalid", nil),
    (.suffix, "day_eq=«2024-02-01T00:00:00Z»", "value.invalid", nil),
    (.suffix, "made_at_eq=«2024-01-01T24:00:00Z»", "value.invalid", nil),
    (.suffix, "made_at_eq=«2024-01-01T10:00:00.1234567Z»", "value.invalid", nil),
    (
      .suffix, "made_at_gte=«2024-01-15T00:00:00+02:00»", "value.blank-for-plus",
      "2024-01-15T00:00:00%2B02:00"
    ),
    (.suffix, "made_at_eq=«0001-01-01T00:00:00%2B02:00»", "value.out-of-range", nil),
    (.suffix, #"name_like=«a\»"#, "value.invalid-pattern", nil),
    (.suffix, #"name_like=«\a»"#, "value.invalid-pattern", nil),
    (.suffix, "name_eq=a«%»", "syntax.malformed-escape", nil),
    (.suffix, "name_eq=a«%00»", "syntax.nul-byte", nil),
    (.suffix, "name_eq=a«%ff»", "syntax.invalid-utf8", nil),
    (.suffix, "count_eq=1&«count_eq=1»", "combination.repeated-parameter", nil),
    (.suffix, "logical_operator=«xor»", "name.unknown-connective", nil),
    (.suffix, "limit=«0»", "page.out-of-bounds", nil),
    (.suffix, "limit=«1.5»", "page.out-of-bounds", nil),
    (.suffix, "limit=«101»", "page.out-of-bounds", nil),
    (.suffix, "offset=«-0»", "page.out-of-bounds", nil),
    (.suffix, "offset=«99999999999999999999»", "page.out-of-bounds", nil),
    (.suffix, "sort=«pric»", "name.unknown-field", "price"),
    (.suffix, "sort=«open»", "name.not-sortable", nil),
    // A suggestion can be followed: no other field can be sorted by, and one is hidden.
    (.suffix, "sort=«opn»", "name.unknown-field", nil), (.suffix, "sort=«secre»", "name.unknown-field", nil),
    (.suffix, "«meta.a:_eq»=1", "value.invalid-key", nil),
    (.suffix, "sort=name,«-name»", "combination.repeated-sort-key", nil),
    (.suffix, "sort=name,«»", "syntax.empty-name", nil),
    (.suffix, "fields=name,«nope»", "name.unknown-field", nil),
    (.suffix, "include=«part»", "name.unknown-relation", "parts"),
    (.suffix, "trashed=«foo»", "value.unknown-case", nil),
    (.bracket, "count[«BEFORE»]=1", "name.unknown-operator", "before"),
    (.bracket, "«nope»[gt]=1", "name.unknown-field", nil),
    (.bracket, "«nope»=1", "name.unknown-parameter", nil),
    (.bracket, "exists[«nope»]=1", "name.unknown-field", nil),
    (.bracket, "exists[name]=«maybe»", "value.invalid", nil),
    (.bracket, "order[name]=«up»", "value.invalid", nil),
    (.bracket, "«order[name]=»", "value.invalid", nil),
    (.bracket, "color[]=Red&«color=Green»", "combination.repeated-parameter", nil),
    (.bracket, "count«[gt»=1", "syntax.malformed-brackets", nil),
    (.bracket, "«=»1", "syntax.empty-name", nil),
    (.jsonAPI, "filter[«nope»]=1", "name.unknown-field", nil),
    (.jsonAPI, "filter[«items»][count]=1", "name.unknown-type", "item"),
    // A list of a URL is no JSON that a key could hold.
    (.jsonAPI, "filter[meta.a][ne]=«1,2»", "value.wrong-arity", nil),
    (.bracket, "meta.a[ne][]=«1»", "value.wrong-arity", nil),
    (.jsonAPI, "«page[nope]»=1", "name.unknown-page-setting", nil),
    (.jsonAPI, "fields[«items»]=name", "name.unknown-type", "item"),
    (.jsonAPI, "«q»=x", "name.unknown-parameter", nil),
    (.jsonAPIKeys, "filter[«count-GT»]=1", "name.unknown-operator", "count-gt"),
    (.jsonAPIKeys, "filter[«count-or-gt»]=1", "name.unknown-operator", nil),
    (.jsonAPIKeys, "filter[count-gt]=«1,2»", "value.wrong-arity", nil),
    (.jsonAPIKeys, "filter[name-not]=«a»", "value.wrong-arity", nil),
    (.jsonAPIKeys, "filter[«name-eq-not»]=a,b", "name.unknown-operator", nil),
    (.body, "«[]»", "syntax.wrong-shape", nil),
    (.body, #"{"filters":[{"field":"meta.a","operator":"gt","value":«true»}]}"#, "syntax.wrong-shape", nil),
    (.body, #"{"filters":[{"field":"meta.a","operator":"eq","value":«null»}]}"#, "value.null", nil),
    (.body, #"{"filters":[{"field":"count","operator":"in","value":«null»}]}"#, "value.null", nil),
    (
      .body, #"{"filters":[{"field":"meta.a","operator":"between","values":["a",«1»]}]}"#,
      "syntax.wrong-shape", nil
    ),
    (.body, #"{"filters":[{"field":"count","operator":"eq","value":«null»}]}"#, "value.null", nil),
    (.body, #"{"filters":[{"field":"count","operator":"in","values":[1,«null»]}]}"#, "value.null", nil),
    (.body, #"{"filters":[{"field":"name","operator":"eq","value":«1»}]}"#, "syntax.wrong-shape", nil),
    (
      .body, #"{"filters":[{"field":"count","operator":"in","values":[1,«[2]»]}]}"#, "syntax.wrong-shape", nil
    ),
    (
      .body, #"{"filters":[{"field":"name","operator":"in","values":["a",«{"b":1}»]}]}"#,
      "syntax.wrong-shape", nil
    ),
    (.body, #"{"filters":[{"field":"name","operator":«"EQ"»,"value":"a"}]}"#, "name.unknown-operator", "eq"),
    (.body, #"{"filters":[«{"operator":"eq","value":1}»]}"#, "combination.missing-parameter", nil),
    (.body, #"{«"nope"»:1}"#, "name.unknown-parameter", nil),
    (.body, #"{"limit":«"20"»}"#, "syntax.wrong-shape", nil),
    (.body, #"{"covering":«"2024-01-01"»}"#, "value.invalid", nil),
    (.body, #"{"covering":«"2024-01-01T00:00:00"»}"#, "value.invalid", nil),
    (.body, #"{"limit":1,«"limit"»:2}"#, "syntax.duplicate-member", nil),
    (
      .body, #"{"filter":{"any":«"nope"»,"where":{"field":"size","operator":"eq","value":1}}}"#,
      "name.unknown-relation", nil
    ),
  ]

  @Test("one problem, at its place", arguments: rows)
  func refusal(_ row: (QueryDialect, String, String, String?)) throws {
    let (text, span) = try #require(unmark(row.1))
    let error = try #require(throws: QueryError.self) { try Sample.plan(text, row.0) }
    let first = try #require(error.diagnostics.first)
    #expect(error.diagnostics.map(\.code) == [row.2])
    #expect(first.span == span)
    #expect(first.suggestion == row.3)
  }

  @Test(
    "a number with a blank around it is told so",
    arguments: [("%201", true), ("1%20", true), ("a", false), ("1%202", false)])
  func blanks(_ value: String, _ expected: Bool) throws {
    for field in ["price", "total"] {
      let error = try #require(throws: QueryError.self) { try Sample.plan("\(field)_eq=\(value)", .suffix) }
      #expect(error.diagnostics.map(\.code) == ["value.invalid"])
      #expect(error.diagnostics.first?.message.contains("it has a blank around it") == expected, "\(field)")
    }
  }

  private static let lists = Resource("r", dialect: .body) {
    Field("id", .integer).primaryKey()
    Field("kind", .text)
    Parameter("ids", .list(.integer, .isAmong("id")))
    Parameter(
      "kinds",
      .choices([
        .init("a", .compare("kind", .equal, .literal("a"))),
        .init("b", .compare("kind", .equal, .literal("b"))),
      ])
    ).excluding("from", choice: "b")
    Parameter("from", .value(.integer, .compare("id", .greater, .argument)))
    Parameter(
      "any_of",
      .objects([
        Parameter("from", .value(.integer, .compare("id", .greater, .argument))).required(),
        Parameter("ids", .list(.integer, .isAmong("id"))),
      ]))
  }

  /// marked request | code | parameter
  @Test(
    "lists, objects, and what excludes what",
    arguments: [
      (#"{"ids":[1,«null»]}"#, "value.null", "/ids/1"),
      (#"{"kinds":["a",«null»]}"#, "value.null", "/kinds/1"),
      (#"{"any_of":[{"from":1},«{"ids":[1]}»]}"#, "combination.missing-parameter", "/any_of/1/from"),
      (#"{«"kinds":["a","b"]»,"from":1}"#, "combination.conflicting-parameters", "kinds"),
      (#"{"kinds":["a"],"from":1}"#, nil, ""),
    ])
  func lists(_ marked: String, _ code: String?, _ parameter: String) throws {
    guard let (text, span) = unmark(marked), let code else {
      let query = try Sample.plan(marked, .body, resource: Self.lists).query
      #expect(query.predicate.description == #"(kind = "a" AND id > 1)"#)
      return
    }
    let error = try #require(throws: QueryError.self) { try Sample.plan(text, .body, resource: Self.lists) }
    #expect(error.diagnostics.map(\.code) == [code])
    #expect(error.diagnostics.map(\.span) == [span])
    #expect(error.diagnostics.map(\.parameter) == [parameter])
  }

  @Test("nothing is included where nothing is related")
  func inclusion() throws {
    let error = try #require(throws: QueryError.self) {
      try Sample.plan("include=id", .suffix, resource: Self.lists)
    }
    let problem = Problem.notSupported(feature: "related records to include")
    #expect(error.diagnostics.map(\.problem) == [problem])
    #expect(error.diagnostics.map(\.span) == [SourceSpan(8, 10)])
  }

  @Test("a declared search of strict takes texts, as long as the limit says")
  func declaredSearch() throws {
    var limits = QueryLimits()
    limits.patternBytes = 5
    let resource = Resource(
      "r", dialect: .bracket, limits: limits,
      compatibility: Compatibility("API Platform", .declaredFilters(DeclaredFilterRules()))
    ) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      PropertyFilter.search("name", by: SearchStrategy(.partial, ignoresCase: false))
    }
    let found = try Sample.plan("name[]=ab&name[]=abcde", .bracket, resource: resource).query
    #expect(found.predicate.description == #"(name LIKE "%ab%" OR name LIKE "%abcde%")"#)
    for (marked, code) in [
      ("name[]=ab&name[]=«abcdef»", "limit.pattern-bytes"), ("«name»", "syntax.wrong-shape"),
    ] {
      let (text, span) = try #require(unmark(marked))
      let error = try #require(throws: QueryError.self) {
        try Sample.plan(text, .bracket, resource: resource)
      }
      #expect(error.diagnostics.map(\.code) == [code])
      #expect(error.diagnostics.map(\.span) == [span])
    }
  }

  /// The faults of a resource that has the condition as its parameter.
  private func faults(_ condition: Condition) -> [String] {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      Field("day", .date)
      Field("at", .timestamp)
      Relation("a", .many) { Field("x", .integer) }.nesting(Relation("b", .many) { Field("y", .integer) })
      Parameter("p", .value(.integer, condition))
    }
    return Planner(resource: resource).faults
  }

  @Test("what a resource's own condition can not say")
  func conditions() {
    let rows: [(Condition, String?)] = [
      ((0..<50).reduce(Condition.always) { inner, _ in .not(inner) }, "is nested too deep"),
      ((0..<49).reduce(Condition.always) { inner, _ in .not(inner) }, nil),
      (
        .any("a.b", .compare("y", .equal, .argument), atLeast: 2),
        "asks for several of 'a.b', which are elements of elements"
      ),
      (.any("a", .any("b", .compare("y", .equal, .argument), atLeast: 2)), nil),
      (.compare("id", .less, .field("nope")), "names the unknown field 'nope'"),
      (.compare("id", .less, .field("name")), "compares fields of different types"),
      (.compare("name", .equal, .argument), "compares 'name' with an argument of another type"),
      (.compare("day", .equal, .literal("2024-02")), "has the literal '2024-02', which is no date"),
      (
        .compare("at", .equal, .literal("noon")),
        "has the literal 'noon', which is no date or time (ISO 8601)"
      ),
      (.compare("day", .equal, .literal("2024-02-29")), nil),
      (.compare("at", .less, .literal("2024-02")), nil),
    ]
    for (condition, fault) in rows {
      #expect(faults(condition) == (fault.map { ["the parameter 'p' \($0)"] } ?? []), "\(condition)")
    }
    #expect(
      faults(.isAmong("nope")) == [
        "the parameter 'p' names the unknown field 'nope'", "the parameter 'p' has no list to use",
      ])
  }

  @Test("a pattern may be as long as the limit says")
  func patternLength() throws {
    let limit = Sample.resource.limits.patternBytes
    _ = try Sample.plan("name_like=" + String(repeating: "a", count: limit), .suffix)
    let error = try #require(throws: QueryError.self) {
      try Sample.plan("name_like=" + String(repeating: "a", count: limit + 1), .suffix)
    }
    #expect(error.diagnostics.map(\.problem) == [.patternTooLong(limit: limit)])
  }

  /// A name without `=` gives no value at all.
  @Test(
    "how many values were found, where their number is wrong",
    arguments: [
      (QueryDialect.suffix, "count_in", 0), (.suffix, "count_between", 0), (.suffix, "count_between=1", 1),
      (.suffix, "count_between=1|2|3", 3), (.suffix, "count_eq", 0),
      (.body, #"{"filters":[{"field":"count","operator":"in","value":1}]}"#, 1),
      (.body, #"{"filters":[{"field":"count","operator":"between","value":1}]}"#, 1),
    ])
  func arity(_ dialect: QueryDialect, _ text: String, _ expected: Int) throws {
    let error = try #require(throws: QueryError.self) { try Sample.plan(text, dialect) }
    guard case .wrongArity(_, _, let found) = error.diagnostics.first?.problem else {
      Issue.record("\(error)")
      return
    }
    #expect(found == expected)
  }

  @Test(
    "a refused key says how deep keys may be", arguments: [(1, ", one level"), (2, ", at most 2 levels")])
  func levels(_ count: Int, _ rule: String) throws {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("meta", .json).nullable().openKeys(levels: count)
    }
    let error = try #require(throws: QueryError.self) {
      try Sample.plan("meta.a.b.c_eq=1", .suffix, resource: resource)
    }
    #expect(error.diagnostics.first?.message.contains(rule) == true)
  }

  @Test("all problems at once, in the order of their places")
  func manyAtOnce() throws {
    let error = try #require(throws: QueryError.self) {
      try Sample.plan("nope_eq=1&count_eq=x&limit=0&sort=zzz&trashed=foo", .suffix)
    }
    #expect(
      error.diagnostics.map(\.code) == [
        "name.unknown-field", "value.invalid", "page.out-of-bounds", "name.unknown-field",
        "value.unknown-case",
      ])
  }

  @Test(
    "of two names for one thing the second is not read",
    arguments: ["page[size]=5&«page[limit]»=0", "page[limit]=5&«page[size]»=1.5"])
  func secondSetting(_ marked: String) throws {
    let (text, span) = try #require(unmark(marked))
    let paging = Paging.cursor(defaultLimit: 10, maximumLimit: 100)
    let resource = Resource("r", dialect: .jsonAPI, paging: paging) { Field("id", .integer).primaryKey() }
    let error = try #require(throws: QueryError.self) {
      try Sample.plan(text, .jsonAPI, resource: resource)
    }
    #expect(error.diagnostics.map(\.code) == ["combination.conflicting-parameters"])
    #expect(error.diagnostics.first?.span == span)
  }

  @Test("a criterion's connective that joins it to nothing is a warning")
  func firstConnective() throws {
    let planned = try Sample.plan("filter[count-gt-or]=5", .jsonAPIKeys)
    #expect(planned.warnings.map(\.code) == ["combination.connective-without-effect"])
    #expect(planned.query.predicate.description == "count > 5")
  }

  /// The request without its marks, and the span between them.
  private func unmark(_ marked: String) -> (String, SourceSpan)? {
    guard let open = marked.firstIndex(of: "«"), let close = marked.firstIndex(of: "»") else { return nil }
    let before = marked[..<open]
    let inside = marked[marked.index(after: open)..<close]
    let after = marked[marked.index(after: close)...]
    let start = before.utf8.count
    return (String(before + inside + after), SourceSpan(start, start + inside.utf8.count))
  }
}
