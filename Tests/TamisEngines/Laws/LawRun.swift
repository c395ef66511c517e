import Tamis
import TamisModel
import TamisPlanner
package import TamisTesting

/// Runs random queries through every engine and compares the answers with the reference interpreter's, record by record
/// and in order, and with each other.
package struct LawRun {
  package let settings: LawSettings
  package let engines: [any LawEngine]
  /// What a seed makes: a random resource, unless the engines know only some.
  package var resource: (UInt64) -> GeneratedResource = { GeneratedResource(seed: $0) }
  package var tally = LawTally()
  /// The first few, in words.
  package var differences: [String] = []
  /// Told of each difference of one engine and one query, made small.
  package var onDifference: (Difference) -> Void = { _ in }
  /// Whether a large run goes on until every kind of clause has been tried.
  package var goesOn = true

  private static let reported = 8
  /// Questions that are sent at once.
  private static let batch = 96
  /// Differences of the resource at hand, by engine.
  private var reportedHere: [String: Int] = [:]

  package init(settings: LawSettings, engines: [any LawEngine]) {
    self.settings = settings
    self.engines = engines
    for engine in engines { tally.engines[engine.name] = EngineTally() }
  }

  package mutating func run() {
    var seeds = RandomSource(seed: settings.seed)
    for _ in 0..<settings.resources {
      run(resourceSeed: seeds.next())
      if hasEnded { break }
    }
    for _ in 0..<100 where goesOn && isIncomplete && !hasEnded && differences.isEmpty {
      run(resourceSeed: seeds.next())
    }
    for engine in engines {
      tally.engines[engine.name]?.version = engine.version
      if let seconds = engine.ownSeconds { tally.engines[engine.name]?.seconds = seconds }
    }
  }

  private var hasEnded: Bool {
    differences.count >= Self.reported || settings.deadline.map { ContinuousClock.now >= $0 } ?? false
  }

  /// A large run goes on until every kind of clause has been tried.
  private var isIncomplete: Bool {
    settings.isComplete
      && !(tally.typedMatrix.missing(from: ClauseMatrix.typedCells).isEmpty
        && tally.spelledMatrix.missing(from: ClauseMatrix.spelledCells).isEmpty)
  }

  private mutating func run(resourceSeed: UInt64) {
    let generated = resource(resourceSeed)
    reportedHere = [:]
    let present = engines.filter(mayAsk)
    guard load(generated, present) else { return }
    tally.resources += 1
    tally.records += generated.records.count
    let half = settings.queriesEach / 2
    let started = ContinuousClock.now
    let judge = LawJudge(generated)
    let checks =
      typedChecks(judge, present, count: settings.queriesEach - half)
      + spelledChecks(judge, count: half)
    tally.referenceSeconds += Self.seconds(since: started)
    put(checks, judge, to: present)
  }

  static func seconds(since start: ContinuousClock.Instant) -> Double {
    (ContinuousClock.now - start) / .seconds(1)
  }

  private mutating func load(_ generated: GeneratedResource, _ engines: [any LawEngine]) -> Bool {
    var faults = generated.resource.faults + QueryCompiler(resource: generated.resource).faults
    for engine in engines where faults.isEmpty {
      let started = ContinuousClock.now
      do {
        try engine.load(generated)
        tally.engines[engine.name]?.records += generated.records.count
      } catch {
        tally.engines[engine.name]?.differences += 1
        faults.append("\(engine.name) can not load the records: \(error)")
      }
      tally.engines[engine.name]?.seconds += Self.seconds(since: started)
    }
    if !faults.isEmpty { report("resource seed \(generated.seed): \(faults.joined(separator: "; "))") }
    return faults.isEmpty
  }

  mutating func report(_ text: String) {
    tally.differences += 1
    if differences.count < Self.reported { differences.append(text) }
  }

  // MARK: Asking

  private func limit(of engine: any LawEngine) -> Int? { settings.limits[engine.name] }

  private func mayAsk(_ engine: any LawEngine) -> Bool {
    limit(of: engine).map { (tally.engines[engine.name]?.queries ?? 0) < $0 } ?? true
  }

  /// A slow engine gets some of the questions of each resource, so that it sees many resources.
  private func share(_ checks: [LawCheck], of engine: any LawEngine, _ seed: UInt64) -> [LawCheck] {
    guard limit(of: engine) != nil, checks.count > LawSettings.slowShare else { return checks }
    var random = RandomSource(seed: seed ^ 0x736C_6F77)
    return random.some(LawSettings.slowShare, of: checks)
  }

  private mutating func put(_ checks: [LawCheck], _ judge: LawJudge, to engines: [any LawEngine]) {
    let (slow, fast) = engines.reduce(into: (slow: [any LawEngine](), fast: [any LawEngine]())) {
      if limit(of: $1) == nil { $0.fast.append($1) } else { $0.slow.append($1) }
    }
    for batch in Self.batches(checks) { putAtOnce(batch, judge, to: fast) }
    for engine in slow {
      for batch in Self.batches(share(checks, of: engine, judge.generated.seed)) {
        putAtOnce(batch, judge, to: [engine])
      }
    }
  }

  private static func batches(_ checks: [LawCheck]) -> [[LawCheck]] {
    var batches: [[LawCheck]] = []
    var count = batch
    for check in checks {
      if count + check.cases.count > batch {
        batches.append([])
        count = 0
      }
      batches[batches.count - 1].append(check)
      count += check.cases.count
    }
    return batches
  }

  private mutating func putAtOnce(_ checks: [LawCheck], _ judge: LawJudge, to engines: [any LawEngine]) {
    let questions = checks.flatMap { $0.cases.map(\.question) }
    let waiting = engines.map { ($0, $0.ask(questions)) }
    for (engine, wait) in waiting {
      let started = ContinuousClock.now
      let answers = wait()
      tally.engines[engine.name]?.seconds += Self.seconds(since: started)
      tally.engines[engine.name]?.statements += questions.count
      judgeAnswers(answers, to: checks, judge, of: engine)
    }
  }

  private mutating func judgeAnswers(
    _ answers: [EngineAnswer], to checks: [LawCheck], _ judge: LawJudge, of engine: any LawEngine
  ) {
    var rest = answers[...]
    for check in checks {
      let found = Array(rest.prefix(check.cases.count))
      rest = rest.dropFirst(check.cases.count)
      if check.law == .page { tally.engines[engine.name]?.queries += 1 }
      let isRight = compare(check, found, engine)
      guard check.law != .page, isRight, found.allSatisfy({ $0.kind == .answer }) else { continue }
      tally.extra[check.law.rawValue, default: 0] += 1
      if let fault = check.fault(found) {
        tally.engines[engine.name]?.differences += 1
        report(
          "\(engine.name), \(check.law.rawValue): \(fault). Resource seed \(judge.generated.seed)\n"
            + "  \(check.cases[0].typed.predicate)")
      }
    }
  }

  // MARK: Comparing

  /// Whether every answer is as the reference has it, or a refusal.
  private mutating func compare(
    _ check: LawCheck, _ answers: [EngineAnswer], _ engine: any LawEngine
  ) -> Bool {
    var isRight = true
    for (lawCase, answer) in zip(check.cases, answers) where answer != lawCase.expected {
      if case .refused(let features) = answer {
        tally.engines[engine.name]?.refusals += 1
        guard check.law == .page else { continue }
        for feature in features { tally.refusals["\(engine.name), \(feature)", default: 0] += 1 }
        continue
      }
      isRight = false
      differ(lawCase, engine, answer)
    }
    return isRight
  }

  /// Two of one engine and resource say enough.
  private mutating func differ(_ lawCase: LawCase, _ engine: any LawEngine, _ answer: EngineAnswer) {
    tally.engines[engine.name]?.differences += 1
    guard differences.count < Self.reported, reportedHere[engine.name, default: 0] < 2 else {
      tally.differences += 1
      return
    }
    reportedHere[engine.name, default: 0] += 1
    var shrinker = Shrinker(engine: engine)
    let difference = shrinker.shrink(
      Difference(
        lawCase: lawCase, party: engine.name, version: engine.version, found: answer,
        explanation: engine.explanation(of: lawCase.normalised)))
    onDifference(difference)
    report("\(difference)")
  }
}
