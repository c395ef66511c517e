import Tamis
import TamisCatalog
import TamisPlanner
import TamisTesting
import Testing

/// A query as each dialect spells it, in canonical form.
@Suite("Queries as requests")
struct PrintingTests {
  private static let resource = Resource(
    "items", type: "item", dialect: .suffix, defaultSort: [.descending("made_at")]
  ) {
    Field("id", .integer).primaryKey()
    Field("name", .text).nullable().sortable()
    Field("code", .text).operators([.equal, .like, .isIn])
    Field("count", .integer).sortable()
    Field("price", .decimal(precision: 40, scale: 4)).nullable()
    Field("open", .boolean)
    Field("key", .uuid)
    Field("day", .date).nullable()
    Field("made_at", .timestamp).nullable().sortable()
    Field("late_at", .timestamp).operators([.lessOrEqual, .greater])
    Field("color", .enumeration(Enumeration(["Red", "Deep Blue"], matchesAnyCase: true)))
    Field("meta", .json).nullable().openKeys(levels: 2)
    Field("owner", .text).hidden()
    Relation("parts", .many) {
      Field("size", .integer)
      Field("unit", .text).nullable()
    }
    Relation("locks", .many) { Field("kind", .text) }.hidden()
    Parameter("since", .value(.timestamp, .compare("made_at", .greaterOrEqual, .argument)))
    Parameter("at", .value(.timestamp, .any("locks", .compare("kind", .equal, .literal("x")))))
    Parameter(
      "trashed",
      .choice(
        [.init("with", .always), .init("without", .isNull("day")), .init("only", .isNotNull("day"))],
        defaultChoice: "with"))
    Parameter("mine", .value(.text, .compare("owner", .equal, .argument)))
    Parameter("all", .flag(whenTrue: .always, whenFalse: .isNotNull("owner"), defaultValue: true))
  }

  private static let compiler = QueryCompiler(resource: resource)

  private func expect(_ rows: [(QueryDialect, String, QueryDialect, String)]) throws {
    for (source, request, target, text) in rows {
      do {
        let query = try Self.compiler.compile(request, dialect: source)
        #expect(try query.text(in: target) == text, "\(source.rawValue) \(request)")
        let again = try Self.compiler.compile(text, dialect: target)
        #expect(again.query == query.query, "\(request)")
      } catch {
        Issue.record("\(source.rawValue) \(request): \(error)")
      }
    }
  }

  @Test("the same in each dialect")
  func dialects() throws {
    let request =
      "name_eq=a&count_gte=5&color_in=red,deep+blue&count_between=1|9&price_isnull&sort=-name&limit=5&offset=10&fields=id,name"
    try expect([
      (
        .suffix, request, .suffix,
        "name_eq=a&count_gte=5&color_in=Red,Deep%20Blue&count_between=1|9&price_isnull=true&sort=-name&limit=5&offset=10&fields=id,name"
      ),
      (
        .suffix, request, .jsonAPI,
        "filter[name]=a&filter[count][gte]=5&filter[color]=Red,Deep%20Blue&filter[count][between]=1,9&filter[price][isnull]=true&sort=-name&page[limit]=5&page[offset]=10&fields[item]=id,name"
      ),
      (
        .suffix, request, .jsonAPIKeys,
        "filter[name]=a&filter[count-gte]=5&filter[color]=Red,Deep%20Blue&filter[count-between]=1,9&filter[price-isnull]=true&sort=-name&page[limit]=5&page[offset]=10&fields[item]=id,name"
      ),
      (
        .suffix, "name_eq=a&count_gte=5&color_in=red&count_between=-1|9&price_isnull&sort=-name", .bracket,
        "name=a&count[gte]=5&color[in]=Red&count[between]=-1..9&exists[price]=false&order[name]=desc"
      ),
      (
        .suffix, request, .mixed,
        "name[eq]=a&count[gte]=5&color[in]=Red,Deep%20Blue&count[between]=1..9&exists[price]=false&sort=-name&limit=5&offset=10&fields=id,name"
      ),
      (
        .suffix, request, .body,
        #"{"filters":[{"field":"name","operator":"eq","value":"a"},{"field":"count","operator":"gte","value":5},{"field":"color","operator":"in","values":["Red","Deep Blue"]},{"field":"count","operator":"between","values":[1,9]},{"field":"price","operator":"isnull"}],"sort":["-name"],"limit":5,"offset":10,"fields":["id","name"]}"#
      ),
    ])
  }

