import Tamis
import TamisCatalog
import TamisEngines
import TamisTesting
import Testing

/// Random requests in the style of each real server, over random records of its lists.
struct FaithfulLaws {
  /// Each resource of the catalogue that says how its server reads requests.
  ///
  /// Left out are lists whose relations are records of their own, which are not generated here.
  static let entries = Catalog.all.filter { entry in
    let isNested = entry.resource.relations.allSatisfy {
      if case .nested = $0.source { true } else { false }
    }
    // Its generated elements lack keys that theirs need.
    guard isNested, entry.name != "animethemes/animetheme" else { return false }
    return switch entry.resource.compatibility?.reading {
    case .declaredFilters, .keyChain, .namedParameters, .guessedSuffixes: true
    case nil: false
    }
  }

  /// What the law has found.
  @Test func aListOfNumbersInOtherThanCanonicalForm() throws {
    let compiler = QueryCompiler(resource: Catalog.animeThemesBalances, policy: .faithful)
    let query = try compiler.compile("filter[usage]=1.50,%202").query
    #expect(query.predicate.description.contains("usage IN (1.5, 2)"), "\(query.predicate)")
  }

  /// Every engine gives the records that the typed query means, in order; nothing traps; a refusal has a place in
  /// the request; and what an accepted request says is in the query, or in a warning.
  @Test(arguments: entries)
  func everyRequestMeansOneThing(_ entry: Catalog.Entry) throws {
    let settings = LawSettings.current
    var run = FaithfulRun(entry)
    var seeds = RandomSource(seed: settings.seed)
    let queries = Swift.max(40, settings.queries / 200)
    for _ in 0..<Swift.max(2, settings.resources / 40) { try run.run(seed: seeds.next(), count: queries) }
    print(run.summary)
    for difference in run.differences { Issue.record("\(entry.name): \(difference)") }
    #expect(run.accepted * 100 >= run.requests * 15, "\(run.summary)")
    #expect(run.refused > 0 && run.warned > 0, "\(run.summary)")
    #expect(run.none > 0 && run.some * 100 >= run.accepted * 5, "\(run.summary)")
  }
}

/// One resource's requests over sets of random records.
struct FaithfulRun {
  let entry: Catalog.Entry
  private let compiler: QueryCompiler
  private(set) var requests = 0
  private(set) var accepted = 0
  private(set) var refused = 0
  private(set) var warned = 0
  private(set) var none = 0
  private(set) var some = 0
  private(set) var all = 0
  private(set) var hadMore = 0
  private(set) var engineRefusals = 0
  private(set) var answers = 0
  private(set) var differences: [String] = []

  init(_ entry: Catalog.Entry) {
    self.entry = entry
    compiler = QueryCompiler(resource: entry.resource, policy: .faithful, cursors: CursorSamples.keyring)
  }

  var summary: String {
    "faithful law, \(entry.name): \(requests) requests, \(accepted) accepted (\(warned) with warnings), "
      + "\(refused) refused; they select none \(none), some \(some), all \(all), more \(hadMore); "
      + "\(answers) answers of engines, \(engineRefusals) not offered there"
  }

  mutating func run(seed: UInt64, count: Int) throws {
    let generated = GeneratedResource(seed: seed, resource: entry.resource)
    guard var generator = FaithfulRequestGenerator(generated, random: RandomSource(seed: seed ^ 0x6661))
    else {
      return
    }
    let lines = generated.records.map(\.description).joined(separator: "\n")
    let records = try RecordReader(resource: entry.resource).readAll(Array(lines.utf8))
    let party = Party(
      generated: generated, records: records,
      reference: ReferenceInterpreter(resource: entry.resource, records: generated.records),
      loaded: try LoadedEngines(resource: entry.resource, records: generated.storedRecords))
    for _ in 0..<count where differences.count < 6 { try check(generator.request(), party) }
  }

  /// Who answers.
  struct Party {
    let generated: GeneratedResource
    let records: RecordSet
    let reference: ReferenceInterpreter
    let loaded: LoadedEngines
  }

  private mutating func check(_ request: FaithfulRequest, _ party: Party) throws {
    requests += 1
    let compiled: CompiledQuery
    do {
      compiled = try compiler.compile(request.text, dialect: request.dialect, scope: party.generated.scope)
    } catch {
      refused += 1
      if let fault = Self.fault(error.diagnostics, request, mustRefuse: true) {
        report(request, party, fault)
      }
      return
    }
    accepted += 1
    if !compiled.warnings.isEmpty { warned += 1 }
    if let fault = Self.fault(compiled.warnings, request, mustRefuse: false) { report(request, party, fault) }
    checkLeaves(request, compiled, party)
    try checkAnswers(request, compiled, party)
  }

