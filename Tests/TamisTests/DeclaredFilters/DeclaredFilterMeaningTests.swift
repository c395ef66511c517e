import Tamis
import Testing

/// What requests mean to one resource with every kind of filter, as the real server reads them and strictly.
struct DeclaredFilterMeaningTests {
  private static let people = Resource(
    "people", dialect: .bracket, paging: .pages(defaultSize: 30, maximumSize: 50), groups: true,
    compatibility: Compatibility("API Platform", .declaredFilters(DeclaredFilterRules()))
  ) {
    fields
    Relation("pets", .many) {
      Field("name", .text)
      Field("age", .integer).nullable()
      Field("born", .timestamp).nullable()
    }
    propertyFilters
    filterParameters
    Scope("tenant", .integer, .compare("tenant", .equal, .argument))
  }

  private static let fields = [
    Field("id", .integer).primaryKey(), Field("name", .text).sortable(), Field("city", .text).nullable(),
    Field("code", .integer), Field("boss", .integer).nullable(),
    Field("born", .timestamp).nullable().sortable(),
    Field("age", .integer).nullable().sortable(), Field("open", .boolean),
    Field("level", .enumeration(Enumeration(["one", "two"]))),
    Field(
      "grade", .enumeration(Enumeration([.init("0", stored: .integer(0)), .init("1", stored: .integer(1))]))),
    Field("tenant", .integer).hidden(),
  ]

  @ResourceBuilder private static var propertyFilters: [ResourceElement] {
    PropertyFilter.search("name", by: .partial)
    PropertyFilter.search("code")
    PropertyFilter.search(FilterProperty("boss", iri: "/people/"))
    PropertyFilter.date("born", nulls: .includeBefore)
    PropertyFilter.date("pets.born")
    PropertyFilter.range("age", "pets.age")
    PropertyFilter.numeric("age")
    PropertyFilter.boolean("open")
    PropertyFilter.enumeration("level", "grade")
    PropertyFilter.exists("born", "city", "pets")
    PropertyFilter.order(FilterProperty("years", field: "age"), nulls: .last, emptyDirection: .descending)
    PropertyFilter.order("name")
  }

  @ResourceBuilder private static var filterParameters: [ResourceElement] {
    FilterParameter("q", .freeText(.or(.partialSearch())), on: "name", "pets.name")
    FilterParameter("either", .or(.exact), on: "code")
    FilterParameter("both", .freeText(.exact), on: "name", "city")
    FilterParameter("hasPet", .exists, on: "pets")
    FilterParameter("starts[:property]", .startSearch(), on: "name", "pets.name")
    FilterParameter("words", .wordStartSearch(caseSensitive: true), on: "name")
    FilterParameter("by", .sort(.first), on: "born")
    FilterParameter("years", .comparison(.exact), on: "age")
  }

  private static func compiled(_ query: String, _ policy: Policy) throws -> CompiledQuery {
    try QueryCompiler(resource: people, policy: policy).compile(query, scope: ["tenant": "1"])
  }

  /// The condition without the scope, which always stands around it.
  private static func condition(_ query: String, _ policy: Policy) throws -> String {
    let predicate = try compiled(query, policy).query.predicate
    let scope = Predicate.compare(FieldPath("tenant"), .equal, .integer(1))
    if predicate == scope { return "(true)" }
    if predicate == .never { return "(false)" }
    guard case .and(let parts) = predicate, parts.contains(scope) else { return "no scope: \(predicate)" }
    let others = parts.filter { $0 != scope }
    return PredicateOutline.text(others.count == 1 ? others[0] : .and(others))
  }

