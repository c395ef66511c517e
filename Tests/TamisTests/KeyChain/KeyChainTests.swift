import Tamis
import TamisCatalog
import Testing

/// Requests to the lists of AnimeThemes, in the spelling since April 2024, against what its own classes made of them:
/// the filter and its bindings as SQL, the order, the page, the fields; or the messages of its validator.
struct KeyChainTests {
  @Test func measured() throws {
    let requests = try KeyChainRequest.all()
    var met = 0
    var unmet: [String] = []
    for request in requests {
      if let reason = request.unmet {
        unmet.append("\(request.id) \(request.query): \(reason)")
        continue
      }
      let faults = try faults(request)
      if faults.isEmpty { met += 1 } else { Issue.record("\(request.id) \(request.query): \(faults)") }
    }
    #expect(requests.count == 179)
    // Older spellings, and the search.
    #expect(unmet.count == 6)
    print("AnimeThemes, faithful: \(met) of \(requests.count) requests met; not asked of us:")
    for line in unmet { print("  " + line) }
  }

  /// The list of balances with its records: the records that the server gave, in its order where it has one, in memory
  /// and on every engine; or its messages.
  @Test func balances() throws {
    let resource = Catalog.animeThemesBalances
    let compiler = QueryCompiler(resource: resource, policy: .faithful)
    let records = try RecordReader(resource: resource)
      .readAll(CaseFiles.bytes("Fixtures/animethemes-balances.records.ndjson"))
    let engines = try CaseEngines(records)
    let lines = try CaseFiles.text("Fixtures/animethemes-balances.requests.ndjson").split(separator: "\n")
    var met = 0
    for line in lines {
      let request = try CaseRequest(String(line))
      let expected = try KeyChainRequest(balances: String(line))
      var faults: [String]
      do {
        let compiled = try compiler.compile(request.source)
        let ids = try compiled.select(from: records).indices.map {
          CaseReplay.plain(records[$0].primaryKeyJSON)
        }
        try engines.check(compiled, ids, "\(request.id) \(request.shown)")
        faults = answerFaults(request, ids, compiled)
      } catch let error as QueryError {
        faults = self.faults(expected, error)
      }
      if faults.isEmpty { met += 1 } else { Issue.record("\(request.id) \(request.shown): \(faults)") }
    }
    #expect(lines.count == 76)
    print(
      "AnimeThemes, faithful: \(met) of \(lines.count) requests for balances met; "
        + "answered by \(engines.summary)")
  }

  private func answerFaults(_ request: CaseRequest, _ ids: [String], _ compiled: CompiledQuery) -> [String] {
    guard case .ids(let expected, let isOrdered) = request.measured else { return ["is not refused"] }
    var faults: [String] = []
    if isOrdered ? ids != expected : ids.sorted() != expected.sorted() {
      faults.append("\(ids) instead of \(expected)")
    }
    let isIgnored = request.reason == "ignored" || request.reason == "dropped"
    if isIgnored, compiled.warnings.isEmpty { faults.append("nothing says what is ignored") }
    return faults
  }

  private func faults(_ request: KeyChainRequest) throws -> [String] {
    let resource = try #require(Self.resource(request.resource), "\(request.resource)")
    let compiler = QueryCompiler(resource: resource, policy: .faithful)
    #expect(compiler.faults.isEmpty)
    do {
      return faults(request, try compiler.compile(request.query, randomSeed: 7), resource)
    } catch {
      return faults(request, error)
    }
  }

  // MARK: Refusals

  private func faults(_ request: KeyChainRequest, _ error: QueryError) -> [String] {
    guard request.refused != nil || request.status != nil else { return ["is refused: \(error)"] }
    let answers = error.diagnostics.compactMap(\.serverAnswer)
    let expected = request.status ?? 422
    var faults = answers.contains { $0.status == expected } ? [] : ["\(answers) instead of \(expected)"]
    if let errors = request.errors {
      var found: [String: [String]] = [:]
      for answer in answers {
        if let message = answer.message { found[answer.attribute ?? "", default: []].append(message) }
      }
      let distinct = found.mapValues { Array(Set($0)) }
      if distinct != errors { faults.append("\(distinct) instead of \(errors)") }
    }
    let end = request.query.utf8.count
    if error.diagnostics.contains(where: { $0.span.end > end || $0.span.start >= $0.span.end }) {
      faults.append("has a place that is none")
    }
    return faults
  }

