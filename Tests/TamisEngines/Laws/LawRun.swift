import Tamis
import TamisPlanner
package import TamisTesting

/// Runs random queries through every engine and compares the answers, record by record and in order.
package struct LawRun {
  package let settings: LawSettings
  package let engines: [any LawEngine]
  /// What a seed makes: a random resource, unless the engines know only some.
  package var resource: (UInt64) -> GeneratedResource = { GeneratedResource(seed: $0) }
  package var tally = LawTally()
  /// The first few, made small.
  package var differences: [String] = []

  /// Whether a large run goes on until every kind of clause has been tried.
  package var goesOn = true

  private static let reported = 8
  private var reportedHere = 0

  package init(settings: LawSettings, engines: [any LawEngine]) {
    self.settings = settings
    self.engines = engines
  }

  package mutating func run() {
    var seeds = RandomSource(seed: settings.seed)
    for _ in 0..<settings.resources {
      run(resourceSeed: seeds.next())
      if differences.count >= Self.reported { return }
    }
    for _ in 0..<100 where goesOn && isIncomplete && differences.isEmpty { run(resourceSeed: seeds.next()) }
  }

  /// A large run goes on until every kind of clause has been tried.
  private var isIncomplete: Bool {
    settings.isComplete
      && !(tally.typedMatrix.missing(from: ClauseMatrix.typedCells).isEmpty
        && tally.spelledMatrix.missing(from: ClauseMatrix.spelledCells).isEmpty)
  }

  private mutating func run(resourceSeed: UInt64) {
    let generated = resource(resourceSeed)
    guard check(generated) else { return }
    tally.resources += 1
    reportedHere = 0
    tally.records += generated.records.count
    let half = settings.queriesEach / 2
    runTyped(generated, count: settings.queriesEach - half)
    runSpelled(generated, count: half)
  }

  private mutating func check(_ generated: GeneratedResource) -> Bool {
    var faults = generated.resource.faults + QueryCompiler(resource: generated.resource).faults
    for engine in engines where faults.isEmpty {
      do {
        try engine.load(generated)
      } catch {
        faults.append("\(engine.name) can not load the records: \(error)")
      }
    }
    if !faults.isEmpty { report("resource seed \(generated.seed): \(faults.joined(separator: "; "))") }
    return faults.isEmpty
  }

  private mutating func report(_ text: String) {
    tally.differences += 1
    reportedHere += 1
    if differences.count < Self.reported { differences.append(text) }
  }

  /// Two of one resource say enough.
  private var hasSeenEnough: Bool { differences.count >= Self.reported || reportedHere >= 2 }

  // MARK: Typed queries

  private mutating func runTyped(_ generated: GeneratedResource, count: Int) {
    let reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
    let numbers = generated.numbers
    var random = RandomSource(seed: generated.seed ^ 0x7479_7065)
    var generator = PredicateGenerator(generated, random: random.fork())
    for index in 0..<count {
      let matrix = tally.typedMatrix
      guard let query = generator.query(of: index % 2 == 0 ? 1 : 8, rating: matrix.rating) else {
        report("resource seed \(generated.seed): no query from a typed tree")
        continue
      }
      let answer = reference.answer(query)
      tally.count(answer.matchCount, of: numbers.count)
      tally.typedMatrix.count(query)
      let lawCase = LawCase(
        generated: generated, typed: query, normalised: Normalizer.normalise(query),
        expected: EngineAnswer(answer, numbers))
      compare(lawCase)
      checkIdempotence(lawCase)
      if index % 8 == 0 { checkPartition(lawCase, reference) }
      if index % 8 == 4 { checkPages(lawCase, reference) }
      if index % 4 == 2 { checkShape(query, generator.withOtherValues(query)) }
    }
  }

  // MARK: Comparing

  private mutating func compare(_ lawCase: LawCase) {
    if case .page(_, hasMore: true) = lawCase.expected { tally.hadMore += 1 }
    for engine in engines {
      let found = engine.answer(lawCase.normalised)
      if found == lawCase.expected { continue }
      if case .refused(let features) = found {
        for feature in features { tally.refusals["\(engine.name), \(feature)", default: 0] += 1 }
        continue
      }
      differ(lawCase, engine, found)
    }
  }

  private mutating func differ(_ lawCase: LawCase, _ engine: any LawEngine, _ found: EngineAnswer) {
    guard differences.count < Self.reported else {
      tally.differences += 1
      return
    }
    let difference = Difference(
      lawCase: lawCase, party: engine.name, found: found,
      explanation: engine.explanation(of: lawCase.normalised))
    var shrinker = Shrinker(engine: engine)
    report("\(shrinker.shrink(difference))")
  }

  // MARK: Requests

  private mutating func runSpelled(_ generated: GeneratedResource, count: Int) {
    let reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
    let written = WrittenInterpreter(generated)
    let compiler = QueryCompiler(resource: generated.resource)
    let numbers = generated.numbers
    var random = RandomSource(seed: generated.seed ^ 0x7572_6C73)
    var generator = RequestGenerator(generated, random: random.fork())
    for index in 0..<count {
      let matrix = tally.spelledMatrix
      let request = generator.request(of: index % 2 == 0 ? 1 : 6, rating: matrix.rating)
      let answer = written.answer(request)
      tally.count(answer.matchCount, of: numbers.count)
      tally.spelled += 1
      for summary in request.summaries { tally.spelledMatrix.count(summary) }
      let expected = EngineAnswer(answer, numbers)
      do {
        let compiled = try compiler.compile(
          request.text, dialect: request.dialect, scope: generated.scope)
        let lawCase = LawCase(
          generated: generated, typed: compiled.typed, normalised: compiled.query, request: request,
          expected: expected)
        let meant = EngineAnswer(reference.answer(compiled.typed), numbers)
        if meant == expected {
          compare(lawCase)
        } else {
          report(
            "\(Difference(lawCase: lawCase, party: "the plan", found: meant, explanation: ""))")
        }
        checkSpans(compiled.query, request)
      } catch {
        report(
          "resource seed \(generated.seed): a good request was refused: \(request.dialect.rawValue) "
            + "\(request.text)\n\(error)")
      }
      checkDamaged(request, compiler, generated.scope, &random)
    }
  }
}

