import Tamis
import TamisCatalog
import TamisJSON
import Testing

/// Pages of records in each dialect's own form.
struct ListDocumentTests {
  private static let resource = Resource(
    "balances", type: "balance", dialect: .jsonAPI, paging: .pages(defaultSize: 2, maximumSize: 10)
  ) {
    Field("id", .integer).primaryKey()
    Field("product.id", .text).column("product_id").at("product", "id")
    Field("product.name", .text).column("product_name").at("product", "name").nullable()
    Field("amount", .decimal(precision: 20, scale: 2))
    Field("at", .timestamp)
    Field("meta", .json).nullable()
    Field("secret", .text).hidden()
    Relation("items", .many) {
      Field("size", .integer)
      Field("hush", .text).nullable().hidden()
    }
    Relation("owner", .one) { Field("name", .text) }
    Relation("locked", .many) { Field("a", .integer) }.notIncludable()
    Parameter("include_count", .ignored(.boolean)).askingForCount()
  }

  private static let records = [
    #"{"id":1,"product":{"id":"p","name":null},"amount":"9007199254740993.10","at":"2024-01-01T00:00:00+01:00","meta":{"a":[1,"</x>"]},"secret":"s","items":[{"size":1,"hush":"h"},{"size":2}],"owner":{"name":"o"}}"#,
    #"{"id":2,"product":{"id":"q","name":"\"n\""},"amount":5,"at":"2024-01-01T00:00:00Z","meta":null,"secret":"s","items":[]}"#,
    #"{"id":3,"product":{"id":"r","name":"z"},"amount":-1,"at":"2024-01-01T00:00:00Z","meta":{},"secret":"s"}"#,
  ].joined(separator: "\n")

  private static func answer(
    _ request: String, _ dialect: QueryDialect, total: Int? = nil, envelope: ResponseEnvelope? = nil
  ) throws -> HTTPAnswer {
    let resource = resource.reading(dialect)
    let query = try QueryCompiler(resource: resource).compile(request)
    let records = try RecordReader(resource: resource).readAll(Array(records.utf8))
    let selection = try query.select(from: records)
    let facts = PageFacts(
      request: request, address: "/balances", hasMore: selection.hasMore, total: total, nextCursor: "token")
    let answer = query.answer(
      records: selection.indices.map { records[$0] }, page: facts, envelope: envelope)
    _ = try JSONDocument.parse(answer.body, limits: QueryLimits())
    return answer
  }

