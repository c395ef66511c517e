import Tamis
import TamisCatalog
import TamisJSON
import Testing

/// What explanations point out.
struct ExplanationTests {
  private static let resource = Resource(
    "things", dialect: .suffix, defaultSort: [.descending("at")]
  ) {
    Field("id", .integer).primaryKey()
    Field("name", .text).nullable()
    Field("at", .timestamp)
    Field("day", .date)
    Field("meta", .json).nullable().openKeys()
    Field("tenant", .text).hidden()
    Relation("items", .many) { Field("size", .integer) }
    Parameter(
      "trashed", .choice([.init("with", .always), .init("without", .isNull("name"))], defaultChoice: "with"))
    Scope("tenant", .text, .compare("tenant", .equal, .argument))
  }

  private static func explain(_ request: String, _ dialect: QueryDialect = .suffix) throws -> Explanation {
    try QueryCompiler(resource: resource).explain(request, dialect: dialect, scope: ["tenant": "acme"])
  }

  /// The request, the note, and the clauses it is about.
  static let notes: [(String, Explanation.Note.Kind, [SourceSpan])] = [
    ("name_ne=a", .nullIsLeftOut, [SourceSpan(0, 9)]),
    ("name_notin=a,b", .nullIsLeftOut, [SourceSpan(0, 14)]),
    ("name_notlike=a%25", .nullIsLeftOut, [SourceSpan(0, 17)]),
    ("name_notbetween=a|b", .nullIsLeftOut, [SourceSpan(0, 19)]),
    ("meta.k_ne=a", .nullIsLeftOut, [SourceSpan(0, 11)]),
    ("at_lt=2024-02", .datePrecision, [SourceSpan(0, 13)]),
    ("id_eq=1&at_between=2024|2025", .datePrecision, [SourceSpan(8, 28)]),
    ("day_in=2024-01,2024-03-01", .datePrecision, [SourceSpan(0, 25)]),
    ("name_ilike=a%25", .asciiCase, [SourceSpan(0, 15)]),
    ("name_startswith=a", .prefixByIndex, [SourceSpan(0, 17)]),
    ("name_endswith=a", .noIndex, [SourceSpan(0, 15)]),
    ("items.size_gt=1&items.size_lt=3", .ownElement, [SourceSpan(0, 15), SourceSpan(16, 31)]),
    ("id_gt=1&id_lt=1", .empty, [SourceSpan(0, 7), SourceSpan(8, 15)]),
    ("logical_operator=or&id_between=2|1&id_eq=1", .deadAlternative, [SourceSpan(20, 34)]),
    ("", .defaultParameter, []),
    ("", .scope, []),
    ("", .defaultOrder, []),
    ("", .totalOrder, []),
    ("", .defaultPage, []),
  ]

  @Test func notesStandAtTheirClauses() throws {
    for (request, kind, spans) in Self.notes {
      let notes = try Self.explain(request).notes.filter { $0.kind == kind }
      #expect(notes.contains { $0.spans == spans }, "\(request) \(kind): \(notes)")
    }
  }

  /// What does not apply is not said.
  @Test(arguments: [
    ("id_ne=1", Explanation.Note.Kind.nullIsLeftOut), ("name_eq=a", .nullIsLeftOut),
    ("at_lt=2024-02-01T00:00:00.000001Z", .datePrecision), ("day_eq=2024-02-01", .datePrecision),
    ("name_like=a%25", .asciiCase), ("name_istartswith=a", .prefixByIndex), ("items.size_gt=1", .ownElement),
    ("sort=id", .defaultOrder), ("limit=3", .defaultPage), ("trashed=with", .defaultParameter),
    ("id_gt=1&id_lt=3", .empty),
  ])
  func nothingElse(_ request: String, _ kind: Explanation.Note.Kind) throws {
    #expect(try Self.explain(request).notes.filter { $0.kind == kind } == [])
  }

