import Tamis
import TamisEngines
import TamisPlanner
import TamisTesting
import Testing

/// What is printed is read as the same query: over random resources, requests and typed queries, in every dialect.
@Suite struct RoundTripTests {
  /// Of each hundred queries how many a dialect can say at least, so that refusing is no way out.
  private static let floors: [QueryDialect: (requests: Int, typed: Int)] = [
    .jsonAPI: (88, 60), .jsonAPIKeys: (88, 60), .suffix: (75, 54), .bracket: (63, 52), .body: (76, 65),
    .mixed: (88, 60),
  ]

  @Test func everyTextMeansItsQuery() {
    var run = RoundTripRun(resources: 200, queriesEach: 50)
    run.run()
    print(run.summary)
    for difference in run.differences.prefix(8) { Issue.record(Comment(rawValue: difference)) }
    #expect(run.differences.count == 0)
    for dialect in QueryDialect.allCases {
      let floor = Self.floors[dialect] ?? (100, 100)
      #expect(run.share(dialect, isTyped: false) >= floor.requests, "\(dialect.rawValue)")
      #expect(run.share(dialect, isTyped: true) >= floor.typed, "\(dialect.rawValue)")
    }
  }
}

/// Prints queries, reads the texts, and compares.
private struct RoundTripRun {
  private struct Kind: Hashable {
    var dialect: QueryDialect
    var isTyped: Bool
  }

  let resources: Int
  let queriesEach: Int
  private(set) var differences: [String] = []
  private var tried: [Kind: Int] = [:]
  private var said: [Kind: Int] = [:]
  private var refusals: [String: Int] = [:]

  init(resources: Int, queriesEach: Int) {
    self.resources = resources
    self.queriesEach = queriesEach
  }

  mutating func run() {
    var seeds = RandomSource(seed: LawSettings.current.seed ^ 0x7072_696E_74)
    for _ in 0..<resources where differences.count < 8 { run(GeneratedResource(seed: seeds.next())) }
  }

  func share(_ dialect: QueryDialect, isTyped: Bool) -> Int {
    let kind = Kind(dialect: dialect, isTyped: isTyped)
    return (said[kind] ?? 0) * 100 / max(1, tried[kind] ?? 0)
  }

  var summary: String {
    let shares = QueryDialect.allCases.map {
      "\($0.rawValue) \(share($0, isTyped: false)) % of requests, \(share($0, isTyped: true)) % of typed queries"
    }
    let counts = tried.values.reduce(0, +) / QueryDialect.allCases.count
    let reasons = refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(24)
    return "round trips: \(resources) resources, \(counts) queries; can say: "
      + shares.joined(separator: "; ")
      + "\nround trips: refused " + reasons.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
  }

  private mutating func run(_ generated: GeneratedResource) {
    let compiler = QueryCompiler(resource: generated.resource)
    var random = RandomSource(seed: generated.seed ^ 0x7472_6970)
    var requests = RequestGenerator(generated, random: random.fork())
    var trees = PredicateGenerator(generated, random: random.fork())
    for index in 0..<queriesEach {
      // A typed query has no clause of a scope, which every request of its resource has.
      if index % 2 == 0 || !generated.resource.scopes.isEmpty {
        let request = requests.request()
        guard
          let compiled = try? compiler.compile(
            request.text, dialect: request.dialect, scope: generated.scope)
        else {
          differences.append("a good request was refused: \(request.text)")
          continue
        }
        check(compiled.query, compiler, generated, "\(request.dialect.rawValue) \(request.text)")
      } else if let tree = trees.query(),
        let query = Query(generated.resource, where: tree.predicate, page: page(generated, &random))
      {
        check(query, compiler, generated, nil)
      }
    }
  }

  private func page(_ generated: GeneratedResource, _ random: inout RandomSource) -> Page {
    let size = generated.resource.paging.defaultLimit
    return Page(limit: size, offset: random.chance(80) ? 0 : size * random.within(1...3))
  }

  private mutating func check(
    _ query: Query, _ compiler: QueryCompiler, _ generated: GeneratedResource, _ request: String?
  ) {
    for dialect in QueryDialect.allCases {
      let kind = Kind(dialect: dialect, isTyped: request == nil)
      tried[kind, default: 0] += 1
      do {
        let text = try compiler.printer.text(of: query, in: dialect, scope: generated.scope)
        // What the server put around a request is known by where it stands.
        if request != nil, !generated.scope.isEmpty, try compiler.printer.text(of: query, in: dialect) != text
        {
          differences.append("without the scope's value it is another text: \(text)")
        }
        said[kind, default: 0] += 1
        compare(query, text, dialect, compiler, generated, request)
      } catch {
        count(error, query, dialect, generated, request)
      }
    }
  }

  /// The same query, and the same text when that is printed.
  private mutating func compare(
    _ query: Query, _ text: String, _ dialect: QueryDialect, _ compiler: QueryCompiler,
    _ generated: GeneratedResource, _ request: String?
  ) {
    let place =
      "resource seed \(generated.seed), \(dialect.rawValue) \(text)\n  of \(request ?? "a typed query")"
    do {
      let again = try compiler.compile(text, dialect: dialect, scope: generated.scope).query
      let meant = Normalizer.normalise(query)
      if again != meant {
        differences.append("\(place)\n  \(meant.predicate)\n  became \(again.predicate)")
      } else if try compiler.printer.text(of: again, in: dialect, scope: generated.scope) != text {
        differences.append("printed again, it is another text: \(place)")
      }
    } catch {
      differences.append("\(place)\n  was refused: \(error)")
    }
  }

  private mutating func count(
    _ error: QueryError, _ query: Query, _ dialect: QueryDialect, _ generated: GeneratedResource,
    _ request: String?
  ) {
    for diagnostic in error.diagnostics {
      guard case .notInDialect(let clause, _, let reason) = diagnostic.problem else {
        differences.append("refused for no reason of the dialect: \(diagnostic)")
        continue
      }
      refusals["\(dialect.rawValue), \(reason ?? Self.kind(of: clause))", default: 0] += 1
      // The printer's own check is for what nobody foresaw.
      if reason == QueryPrinter.unforeseen {
        differences.append(
          "resource seed \(generated.seed): \(dialect.rawValue) \(Normalizer.normalise(query).predicate)\n  of \(request ?? "")"
        )
      }
    }
  }

  /// A clause without its field and values.
  private static func kind(of clause: String) -> String {
    let words = clause.split(separator: " ").filter {
      $0.allSatisfy { $0.isUppercase || "<>=?".contains($0) }
    }
    return words.isEmpty ? clause : words.joined(separator: " ")
  }
}
