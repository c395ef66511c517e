import Tamis
import TamisCatalog
import Testing

/// What the faithful readings do at their edges: values of another shape than expected, limits, and the ends of what
/// a type can hold. `«…»` marks the place of the first problem.
struct FaithfulEdgeTests {
  private static let shop = Resource(
    "items", dialect: .bracket, paging: .pages(defaultSize: 30, maximumSize: 50),
    limits: QueryLimits(with: {
      $0.listItems = 3
      $0.patternBytes = 20
      $0.digits = 30
    }),
    compatibility: Compatibility("API Platform", .declaredFilters(rules))
  ) {
    Field("id", .integer).primaryKey().sortable()
    Field("name", .text).nullable()
    Field("open", .boolean)
    Field("key", .uuid)
    Field("state", .enumeration(Enumeration(["on", "off"])))
    Field("price", .decimal(precision: 8, scale: 2))
    Field("day", .date).nullable()
    Field("at", .timestamp).nullable()
    PropertyFilter.boolean("open")
    PropertyFilter.exists("name")
    PropertyFilter.order("id")
    PropertyFilter.order(FilterProperty("nr", field: "id"))
    PropertyFilter.date("day", "at")
    PropertyFilter.search("name", by: SearchStrategy(.partial, ignoresCase: false))
    FilterParameter("exact[:property]", .exact, on: "id", "key", "state", "price", "day", "at", "open")
    FilterParameter("compare[:property]", .comparison(.exact), on: "id", "name")
  }

  private static let rules: DeclaredFilterRules = {
    var rules = DeclaredFilterRules()
    rules.clientChoosesSize = true
    return rules
  }()

  private static let isStrict: Resource = {
    var rules = DeclaredFilterRules()
    rules.refusesUnknownParameters = true
    return Resource(
      "items", dialect: .bracket, compatibility: Compatibility("API Platform", .declaredFilters(rules))
    ) {
      Field("id", .integer).primaryKey()
      FilterParameter("id", .exact, on: "id")
    }
  }()

  // MARK: API Platform

  @Test(arguments: [
    ("open[]=«1»", "syntax.wrong-shape"), ("open=«x»", "value.invalid"),
    ("exists=«1»", "syntax.wrong-shape"), ("exists[name][]=«1»", "syntax.wrong-shape"),
    ("order=«asc»", "syntax.wrong-shape"),
    ("order[id]=asc&order[nr]=«desc»", "combination.repeated-sort-key"),
    ("compare[id]=«5»", "syntax.wrong-shape"),
    ("compare[id][nope]=«1»", "name.unknown-operator"), ("compare[id][gt]=«»", "syntax.wrong-shape"),
    ("compare[name][between]=«a..b»", "value.invalid"),
  ])
  func passedOver(_ marked: String, _ code: String) throws {
    let (request, _) = try Self.unmark(marked)
    let compiled = try QueryCompiler(resource: Self.shop, policy: .faithful).compile(request)
    #expect(compiled.warnings.map(\.code) == [code], "\(request): \(compiled.warnings)")
    #expect(compiled.query.predicate == .always)
  }