  @Test func datesShowTheirInterval() throws {
    let notes = try Self.explain("at_eq=2024-02&day_gt=2023").notes.filter { $0.kind == .datePrecision }
    #expect(
      notes.map(\.message) == [
        "'2024-02' has the precision of a month: the interval "
          + "[2024-02-01T00:00:00.000000Z, 2024-03-01T00:00:00.000000Z)",
        "'2023' has the precision of a year: the interval [2023-01-01, 2024-01-01)",
      ])
    let body = #"{"filters":[{"field":"at","operator":"gte","value":"9999"}]}"#
    let inBody = try Self.explain(body, .body).notes.filter { $0.kind == .datePrecision }
    #expect(
      inBody.map(\.message) == [
        "'9999' has the precision of a year: the interval [9999-01-01T00:00:00.000000Z, the end of 9999)"
      ])
    #expect(inBody.first?.spans == [SourceSpan(12, 58)])
  }

  @Test func passesTellWhatTheyDid() throws {
    let body =
      #"{"filters":[{"not":{"or":[{"field":"id","operator":"eq","value":1},{"field":"name","operator":"eq","value":"a"}]}},{"field":"id","operator":"ne","value":1}]}"#
    let explanation = try Self.explain(body, .body)
    #expect(
      explanation.passes.map { $0.result?.description ?? "-" } == [
        #"((id <> 1 AND name <> "a") AND id <> 1 AND tenant = "acme")"#,
        #"(id <> 1 AND name <> "a" AND id <> 1 AND tenant = "acme")"#,
        #"(id <> 1 AND name <> "a" AND tenant = "acme")"#,
      ])
    #expect(explanation.typed.description.contains("NOT ("))
    #expect(explanation.query.predicate.description == #"(id <> 1 AND name <> "a" AND tenant = "acme")"#)
    #expect(explanation.parsed.map(\.depth) == [0, 1, 2, 2, 0])
  }

  @Test func aQueryAtHandExplainsItself() throws {
    let query = try QueryCompiler(resource: Catalog.gluBalances).compile("amount[gt]=5&amount[lt]=3")
    let explanation = query.explain(engines: [.sqlite])
    #expect(explanation.request == nil && explanation.parsed.isEmpty)
    #expect(explanation.notes.contains { $0.kind == .empty })
    #expect(explanation.engines.map(\.engine) == ["sqlite"])
    #expect(try explanation.engines.first?.statement == query.statement(for: .sqlite))
  }

  /// What is to be included stands in the text.
  @Test func inclusionsAreTold() throws {
    let query = try QueryCompiler(resource: Catalog.animeThemesAnime).compile("include=animethemes,images")
    let text = query.explain(engines: []).text
    #expect(text.contains("Include"))
    #expect(text.contains("animethemes, images"))
    #expect(query.explain(engines: []).description == text)
    #expect(!query.explain(engines: []).text.contains("SQL, "))
  }

  @Test func patternsThatFoldLetters() throws {
    let resource = Resource("things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("name", .text).matchable()
    }
    let compiler = QueryCompiler(resource: resource)
    let notes = try compiler.explain("name_matches=(%3Fi)abc").notes
    #expect(notes.filter { $0.kind == .asciiCase }.map(\.spans) == [[SourceSpan(0, 22)]])
    #expect(try compiler.explain("name_matches=abc").notes.filter { $0.kind == .asciiCase } == [])
  }

  /// Text and JSON of anything are safe to show, and JSON is JSON.
  @Test func nothingOfTheInputComesThrough() throws {
    let requests = [
      "name_eq=%1B[31m%E2%80%AE<b>\"'", "meta.k_like=%25\u{E9}_", "sort=-id&fields=name&name_eq=%3C",
    ]
    for request in requests {
      let explanation = try Self.explain(request)
      #expect(explanation.text.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 10 })
      #expect(explanation.json.utf8.allSatisfy { (0x20...0x7E).contains($0) })
      let document = try JSONDocument.parse(Array(explanation.json.utf8), limits: QueryLimits())
      let shown = try #require(document.member("request", of: 0))
      #expect(document.string(at: shown) == request)
      #expect(explanation.json == (try Self.explain(request)).json)
    }
  }
}
