import TamisPlanner
import TamisTesting
import Testing

@testable import TamisModel

@Suite struct TypedQueryLaws {
  @Test func smoke() throws {
    var tally = [0, 0, 0]
    var shown = 0
    for seed in 0..<200 as Range<UInt64> {
      let generated = GeneratedResource(seed: seed)
      #expect(generated.resource.faults == [])
      let engine = MemoryEngine()
      do { try engine.load(generated) } catch {
        Issue.record("seed \(seed): \(error)")
        continue
      }
      let reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
      var generator = PredicateGenerator(generated, random: RandomSource(seed: seed ^ 77))
      for _ in 0..<100 {
        guard let query = generator.query() else {
          Issue.record("no query")
          continue
        }
        let expected = reference.answer(query)
        let n = generated.numbers
        let page = EngineAnswer.page(expected.places.map { n[$0] }, hasMore: expected.hasMore)
        tally[expected.matchCount == 0 ? 0 : expected.matchCount == n.count ? 2 : 1] += 1
        let found = engine.answer(Normalizer.normalise(query))
        if found != page, shown < 10 {
          shown += 1
          Issue.record(
            "seed \(seed) \(query.predicate)\n sort \(query.sort)\n expected \(page)\n found \(found)")
        }
      }
    }
    print("none/some/all", tally)
  }
}