  private mutating func report(_ request: FaithfulRequest, _ party: Party, _ fault: String) {
    differences.append(
      "seed \(party.generated.seed), \(request.dialect.rawValue) \(request.text)\n  \(fault)")
  }

  /// Diagnostics are about bytes that the request has.
  private static func fault(
    _ diagnostics: [Diagnostic], _ request: FaithfulRequest, mustRefuse: Bool
  ) -> String? {
    let count = request.text.utf8.count
    for diagnostic in diagnostics
    where diagnostic.span.start > diagnostic.span.end || diagnostic.span.end > count {
      return "a span outside of the request: \(diagnostic)"
    }
    let hasError = diagnostics.contains { $0.severity == .error }
    return hasError == mustRefuse ? nil : "refused without an error, or accepted with one: \(diagnostics)"
  }

  // MARK: Nothing in silence

  private mutating func checkLeaves(_ request: FaithfulRequest, _ compiled: CompiledQuery, _ party: Party) {
    let spans = compiled.typed.nodes.map(\.span) + compiled.warnings.map(\.span)
    // A pair of no bytes says nothing.
    for leaf in request.leaves where leaf.span.count > 0 && !leaf.isSetting && !isDeclared(leaf.name) {
      // A list has one place, which is not that of each item; without the item it is another list.
      if !spans.contains(where: { Self.overlaps($0, leaf.span) }), !hasEffect(leaf, request, compiled, party)
      {
        report(request, party, "nothing says what became of '\(leaf.name)'")
      }
    }
  }

  /// Whether the request means something else without the leaf.
  private func hasEffect(
    _ leaf: FaithfulRequest.Leaf, _ request: FaithfulRequest, _ compiled: CompiledQuery, _ party: Party
  ) -> Bool {
    // A member that is cut out leaves no JSON.
    if request.dialect == .body { return false }
    var bytes = Array(request.text.utf8)
    bytes.removeSubrange(leaf.span.start..<leaf.span.end)
    let other = try? compiler.compile(bytes: bytes, dialect: request.dialect, scope: party.generated.scope)
    return other?.query != compiled.query
  }

  /// A parameter whose value may restrict nothing: it is a flag that is off, or about the answer.
  private func isDeclared(_ name: String) -> Bool {
    entry.resource.parameters.contains { parameter in
      guard parameter.name == name || "filter[\(parameter.name)]" == name else { return false }
      return switch parameter.meaning {
      case .choice, .flag, .selecting, .ignored: true
      case .value, .list, .choices, .objects, .entries: false
      }
    }
  }

  private static func overlaps(_ span: SourceSpan, _ leaf: SourceSpan) -> Bool {
    span.count > 0
      ? span.start < leaf.end && leaf.start < span.end
      : leaf.start <= span.start && span.start <= leaf.end && span.start > 0
  }

  // MARK: One meaning

  private mutating func checkAnswers(
    _ request: FaithfulRequest, _ compiled: CompiledQuery, _ party: Party
  ) throws {
    let expected = party.reference.answer(compiled.typed)
    count(expected, of: party.records.count)
    do {
      let found = try compiled.select(from: party.records)
      answers += 1
      if found.indices != expected.places || found.hasMore != expected.hasMore {
        report(
          request, party,
          "memory: \(found.indices), the reference: \(expected.places), \(compiled.typed.predicate)")
      }
    } catch {
      report(request, party, "memory: \(error)")
    }
    let keys = expected.places.map { party.generated.primaryKey(ofRecord: $0) }
    for engine in party.loaded.all {
      do {
        _ = try compiled.statement(for: engine.emitter.dialect)
      } catch {
        engineRefusals += 1
        continue
      }
      let page = try engine.page(for: compiled.query)
      answers += 1
      if page != EnginePage(ids: keys, hasMore: expected.hasMore) {
        report(
          request, party,
          "\(engine.emitter.dialect.displayName): \(page), the reference: \(keys), \(compiled.typed.predicate)"
        )
      }
    }
  }

  private mutating func count(_ answer: ReferenceAnswer, of total: Int) {
    switch answer.matchCount {
    case 0: none += 1
    case total: all += 1
    default: some += 1
    }
    if answer.hasMore { hadMore += 1 }
  }
}
