import Tamis
import TamisPlanner
import TamisTesting
import Testing

/// Relations of relations: from requests in every dialect to records in memory and rows of SQL, and back.
@Suite("Relations of relations")
struct NestedRelationTests {
  private static let resource = Resource("series", dialect: .suffix) {
    Field("id", .integer).primaryKey()
    Field("name", .text)
    Relation("themes", .many) {
      Field("theme_id", .integer)
      Field("type", .text)
      Field("deleted_at", .timestamp).nullable().hidden()
    }
    .childTable("themes", foreignKey: "series_id", parentKey: "id")
    .only(.isNull("deleted_at"))
    .nesting(
      Relation("song", .one) { Field("title", .text).nullable() }.inJSON("song"),
      Relation("entries", .many) {
        Field("entry_id", .integer)
        Field("version", .integer).nullable()
      }
      .childTable("entries", foreignKey: "theme_id", parentKey: "theme_id")
      .nesting(
        Relation("videos", .many) {
          Field("video_id", .integer)
          Field("size", .integer)
          Field("spoiler", .boolean)
        }
        .pivotTable(
          "entry_video", foreignKey: "entry_id", targetKey: "video_id", table: "videos", key: "video_id",
          parentKey: "entry_id"
        )
        .only(.compare("spoiler", .equal, .literal("false"))))
    )
    Relation("secrets", .many) { Field("key", .text) }.hidden()
      .nesting(Relation("inner", .many) { Field("word", .text) })
  }

