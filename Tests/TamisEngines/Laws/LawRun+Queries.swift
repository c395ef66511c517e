import TamisModel
import TamisPlanner
import TamisTesting

// MARK: - Typed queries

extension LawRun {
  /// Random typed queries, each with the page that it must select, and with one or another law beside.
  mutating func typedChecks(_ judge: LawJudge, _ engines: [any LawEngine], count: Int) -> [LawCheck] {
    var random = RandomSource(seed: judge.generated.seed ^ 0x7479_7065)
    var generator = PredicateGenerator(judge.generated, random: random.fork())
    var checks: [LawCheck] = []
    for index in 0..<count {
      let matrix = tally.typedMatrix
      guard let query = generator.query(of: index % 2 == 0 ? 1 : 8, rating: matrix.rating) else {
        report("resource seed \(judge.generated.seed): no query from a typed tree")
        continue
      }
      let answer = judge.reference.answer(query)
      tally.count(answer.matchCount, of: judge.numbers.count)
      tally.typedMatrix.count(query)
      if answer.hasMore { tally.hadMore += 1 }
      let lawCase = judge.lawCase(query, .page, answer)
      checks.append(LawCheck(.page, [lawCase]))
      checkIdempotence(lawCase)
      if index % 4 == 2 { checkShape(query, generator.withOtherValues(query), engines) }
      if let check = otherCheck(index, query, judge, &generator, &random) { checks.append(check) }
    }
    return checks
  }

  private func otherCheck(
    _ index: Int, _ query: Query, _ judge: LawJudge, _ generator: inout PredicateGenerator,
    _ random: inout RandomSource
  ) -> LawCheck? {
    switch index % 16 {
    case 0, 6: judge.partition(query.predicate)
    case 3: judge.pages(query, &random)
    case 9: judge.places(query, &random)
    case 12: generator.query().flatMap { judge.rest(query, $0.predicate) }
    default: nil
    }
  }

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

  /// Other values of the same types and classes: the same shape, and the same text.
  private mutating func checkShape(_ query: Query, _ other: Query?, _ engines: [any LawEngine]) {
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
}