  // MARK: Answers

  private func faults(_ request: KeyChainRequest, _ compiled: CompiledQuery, _ resource: Resource) -> [String]
  {
    if request.refused != nil || request.status != nil {
      return ["is not refused: \(compiled.query.predicate)"]
    }
    var faults: [String] = []
    func check<Part: Equatable>(_ name: String, _ found: Part, _ expected: Part?) {
      if let expected, found != expected { faults.append("\(name): \(found) instead of \(expected)") }
    }
    let query = compiled.query
    var server = ServerSQL(resource)
    let text = server.text(query, asksForKey: request.query.contains(#/sort.*id/#))
    check("sql", text, request.sql.map(MeasuredSQL.text))
    if request.sql != nil { check("bindings", server.bindings, request.bindings) }
    check("size", query.page.limit, request.size)
    check("include", query.inclusion, request.include)
    let names = query.selection.map { resource.fields[$0.index].name }
    check("fields", Set(names), request.fields?[resource.type].map(Set.init))
    check("order", order(compiled), request.sort.map(Self.order))
    check("value", server.bindings.last ?? "", request.value)
    if let filters = request.filters { check("filters", filters.count, Self.count(query.predicate)) }
    if request.narrows, request.include != nil {
      check("warnings", compiled.warnings.map(\.code), [])
      check("narrowed", query.inclusions.map { Self.count($0.predicate) }, [2])
    }
    if request.isIgnored, compiled.warnings.isEmpty { faults.append("nothing says what is ignored") }
    return faults
  }

  private static func count(_ predicate: Predicate) -> Int {
    switch predicate {
    case .always: 0
    case .and(let parts), .or(let parts): parts.map(count).reduce(0, +)
    default: 1
    }
  }

  /// The keys that were asked for: `-year`, `random`.
  private func order(_ compiled: CompiledQuery) -> [String] {
    let resource = compiled.query.resource
    if compiled.query.randomOrder != nil { return ["random"] }
    var keys = compiled.query.sort.map {
      ($0.direction == .descending ? "-" : "")
        + resource.fields[$0.field.index].recordPath.joined(separator: ".")
    }
    if keys.count > 1, keys.last?.hasSuffix("id") == true { keys.removeLast() }
    return keys
  }

  private static func order(_ sort: [[String: Any]]) -> [String] {
    var keys = sort.map { key in
      key["random"] as? Bool == true
        ? "random" : (key["dir"] as? String == "desc" ? "-" : "") + (key["field"] as? String ?? "")
    }
    // One that asks for the key itself can not be told from one that does not.
    if keys.count > 1, keys.last == "id" { keys.removeLast() }
    return keys
  }

  // MARK: Resources

  private static func resource(_ name: String) -> Resource? {
    let parts = name.split(separator: ":")
    if name == "kind" { return kind }
    guard let resource = Catalog.resource(named: String(parts[0])) else { return nil }
    return parts.count == 1 ? resource : showing(resource)
  }

  /// The endpoint that shows one record.
  private static func showing(_ resource: Resource) -> Resource {
    guard let compatibility = resource.compatibility, case .keyChain(var rules) = compatibility.reading else {
      return resource
    }
    rules.showsOneRecord = true
    return Resource(
      resource.name, type: resource.type, table: resource.table, dialect: resource.dialect,
      paging: resource.paging, allowsRandomOrder: true,
      compatibility: Compatibility(compatibility.system, .keyChain(rules))
    ) {
      resource.fields
      resource.relations.map { ResourceElement.relation($0) }
    }
  }

  /// What requests to no particular list are about.
  private static var kind: Resource {
    var rules = KeyChainRules()
    rules.relatedPaths = [
      .init("word", type: "word"), .init("one", type: "word"), .init("two", type: "word"),
    ]
    return Resource(
      "kinds", type: "kind", dialect: .jsonAPIKeys, paging: .pages(defaultSize: 15, maximumSize: 100),
      allowsRandomOrder: true, compatibility: Compatibility("AnimeThemes", .keyChain(rules))
    ) {
      Field("id", .integer).primaryKey()
      Field("field", .text).sortable()
      Field("one", .text).sortable()
      Field("two", .text).sortable()
      Field("flag", .boolean)
      Field("at", .timestamp)
      Field("n", .integer)
      Relation("word", .many) { Field("id", .integer) }
    }
  }
}