  /// A document, and a field inside of it, whichever is declared first: no name stands twice.
  @Test(arguments: [true, false]) func documentsAndTheirParts(_ isDocumentFirst: Bool) throws {
    let document = Field("meta", .json).nullable()
    let part = Field("meta.tier", .text).at("meta", "tier").nullable()
    let resource = Resource("things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      if isDocumentFirst { [document, part] } else { [part, document] }
    }
    try #require(resource.faults == [])
    let query = try QueryCompiler(resource: resource).compile("")
    let records = try RecordReader(resource: resource).readAll(Array(#"{"id":1,"meta":{"tier":"a"}}"#.utf8))
    let facts = PageFacts(request: "", address: "/things", hasMore: false)
    let text = query.answer(records: [records[0]], page: facts).text
    let members = [#""meta":{"tier":"a"}"#, #""meta.tier":"a""#]
    let expected = (isDocumentFirst ? members : members.reversed()).joined(separator: ",")
    #expect(text.contains(#"{"id":1,\#(expected)}"#), "\(text)")
  }

  @Test func aRelationTakesThePlaceOfItsNamesake() throws {
    let resource = Resource("things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("items", .json).nullable()
      Relation("items", .many) { Field("name", .text) }.inJSON("items")
    }
    try #require(resource.faults == [])
    let json = #"{"id":1,"items":[{"name":"a","price":2}]}"#
    let records = try RecordReader(resource: resource).readAll(Array(json.utf8))
    func text(_ request: String) throws -> String {
      let query = try QueryCompiler(resource: resource).compile(request)
      let facts = PageFacts(request: request, address: "/things", hasMore: false)
      return query.answer(records: [records[0]], page: facts).text
    }
    #expect(try text("").contains(#"{"id":1,"items":[{"name":"a","price":2}]}"#))
    #expect(try text("include=items").contains(#"{"id":1,"items":[{"name":"a"}]}"#))
  }

  @Test func jsonAPI() throws {
    let answer = try Self.answer(
      "fields[balance]=id,amount,product.id,product.name&page[size]=1&include=items,owner", .jsonAPI, total: 3
    )
    #expect(answer.header("Content-Type") == "application/vnd.api+json")
    #expect(
      answer.text
        == #"{"data":[{"type":"balance","id":"1","attributes":{"product":{"id":"p","name":null},"#
        + #""amount":9007199254740993.1,"items":[{"size":1},{"size":2}],"owner":{"name":"o"}}}],"#
        + #""links":{"self":"/balances?fields[balance]=id,amount,product.id,product.name&page[size]=1&include=items,owner","#
        + #""first":"/balances?fields[balance]=id,amount,product.id,product.name&page[size]=1&include=items,owner&page%5Bnumber%5D=1","#
        + #""prev":null,"#
        + #""next":"/balances?fields[balance]=id,amount,product.id,product.name&page[size]=1&include=items,owner&page%5Bnumber%5D=2","#
        + #""last":"/balances?fields[balance]=id,amount,product.id,product.name&page[size]=1&include=items,owner&page%5Bnumber%5D=3"},"#
        + #""meta":{"page":{"number":1,"size":1,"hasMore":true,"total":3}}}"#)
  }

  @Test func collection() throws {
    let answer = try Self.answer("fields[balance]=id,at&page[number]=2", .jsonAPIKeys)
    #expect(
      answer.text
        == #"{"balances":[{"id":3,"at":"2024-01-01T00:00:00.000000Z"}],"#
        + #""links":{"first":"/balances?fields[balance]=id,at&page[number]=1","last":null,"#
        + #""prev":"/balances?fields[balance]=id,at&page[number]=1","next":null},"#
        + #""meta":{"current_page":2,"from":3,"path":"/balances","per_page":2,"to":3}}"#)
    #expect(
      answer.header("Link")
        == #"</balances?fields[balance]=id,at&page[number]=1>; rel="first", "#
        + #"</balances?fields[balance]=id,at&page[number]=1>; rel="prev""#)
  }

  @Test func hydra() throws {
    let answer = try Self.answer("page=1&itemsPerPage=1", .bracket, total: 3)
    #expect(answer.header("Content-Type") == "application/ld+json")
    #expect(
      answer.text
        == #"{"@id":"/balances","@type":"Collection","totalItems":3,"member":[{"id":1,"#
        + #""product":{"id":"p","name":null},"amount":9007199254740993.1,"#
        + #""at":"2023-12-31T23:00:00.000000Z","meta":{"a":[1,"</x>"]}}],"#
        + #""view":{"@id":"/balances?page=1&itemsPerPage=1","@type":"PartialCollectionView","#
        + #""first":"/balances?page=1&itemsPerPage=1","last":"/balances?page=3&itemsPerPage=1","#
        + #""next":"/balances?page=2&itemsPerPage=1"}}"#)
  }

  @Test func arrayAndCount() throws {
    let plain = try Self.answer("id_gt=1&fields=id", .suffix, total: 2)
    #expect(plain.text == #"[{"id":2},{"id":3}]"#)
    let counted = try Self.answer("id_gt=1&fields=id&include_count=true", .suffix, total: 2)
    #expect(counted.text == #"{"data":[{"id":2},{"id":3}],"total_count":2}"#)
    let empty = try Self.answer("id_gt=9", .suffix)
    #expect(empty.text == "[]")
  }

  @Test func dataAndNextPage() throws {
    let answer = try Self.answer(#"{"fields":["id"],"size":2}"#, .body)
    #expect(answer.text == #"{"data":[{"id":1},{"id":2}],"next_page":"token"}"#)
    #expect(answer.header("Link") == nil)
    let last = try Self.answer(#"{"fields":["id"],"page":2}"#, .body)
    #expect(last.text == #"{"data":[{"id":3}],"next_page":null}"#)
  }

  /// Each envelope around each dialect's records is JSON.
  @Test func everyEnvelopeIsJSON() throws {
    for envelope in ResponseEnvelope.allCases {
      for (request, dialect) in [("", QueryDialect.jsonAPI), ("", .suffix), ("{}", .body), ("", .mixed)] {
        let answer = try Self.answer(request, dialect, total: 3, envelope: envelope)
        #expect(answer.status == 200)
        #expect(!answer.text.contains("secret") && !answer.text.contains("hush"))
      }
    }
  }

  @Test func rowsOfAnEngineGiveTheSameBytes() throws {
    let request = "sort=id"
    let query = try QueryCompiler(resource: Self.resource.reading(.suffix)).compile(request)
    let reader = SQLRowReader(query.query, dialect: .sqlite)
    let row = ResponseRow(
      reader.values(of: [
        .integer(2), .text("q"), .text(#""n""#), .text("100015"), .integer(1_704_067_200_000_000), .null,
      ]))
    let records = try RecordReader(resource: Self.resource).readAll(Array(Self.records.utf8))
    let facts = PageFacts(request: request, hasMore: false)
    let fromRow = query.answer(rows: [row], page: facts)
    #expect(fromRow == query.answer(records: [records[1]], page: facts))
    #expect(
      fromRow.text
        == #"[{"id":2,"product":{"id":"q","name":"\"n\""},"amount":5,"#
        + #""at":"2024-01-01T00:00:00.000000Z","meta":null}]"#)
  }

  /// What PostgreSQL's text protocol gives.
  @Test func textOfADriverIsRead() throws {
    let query = try QueryCompiler(resource: Self.resource.reading(.suffix)).compile("")
    let values = SQLRowReader(query.query, dialect: .postgreSQL).values(of: [
      .text("7"), .text("p"), .null, .text("-12.50"), .text("2024-01-01 10:00:00.5+00"), .text(#"{"a": 1}"#),
    ])
    #expect(
      values == [
        .integer(7), .text("p"), nil, Decimal("-12.5").map(Value.decimal),
        .timestamp(Timestamp(microseconds: 1_704_103_200_500_000)), .json(#"{"a":1}"#),
      ])
  }

  // MARK: Count and inclusion

  @Test func theCountIsAskedForByItsParameter() throws {
    let compiler = QueryCompiler(resource: Catalog.blnkBalances)
    #expect(try compiler.compile("include_count=true").query.wantsCount)
    #expect(try !compiler.compile("include_count=false").query.wantsCount)
    #expect(try !compiler.compile("currency_eq=USD").query.wantsCount)
    let body = try compiler.compile(#"{"include_count":true}"#, dialect: .body)
    #expect(body.query.wantsCount)
    #expect(try body.countStatement(for: .sqlite).text.hasPrefix("SELECT count(*)"))
  }

  @Test func onlyWhatMayBeIncludedIs() throws {
    let compiler = QueryCompiler(resource: Self.resource)
    #expect(try compiler.compile("include=owner,items").query.inclusion == ["owner", "items"])
    let error = try #require(throws: QueryError.self) { try compiler.compile("include=items,locked") }
    #expect(error.diagnostics.map(\.code) == ["name.unknown-relation"])
    #expect(error.diagnostics.map(\.span) == [SourceSpan(14, 20)])
  }

  @Test func warningsReachTheClient() throws {
    let request = "filter[amount-gt-or]=5"
    let query = try QueryCompiler(resource: Self.resource.reading(.jsonAPIKeys)).compile(request)
    let answer = query.answer(rows: [], page: PageFacts(request: request, hasMore: false), envelope: .jsonAPI)
    #expect(answer.text.contains(#""warnings":[{"code":"combination.connective-without-effect""#))
    #expect(answer.text.contains(#""parameter":"filter[amount-gt-or]""#))
  }
}