  @Test(arguments: [
    ("itemsPerPage=«-1»", "page.out-of-bounds", 400), ("exact[key]=«x»", "value.invalid", 500),
    ("exact[id]=«x»", "value.invalid", 500), ("exact[price]=«x»", "value.invalid", 500),
    ("exact[at]=«soon»", "value.invalid", 500), ("«exact[open]»=", "value.empty", 500),
    ("exact[price]=«1e40»", "limit.digits", nil),
    ("«exact[id][]=1»&exact[id][]=2&exact[id][]=3&exact[id][]=4", "limit.list-items", nil),
  ])
  func refused(_ marked: String, _ code: String, _ status: Int?) throws {
    let (request, span) = try Self.unmark(marked)
    let error = try #require(throws: QueryError.self) {
      try QueryCompiler(resource: Self.shop, policy: .faithful).compile(request)
    }
    #expect(error.diagnostics.map(\.code) == [code], "\(request): \(error)")
    #expect(error.diagnostics.first?.serverAnswer?.status == status)
    #expect(error.diagnostics.first?.span == span)
  }

  @Test(arguments: [
    ("exact[key]=6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "key = 6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    ("exact[state]=off", "state = off"), ("exact[state]=of", "FALSE"),
    ("exact[day]=2024-02-03T10:00:00", "day = 2024-02-03"),
    ("day[after]=2024-02-03 10:00:00", "day >= 2024-02-03"),
  ])
  func values(_ request: String, _ predicate: String) throws {
    let query = try QueryCompiler(resource: Self.shop, policy: .faithful).compile(request).query
    #expect(query.predicate.description == predicate)
  }

  @Test func unknownNamesAreRefusedWhereTheServerDoes() throws {
    let compiler = QueryCompiler(resource: Self.isStrict, policy: .faithful)
    let error = try #require(throws: QueryError.self) { try compiler.compile("id=5&ids[]=6") }
    let problem = try #require(error.diagnostics.first)
    #expect(error.diagnostics.count == 1 && problem.code == "name.unknown-parameter")
    #expect(problem.suggestion == "id" && problem.span == SourceSpan(5, 10))
    #expect(
      problem.serverAnswer
        == ServerAnswer("API Platform", status: 400, message: #"Parameter "ids" not supported"#))
    #expect(try compiler.compile("id=5").query.predicate.description == "id = 5")
  }

  // MARK: AnimeThemes

  @Test(arguments: [
    // A day is no instant within it: nothing equals that, and what comes after it comes after the day.
    ("filter[date]=2022-01-01T10:00:00", "FALSE"),
    ("filter[date-ne]=2022-01-01T10:00:00", "date IS NOT NULL"),
    ("filter[date-gt]=2022-01-01T10:00:00", "date > 2022-01-01"),
    ("filter[date-gte]=2022-01-01T10:00:00", "date > 2022-01-01"),
    ("filter[date-lt]=2022-01-01T10:00:00", "date <= 2022-01-01"),
    ("filter[date-lte]=2022-01-01T10:00:00", "date <= 2022-01-01"),
    ("filter[date-lt]=0000-01-01", "FALSE"), ("filter[date-gte]=0000-01-01", "date IS NOT NULL"),
    ("filter[date]=2022-01-01T10:00:00,2022-01-02T11:00:00", "FALSE"),
    ("filter[date-not]=2022-01-01T10:00:00,2022-01-02T11:00:00", "date IS NOT NULL"),
    ("filter[date]=2022-01-01T10:00:00,2022-01-02", "date IN (2022-01-02)"),
  ])
  func days(_ request: String, _ expected: String) throws {
    let compiler = QueryCompiler(resource: Catalog.animeThemesBalances, policy: .faithful)
    let predicate = try compiler.compile("filter[trashed]=with&" + request).query.predicate
    #expect(predicate.description == expected)
  }

  @Test(arguments: [
    ("sort=«usage»,-usage", "combination.repeated-sort-key", "The sort field has a duplicate value."),
    ("«include»=x", "name.not-supported", "The include field is prohibited."),
    ("«q»=x", "name.not-supported", nil),
  ])
  func keyChains(_ marked: String, _ code: String, _ message: String?) throws {
    let (request, span) = try Self.unmark(marked)
    let error = try #require(throws: QueryError.self) {
      try QueryCompiler(resource: Catalog.animeThemesBalances, policy: .faithful).compile(request)
    }
    #expect(error.diagnostics.map(\.code) == [code])
    #expect(error.diagnostics.map(\.span) == [span])
    if let message { #expect(error.diagnostics.first?.serverAnswer?.message == message) }
  }

  @Test func relatedRecords() throws {
    let compiler = QueryCompiler(resource: Catalog.animeThemesAnime, policy: .faithful)
    let fields = try compiler.compile("fields[song]=title")
    #expect(fields.warnings.map(\.code) == ["combination.without-effect"])
    #expect(fields.warnings.map(\.span) == [SourceSpan(0, 18)])
    let first = try compiler.compile("filter[has-or]=animethemes")
    #expect(first.warnings.map(\.code) == ["combination.connective-without-effect"])
    #expect(first.warnings.map(\.span) == [SourceSpan(0, 14)])
    for (request, code) in [("q=x", "name.not-supported"), ("filter[year-gt]=1e99999", "value.invalid")] {
      let error = try #require(throws: QueryError.self) { try compiler.compile(request) }
      #expect(error.diagnostics.map(\.code) == [code])
    }
    let body = try #require(throws: QueryError.self) { try compiler.compile("{}", dialect: .body) }
    #expect(body.diagnostics.map(\.code) == ["name.not-supported"])
    // MySQL: the backslash at the end stands for itself.
    let predicate = try compiler.compile("filter[trashed]=with&filter[name-like]=ab%5C").query.predicate
    #expect(
      predicate == (try compiler.compile("filter[trashed]=with&filter[name-like]=ab%5C%5C").query.predicate))
  }

  private static let chained: Resource = {
    var rules = KeyChainRules()
    rules.relatedPaths = ["songs", "parts", "parts.halves"].map {
      KeyChainRules.RelatedPath($0, type: "song", isScoped: false)
    }
    return Resource(
      "things", dialect: .jsonAPIKeys, limits: QueryLimits(with: { $0.digits = 10 }),
      compatibility: Compatibility("AnimeThemes", .keyChain(rules))
    ) {
      Field("id", .integer).primaryKey()
      Field("price", .decimal(precision: 8, scale: 2))
      Relation("parts", .many) { Field("kind", .text) }.only(.compare("kind", .equal, .literal("a")))
        .nesting(Relation("halves", .many) { Field("size", .integer) }.only(.isNotNull("size")))
    }
  }()

  /// Elements that are not of a relation do not count, whatever is asked of it.
  @Test(arguments: [
    ("filter[has]=parts", #"ANY parts: kind = "a""#), ("filter[has-lt]=parts", #"NO parts: kind = "a""#),
    (
      "filter[has]=parts.halves",
      #"ANY parts: (kind = "a" AND ANY halves: size IS NOT NULL)"#
    ),
    ("filter[has-gt]=parts", #"AT LEAST 2 parts: kind = "a""#),
  ])
  func elementsOfTheRelation(_ request: String, _ expected: String) throws {
    let query = try QueryCompiler(resource: Self.chained, policy: .faithful).compile(request).query
    #expect(query.predicate.description == expected)
  }

  /// What the rules name, and the resource does not have; and more digits than are read.
  @Test(arguments: [
    ("«filter[has]=songs»", "name.not-supported"), ("filter[price]=«1e20»", "limit.digits"),
    ("filter[price]=1«»e2", nil),
  ])
  func keyChainsOfOthers(_ marked: String, _ code: String?) throws {
    let (request, span) = try Self.unmark(marked)
    let compiler = QueryCompiler(resource: Self.chained, policy: .faithful)
    guard let code else {
      #expect(try compiler.compile(request).query.predicate.description == "price = 100")
      return
    }
    let error = try #require(throws: QueryError.self) { try compiler.compile(request) }
    let problems = error.diagnostics.filter { $0.severity == .error }
    #expect(problems.map(\.code) == [code])
    #expect(problems.map(\.span) == [span])
  }

  @Test func listsAndTextsHaveLimits() throws {
    let compiler = QueryCompiler(resource: Catalog.animeThemesAnime, policy: .faithful)
    let limits = Catalog.animeThemesAnime.limits
    let list = Array(repeating: "1", count: limits.listItems + 1).joined(separator: ",")
    let requests = [
      ("filter[year]=\(list)", "limit.list-items"),
      ("fields[anime]=\(list)", "limit.list-items"),
      ("filter[name-like]=" + String(repeating: "a", count: limits.patternBytes + 1), "limit.pattern-bytes"),
    ]
    for (request, code) in requests {
      let error = try #require(throws: QueryError.self, "\(request.prefix(20))") {
        try compiler.compile(request)
      }
      #expect(
        error.diagnostics.map(\.code).contains(code),
        "\(request.prefix(20)): \(error.diagnostics.map(\.code))")
    }
  }

  // MARK: Blnk

  private static let guessed: Resource = {
    var rules = GuessedSuffixRules(table: "things")
    rules.maximumFilters = 2
    rules.restrictions = [.init("name", operators: [.equal])]
    rules.failureAnswer = "Failed"
    return Resource(
      "things", dialect: .suffix, limits: QueryLimits(with: { $0.patternBytes = 8 }),
      compatibility: Compatibility("Blnk", .guessedSuffixes(rules))
    ) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      Field("open", .boolean)
      Field("key", .uuid)
      Field("state", .enumeration(Enumeration(["on", "off"])))
      Field("note", .text)
    }
  }()

  @Test(arguments: [
    ("open_eq=true", "open = true"), ("open_ne=OF", "open <> false"),
    ("open_in=y,0", "open IN (true, false)"),
    ("key_eq=6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "key = 6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
    ("state_eq=off", "state = off"),
  ])
  func wordsOfBlnk(_ request: String, _ predicate: String) throws {
    let compiler = QueryCompiler(resource: Self.guessed, policy: .faithful)
    #expect(try compiler.compile(request).query.predicate.description == predicate)
  }

  @Test(arguments: [
    ("open_eq=«maybe»", "value.invalid", 500), ("key_eq=«x»", "value.invalid", 500),
    ("state_eq=«of»", "value.invalid", 500), ("«open_gt=true»", "name.not-supported", nil),
    ("id_gt=1&id_lt=5&«id_ne»=3", "limit.clauses", 400),
    ("note_like=«123456789»", "limit.pattern-bytes", nil),
  ])
  func refusedByBlnk(_ marked: String, _ code: String, _ status: Int?) throws {
    let (request, span) = try Self.unmark(marked)
    let error = try #require(throws: QueryError.self) {
      try QueryCompiler(resource: Self.guessed, policy: .faithful).compile(request)
    }
    #expect(error.diagnostics.map(\.code) == [code], "\(request): \(error)")
    #expect(error.diagnostics.first?.span == span)
    #expect(error.diagnostics.first?.serverAnswer?.status == status)
  }

  @Test func restrictionsOfBlnk() throws {
    let error = try #require(throws: QueryError.self) {
      try QueryCompiler(resource: Self.guessed, policy: .faithful).compile("name_like=a")
    }
    #expect(error.diagnostics.map(\.code) == ["name.operator-not-allowed"])
    #expect(
      error.diagnostics.first?.serverAnswer?.message?.hasSuffix(
        "operator 'like' is not supported for field 'name' on things: must be one of eq") == true)
  }

  /// What Go's decoder takes, and where it stops.
  @Test func bodiesOfBlnk() throws {
    let short = Resource(
      "things", dialect: .suffix, limits: QueryLimits(with: { $0.bodyBytes = 20 }),
      compatibility: Compatibility("Blnk", .guessedSuffixes(GuessedSuffixRules(table: "things")))
    ) { Field("id", .integer).primaryKey() }
    let long = try #require(throws: QueryError.self) {
      try QueryCompiler(resource: short, policy: .faithful).compile(
        #"{"filters":[],"limit":5}"#, dialect: .body)
    }
    #expect(long.diagnostics.map(\.code) == ["limit.bytes"])
    #expect(long.diagnostics.map(\.span) == [SourceSpan(20, 24)])
    let bodies: [(String, String)] = [
      (#"{"a":"\u12g4"}"#, "invalid character 'g' in \\u hexadecimal character escape"),
      ("\u{1}", "invalid character '\\x01' looking for beginning of value"),
      ("\u{7F}", "invalid character '\\x7f' looking for beginning of value"),
      (#"{"a":"b"#, "unexpected EOF"),
    ]
    for (body, message) in bodies {
      let error = try #require(throws: QueryError.self) {
        try QueryCompiler(resource: Self.guessed, policy: .faithful).compile(body, dialect: .body)
      }
      #expect(error.diagnostics.compactMap { $0.serverAnswer?.message } == [message], "\(body)")
    }
    // Go reads what is nested deeper than any filter is.
    let deep = #"{"a":"# + String(repeating: "[", count: 300) + String(repeating: "]", count: 300) + "}"
    let tooDeep = try #require(throws: QueryError.self) {
      try QueryCompiler(resource: Self.guessed, policy: .faithful).compile(deep, dialect: .body)
    }
    #expect(tooDeep.diagnostics.map(\.code) == ["limit.depth"])
  }

  /// A server of named parameters is asked by a body, and by a query string of the same names.
  @Test func namedParametersInQueryStrings() throws {
    let resource = Catalog.metronomeBalances
    let compiler = QueryCompiler(resource: resource, policy: .faithful)
    let body = try compiler.compile(
      #"{"customer_id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","include_archived":true}"#, dialect: .body)
    let query = try compiler.compile(
      "customer_id=6ba7b810-9dad-11d1-80b4-00c04fd430c8&include_archived=true&limit=7", dialect: .suffix)
    #expect(query.query.predicate == body.query.predicate)
    #expect(query.query.page.limit == 7)
    let many = (0...resource.limits.parameters).map { "p\($0)=1" }.joined(separator: "&")
    let error = try #require(throws: QueryError.self) { try compiler.compile(many, dialect: .suffix) }
    let last = many.utf8.count
    #expect(error.diagnostics.map(\.problem).contains(.tooManyParameters(limit: resource.limits.parameters)))
    #expect(error.diagnostics.first { $0.code == "limit.parameters" }?.span == SourceSpan(last - 6, last))
  }

  // MARK: Marks

  private struct NoMarks: Error {}

  private static func unmark(_ marked: String) throws -> (request: String, span: SourceSpan) {
    guard let open = marked.firstIndex(of: "«"), let close = marked.firstIndex(of: "»") else {
      throw NoMarks()
    }
    let before = marked[..<open]
    let inside = marked[marked.index(after: open)..<close]
    let start = before.utf8.count
    return (
      String(before + inside + marked[marked.index(after: close)...]),
      SourceSpan(start, start + inside.utf8.count)
    )
  }
}

extension QueryLimits {
  fileprivate init(with change: (inout QueryLimits) -> Void) {
    self.init()
    change(&self)
  }
}
