import Tamis
import TamisModel
import TamisPlanner
import TamisTesting

// MARK: - Requests

extension LawRun {
  /// Random requests, each with the page that its author meant.
  mutating func spelledChecks(_ judge: LawJudge, count: Int) -> [LawCheck] {
    let generated = judge.generated
    let written = WrittenInterpreter(generated)
    let compiler = QueryCompiler(resource: generated.resource)
    var random = RandomSource(seed: generated.seed ^ 0x7572_6C73)
    var generator = RequestGenerator(generated, random: random.fork())
    var checks: [LawCheck] = []
    for index in 0..<count {
      let matrix = tally.spelledMatrix
      let request = generator.request(of: index % 2 == 0 ? 1 : 6, rating: matrix.rating)
      let answer = written.answer(request)
      tally.count(answer.matchCount, of: judge.numbers.count)
      tally.spelled += 1
      if answer.hasMore { tally.hadMore += 1 }
      for summary in request.summaries { tally.spelledMatrix.count(summary) }
      if let check = check(request, EngineAnswer(answer, judge.numbers), compiler, judge) {
        checks.append(check)
      }
      checkDamaged(request, compiler, generated.scope, &random)
    }
    return checks
  }

  private mutating func check(
    _ request: WrittenRequest, _ expected: EngineAnswer, _ compiler: QueryCompiler, _ judge: LawJudge
  ) -> LawCheck? {
    do {
      let compiled = try compiler.compile(
        request.text, dialect: request.dialect, scope: judge.generated.scope)
      checkSpans(compiled.query, request)
      let meant = EngineAnswer(judge.reference.answer(compiled.typed), judge.numbers)
      let lawCase = LawCase(
        generated: judge.generated, typed: compiled.typed, normalised: compiled.query, request: request,
        expected: expected)
      if meant == expected { return LawCheck(.page, [lawCase]) }
      let difference = Difference(
        lawCase: lawCase, party: "the plan", version: "", found: meant, explanation: "")
      onDifference(difference)
      report("\(difference)")
    } catch {
      report(
        "resource seed \(judge.generated.seed): a good request was refused: \(request.dialect.rawValue) "
          + "\(request.text)\n\(error)")
    }
    return nil
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