  @Test("what needs an escape has one, and nothing else has")
  func escapes() throws {
    try expect([
      (.suffix, "name_eq=a%26b%3Dc%2Bd%20e%25f%3Bg%23h", .suffix, "name_eq=a%26b=c%2Bd%20e%25f%3Bg%23h"),
      (.suffix, "name_eq=-._~!$'()*,:@/?", .suffix, "name_eq=-._~!$'()*,:@/?"),
      (.suffix, "name_eq=%01%0A%22%3C%5B%5D%7B%7C%7D%7F", .suffix, "name_eq=%01%0A%22%3C%5B%5D%7B%7C%7D%7F"),
      (.suffix, "name_eq=gr\u{F6}\u{DF}e", .suffix, "name_eq=gr%C3%B6%C3%9Fe"),
      (.suffix, "name_in=a%2Cb,c|d", .suffix, "name_in=a%2Cb,c%7Cd"),
      (.suffix, "name_eq=a,b", .jsonAPI, "filter[name]=a%2Cb"),
      (.suffix, "name_eq=", .jsonAPI, "filter[name]="),
      (.suffix, "name_in=", .jsonAPI, "filter[name][in]="),
      (.suffix, "name_between=a%7Cb|c,d", .suffix, "name_between=a%7Cb|c,d"),
      (.suffix, "name_between=a%7Cb|c,d", .jsonAPI, "filter[name][between]=a%7Cb,c%2Cd"),
      (.suffix, "name_between=a...|..b", .bracket, "name[between]=a%2E%2E%2E....b"),
      (.suffix, "name_between=a.b|c..", .bracket, "name[between]=a.b..c.."),
      (
        .suffix, "name_eq=%22%5C%0A%01\u{E9}", .body,
        "{\"filters\":[{\"field\":\"name\",\"operator\":\"eq\",\"value\":\"\\\"\\\\\\n\\u0001\u{E9}\"}]}"
      ),
      (.suffix, "meta.a.b_eq=1", .bracket, "meta.a.b=1"),
    ])
  }

  @Test("values are canonical, and dates as short as they can be")
  func values() throws {
    try expect([
      (.suffix, "price_gt=%2B001.500e2", .suffix, "price_gt=150"),
      (
        .suffix, "price_eq=123456789012345678901234567890.5000", .body,
        #"{"filters":[{"field":"price","operator":"eq","value":123456789012345678901234567890.5}]}"#
      ),
      (
        .suffix, "open_eq=1&key_eq=ABCDEF01-0000-4000-8000-00000000000A", .suffix,
        "open_eq=true&key_eq=abcdef01-0000-4000-8000-00000000000a"
      ),
      (.suffix, "day_eq=2024&day_ne=2024-02", .suffix, "day_eq=2024&day_ne=2024-02"),
      (.suffix, "day_lte=2024-02&day_gt=2024-02-03", .suffix, "day_lt=2024-03-01&day_gt=2024-02-03"),
      (.suffix, "made_at_eq=2024", .suffix, "made_at_eq=2024"),
      (.suffix, "made_at_eq=2024-02-01T10", .suffix, "made_at_eq=2024-02-01T10Z"),
      (.suffix, "made_at_eq=2024-02-01T10:30%2B00:30", .suffix, "made_at_eq=2024-02-01T10:00Z"),
      (.suffix, "made_at_eq=2024-02-01T10%2B05:45", .suffix, "made_at_eq=2024-02-01T05%2B00:45"),
      (.suffix, "made_at_eq=2024-02-01T10:30:00.25", .suffix, "made_at_eq=2024-02-01T10:30:00.25Z"),
      (.suffix, "made_at_eq=2024-02-01T10:30:00.250000", .suffix, "made_at_eq=2024-02-01T10:30:00.250000Z"),
      (.suffix, "made_at_lt=2024-02-01T10:30:00.250000", .suffix, "made_at_lt=2024-02-01T10:30:00.25Z"),
      (.suffix, "made_at_lte=9999", .suffix, "made_at_lte=9999-12-31"),
      (.suffix, "late_at_lte=2024-02", .suffix, "late_at_lte=2024-02-29"),
      (.suffix, "late_at_gt=2024-02-01T10", .suffix, "late_at_gt=2024-02-01T10:59:59Z"),
      (.suffix, "made_at_between=2024-01|2024-03-04", .bracket, "made_at[between]=2024-01-01..2024-03-04"),
      (
        .suffix, "made_at_notbetween=2024-01|2024-03-04T00:00:00.000000Z", .suffix,
        "made_at_notbetween=2024-01-01|2024-03-04T00:00:00.000000Z"
      ),
      (
        .suffix, "made_at_gte=2024-02-01&made_at_lt=2025", .bracket,
        "made_at[after]=2024-02-01&made_at[strictly_before]=2025-01-01"
      ),
      (.suffix, "day_in=2024-02-03,2024-02-04", .suffix, "day_in=2024-02-03,2024-02-04"),
      (
        .suffix, "day_in=2024-02-03,2024", .jsonAPI,
        "filter[or][0][day][in]=2024-02-03&filter[or][1][day]=2024"
      ),
    ])
  }

