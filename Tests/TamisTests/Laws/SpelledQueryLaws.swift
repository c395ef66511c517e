import Tamis
import TamisTesting
import Testing

@Suite struct SpelledQueryLaws {
  @Test func smoke() throws {
    var tally = [0, 0, 0]
    var shown = 0
    var refused = 0
    for seed in 0..<200 as Range<UInt64> {
      let generated = GeneratedResource(seed: seed)
      let engine = MemoryEngine()
      do { try engine.load(generated) } catch {
        Issue.record("seed \(seed): \(error)")
        continue
      }
      let reference = ReferenceInterpreter(resource: generated.resource, records: generated.records)
      let written = WrittenInterpreter(generated)
      let compiler = QueryCompiler(resource: generated.resource)
      var generator = RequestGenerator(generated, random: RandomSource(seed: seed ^ 99))
      let n = generated.numbers
      for _ in 0..<50 {
        let request = generator.request()
        let expected = written.answer(request)
        tally[expected.matchCount == 0 ? 0 : expected.matchCount == n.count ? 2 : 1] += 1
        let page = EngineAnswer.page(expected.places.map { n[$0] }, hasMore: expected.hasMore)
        do {
          let compiled = try compiler.compile(request.text, dialect: request.dialect, scope: generated.scope)
          let meant = reference.answer(compiled.typed)
          let meantPage = EngineAnswer.page(meant.places.map { n[$0] }, hasMore: meant.hasMore)
          let found = engine.answer(compiled.query)
          if found != page || meantPage != page, shown < 12 {
            shown += 1
            Issue.record(
              "seed \(seed) \(request.dialect) \(request.text)\n\(compiled.typed.predicate)\n written \(page)\n typed \(meantPage)\n found \(found)"
            )
          }
        } catch {
          refused += 1
          if shown < 12 {
            shown += 1
            Issue.record("seed \(seed) \(request.dialect) \(request.text)\n \(error)")
          }
        }
      }
    }
    print("none/some/all", tally, "refused", refused)
  }
}