  private static let records = [
    #"""
    {"id":1,"name":"a","themes":[
      {"theme_id":10,"type":"OP","song":{"title":"Sign"},"entries":[
        {"entry_id":100,"version":1,"videos":[{"video_id":7,"size":5,"spoiler":false},{"video_id":8,"size":9,"spoiler":true}]},
        {"entry_id":101,"version":null,"videos":[]}]},
      {"theme_id":11,"type":"ED","song":null,"entries":[]}]}
    """#,
    #"""
    {"id":2,"name":"b","themes":[
      {"theme_id":12,"type":"ED","song":{"title":"Sign"},"entries":[
        {"entry_id":102,"version":2,"videos":[{"video_id":7,"size":5,"spoiler":false},{"video_id":9,"size":6,"spoiler":false}]}]},
      {"theme_id":13,"type":"OP","deleted_at":"2024-01-01T00:00:00Z","song":{"title":"Go"},"entries":[]}]}
    """#,
    #"{"id":3,"name":"c","themes":[{"theme_id":14,"type":"OP","song":{"title":null},"entries":[]}]}"#,
    #"{"id":4,"name":"d","themes":[]}"#,
  ].map { $0.replacing("\n", with: " ") }

  private static let rows: [(QueryDialect, String, [Int])] = [
    (.suffix, "themes.type_eq=OP", [1, 3]),
    (.suffix, "themes.song.title_eq=Sign", [1, 2]),
    (.suffix, "themes.song.title_eq=Go", []),
    (.suffix, "themes.song.title_isnull", [3]),
    (.suffix, "themes.entries.videos.size_gte=6", [2]),
    (.suffix, "themes.entries.videos.video_id_in=7,8", [1, 2]),
    (.suffix, "themes.type_eq=OP&themes.song.title_eq=Sign", [1]),
    (.suffix, "any[themes][type_eq]=ED&any[themes][song.title_eq]=Sign", [2]),
    (.suffix, "any[themes][type_eq]=ED&themes.song.title_eq=Sign", [1, 2]),
    (.suffix, "not[any][themes][song.title_isnotnull]=", [3, 4]),
    (.bracket, "any[themes][any][entries][version]=1&any[themes][any][entries][videos.size]=5", [1]),
    (.bracket, "any[themes.entries][videos.size]=5&any[themes.entries][version]=2", [2]),
    (.bracket, "themes.entries.version=2", [2]),
    (.jsonAPI, "filter[themes.entries.version]=1&filter[themes.type]=OP", [1]),
    (.jsonAPI, "filter[or][0][themes.entries.version]=1&filter[or][1][id]=4", [1, 4]),
    (.jsonAPIKeys, "filter[themes.entries.videos.size-lt]=6", [1, 2]),
    (
      .body,
      #"{"filters":[{"any":"themes","where":{"and":[{"field":"type","operator":"eq","value":"ED"},{"any":"entries","where":{"field":"videos.size","operator":"gt","value":5}}]}}]}"#,
      [2]
    ),
    (
      .body,
      #"{"filters":[{"any":"themes.entries","where":{"not":{"any":"videos","where":{"field":"size","operator":"gt","value":0}}}}]}"#,
      [1]
    ),
    (.body, #"{"filters":[{"not":{"any":"themes","where":{"and":[]}}}]}"#, [4]),
  ]

  private static func read() throws -> RecordSet {
    try RecordReader(resource: resource).readAll(Array(records.joined(separator: "\n").utf8))
  }

  @Test("requests name them by their path or inside one another")
  func requests() throws {
    #expect(Self.resource.faults == [])
    let compiler = QueryCompiler(resource: Self.resource)
    let records = try Self.read()
    let engines = try CaseEngines(records)
    for (dialect, text, expected) in Self.rows {
      let compiled = try compiler.compile(text, dialect: dialect)
      let page = try compiled.select(from: records)
      #expect(page.indices.map { $0 + 1 } == expected, "\(text)")
      try engines.check(compiled.query, expected.map(String.init), text)
      let reference = ReferenceInterpreter(
        resource: Self.resource, records: try Self.records.map { try #require(JSONTree(parsing: $0)) })
      #expect(reference.answer(compiled.query).places.map { $0 + 1 } == expected, "\(text)")
    }
  }

  @Test("what was read is written, and means the same")
  func printed() throws {
    let compiler = QueryCompiler(resource: Self.resource)
    var said = 0
    for (dialect, text, _) in Self.rows {
      let compiled = try compiler.compile(text, dialect: dialect)
      for target in QueryDialect.allCases {
        guard let written = try? compiled.text(in: target) else { continue }
        let again = try compiler.compile(written, dialect: target)
        #expect(again.query == compiled.query, "\(text) as \(target): \(written)")
        said += 1
      }
    }
    #expect(said > 90, "\(said)")
    let path = try compiler.compile("themes.entries.videos.size_gte=6")
    #expect(try path.text(in: .suffix) == "themes.entries.videos.size_gte=6")
    #expect(try path.text(in: .jsonAPI) == "filter[themes.entries.videos.size][gte]=6")
  }

  @Test("what is not there is reported where it is named")
  func faults() throws {
    let compiler = QueryCompiler(resource: Self.resource)
    let rows: [(QueryDialect, String, String, String?)] = [
      (.suffix, "«themes.song.titel_eq=x»", "name.unknown-field", "themes.song.title_eq"),
      (.suffix, "«secrets.inner.word_eq=x»", "name.unknown-field", nil),
      (.suffix, "«themes.deleted_at_isnull»", "name.unknown-field", nil),
      (.bracket, "any[«secrets.inner»][word]=x", "name.unknown-relation", nil),
      (.bracket, "any[themes][any][«entrys»][version]=1", "name.unknown-relation", "entries"),
      (.bracket, "any[song][title]=1", "name.unknown-relation", nil),
    ]
    for (dialect, marked, code, suggestion) in rows {
      let request = try #require(MarkedText(marked))
      let error = #expect(throws: QueryError.self, "\(marked)") {
        try compiler.compile(request.text, dialect: dialect)
      }
      #expect(error?.diagnostics.first?.code == code, "\(marked): \(String(describing: error))")
      if let suggestion { #expect(error?.diagnostics.first?.suggestion == suggestion, "\(marked)") }
    }
  }

  @Test("counts are of one element's elements")
  func counts() throws {
    let records = try Self.read()
    let engines = try CaseEngines(records)
    let visible = Predicate.any(relation: "entries", .always, isNegated: false, atLeast: 2)
    let rows: [(Predicate, [Int])] = [
      (.any(relation: "themes", .always, isNegated: false, atLeast: 2), [1]),
      (.any(relation: "themes", visible, isNegated: false), [1]),
      (.exactly(1, of: "themes", .always), [2, 3]),
      (.any(relation: "themes.entries.videos", .always, isNegated: true), [3, 4]),
      (
        .any(
          relation: "themes.entries",
          .any(relation: "videos", .always, isNegated: false, atLeast: 2), isNegated: false), [2]
      ),
    ]
    for (predicate, expected) in rows {
      let query = Normalizer.normalise(try #require(Query(Self.resource, where: predicate)))
      #expect(
        try RecordSelection.select(query, from: records).indices.map { $0 + 1 } == expected, "\(predicate)")
      try engines.check(query, expected.map(String.init), "\(predicate)")
    }
    let distant = Predicate.any(relation: "themes.entries", .always, isNegated: false, atLeast: 2)
    #expect(Query(Self.resource, where: distant) == nil)
  }

  @Test("elements that are records of their own have elements too")
  func related() throws {
    let resource = Resource("owners", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Relation("coops", .many) { Field("key", .text) }
        .related("coop", foreignKey: "owner", parentKey: "id")
        .nesting(
          Relation("chickens", .many) { Field("age", .integer) }
            .related("chicken", foreignKey: "coop", parentKey: "key")
            .nesting(Relation("eggs", .many) { Field("size", .integer) }))
    }
    #expect(resource.faults == [])
    let reader = try RecordReader(
      resource: resource,
      related: [
        "coop": Array(#"[{"owner":1,"key":"x"},{"owner":2,"key":"y"},{"owner":1,"key":"z"}]"#.utf8),
        "chicken": Array(
          #"[{"coop":"x","age":1,"eggs":[{"size":3}]},{"coop":"y","age":2,"eggs":[]},{"coop":"z","age":3}]"#
            .utf8),
      ])
    let records = try reader.readAll(Array(#"{"id":1} {"id":2} {"id":3}"#.replacing(" ", with: "\n").utf8))
    let compiler = QueryCompiler(resource: resource)
    for (text, expected) in [
      ("coops.chickens.age_gte=2", [0, 1]), ("coops.chickens.age_eq=1", [0]),
      ("coops.chickens.eggs.size_eq=3", [0]), ("not[any][coops.chickens][age_gt]=0", [2]),
    ] {
      #expect(try compiler.compile(text).select(from: records).indices == expected, "\(text)")
    }
    // A record that can not be read takes its elements with it.
    var batch = RecordBatch(reader)
    #expect(throws: QueryError.self) { try batch.append(Array(#"{"id":"x"}"#.utf8)) }
    try batch.append(Array(#"{"id":2}"#.utf8))
    let after = batch.finish()
    #expect(try compiler.compile("coops.chickens.age_eq=2").select(from: after).indices == [0])
    #expect(try compiler.compile("coops.chickens.age_eq=1").select(from: after).indices == [])
  }

  private static func included(_ query: CompiledQuery) throws -> String {
    let records = Array(try read().prefix(2))
    let answer = query.answer(
      records: records, page: PageFacts(request: "", hasMore: false), envelope: .array)
    return String(decoding: answer.body, as: UTF8.self)
  }

  @Test("answers show them inside one another, without those that do not count")
  func inclusion() throws {
    let compiler = QueryCompiler(resource: Self.resource)
    #expect(
      try Self.included(compiler.compile("fields=id&include=themes")) == #"""
        [{"id":1,"themes":[{"theme_id":10,"type":"OP"},{"theme_id":11,"type":"ED"}]},\#
        {"id":2,"themes":[{"theme_id":12,"type":"ED"}]}]
        """#)
    #expect(
      try Self.included(compiler.compile("fields=id&include=themes.song,themes.entries.videos")) == #"""
        [{"id":1,"themes":[{"theme_id":10,"type":"OP","song":{"title":"Sign"},"entries":[\#
        {"entry_id":100,"version":1,"videos":[{"video_id":7,"size":5,"spoiler":false}]},\#
        {"entry_id":101,"version":null,"videos":[]}]},\#
        {"theme_id":11,"type":"ED","song":null,"entries":[]}]},\#
        {"id":2,"themes":[{"theme_id":12,"type":"ED","song":{"title":"Sign"},"entries":[\#
        {"entry_id":102,"version":2,"videos":[{"video_id":7,"size":5,"spoiler":false},\#
        {"video_id":9,"size":6,"spoiler":false}]}]}]}]
        """#)
    let error = #expect(throws: QueryError.self) { try compiler.compile("include=themes.sonk,secrets.inner") }
    #expect(error?.diagnostics.map(\.code) == ["name.unknown-relation", "name.unknown-relation"])
    #expect(error?.diagnostics.map(\.span) == [SourceSpan(8, 19), SourceSpan(20, 33)])
    #expect(error?.diagnostics.first?.suggestion == "themes.song")
  }

  @Test("a condition narrows what is included, and not what is selected")
  func narrowedInclusion() throws {
    let plain = try QueryCompiler(resource: Self.resource).compile("fields=id")
    let before = try plain.statement(for: .postgreSQL)
    let rows: [([Inclusion], String)] = [
      (
        [Inclusion("themes", where: .compare(FieldPath("type"), .equal, .text("ED")))],
        #"[{"id":1,"themes":[{"theme_id":11,"type":"ED"}]},{"id":2,"themes":[{"theme_id":12,"type":"ED"}]}]"#
      ),
      (
        [
          Inclusion(
            "themes",
            where: .any(
              relation: "entries", .any(relation: "videos", .always, isNegated: false, atLeast: 2),
              isNegated: false)),
          Inclusion(
            "themes.entries.videos", where: .compare(FieldPath("size"), .greater, .integer(5))),
        ],
        #"""
        [{"id":1,"themes":[]},{"id":2,"themes":[{"theme_id":12,"type":"ED","entries":[\#
        {"entry_id":102,"version":2,"videos":[{"video_id":9,"size":6,"spoiler":false}]}]}]}]
        """#
      ),
      ([Inclusion("themes", where: .never)], #"[{"id":1,"themes":[]},{"id":2,"themes":[]}]"#),
    ]
    for (inclusions, expected) in rows {
      let compiled = try #require(plain.including(inclusions))
      #expect(compiled.query.inclusions == inclusions && compiled.query != plain.query)
      #expect(try Self.included(compiled) == expected)
      #expect(try compiled.statement(for: .postgreSQL) == before)
      #expect(throws: QueryError.self) { try compiled.text(in: .suffix) }
    }
    let refused: [Inclusion] = [
      Inclusion("nowhere"), Inclusion("themes", where: .compare(FieldPath("size"), .equal, .integer(1))),
      Inclusion("themes", where: .matches(FieldPath("type"), "a", isNegated: false)),
    ]
    for inclusion in refused { #expect(plain.query.including([inclusion]) == nil) }
  }

  private struct Series {
    var id: Int
    var name: String
    var themes: [Theme]
    struct Theme { var type: String }
  }

  @Test("values of a Swift type have elements, and these none")
  func values() throws {
    let resource = Resource("series", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      Relation("themes", .many) { Field("type", .text) }
        .nesting(Relation("song", .one) { Field("title", .text) })
    }
    let shape = RecordShape<Series>(resource) {
      Bind("id", \.id)
      Bind("name", \.name)
      BindMany("themes", \.themes) { Bind("type", \.type) }
    }
    #expect(shape.faults == [])
    let compiler = QueryCompiler(resource: resource)
    let rows = [Series(id: 1, name: "a", themes: [.init(type: "OP")]), Series(id: 2, name: "b", themes: [])]
    let found = try RecordPredicate(compiler.compile("themes.type_eq=OP").query, shape).indices(in: rows)
    #expect(found == [0])
    let error = #expect(throws: QueryError.self) {
      try RecordPredicate(compiler.compile("themes.song.title_eq=x").query, shape)
    }
    #expect(error?.diagnostics.first?.problem == .unboundField(field: "themes.song", type: "Series"))
    #expect(error?.diagnostics.first?.span == SourceSpan(0, 22))
  }
}
