import Foundation
import Tamis
import TamisCatalog
import Testing

/// What Metronome's lists refuse, and how they are paged.
struct MetronomeTests {
  private static func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  private static func json(_ value: Any?) throws -> String {
    String(
      decoding: try JSONSerialization.data(
        withJSONObject: value ?? [:], options: [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
  }

  // MARK: Errors

  /// The kind of fault that a problem is, as the schema's author would call it.
  private static func kind(_ code: String) -> String {
    switch code {
    case "combination.missing-parameter": "required"
    case "value.invalid", "value.unknown-case": "format"
    case "syntax.wrong-shape", "value.null": "type"
    case "page.out-of-bounds": "range"
    case "combination.conflicting-parameters": "exclusive"
    case "page.invalid-cursor", "page.forged-cursor", "page.cursor-of-other-query": "cursor"
    default: code
    }
  }

  @Test(arguments: Policy.allCases)
  func errors(_ policy: Policy) throws {
    for line in try CaseFiles.lines("Fixtures/metronome.errors.ndjson") {
      let item = try Self.object(line)
      let id = item["id"] as? String ?? ""
      let resource = try #require(Catalog.resource(named: item["resource"] as? String ?? ""))
      let compiler = QueryCompiler(resource: resource, policy: policy, cursors: CursorSamples.keyring)
      var body = item["body"] as? [String: Any] ?? [:]
      if (body["next_page"] as? String)?.hasPrefix("<") == true {
        body["next_page"] = try Self.token(compiler)
      }
      let source = try Self.json(body)
      let error = #expect(throws: QueryError.self, "\(id)") { try compiler.compile(source) }
      guard let error else { continue }
      #expect(error.diagnostics.count == 1, "\(id): \(error)")
      let first = try #require(error.diagnostics.first)
      #expect(Self.kind(first.code) == item["class"] as? String, "\(id): \(error)")
      let parameter = first.parameter.map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
      #expect(parameter == item["parameter"] as? String, "\(id): \(error)")
      #expect(first.span.end <= source.utf8.count, "\(id)")
      if policy == .faithful {
        #expect(error.httpStatus(isBody: true) == 400, "\(id)")
        #expect(first.serverAnswer?.system == "Metronome", "\(id)")
      }
    }
  }

  private static let customer = "13117714-3f05-48e5-a6e9-a66093f13b4d"

  /// A token that was given for a body without conditions.
  private static func token(_ compiler: QueryCompiler) throws -> String {
    let records = try Self.records(3, compiler.resource)
    let query = try compiler.compile(#"{"customer_id":"\#(customer)","limit":1}"#)
    return try #require(try query.page(query.select(from: records), of: records).next)
  }

  // MARK: Pages

  private static func id(_ number: Int) -> String {
    // Out of order, as records come.
    let digits = String(number * 7919 % 10_007, radix: 16)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  private static func records(_ count: Int, _ resource: Resource) throws -> RecordSet {
    let lines = (1...max(1, count)).map { number in
      let isCommit = number % 2 == 0
      return
        #"{"id":"\#(id(number))","type":"\#(isCommit ? "PREPAID" : "CREDIT")","customer_id":"\#(customer)"}"#
    }
    return try RecordReader(resource: resource).readAll(Array(lines.joined(separator: "\n").utf8))
  }

  /// Walks the tokens in memory and on every engine: the pages have the sizes, and together every record once.
  @Test(arguments: Policy.allCases)
  func pages(_ policy: Policy) throws {
    for line in try CaseFiles.lines("Fixtures/metronome.pages.ndjson") {
      let item = try Self.object(line)
      let id = item["id"] as? String ?? ""
      let resource = try #require(Catalog.resource(named: item["resource"] as? String ?? ""))
      let compiler = QueryCompiler(resource: resource, policy: policy, cursors: CursorSamples.keyring)
      let records = try Self.records(item["records"] as? Int ?? 0, resource)
      let engines = try CaseEngines(records)
      let expected = (item["pages"] as? [[String: Any]] ?? []).map {
        ($0["size"] as? Int ?? -1, $0["more"] as? Bool ?? false)
      }
      var walk = Walk(compiler: compiler, body: item["body"] as? [String: Any] ?? [:])
      walk.query = item["query"] as? String ?? ""
      for (size, hasMore) in expected {
        let compiled = try walk.compiled()
        let page = try compiled.page(compiled.select(from: records), of: records)
        #expect(page.records.count == size, "\(id)")
        #expect((page.next != nil) == hasMore, "\(id)")
        let ids = page.records.map { String($0.primaryKeyJSON.dropFirst().dropLast()) }
        try engines.check(compiled, ids, hasMore: hasMore, next: page.next)
        walk.seen += ids
        walk.token = page.next
      }
      let selected = expected.reduce(0) { $0 + $1.0 }
      #expect(Set(walk.seen).count == selected && walk.seen.count == selected, "\(id)")
      #expect(walk.seen == walk.seen.sorted(), "\(id)")
    }
  }

  /// The token goes back in the body, and every second time in the query string.
  private struct Walk {
    let compiler: QueryCompiler
    let body: [String: Any]
    var query = ""
    var token: String?
    var seen: [String] = []
    private var isBeside = false

    init(compiler: QueryCompiler, body: [String: Any]) {
      self.compiler = compiler
      self.body = body
    }

    mutating func compiled() throws -> CompiledQuery {
      var body = self.body
      var query = self.query
      if let token {
        if isBeside {
          query += (query.isEmpty ? "" : "&") + "next_page=\(token)"
        } else {
          body["next_page"] = token
        }
      }
      isBeside.toggle()
      return try compiler.compile(BodyRequest(body: MetronomeTests.json(body), query: query))
    }
  }

  // MARK: Query strings beside bodies

  private func compiler(_ policy: Policy) -> QueryCompiler {
    QueryCompiler(resource: Catalog.metronomeBalances, policy: policy, cursors: CursorSamples.keyring)
  }

  @Test func aTokenStandsInTheBodyOrBesideIt() throws {
    let body = #"{"customer_id":"\#(Self.customer)"}"#
    let token = try Self.token(compiler(.faithful))
    let both = #"{"customer_id":"\#(Self.customer)","next_page":"\#(token)"}"#
    // One token twice is one token; strict has no parameter given twice.
    #expect(
      try compiler(.faithful).compile(BodyRequest(body: both, query: "next_page=\(token)")).warnings == [])
    for (policy, query) in [
      (Policy.strict, "next_page=\(token)"), (.strict, "next_page=other"), (.faithful, "next_page=other"),
    ] {
      let error = #expect(throws: QueryError.self) {
        try compiler(policy).compile(BodyRequest(body: both, query: query))
      }
      let found = try #require(error?.diagnostics.first { $0.code == "combination.conflicting-parameters" })
      #expect(found.span == SourceSpan(both.utf8.count + 1, both.utf8.count + 10))
    }
    for policy in Policy.allCases {
      let query = try compiler(policy).compile(BodyRequest(body: body, query: "limit=3&next_page=\(token)"))
      #expect(query.query.page.limit == 3)
      #expect(query.query.boundary != nil)
    }
  }

  @Test func whatElseStandsBesideABodyIsToldOfIt() throws {
    let body = #"{"customer_id":"\#(Self.customer)"}"#
    let request = BodyRequest(body: body, query: "limit=5&customer_id=x")
    let span = SourceSpan(body.utf8.count + 9, body.utf8.count + 22)
    let warnings = try compiler(.faithful).compile(request).warnings
    #expect(warnings.map(\.code) == ["name.unknown-parameter"])
    #expect(warnings.map(\.span) == [span])
    #expect(String(decoding: request.source[span.start..<span.end], as: UTF8.self) == "customer_id=x")
    let error = #expect(throws: QueryError.self) { try compiler(.strict).compile(request) }
    #expect(error?.diagnostics.map(\.code) == ["name.unknown-parameter"])
    let details = error?.problemDetails(for: request.source, dialect: .body) ?? ""
    #expect(details.contains(#""parameter":"customer_id""#), "\(details)")
  }

  @Test func anEmptyListOfFiltersIsToldOf() throws {
    let body = #"{"customer_id":"\#(Self.customer)","filters":[]}"#
    for policy in Policy.allCases {
      let compiler = QueryCompiler(resource: Catalog.metronomeNetBalance, policy: policy)
      let warnings = try compiler.compile(body).warnings
      #expect(warnings.map(\.code) == ["combination.empty-filter"])
      #expect(
        warnings.map { String(decoding: Array(body.utf8)[$0.span.start..<$0.span.end], as: UTF8.self) }
          == [#""filters":[]"#])
    }
  }

  /// Faithful passes over members that the schema does not know, the generic filters among them, and says so.
  @Test func unknownMembersAreToldOf() throws {
    let body =
      #"{"customer_id":"\#(Self.customer)","sort":["id"],"filters":[{"field":"x"}],"offset":5,"x":null}"#
    let compiled = try compiler(.faithful).compile(body)
    #expect(compiled.warnings.map(\.code) == Array(repeating: "name.unknown-parameter", count: 4))
    #expect(compiled.warnings.compactMap(\.parameter) == ["sort", "filters", "offset", "x"])
  }

  @Test func manyFiltersAreLimited() throws {
    let filter = #"{"custom_fields":{"a":"b","c":"d"}}"#
    let filters = Array(repeating: filter, count: 400).joined(separator: ",")
    let body = #"{"customer_id":"\#(Self.customer)","filters":[\#(filters)]}"#
    for policy in Policy.allCases {
      let compiler = QueryCompiler(resource: Catalog.metronomeNetBalance, policy: policy)
      let error = #expect(throws: QueryError.self) { try compiler.compile(body) }
      #expect(error?.diagnostics.map(\.code) == ["limit.clauses"])
    }
  }
}

/// Bodies that no client sends.
struct MetronomeHostileTests {
  private static let customer = #""customer_id":"13117714-3f05-48e5-a6e9-a66093f13b4d""#

  private static let bodies: [String] = [
    #"{\#(customer),"filters":"# + String(repeating: "[", count: 100_000)
      + String(repeating: "]", count: 100_000)
      + "}",
    #"{\#(customer),"filters":"# + String(repeating: #"[{"filters":"#, count: 40) + "1"
      + String(repeating: "}]", count: 40) + "}",
    #"{\#(customer),"filters":[{"ids":[\#(String(repeating: "1,", count: 300_000))1]}]}"#,
    #"{\#(customer),"filters":[\#(String(repeating: "{},", count: 200_000)){}]}"#,
    #"{\#(customer),"x":"\#(String(repeating: "a", count: 1_000_000))"}"#,
    #"{\#(customer),"limit":1\#(String(repeating: "0", count: 900_000))}"#,
    #"{"customer_id":\#(String(repeating: "9", count: 900_000))}"#,
  ]

  @Test func nothingTrapsAndEverythingHasAPlace() {
    for policy in Policy.allCases {
      let compiler = QueryCompiler(resource: Catalog.metronomeNetBalance, policy: policy)
      for body in Self.bodies {
        let error = #expect(throws: QueryError.self) { try compiler.compile(body) }
        #expect(error?.diagnostics.isEmpty == false)
        #expect(error?.diagnostics.allSatisfy { $0.span.end <= body.utf8.count } == true)
      }
    }
  }

  /// A mebibyte beside a body, and a query string that no one can read.
  @Test func queryStringsBesideBodiesMayBeHostile() {
    let body = "{\(Self.customer)}"
    for query in [
      String(repeating: "a=1&", count: 262_144), "limit=" + String(repeating: "9", count: 1_000_000),
      String(repeating: "[", count: 100_000), "limit=%zz&next_page=%00",
    ] {
      for policy in Policy.allCases {
        let request = BodyRequest(body: body, query: query)
        let compiler = QueryCompiler(
          resource: Catalog.metronomeBalances, policy: policy, cursors: CursorSamples.keyring)
        let error = #expect(throws: QueryError.self) { try compiler.compile(request) }
        let count = request.source.count
        #expect(error?.diagnostics.allSatisfy { $0.span.end <= count } == true)
      }
    }
  }
}