  @Test("patterns are literal text where one operator says it, else like")
  func patterns() throws {
    try expect([
      (.suffix, "name_like=a%25", .suffix, "name_startswith=a"),
      (.suffix, "name_ilike=%2525%5C%25%25", .suffix, "name_icontains=25%25"),
      (.suffix, "name_like=%25a_", .suffix, "name_like=%25a_"),
      (.suffix, "name_like=100%5C%25", .suffix, "name_like=100%5C%25"),
      (.suffix, "name_contains=", .suffix, "name_like=%25"),
      (.suffix, "name_notilike=a%25", .suffix, "name_notilike=a%25"),
      (.suffix, "code_like=a%25", .suffix, "code_like=a%25"),
      // A field that has no operator for the opposite.
      (
        .suffix, "not[code_like]=a%25&not[code_eq]=b", .suffix,
        "or[0][not][code_like]=a%25&or[1][not][code_eq]=b"
      ),
      (
        .body, #"{"filter":{"not":{"field":"code","operator":"in","values":["a"]}}}"#, .jsonAPI,
        "filter[not][code][in]=a"
      ),
      (
        .suffix, "not[code_eq]=a", .body,
        #"{"filters":[{"not":{"field":"code","operator":"eq","value":"a"}}]}"#
      ),
    ])
  }

