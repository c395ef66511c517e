import Foundation
import TamisEngines
import TamisModel
import TamisTesting
import Testing

/// Differences between engines as files: each that was found once is asked again, and the way there works.
@Suite struct GoldenTests {
  /// Where `tamis-differ` writes them.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Goldens/Differences").path

  @Test func whatWasFoundOnceHolds() throws {
    let engines = LawEngines.all()
    let files = GoldenReplay.files(in: Self.folder)
    #expect(files.count > 3)
    for file in files {
      let faults = try GoldenReplay.read(Self.folder + "/" + file).faults(of: engines)
      #expect(faults == [], "\(file)")
    }
  }

  /// What a golden says is what was asked, for random queries, with pages and places.
  @Test func aGoldenSaysAllOfItsQuery() throws {
    var seeds = RandomSource(seed: LawSettings.current.seed &+ 5)
    var counts = (queries: 0, places: 0)
    for _ in 0..<20 {
      let judge = LawJudge(GeneratedResource(seed: seeds.next()))
      var generator = PredicateGenerator(judge.generated, random: seeds.fork())
      for _ in 0..<10 {
        guard let query = generator.query() else { continue }
        var cases = LawQuestion.Kind.allCases.map { judge.lawCase(query, $0) }
        for number in judge.whole(query).prefix(2) {
          let places = [
            RecordPlace(number: number, side: .after), RecordPlace(number: number, side: .before),
          ]
          cases += places.compactMap { judge.lawCase(query, beside: $0) }
        }
        counts.queries += 1
        counts.places += cases.count - LawQuestion.Kind.allCases.count
        for lawCase in cases {
          let golden = Golden(
            Difference(
              lawCase: lawCase, party: "none", version: "1", found: lawCase.expected, explanation: ""))
          let read = try Golden(golden.text)
          #expect(
            read.text.split(separator: "\n").dropFirst() == golden.text.split(separator: "\n").dropFirst())
          #expect(try GoldenReplay(read).faults(of: [MemoryEngine()]) == [], "\(query.predicate)")
        }
      }
    }
    #expect(counts.queries > 150 && counts.places > 200)
  }

  @Test func anotherAnswerIsAFault() throws {
    let judge = LawJudge(GeneratedResource(seed: 5))
    let query = try #require(Query(judge.generated.resource))
    var lawCase = judge.lawCase(query, .count)
    lawCase.expected = .count(judge.numbers.count + 1)
    let golden = Golden(
      Difference(lawCase: lawCase, party: "none", version: "1", found: lawCase.expected, explanation: ""))
    #expect(try GoldenReplay(golden).faults(of: [MemoryEngine()]).count == 2)
  }

  /// An engine that takes `<` for `<=` is found out, in a query of that one clause over one record.
  @Test func aFaultIsFoundAndMadeSmall() throws {
    var run = LawRun(
      settings: LawSettings(seed: 8, resources: 4, queries: 400), engines: [MemoryEngine(), FaultyEngine()])
    run.goesOn = false
    var found: [Difference] = []
    run.onDifference = { found.append($0) }
    run.run()
    #expect(found.count > 2)
    #expect(run.tally.engines["faulty"]?.differences ?? 0 >= found.count)
    #expect(run.tally.engines["memory"]?.differences == 0)
    for difference in found {
      let generated = difference.lawCase.generated
      #expect(difference.party == "faulty")
      #expect(generated.records.count == 1, "\(difference)")
      #expect(
        generated.resource.fields.count <= 3 && generated.resource.relations.count <= 1, "\(difference)")
      #expect(FaultyEngine.leaves(difference.lawCase.typed.writtenPredicate) == 1, "\(difference)")
      let replay = GoldenReplay(try Golden(Golden(difference).text))
      #expect(try replay.faults(of: [MemoryEngine()]) == [])
      #expect(try replay.faults(of: [FaultyEngine()]).count == 1)
    }
  }
}

/// Takes `<` for `<=`.
private final class FaultyEngine: LawEngine {
  let name = "faulty"
  private let memory = MemoryEngine()

  func load(_ generated: GeneratedResource) throws { try memory.load(generated) }
  func text(of query: Query) -> String? { nil }
  func explanation(of query: Query) -> String { query.predicate.description }
  func count(_ query: Query) throws -> Int? { memory.count(wrong(query)) }
  func answer(_ query: Query) -> EngineAnswer { memory.answer(wrong(query)) }

  private func wrong(_ query: Query) -> Query {
    let other = Query(
      query.resource, where: Self.wrong(query.writtenPredicate), sort: query.sort, page: query.page)
    guard let other else { return query }
    return query.boundary.flatMap { other.beside($0) } ?? other
  }

  private static func wrong(_ predicate: TamisModel.Predicate) -> TamisModel.Predicate {
    switch predicate {
    case .and(let parts): .and(parts.map(wrong))
    case .or(let parts): .or(parts.map(wrong))
    case .not(let inner): .not(wrong(inner))
    case .any(let relation, let inner, let isNegated, let minimum):
      .any(relation: relation, wrong(inner), isNegated: isNegated, atLeast: minimum)
    case .compare(let path, .less, let value): .compare(path, .lessOrEqual, value)
    case .always, .never, .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains,
      .matches:
      predicate
    }
  }

  static func leaves(_ predicate: TamisModel.Predicate) -> Int {
    switch predicate {
    case .and(let parts), .or(let parts): parts.reduce(0) { $0 + leaves($1) }
    case .not(let inner), .any(_, let inner, _, _): leaves(inner)
    case .always, .never: 0
    case .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains, .matches: 1
    }
  }
}