// MARK: - Other laws

extension LawRun {
  /// Planning what has been planned changes nothing.
  private mutating func checkIdempotence(_ lawCase: LawCase) {
    let query = lawCase.normalised
    guard let again = Query(query.resource, where: query.predicate, sort: query.sort, page: query.page) else {
      return report("a normalised predicate is no query: \(query.predicate)")
    }
    tally.extra["normalised twice", default: 0] += 1
    let twice = Normalizer.normalise(again)
    if twice.predicate != query.predicate {
      report(
        "normalising twice: \(lawCase.typed.predicate)\n  once  \(query.predicate)\n  twice \(twice.predicate)"
      )
    }
  }

  /// Every record is in one of P, NOT P, and "P is unknown".
  private mutating func checkPartition(_ lawCase: LawCase, _ reference: ReferenceInterpreter) {
    let resource = lawCase.generated.resource
    let everything = Page(limit: 1_000, offset: 0)
    let predicate = lawCase.typed.predicate
    guard let asserted = Query(resource, where: predicate, page: everything),
      let denied = Query(resource, where: .not(predicate), page: everything)
    else { return }
    let numbers = lawCase.generated.numbers
    let unknown = reference.records.indices
      .filter { reference.truth(of: predicate, for: reference.records[$0]) == .unknown }.map { numbers[$0] }
    for engine in engines {
      guard case .page(let first, _) = engine.answer(Normalizer.normalise(asserted)),
        case .page(let second, _) = engine.answer(Normalizer.normalise(denied))
      else { continue }
      tally.extra["partitions", default: 0] += 1
      if (first + second + unknown).sorted() != numbers.sorted() {
        report(
          "\(engine.name): P, NOT P and unknown are no partition. Resource seed \(lawCase.generated.seed)\n"
            + "  P \(predicate)\n  is \(first)\n  not \(second)\n  unknown \(unknown)")
      }
    }
  }

  /// The pages, one after another, are the whole.
  private mutating func checkPages(_ lawCase: LawCase, _ reference: ReferenceInterpreter) {
    var query = lawCase.normalised
    query.page = Page(limit: 1_000, offset: 0)
    for engine in engines {
      guard case .page(let whole, false) = engine.answer(query), whole.count > 1 else { continue }
      var walked: [Int] = []
      let size = Swift.max(1, whole.count / 3)
      while walked.count <= whole.count {
        query.page = Page(limit: size, offset: walked.count)
        guard case .page(let numbers, let hasMore) = engine.answer(query) else { break }
        walked += numbers
        if !hasMore { break }
      }
      query.page = Page(limit: 1_000, offset: 0)
      tally.extra["walks over pages", default: 0] += 1
      checkCount(query, engine, whole.count)
      if walked != whole {
        report("\(engine.name): pages of \(size) give \(walked), the whole is \(whole): \(query.predicate)")
      }
    }
  }

  private mutating func checkCount(_ query: Query, _ engine: any LawEngine, _ expected: Int) {
    do {
      let count = try engine.count(query)
      tally.extra["counts", default: 0] += 1
      if let count, count != expected {
        report("\(engine.name): counts \(count), selects \(expected): \(query.predicate)")
      }
    } catch {
      report("\(engine.name): can not count or list \(query.predicate): \(error)")
    }
  }

  /// Other values of the same types and classes: the same shape, and the same text.
  private mutating func checkShape(_ query: Query, _ other: Query?) {
    guard let other else { return report("other values give no query: \(query.predicate)") }
    tally.extra["shapes", default: 0] += 1
    if query.shape != other.shape {
      report("values change the shape: \(query.predicate)\n  \(other.predicate)")
    }
    for engine in engines {
      let texts = [query, other].map { engine.text(of: $0) }
      if let first = texts[0], let second = texts[1], first != second {
        report("\(engine.name): values change the text: \(query.predicate)\n  \(first)\n  \(second)")
      }
    }
  }

  /// Every clause points into the request.
  private mutating func checkSpans(_ query: Query, _ request: WrittenRequest) {
    let length = request.text.utf8.count
    for node in query.nodes where query.span(of: node).end > length {
      report("a clause's span is outside of its request: \(query.span(of: node)) in \(request.text)")
    }
  }

  /// A request with a few bytes changed is understood or refused with reasons that point into it.
  private mutating func checkDamaged(
    _ request: WrittenRequest, _ compiler: QueryCompiler, _ scope: [String: String],
    _ random: inout RandomSource
  ) {
    var bytes = Array(request.text.utf8)
    for _ in 0..<random.within(1...3) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(3) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8(random.below(256))
      default: bytes.insert(random.pick(Array("[]&=%+,|._-{}:\"\\0aé".utf8)), at: place)
      }
    }
    tally.extra["damaged requests", default: 0] += 1
    do {
      _ = try compiler.compile(bytes: bytes, dialect: request.dialect, scope: scope)
    } catch {
      tally.extra["damaged requests refused", default: 0] += 1
      let isInside = error.diagnostics.allSatisfy {
        $0.span.end <= bytes.count && $0.span.start <= $0.span.end
      }
      if error.diagnostics.isEmpty || !isInside {
        report("diagnostics outside of the request \(String(decoding: bytes, as: UTF8.self)): \(error)")
      }
    }
  }
}