  @Test func theMeasuredConditions() throws {
    #expect(Self.people.faults.isEmpty)
    for (query, expected) in [
      ("name=a%25b", #"(like "name" "%a%b%")"#),
      ("name=a_b", #"(like "name" "%a_b%")"#),
      ("name=a%5Cb", #"(like "name" "%a\\\\b%")"#),
      ("code=7&either=9", #"(or (= "code" "7") (= "code" "9"))"#),
      ("both=x", #"(and (= "city" "x") (= "name" "x"))"#),
      ("pets.age[gt]=1&pets.age[lt]=5", #"(any "pets" (and (< "age" "5") (> "age" "1")))"#),
      ("q=x", #"(and (any "pets" (true)) (or (any "pets" (ilike "name" "%x%")) (ilike "name" "%x%")))"#),
      (
        "q=x&pets.age[gt]=1",
        #"(or (and (any "pets" (> "age" "1")) (ilike "name" "%x%")) "#
          + #"(any "pets" (and (> "age" "1") (ilike "name" "%x%"))))"#
      ),
      ("pets.born[after]=garbage", #"(any "pets" (true))"#),
      ("born[before]=2024-01-01", #"(or (<= "born" "2024-01-01T00:00:00") (null "born"))"#),
      (
        "born[after]=2024-01-01T10:00:00.7%2B02:00",
        #"(and (>= "born" "2024-01-01T10:00:00") (notnull "born"))"#
      ),
      ("age[gte]=1.5", #"(> "age" "1")"#),
      ("age[lt]=-0.5", #"(<= "age" "-1")"#),
      ("age[lt]=99999999999999999999", #"(notnull "age")"#),
      ("age[gt]=1e300", "(false)"),
      ("age[between]=1.5..3.5", #"(between "age" "2" "3")"#),
      ("age=3", #"(= "age" "3")"#),
      ("age=3.5", "(false)"),
      ("grade=0", "(true)"),
      ("grade[]=0&grade[]=1", #"(in "grade" "0" "1")"#),
      ("level[5]=one", "(false)"),
      ("level[]=one&level[]=three", #"(= "level" "one")"#),
      ("exists[pets]=0", #"(none "pets")"#),
      ("exists[city]", #"(notnull "city")"#),
      ("hasPet=true", #"(any "pets" (true))"#),
      ("boss=/people/7", #"(= "boss" "7")"#),
      ("boss[]=7&boss[]=x", "(true)"),
      ("starts[pets.name]=ab", #"(any "pets" (ilike "name" "ab%"))"#),
      ("words=ab", #"(or (like "name" "% ab%") (like "name" "ab%"))"#),
      ("years[gte]=5&years[ne]=7", #"(and (<> "age" "7") (>= "age" "5"))"#),
      ("years=5", "(true)"),
    ] { #expect(try Self.condition(query, .faithful) == expected, "\(query)") }
  }

  /// The reasons for which something has no effect, with their places.
  @Test func theMeasuredWarnings() throws {
    for (query, expected) in [
      ("years=5", "syntax.wrong-shape 0..<7"),
      ("born[bogus]=1", "name.unknown-operator 0..<13"),
      ("born[before]=", "value.empty 0..<13"),
      ("born[before]=2024-01-01T00:00:00+02:00", "value.blank-for-plus 0..<38"),
      ("level=three", "value.unknown-case 0..<11"),
      ("level[5]=one", "value.invalid-key 0..<8"),
      ("exists[code]=1&exists[nope]=1", "name.unknown-field 0..<14, name.unknown-field 15..<29"),
      ("order[name]=up", "value.invalid 0..<14"),
      ("order[name]=asc&order[nope]=asc", "name.unknown-field 16..<31"),
      ("pagination=0", "name.unknown-page-setting 0..<12"),
      ("page=2x", "value.invalid 5..<7"),
      ("nmae=x", "name.unknown-parameter 0..<4"),
    ] {
      let warnings = try Self.compiled(query, .faithful).warnings
      let found = warnings.map { "\($0.code) \($0.span.start)..<\($0.span.end)" }.joined(separator: ", ")
      #expect(found == expected, "\(query)")
    }
    #expect(try Self.compiled("nmae=x", .faithful).warnings.first?.suggestion == "name")
  }

  @Test func theMeasuredRefusals() {
    for (query, expected) in [
      ("age[gt][]=5", "500 422"), ("page=-1", "400 400"), ("years[gt]=abc", "500 422"),
      ("q[a][b]=1", "500 400"), ("born[after]=tomorrow", "none 422"),
    ] {
      let error = #expect(throws: QueryError.self, "\(query)") { try Self.compiled(query, .faithful) }
      let first = error?.diagnostics.first
      let status = first?.serverAnswer.map { "\($0.status)" } ?? "none"
      let own = query.hasPrefix("age") ? "422" : "\(first?.httpStatus(isBody: false) ?? 0)"
      #expect("\(status) \(own)" == expected, "\(query): \(error?.description ?? "")")
    }
  }

  @Test func theMeasuredOrders() throws {
    for (query, expected) in [
      ("order[name]=desc&order[years]=", "name desc last, age desc last, id desc first"),
      ("order[years]=ASC&order[name]=asc", "age asc last, name asc first, id asc last"),
      ("by=desc&order[name]=asc", "name asc first, born desc first, id desc first"),
    ] {
      #expect(try Self.order(query, .faithful) == expected, "\(query)")
    }
    #expect(try Self.order("order[years]=&by=asc", .strict) == "age desc last, born asc first, id asc last")
  }

  private static func order(_ query: String, _ policy: Policy) throws -> String {
    try compiled(query, policy).query.sort.map { key in
      [
        people.fields[key.field.index].name, key.direction == .ascending ? "asc" : "desc",
        key.nulls == .first ? "first" : "last",
      ].joined(separator: " ")
    }.joined(separator: ", ")
  }

  // MARK: Strict

  @Test func theStrictConditions() throws {
    for (query, expected) in [
      ("name=a%25b", #"(like "name" "%a\\%b%")"#),
      ("name[]=a&name[]=b", #"(or (like "name" "%a%") (like "name" "%b%"))"#),
      ("name[eq]=x", #"(= "name" "x")"#),
      ("born[before]=2024-01-01", #"(or (< "born" "2024-01-02T00:00:00") (null "born"))"#),
      ("born[after]=2024-01-01T10:00:00%2B02:00", #"(>= "born" "2024-01-01T08:00:00")"#),
      ("q=x", #"(or (any "pets" (ilike "name" "%x%")) (ilike "name" "%x%"))"#),
      ("both=x", #"(and (= "city" "x") (= "name" "x"))"#),
      ("starts[name]=ab", #"(ilike "name" "ab%")"#),
      ("words=ab", #"(or (like "name" "% ab%") (like "name" "ab%"))"#),
      ("pets.age[gt]=1&pets.age[lt]=5", #"(any "pets" (and (< "age" "5") (> "age" "1")))"#),
      (
        "any[pets][age][gt]=1&any[pets][age][lt]=5",
        #"(any "pets" (and (< "age" "5") (> "age" "1")))"#
      ),
      ("hasPet=false", #"(none "pets")"#),
      ("boss=/people/7", #"(= "boss" "7")"#),
      ("years[between]=2..4", #"(between "age" "2" "4")"#),
      ("years[in]=2,4", #"(in "age" "2" "4")"#),
      ("exists[years]=1", #"(notnull "age")"#),
      ("or[0][name]=a&or[1][words]=b", #"(or (like "name" "% b%") (like "name" "%a%") (like "name" "b%"))"#),
    ] { #expect(try Self.condition(query, .strict) == expected, "\(query)") }
  }

  @Test func theStrictRefusals() {
    for (query, expected) in [
      ("either=9", "name.not-supported 0..<6"),
      ("starts[nmae]=a", "name.unknown-field 7..<11"),
      ("starts=a", "syntax.wrong-shape 0..<6"),
      ("q[x]=1", "name.unknown-operator 2..<3"),
      ("by=up", "value.invalid 3..<5"),
      ("hasPet=maybe", "value.invalid 7..<12"),
      ("boss=/people/x", "value.invalid 5..<14"),
      ("level=three", "value.unknown-case 6..<11"),
      ("age=1.5", "value.invalid 4..<7"),
      ("nmae=x", "name.unknown-parameter 0..<4"),
      ("or[0][by]=asc&or[1][name]=x", "combination.parameter-in-group 6..<8"),
    ] {
      let error = #expect(throws: QueryError.self, "\(query)") { try Self.compiled(query, .strict) }
      let found = error?.diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" }
      #expect(found?.joined(separator: ", ") == expected, "\(query)")
    }
  }

  /// What is printed is read again as the same.
  @Test func printing() throws {
    let compiler = QueryCompiler(resource: Self.people)
    for query in [
      "name[eq]=x", "name=x", "born[lte]=2024-01-01T00:00:00.000000Z", "name[]=a&name[]=b", "words=b",
    ] {
      let compiled = try compiler.compile(query, scope: ["tenant": "1"])
      let text = try compiled.text(in: .bracket)
      let again = try compiler.compile(text, scope: ["tenant": "1"])
      #expect(again.query == compiled.query, "\(query) printed \(text)")
    }
  }

  /// A parameter that is absent has its default, under both policies.
  @Test(arguments: [Policy.strict, .faithful])
  func defaults(_ policy: Policy) throws {
    let resource = Resource(
      "flags", dialect: .bracket,
      compatibility: Compatibility("API Platform", .declaredFilters(DeclaredFilterRules()))
    ) {
      Field("id", .integer).primaryKey()
      Field("open", .boolean)
      FilterParameter("shown", .exact, on: "open").casting(to: .boolean).defaulting(to: "true")
    }
    let compiler = QueryCompiler(resource: resource, policy: policy)
    for (query, expected) in [("", "true"), ("shown=false", "false")] {
      let found = PredicateOutline.text(try compiler.compile(query).query.predicate)
      #expect(found == "(= \"open\" \"\(expected)\")", "\(query)")
    }
    #expect(throws: QueryError.self) { try compiler.compile("shown=") }
  }

  /// Where another filter asks something of the same related record, each alternative is written out with it; those of
  /// one relation are one. So many of them are too many.
  @Test func alternativesOfRelatedRecords() throws {
    func compiler(_ clauses: Int) -> QueryCompiler {
      var limits = QueryLimits()
      limits.clauses = clauses
      let resource = Resource(
        "people", dialect: .bracket, limits: limits,
        compatibility: Compatibility("API Platform", .declaredFilters(DeclaredFilterRules()))
      ) {
        Field("id", .integer).primaryKey()
        Field("name", .text)
        Relation("pets", .many) {
          Field("name", .text)
          Field("tag", .text)
          Field("age", .integer)
        }
        PropertyFilter.range("pets.age")
        FilterParameter("q", .freeText(.or(.partialSearch())), on: "pets.name", "name", "pets.tag")
      }
      return QueryCompiler(resource: resource, policy: .faithful)
    }
    let request = "q=x&pets.age[gt]=1"
    let compiled = try compiler(3).compile(request)
    #expect(compiled.warnings.map(\.problem) == [])
    #expect(
      PredicateOutline.text(compiled.query.predicate)
        == #"(or (and (any "pets" (> "age" "1")) (ilike "name" "%x%")) "#
        + #"(any "pets" (and (> "age" "1") (or (ilike "name" "%x%") (ilike "tag" "%x%")))))"#)
    let error = try #require(throws: QueryError.self) { try compiler(2).compile(request) }
    let problems = error.diagnostics.filter { $0.severity == .error }
    #expect(problems.map(\.problem) == [.tooManyClauses(limit: 2)])
  }

  /// No input traps or takes long, however it is nested or repeated.
  @Test func hostileRequests() throws {
    let compiler = QueryCompiler(resource: Self.people, policy: .faithful)
    let requests = [
      String(repeating: "[", count: 100_000), "name" + String(repeating: "[a]", count: 60) + "=1",
      "name" + String(repeating: "[a]", count: 20_000) + "=1",
      (0..<900).map { "name[\($0)]=\($0)" }.joined(separator: "&"),
      (0..<900).map { "level[]=x\($0)" }.joined(separator: "&"),
      (0..<900).map { "order[n\($0)]=asc" }.joined(separator: "&"),
      "age[gt]=" + String(repeating: "9", count: 5_000), "age[gt]=1e999999999",
      "page=" + String(repeating: "9", count: 400),
      "age[between]=" + String(repeating: ".", count: 4_000), "name=" + String(repeating: "%25_", count: 300),
      "q=" + String(repeating: "x", count: 2_000), "born[before]=" + String(repeating: "1-", count: 2_000),
    ]
    for request in requests {
      do {
        _ = try compiler.compile(request, scope: ["tenant": "1"])
      } catch {
        #expect(error.diagnostics.allSatisfy { $0.span.end <= request.utf8.count }, "\(request.prefix(60))")
      }
    }
  }
}
