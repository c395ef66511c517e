import Tamis
import TamisCatalog
import TamisTesting
import Testing

@testable import TamisResources

/// Documents of several styles, as resources.
struct OpenAPIImportTests {
  /// A document with one path; `answer` is the schema of the answer.
  private static func document(parameters: String, answer: String, schemas: String = "{}") -> String {
    #"{"openapi":"3.1.0","paths":{"/v1/things":{"get":{"parameters":[\#(parameters)],"responses":{"200":"#
      + #"{"content":{"application/json":{"schema":\#(answer)}}}}}}},"components":{"schemas":\#(schemas)}}"#
  }

  private static func parameter(_ name: String, _ schema: String = #"{"type":"string"}"#, _ more: String = "")
    -> String
  {
    #"{"name":"\#(name)","in":"query","schema":\#(schema)\#(more)}"#
  }

  private static func array(_ properties: String) -> String {
    #"{"type":"array","items":{"type":"object","properties":{\#(properties)}}}"#
  }

  private static func read(_ document: String, _ options: ImportOptions = ImportOptions()) throws
    -> ImportedResource
  {
    try OpenAPIImport.resource(from: Array(document.utf8), path: "/v1/things", options: options)
  }

  @Test func types() throws {
    let imported = try Self.read(
      Self.document(
        parameters: "",
        answer: Self.array(
          #"""
          "id":{"type":"integer","format":"int64"}, "big":{"type":"integer","maximum":1e30},
          "day":{"type":"string","format":"date"}, "at":{"type":["string","null"],"format":"date-time"},
          "key":{"type":"string","format":"uuid"}, "mail":{"type":"string","format":"email"},
          "on":{"type":"boolean"}, "price":{"type":"number","multipleOf":0.01}, "ratio":{"type":"number"},
          "level":{"enum":[1,2,null]}, "state":{"type":"string","enum":["open","shut"]}, "kind":{"const":"a"},
          "any":{}, "tags":{"type":"array","items":{"type":"string"}},
          "owner":{"type":["object","null"],"properties":{"name":{"type":"string"}}},
          "lines":{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}}}},
          "old":{"type":"string","nullable":true}, "either":{"oneOf":[{"type":"integer"},{"type":"string"}]}
          """#)))
    let types = Dictionary(uniqueKeysWithValues: imported.resource.fields.map { ($0.name, $0.type) })
    #expect(
      types == [
        "id": .integer, "big": .bigInteger, "day": .date, "at": .timestamp, "key": .uuid, "mail": .text,
        "on": .boolean, "price": .decimal(precision: 38, scale: 2),
        "ratio": .decimal(precision: 38, scale: 12),
        "level": .enumeration(
          Enumeration([.init("1", stored: .integer(1)), .init("2", stored: .integer(2))])),
        "state": .enumeration(Enumeration(["open", "shut"])), "kind": .enumeration(Enumeration(["a"])),
        "any": .json, "tags": .json, "owner.name": .text, "old": .text, "either": .json,
      ])
    let nullable = imported.resource.fields.filter(\.isNullable).map(\.name)
    #expect(nullable == ["at", "level", "any", "tags", "owner.name", "old", "either"])
    #expect(imported.resource.relations.map(\.name) == ["lines"])
    #expect(imported.resource.fields.first { $0.name == "owner.name" }?.recordPath == ["owner", "name"])
    #expect(
      imported.notes.map(\.subject) == ["ratio", "any", "tags", "either", "page", "order"])
  }

  struct Style: Sendable {
    let parameters: [String]
    let dialect: QueryDialect
    let accepted: String
    let refused: String
  }

  static let styles: [Style] = [
    Style(
      parameters: [
        "name", "name[]", "size[gt]", "size[between]", "at[after]", "exists[at]", "order[size]", "page",
        "itemsPerPage",
      ],
      dialect: .bracket,
      accepted:
        "name[]=a&name[]=b&size[gt]=1&size[between]=1..9&at[after]=2024&exists[at]=true&order[size]=asc&page=2&itemsPerPage=5",
      refused: "size[lt]=1"),
    Style(
      parameters: [
        "filter[name]", "filter[size][gte]", "filter[at][isnull]", "sort", "page[number]", "page[size]",
        "fields[things]",
      ],
      dialect: .jsonAPI,
      accepted:
        "filter[name]=a&filter[size][gte]=1&filter[at][isnull]=&sort=-size,at&page[size]=7&fields[things]=size",
      refused: "filter[size][lt]=1"),
    Style(
      parameters: [
        "filter[name]", "filter[size-gte]", "filter[size-not]", "page[limit]", "page[offset]", "sort",
      ],
      dialect: .jsonAPIKeys,
      accepted: "filter[name]=a&filter[size-gte-or]=1&filter[size-not]=1,2&page[limit]=9&page[offset]=1",
      refused: "filter[size-lt]=1"),
    Style(
      parameters: ["name_eq", "size_in", "at_strictly_before", "limit", "offset", "logical_operator"],
      dialect: .suffix,
      accepted: "name_eq=a&size_in=1,2&at_lt=2024&limit=3&offset=4&logical_operator=or",
      refused: "size_eq=1"),
    Style(
      parameters: ["name", "size_gt", "filter[at][lt]", "limit"], dialect: .mixed,
      accepted: "name=a&size_gt=3&filter[at][lt]=2024&limit=3", refused: "size=3"),
  ]

  @Test(arguments: styles)
  func stylesOfParameters(_ style: Style) throws {
    let imported = try Self.read(
      Self.document(
        parameters: style.parameters.map { Self.parameter($0) }.joined(separator: ","),
        answer: Self.array(
          #""id":{"type":"integer"},"name":{"type":"string"},"size":{"type":"integer"},"at":{"type":["string","null"],"format":"date-time"}"#
        )))
    #expect(imported.resource.dialect == style.dialect)
    let compiler = QueryCompiler(resource: imported.resource)
    _ = try compiler.compile(style.accepted)
    #expect(throws: QueryError.self) { try compiler.compile(style.refused) }
  }

  @Test func deepObjectsAreTheirMembers() throws {
    let imported = try Self.read(
      Self.document(
        parameters: Self.parameter(
          "filter",
          #"{"type":"object","properties":{"name":{"type":"string"},"size":{"type":"object","properties":{"gt":{"type":"integer"}}}}}"#,
          #","style":"deepObject""#)
          + ","
          + Self.parameter(
            "page", #"{"type":"object","properties":{"number":{},"size":{"maximum":50,"default":10}}}"#),
        answer: Self.array(#""id":{"type":"integer"},"name":{"type":"string"},"size":{"type":"integer"}"#)))
    #expect(imported.resource.dialect == .jsonAPI)
    #expect(imported.resource.paging == .pages(defaultSize: 10, maximumSize: 50))
    _ = try QueryCompiler(resource: imported.resource).compile(
      "filter[name]=a&filter[size][gt]=3&page[size]=50")
  }

  @Test func jsonAPIDocuments() throws {
    let item = #"""
      {"type":"object","properties":{"type":{"const":"thing"},"id":{"type":"string","format":"uuid"},
        "attributes":{"type":"object","properties":{"name":{"type":"string"},"size":{"type":"integer"}}}}}
      """#
    let imported = try Self.read(
      Self.document(
        parameters: [
          Self.parameter("filter[thing][name]"),
          Self.parameter("sort", #"{"type":"array","items":{"enum":["size","-size"]},"default":["-size"]}"#),
        ]
        .joined(separator: ","),
        answer: #"{"type":"object","properties":{"data":{"type":"array","items":\#(item)}}}"#))
    #expect(imported.resource.type == "thing")
    #expect(imported.resource.defaultSort == [.descending("size")])
    let reader = RecordReader(resource: imported.resource)
    let records = try reader.readAll(
      Array(
        """
        {"type":"thing","id":"2f1e4fc0-81fd-41da-9156-00036aff0ed1","attributes":{"name":"a","size":3}}
        {"type":"thing","id":"2f1e4fc0-81fd-41da-9156-00036aff0ed2","attributes":{"name":"b","size":4}}
        """.utf8))
    let compiled = try QueryCompiler(resource: imported.resource).compile("filter[name]=b&sort=size")
    #expect(try compiled.select(from: records).indices == [1])
  }

  /// What stands round the records, and where references lead: the names of the fields, and the notes' subjects.
  static let answers: [(answer: String, schemas: String, fields: [String], notes: [String])] = [
    (
      ##"{"type":"object","properties":{"_embedded":{"type":"object","properties":{"things":\##(array(id))}}}}"##,
      "{}", ["id"], ["page", "order"]
    ),
    (
      ##"{"type":"object","properties":{"count":{"type":"integer"},"names":\##(array("")),"all":\##(array(id))}}"##,
      "{}", ["id"], ["page", "order"]
    ),
    (
      array(##"\##(id),"a":{"$ref":"#/components/schemas/A%20%7E1b/anyOf/1"}"##),
      #"{"A /b":{"anyOf":[{"type":"null"},{"type":"string","format":"uuid"}]}}"#, ["id", "a"],
      ["page", "order"]
    ),
    (
      array(##"\##(id),"a":{"$ref":"#/components/schemas/A/anyOf/2"},"b":{"$ref":"other.json#/A"}"##),
      #"{"A":{"anyOf":[{"type":"null"},{"type":"string"}]}}"#, ["id", "a", "b"],
      ["a", "b", "page", "#/components/schemas/A/anyOf/2", "other.json#/A", "order"]
    ),
    (
      array(##"\##(id),"lines":\##(array(##"\##(id),"parts":\##(array(id)),"at":{"type":"object"}"##))"##),
      "{}",
      ["id", "lines.id"], ["lines.parts", "lines.at", "page", "order"]
    ),
    (
      array(#""id":{"type":["integer","null"]}"#), "{}", ["id"], ["id", "page", "order"]
    ),
  ]

  private static let id = #""id":{"type":"integer"}"#

  @Test(arguments: answers)
  func answersOfManyShapes(
    _ row: (answer: String, schemas: String, fields: [String], notes: [String])
  ) throws {
    let imported = try Self.read(
      Self.document(parameters: "", answer: row.answer, schemas: row.schemas))
    let resource = imported.resource
    let elements = resource.relations.flatMap { relation in
      relation.fields.map { "\(relation.name).\($0.name)" }
    }
    #expect(resource.fields.map(\.name) + elements == row.fields)
    #expect(imported.notes.map(\.subject) == row.notes)
    #expect(resource.fields[0].isPrimaryKey && !resource.fields[0].isNullable)
    if row.schemas.contains("uuid") { #expect(resource.fields[1].type == .uuid) }
  }

  /// Filters by an element's field, and by dates that the document calls plain text.
  @Test func filtersTellMoreThanAnswers() throws {
    let names = ["lines.size", "lines.size[gt]", "seen[after]", "hidden[gt]", "cursor", "limit"]
    let schemas = ["hidden[gt]": "{}", "limit": #"{"type":"integer","default":5,"maximum":9}"#]
    let imported = try Self.read(
      Self.document(
        parameters: names.map { Self.parameter($0, schemas[$0] ?? #"{"type":"string"}"#) }
          .joined(separator: ","),
        answer: Self.array(
          #""id":{"type":"integer"},"seen":{"type":"string"},"lines":\#(Self.array(#""size":{"type":"integer"}"#))"#
        )))
    let resource = imported.resource
    #expect(resource.relations[0].fields[0].operators == [.equal, .greater])
    #expect(resource.fields.first { $0.name == "seen" }?.type == .timestamp)
    #expect(resource.fields.map(\.name) == ["id", "seen"])
    #expect(resource.paging == .cursor(defaultLimit: 5, maximumLimit: 9))
    #expect(imported.notes.map(\.subject) == ["seen", "hidden", "hidden[gt]", "order"])
    let query = try QueryCompiler(resource: resource).compile("lines.size[gt]=3&seen[after]=2024-02-01")
    #expect(
      query.query.predicate.description == "(ANY lines: size > 3 AND seen >= 2024-02-01T00:00:00.000000Z)")
  }

  @Test func whatIsNotUnderstoodIsSaid() throws {
    let imported = try Self.read(
      Self.document(
        parameters: [
          "shape", "name[almost]", "id[contains]", "order[nope]", "pagination", "a[b", "hidden[gt]", "region",
        ]
        .map { Self.parameter($0, $0 == "hidden[gt]" ? #"{"type":"integer"}"# : #"{"type":"string"}"#) }
        .joined(separator: ",") + #",{"name":"tenant","in":"path","schema":{}}"#
          + "," + Self.parameter("name", #"{"type":"string"}"#, #","required":true"#),
        answer: Self.array(#""id":{"type":"integer"},"name":{"type":"string"},"order":{"type":"integer"}"#)))
    #expect(
      imported.notes.map(\.subject) == [
        "tenant", "a[b", "shape", "name[almost]", "id[contains]", "order[nope]", "pagination", "hidden",
        "region",
        "order", "page", "order",
      ])
    #expect(imported.resource.fields.first { $0.name == "hidden" }?.operators == [.greater])
    #expect(imported.resource.parameters.map(\.name) == ["name"])
    let compiler = QueryCompiler(resource: imported.resource)
    #expect(throws: QueryError.self) { try compiler.compile("hidden[gt]=3") }
    _ = try compiler.compile("hidden[gt]=3&name=a")
  }

  /// What is described is read again: types, operators, orders and pages survive.
  @Test(arguments: [QueryDialect.bracket, .jsonAPI, .suffix])
  func aDocumentOfOursComesBack(_ dialect: QueryDialect) throws {
    for source in [Catalog.gluBalances, Catalog.animeThemesBalances, Catalog.blnkBalances] {
      let document = OpenAPIDocument(resource: source, dialect: dialect, path: "/v1/things").text
      let key = source.fields.first(where: \.isPrimaryKey)?.name
      let imported = try Self.read(document, ImportOptions(name: source.name, key: key)).resource
      for field in source.fields where field.type != .json {
        let found = try #require(imported.fields.first { $0.name == field.name })
        // Lists in JSON:API, and null tests, have spellings that not every dialect has.
        let expected = dialect == .bracket ? field.operators : field.operators.subtracting([.exists])
        #expect(found.operators.union([.isIn]) == expected.union([.isIn]), "\(field.name) \(dialect)")
        #expect(found.isNullable == field.isNullable)
        #expect(found.isSortable == field.isSortable)
      }
    }
  }

  // MARK: Hostile documents

  struct Fault: Sendable {
    let document: String
    let code: String
    var suggestion: String?
  }

  static let faults: [Fault] = [
    Fault(document: "", code: "syntax.invalid-json"),
    Fault(document: "[]", code: "file.missing-member"),
    Fault(document: #"{"openapi":"2.0"}"#, code: "value.unknown-case"),
    Fault(document: #"{"openapi":3}"#, code: "value.unknown-case"),
    Fault(
      document: #"{"openapi":"3.1.0","paths":{"/v1/thing":{}}}"#, code: "file.not-found",
      suggestion: "/v1/thing"),
    Fault(
      document: ##"{"openapi":"3.1.0","paths":{"/v1/things":{"$ref":"#/paths/~1v1~1things"}}}"##,
      code: "file.not-found"),
    Fault(document: #"{"openapi":"3.1.0","paths":{"/v1/things":{"post":{}}}}"#, code: "file.not-found"),
    Fault(document: #"{"openapi":"3.1.0","paths":{"/v1/things":{"get":[]}}}"#, code: "file.not-found"),
    Fault(document: document(parameters: "7,null,{}", answer: "3"), code: "file.not-found"),
    Fault(
      document: document(parameters: "", answer: array(#""name":{"type":"string"}"#)), code: "file.not-found"),
    Fault(document: #"{"openapi":"3.1.0","openapi":"3.1.0"}"#, code: "syntax.duplicate-member"),
    Fault(document: String(repeating: #"{"a":"#, count: 100_000), code: "limit.depth"),
    Fault(document: String(repeating: " ", count: 64 << 20 + 1), code: "limit.bytes"),
    Fault(
      document: document(
        parameters: "",
        answer: array(
          #""id":{"type":"integer"},"a.b":{"type":"string"},"a":{"type":"object","properties":{"b":{"type":"string"}}}"#
        )),
      code: "setup.invalid-resource"),
  ]

  @Test(arguments: faults)
  func faultsAreSaid(_ fault: Fault) throws {
    let error = try #require(#expect(throws: QueryError.self) { try Self.read(fault.document) })
    #expect(error.diagnostics.first?.code == fault.code, "\(error)")
    #expect(error.diagnostics.first?.suggestion == fault.suggestion)
  }

  /// References in circles, and a few schemas that name each other many times.
  @Test func circlesAreBounded() throws {
    let loop =
      ##"{"type":"object","properties":{"id":{"type":"integer"},"next":{"$ref":"#/components/schemas/A"}}}"##
    let imported = try Self.read(
      Self.document(
        parameters: "", answer: ##"{"type":"array","items":{"$ref":"#/components/schemas/A"}}"##,
        schemas: ##"{"A":\##(loop)}"##))
    #expect(imported.resource.fields.contains { $0.name == "next.next.id" })
    let doubling = (0..<40).map {
      ##""S\##($0)":{"allOf":[{"$ref":"#/components/schemas/S\##($0 + 1)"},{"$ref":"#/components/schemas/S\##($0 + 1)"}]}"##
    }
    let last = #""S40":{"type":"object","properties":{"id":{"type":"integer"}}}"#
    let wide = Self.document(
      parameters: "", answer: ##"{"type":"array","items":{"$ref":"#/components/schemas/S0"}}"##,
      schemas: "{" + (doubling + [last]).joined(separator: ",") + "}")
    // As deep as this nobody nests: it ends, whatever it ends in.
    _ = try? Self.read(wide)
    let ring = Self.document(
      parameters: "", answer: ##"{"$ref":"#/components/schemas/R"}"##,
      schemas:
        ##"{"R":{"allOf":[{"$ref":"#/components/schemas/R"}],"anyOf":[{"$ref":"#/components/schemas/R"},{"type":"null"}]}}"##
    )
    #expect(throws: QueryError.self) { try Self.read(ring) }
  }

  @Test func damagedDocumentsEndInDiagnostics() throws {
    let bytes = Array(OpenAPIDocument(resource: Catalog.gluBalances, path: "/v1/things").text.utf8)
    var random = RandomSource(seed: 3)
    for _ in 0..<300 {
      var damaged = bytes
      for _ in 0..<random.within(1...4) {
        damaged[random.below(damaged.count)] = random.pick(Array("{}[]\",:0a$#/".utf8))
      }
      do {
        _ = try OpenAPIImport.resource(from: damaged, path: "/v1/things")
      } catch {
        #expect(error.diagnostics.allSatisfy { $0.span.end <= damaged.count })
      }
    }
  }
}