  @Test("groups, and the alternatives that need none")
  func groups() throws {
    try expect([
      (
        .suffix, "logical_operator=or&name_eq=a&count_gt=5", .suffix,
        "logical_operator=or&name_eq=a&count_gt=5"
      ),
      (.suffix, "logical_operator=or&name_eq=a&count_gt=5", .bracket, "or[0][name]=a&or[1][count][gt]=5"),
      (
        .suffix, "logical_operator=or&name_eq=a&count_gt=5", .jsonAPIKeys,
        "filter[name]=a&filter[count-gt-or]=5"
      ),
      (
        .jsonAPIKeys, "filter[name]=a&filter[count-gt]=5&filter[open-or]=1&filter[code]=x", .jsonAPIKeys,
        "filter[name]=a&filter[count-gt]=5&filter[open-or]=true&filter[code]=x"
      ),
      (
        .jsonAPIKeys, "filter[name]=a&filter[count-gt]=5&filter[open-or]=1", .suffix,
        "or[0][name_eq]=a&or[0][count_gt]=5&or[1][open_eq]=true"
      ),
      (
        .suffix, "or[3][name_eq]=a&or[1][count_gt]=5&open_eq=1", .suffix,
        "or[0][count_gt]=5&or[1][name_eq]=a&open_eq=true"
      ),
      // A name stands at one place once.
      (
        .mixed, "count_gt=1&count[gt]=2&name_eq=a", .suffix, "count_gt=1&and[0][count_gt]=2&and[1][name_eq]=a"
      ),
      (
        .bracket, "and[0][or][name]=a&and[0][or][open]=1&and[1][or][name]=b&and[1][or][code]=c", .bracket,
        "or[0][name]=a&or[1][open]=true&and[0][or][0][name]=b&and[0][or][1][code]=c"
      ),
      (
        .bracket, "or[0][name]=a&or[0][count]=1&or[1][or][count]=5&or[2][and][open]=1", .body,
        #"{"filters":[{"or":[{"and":[{"field":"name","operator":"eq","value":"a"},{"field":"count","operator":"eq","value":1}]},{"field":"count","operator":"eq","value":5},{"field":"open","operator":"eq","value":true}]}]}"#
      ),
      (.suffix, "parts.size_gt=5", .bracket, "parts.size[gt]=5"),
      (
        .suffix, "any[parts][size_gt]=5&any[parts][unit_isnull]", .bracket,
        "any[parts][size][gt]=5&any[parts][exists][unit]=false"
      ),
      (
        .suffix, "not[parts.size_gt]=5&not[name_eq]=a", .body,
        #"{"filters":[{"or":[{"not":{"field":"parts.size","operator":"gt","value":5}},{"field":"name","operator":"ne","value":"a"}]}]}"#
      ),
      (
        .body,
        #"{"filter":{"not":{"any":"parts","where":{"or":[{"field":"size","operator":"gt","value":5},{"field":"unit","operator":"eq","value":"kg"}]}}}}"#,
        .jsonAPI, "filter[not][any][parts][or][0][size][gt]=5&filter[not][any][parts][or][1][unit]=kg"
      ),
      (.body, #"{"filter":{"or":[]}}"#, .body, #"{"filters":[{"or":[]}]}"#),
    ])
  }

  @Test("parameters by their names, defaults by themselves")
  func parameters() throws {
    try expect([
      (.suffix, "", .suffix, ""),
      (.suffix, "trashed=with&all=true", .suffix, ""),
      (.suffix, "trashed=only&name_eq=a", .jsonAPI, "filter[name]=a&filter[trashed]=only"),
      (.suffix, "all=false&mine=me&since=2024-02", .suffix, "all=false&mine=me&since=2024-02-01"),
      (
        .suffix, "since=2024-02-01T10:30:00Z&mine=a,b", .jsonAPIKeys,
        "filter[since]=2024-02-01T10:30:00Z&filter[mine]=a%2Cb"
      ),
      (.suffix, "trashed=without", .body, #"{"trashed":"without"}"#),
      (.suffix, "all=0&mine=7", .body, #"{"all":false,"mine":"7"}"#),
    ])
  }

  @Test("the count and an order by chance")
  func others() throws {
    let balances = try #require(Catalog.resource(named: "blnk/balances"))
    let compiled = try QueryCompiler(resource: balances).compile("include_count=true&currency_eq=USD")
    #expect(compiled.query.wantsCount)
    #expect(try compiled.text(in: .suffix) == "currency_eq=USD&include_count=true")
    #expect(try compiled.text(in: .body).contains(#""include_count":true"#))
    let themes = try #require(Catalog.resource(named: "animethemes/balances"))
    guard themes.allowsRandomOrder else { return }
    let shuffled = try QueryCompiler(resource: themes).compile("sort=-usage,random", randomSeed: 7)
    #expect(try shuffled.text(in: .jsonAPI) == "sort=-usage,random")
  }

  @Test("scopes are never printed, and are found behind what the client wrote")
  func scopes() throws {
    let resource = Resource("items", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("status", .text)
      Scope("status", .text, .compare("status", .equal, .argument))
      Parameter(
        "archived",
        .flag(whenTrue: .always, whenFalse: .compare("id", .greater, .literal("0")), defaultValue: false))
    }
    let compiler = QueryCompiler(resource: resource)
    for (request, text) in [
      ("", ""), ("id_gt=5", "id_gt=5"), ("status_eq=b", "status_eq=b"),
      ("status_eq=a&id_eq=1", "status_eq=a&id_eq=1"),
      ("archived=true&id_gt=0", ""),
      ("archived=true", "archived=true"),
    ] {
      let compiled = try compiler.compile(request, scope: ["status": "a"])
      #expect(try compiled.text(in: .suffix) == text, "\(request)")
      #expect(try compiler.printer.text(of: compiled.query, in: .suffix, scope: ["status": "a"]) == text)
    }
    // What the client wrote last is not taken for the scope's clause, which is no longer repeated there.
    let twice = try compiler.compile("status_eq=a&filter[status]=b", dialect: .mixed, scope: ["status": "a"])
    #expect(try twice.text(in: .suffix) == "status_eq=a&and[0][status_eq]=b")
    // Of a query that was built by hand, only the server knows which clause is the scope's.
    let built = try #require(
      Query(
        resource,
        where: .and([
          .compare(FieldPath("status"), .equal, .text("a")), .compare(FieldPath("id"), .greater, .integer(0)),
        ])))
    #expect(throws: QueryError.self) {
      try compiler.printer.text(of: built, in: .suffix, scope: ["status": "b"])
    }
    #expect(throws: QueryError.self) { try compiler.printer.text(of: built, in: .suffix, scope: [:]) }
  }

  @Test("no dialect asks for several elements")
  func severalElements() throws {
    let several = Predicate.any(
      relation: "parts", .compare(FieldPath("size"), .greater, .integer(3)), isNegated: false, atLeast: 2)
    for predicate in [
      several, .not(several), .or([several, .compare(FieldPath("id"), .equal, .integer(1))]),
    ] {
      let query = Normalizer.normalise(try #require(Query(Self.resource, where: predicate)))
      for dialect in QueryDialect.allCases {
        do {
          _ = try Self.compiler.printer.text(of: query, in: dialect)
          Issue.record("not refused in \(dialect): \(predicate)")
        } catch {
          #expect(error.diagnostics.first?.problem.clause?.contains("2 parts: size > 3") == true, "\(error)")
        }
      }
    }
  }

  @Test("what a dialect can not say is refused, at the clause")
  func refusals() throws {
    let rows: [(QueryDialect, String, QueryDialect, String)] = [
      (.suffix, "name_eq=a&«meta.a_eq=1»", .body, "meta.a = \"1\""),
      (
        .body,
        #"{"filters":[«{"field":"meta.a","operator":"eq","value":1}»,{"field":"open","operator":"eq","value":true}]}"#,
        .suffix, "meta.a = 1"
      ),
      (
        .body, #"{"filters":[«{"field":"meta","operator":"json_contains","value":{"a":1}}»]}"#, .jsonAPI,
        #"meta CONTAINS {"a":1}"#
      ),
      (.suffix, "name_eq=a&limit=5", .bracket, "page limit"),
      (.suffix, "fields=id", .bracket, "a choice of fields"),
      (.suffix, "or[0][name_eq]=a&«or[1][meta.a_eq]=1»", .body, "meta.a = \"1\""),
      (.suffix, "«at=2024»", .suffix, "ANY locks: kind = \"x\""),
    ]
    for (source, marked, target, clause) in rows {
      let request = try #require(MarkedText(marked))
      let compiled = try Self.compiler.compile(request.text, dialect: source)
      do {
        _ = try compiled.text(in: target)
        Issue.record("not refused: \(marked)")
      } catch {
        #expect(error.diagnostics.map(\.code) == ["dialect.not-supported"], "\(marked)")
        #expect(error.diagnostics.first?.problem.clause == clause, "\(marked)")
        let span = request.spans.first ?? SourceSpan(0, 0)
        #expect(error.diagnostics.first?.span == span, "\(marked)")
      }
    }
  }

  private static let peculiar = Resource("items", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("name", .text).nullable().sortable()
    Field("a]b", .integer).sortable()
    Relation("parts", .many) { Field("size", .integer) }
    Relation("locks", .many) { Field("kind", .text) }.hidden()
  }

  /// What a server builds, and no client can ask for: the dialects that can not say it, the clause and the reason.
  private static func unsayable() throws -> [(Query, [QueryDialect], clause: String, reason: String?)] {
    let query = try #require(Query(peculiar))
    let name = try #require(peculiar.field(named: "name"))
    let bracket = try #require(peculiar.field(named: "a]b"))
    func filtered(_ predicate: Predicate) throws -> Query { try #require(Query(peculiar, where: predicate)) }
    func sorted(_ field: FieldID, _ nulls: SortKey.NullPlacement) throws -> Query {
      try #require(Query(peculiar, sort: [SortKey(field: field, direction: .ascending, nulls: nulls)]))
    }
    var counted = query
    counted.wantsCount = true
    let order = "its keys or where null stands are not a client's"
    let noBracket = "a bracket can not stand in a name"
    let hidden = Predicate.any(
      relation: "locks", .compare(FieldPath("kind"), .equal, .text("x")), isNegated: false)
    let chosen = Inclusion("parts", where: .compare(FieldPath("size"), .greater, .integer(1)))
    return [
      (
        try filtered(hidden), QueryDialect.allCases, #"ANY locks: kind = "x""#,
        "the relation is not for clients"
      ),
      (try sorted(name, .first), QueryDialect.allCases, "this order", order),
      (query.shuffled(RandomOrder(seed: 1, position: 0)), QueryDialect.allCases, "this order", order),
      (counted, QueryDialect.allCases, "the number of all records", nil),
      (
        try filtered(.compare(FieldPath("a]b"), .equal, .integer(1))),
        [.jsonAPI, .jsonAPIKeys, .bracket, .mixed],
        "a]b = 1", noBracket
      ),
      (try sorted(bracket, .last), [.bracket], "the name 'a]b'", noBracket),
      (
        try #require(query.including([chosen])), [.jsonAPI, .jsonAPIKeys, .suffix, .body, .mixed],
        "a choice among related records to include", nil
      ),
    ]
  }

  @Test("what no client can ask for is in no request")
  func built() throws {
    let printer = QueryPrinter(resource: Self.peculiar)
    for (query, dialects, clause, reason) in try Self.unsayable() {
      for dialect in dialects {
        let error = try #require(throws: QueryError.self, "\(clause) \(dialect)") {
          try printer.text(of: query, in: dialect)
        }
        let expected = Problem.notInDialect(clause: clause, dialect: dialect.rawValue, reason: reason)
        #expect(error.diagnostics.map(\.problem) == [expected])
      }
    }
    let named = try #require(Query(Self.peculiar, where: .compare(FieldPath("a]b"), .equal, .integer(1))))
    #expect(try printer.text(of: named, in: .suffix) == "a%5Db_eq=1")
  }

  @Test("a parameter that must be given, and is not")
  func requiredParameters() throws {
    let resource = Resource("items", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("tenant", .text)
      Parameter("of", .value(.text, .compare("tenant", .equal, .argument))).required()
    }
    let printer = QueryPrinter(resource: resource)
    for (predicate, text) in [
      (Predicate.compare(FieldPath("tenant"), .equal, .text("a")), "of=a"), (.always, nil),
      (.compare(FieldPath("id"), .equal, .integer(1)), nil),
    ] {
      let query = try #require(Query(resource, where: predicate))
      if let text {
        #expect(try printer.text(of: query, in: .suffix) == text)
      } else {
        let error = try #require(throws: QueryError.self) { try printer.text(of: query, in: .suffix) }
        #expect(error.diagnostics.map(\.problem.clause) == ["the request without the parameter 'of'"])
      }
    }
  }

  @Test("criteria of a body stand in 'filter' where 'filters' is a parameter")
  func parameterOfTheSameName() throws {
    let resource = Resource("items", dialect: .body) {
      Field("id", .integer).primaryKey()
      Field("size", .integer)
      Parameter("filters", .value(.integer, .compare("size", .less, .argument)))
    }
    let clause = #"{"field":"id","operator":"gt","value":1}"#
    let other = #"{"field":"size","operator":"ne","value":9}"#
    let compiler = QueryCompiler(resource: resource)
    for text in [
      #"{"filter":\#(clause)}"#, #"{"filter":{"and":[\#(clause),\#(other)]}}"#,
    ] {
      #expect(try compiler.compile(text).text(in: .body) == text)
    }
  }

  @Test("the limits of the resource are those of the text")
  func limits() throws {
    var limits = QueryLimits()
    limits.depth = 4
    limits.parameters = 2
    let resource = Resource("items", dialect: .body, limits: limits) {
      Field("id", .integer).primaryKey()
      Field("size", .integer)
    }
    let compiler = QueryCompiler(resource: resource)
    let wide = try compiler.compile(
      #"{"filters":[{"field":"id","operator":"gt","value":1},{"field":"id","operator":"lt","value":9},{"field":"size","operator":"ne","value":9}]}"#
    )
    #expect(throws: QueryError.self) { try wide.text(in: .suffix) }
    let deep = try compiler.compile(
      #"{"filter":{"or":[{"field":"id","operator":"gt","value":1},{"and":[{"field":"id","operator":"lt","value":9},{"or":[{"field":"size","operator":"lt","value":9}]}]}]}}"#
    )
    #expect(try deep.text(in: .body).isEmpty == false)
    let names = try compiler.compile(
      #"{"filters":[{"field":"id","operator":"gt","value":1},{"field":"size","operator":"ne","value":9}]}"#)
    #expect(try names.text(in: .suffix) == "id_gt=1&size_ne=9")
    do {
      _ = try wide.text(in: .suffix)
    } catch {
      #expect(error.diagnostics.first?.message.contains("more than 2 parameters") == true)
    }
  }

  @Test("without groups a resource still says what needs none")
  func withoutGroups() throws {
    let resource = Resource("items", dialect: .suffix, groups: false) {
      Field("id", .integer).primaryKey()
      Field("not", .integer)
    }
    let compiler = QueryCompiler(resource: resource)
    let either = try compiler.compile("logical_operator=or&id_eq=1&not_eq=2")
    #expect(try either.text(in: .suffix) == "logical_operator=or&id_eq=1&not_eq=2")
    #expect(throws: QueryError.self) { try either.text(in: .bracket) }
    #expect(try either.text(in: .body).hasPrefix(#"{"filters":[{"or":["#))
    #expect(try compiler.compile("not_gt=1").text(in: .bracket) == "not[gt]=1")
  }

  @Test("the catalogue's requests, from dialect to dialect and back")
  func catalogue() throws {
    let rows: [(String, String)] = [
      ("animethemes/balances", "filter[usage-lt]=5&filter[usage-gt-or]=9&filter[trashed]=with&sort=-date"),
      (
        "blnk/balances",
        "currency_in=USD,NGN&balance_gte=9007199254740993&meta_data.tier_eq=gold&sort=-balance"
      ),
      (
        "glu/balances",
        "type[in]=Topup,Refund%20failed&happenedAt[strictly_before]=2024-01-22&order[happenedAt]=asc"
      ),
      (
        "metronome/balances",
        #"{"customer_id":"13117714-3f05-48e5-a6e9-a66093f13b4d","covering_date":"2024-01-15T00:00:00Z","access_type":"SPEND"}"#
      ),
    ]
    for (name, text) in rows {
      let resource = try #require(Catalog.resource(named: name))
      let compiler = QueryCompiler(resource: resource)
      let query = try compiler.compile(text)
      #expect(try query.text(in: resource.dialect) == text)
      for dialect in QueryDialect.allCases {
        guard let other = try? query.text(in: dialect) else { continue }
        #expect(try compiler.compile(other, dialect: dialect).text(in: resource.dialect) == text, "\(other)")
      }
    }
  }

  /// A printer writes queries of its own resource, and of a sound one.
  @Test("queries of another resource, and resources with a fault")
  func printersOfOthers() throws {
    let (blnk, glu) = (Catalog.blnkBalances, Catalog.gluBalances)
    let query = try #require(Query(blnk))
    let error = try #require(throws: QueryError.self) {
      try QueryPrinter(resource: glu).text(of: query, in: .bracket)
    }
    let fault = "the query is one of the resource 'balances'"
    #expect(error.diagnostics.map(\.problem) == [.invalidResource(faults: [fault])])
    let unsound = Resource("things", dialect: .suffix) { Field("name", .text) }
    let refused = try #require(throws: QueryError.self) {
      try QueryPrinter(resource: unsound).text(of: query, in: .suffix)
    }
    #expect(refused.diagnostics.map(\.problem) == [.invalidResource(faults: unsound.faults)])
    #expect(try QueryPrinter(resource: blnk).text(of: query, in: .suffix) == "")
  }
}

extension Problem {
  fileprivate var clause: String? {
    if case .notInDialect(let clause, _, _) = self { clause } else { nil }
  }
}
