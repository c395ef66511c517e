import Tamis
import TamisEngines
import TamisPlanner
import TamisTesting
import Testing

/// Walking all pages by cursors gives every record exactly once, in the order of the whole result, on every engine:
/// over random resources, filters and orders, with ties and nulls.
@Suite struct CursorLaws {
  private static let sizes = [1, 2, 3, 7, 20]

  /// A random resource, paged by cursors, and queries over it.
  private struct Ground {
    let resource: Resource
    let records: [JSONTree]
    let reference: ReferenceInterpreter
    var generator: PredicateGenerator
    var random: RandomSource

    init(seed: UInt64) {
      let generated = GeneratedResource(seed: seed)
      resource = generated.resource.paged(
        .cursor(defaultLimit: 20, maximumLimit: 60), allowsRandomOrder: true)
      records = generated.records
      reference = ReferenceInterpreter(resource: resource, records: records)
      random = RandomSource(seed: seed ^ 0x6375_7273)
      generator = PredicateGenerator(generated, random: random.fork())
    }

    var numbers: [Int] {
      records.map { record in
        guard case .number(let text)? = record[GeneratedResource.numberField] else { return -1 }
        return Int(text) ?? -1
      }
    }

    /// All records of the query on one page.
    mutating func query() -> Query? {
      guard var query = generator.query() else { return nil }
      let sort = query.sort
      if random.chance(50) {
        query = Query(resource, sort: sort) ?? query
      } else {
        query = Query(resource, where: query.predicate, sort: sort) ?? query
      }
      query.page = Page(limit: 1_000, offset: 0)
      return query
    }
  }

  @Test func pagesAddUpToTheWhole() throws {
    var seeds = RandomSource(seed: LawSettings.current.seed &+ 1)
    let lent = try BridgePool.lend()
    defer { BridgePool.takeBack(lent) }
    let bridges = Dictionary(uniqueKeysWithValues: lent.map { ($0.dialect, $0.bridge) })
    var counts = (queries: 0, pages: 0, nulls: 0)
    for _ in 0..<24 {
      var ground = Ground(seed: seeds.next())
      let engines = try CursorEngines.all(ground.resource, ground.records, bridges)
      for _ in 0..<12 {
        guard var query = ground.query() else { continue }
        let expected = ground.reference.answer(query).places.map { ground.numbers[$0] }
        query.page.limit = ground.random.pick(Self.sizes)
        counts.queries += 1
        counts.pages += expected.count / query.page.limit
        counts.nulls += query.sort.contains { ground.resource.field($0.field).isNullable } ? 1 : 0
        for engine in engines {
          let walk = CursorWalk(query: query, keyring: .unauthenticated)
          do {
            let forwards = try walk.numbers(.after) { _ in engine }
            let backwards = try walk.numbers(.before) { _ in engine }
            #expect(forwards == expected, "\(engine.name) forwards: \(Self.shown(query))")
            if !backwards.isEmpty {
              #expect(backwards == expected, "\(engine.name) backwards: \(Self.shown(query))")
            }
          } catch let error as QueryError where Self.isRefusal(error) {
            continue
          }
        }
      }
    }
    #expect(counts.queries > 250 && counts.pages > 500 && counts.nulls > 60, "\(counts)")
  }

  private static func shown(_ query: Query) -> String {
    let keys = query.sort.map { key in
      "\(query.resource.field(key.field).name) \(query.resource.field(key.field).type) \(key.direction) nulls \(key.nulls)"
    }
    return "size \(query.page.limit), \(keys.joined(separator: ", ")) where \(query.predicate)"
  }

  /// What an engine can not do with the filter is no business of the pages.
  private static func isRefusal(_ error: QueryError) -> Bool {
    error.diagnostics.allSatisfy {
      guard case .notOnEngine(let feature, _) = $0.problem else { return false }
      return !feature.contains("place") && !feature.contains("value")
    }
  }

  /// Equal shapes give equal texts, whatever the values of the place.
  @Test func textDependsOnTheShape() throws {
    var seeds = RandomSource(seed: LawSettings.current.seed &+ 2)
    var shared = 0
    for _ in 0..<20 {
      var ground = Ground(seed: seeds.next())
      let memory = try MemoryCursorEngine(ground.resource, ground.records)
      let emitters = SQLDialect.all.map { SQLEmitter(resource: ground.resource, dialect: $0) }
      for _ in 0..<6 {
        guard var query = ground.query() else { continue }
        query.page.limit = 1
        var texts: [QueryShape: [String]] = [:]
        var page = try memory.page(query)
        while page.hasMore, let place = page.last, let next = query.beside(place) {
          let found = emitters.compactMap { try? $0.statement(for: next).text }
          if let known = texts[next.shape] {
            #expect(known == found)
            shared += 1
          }
          texts[next.shape] = found
          page = try memory.page(next)
        }
      }
    }
    #expect(shared > 200)
  }

  /// Records that come and go between two pages: none that stays is repeated or left out.
  @Test func changesBetweenPagesRepeatNothing() throws {
    var seeds = RandomSource(seed: LawSettings.current.seed &+ 3)
    var walks = 0
    for _ in 0..<15 {
      var ground = Ground(seed: seeds.next())
      let before = ground.records.indices.filter { _ in ground.random.chance(75) }
      let after = ground.records.indices.filter { _ in ground.random.chance(75) }
      let loads = try [before, after].map { places in
        try CursorEngines.all(ground.resource, places.map { ground.records[$0] })
      }
      let staying = Set(before).intersection(after).map { ground.numbers[$0] }
      for _ in 0..<6 {
        guard var query = ground.query() else { continue }
        let whole = ground.reference.answer(query).places.map { ground.numbers[$0] }
        query.page.limit = ground.random.pick([1, 2, 3])
        let walk = CursorWalk(query: query, keyring: .unauthenticated)
        for index in loads[0].indices {
          guard let found = try? walk.numbers(.after, { loads[$0 % 2][index] }) else { continue }
          walks += 1
          #expect(Set(found).count == found.count, "repeated: \(Self.shown(query))")
          // A walk that ends early has met its end in one of the two states.
          #expect(found == whole.filter(found.contains), "out of order: \(Self.shown(query))")
          let last = found.last.flatMap { whole.firstIndex(of: $0) } ?? -1
          let missing = whole.prefix(last + 1).filter { staying.contains($0) && !found.contains($0) }
          #expect(missing == [], "left out: \(Self.shown(query))")
        }
      }
    }
    #expect(walks > 100)
  }

  /// A random order is a permutation, the same for one seed on every engine and page by page, another for another seed.
  @Test func randomOrders() throws {
    var seeds = RandomSource(seed: LawSettings.current.seed &+ 4)
    let lent = try BridgePool.lend()
    defer { BridgePool.takeBack(lent) }
    let bridges = Dictionary(uniqueKeysWithValues: lent.map { ($0.dialect, $0.bridge) })
    var counts = (compared: [String: Int](), refused: 0, moved: 0, queries: 0)
    for _ in 0..<40 {
      var ground = Ground(seed: seeds.next())
      let engines = try CursorEngines.all(ground.resource, ground.records, bridges)
      for _ in 0..<3 {
        guard let plain = ground.query() else { continue }
        let position = ground.random.pick([0, 0, 1]) % Swift.max(plain.sort.count, 1)
        let order = RandomOrder(seed: ground.random.next(), position: position)
        var query = plain.shuffled(order)
        let memory = engines[0]
        let expected = try memory.page(query).numbers
        #expect(expected.sorted() == (try memory.page(plain).numbers.sorted()))
        let other = try memory.page(plain.shuffled(RandomOrder(seed: order.seed &+ 1, position: position)))
        counts.queries += expected.count > 5 && position == 0 ? 1 : 0
        counts.moved += expected.count > 5 && position == 0 && other.numbers != expected ? 1 : 0
        query.page.limit = ground.random.pick(Self.sizes)
        for engine in engines {
          let walk = CursorWalk(query: query, keyring: .unauthenticated)
          do {
            #expect(
              try walk.numbers(.after) { _ in engine } == expected, "\(engine.name): \(Self.shown(query))")
            let backwards = try walk.numbers(.before) { _ in engine }
            if !backwards.isEmpty { #expect(backwards == expected, "\(engine.name): \(Self.shown(query))") }
            counts.compared[engine.name, default: 0] += 1
          } catch let error as QueryError where Self.isRefusal(error) {
            counts.refused += 1
          }
        }
      }
    }
    #expect(counts.moved == counts.queries && counts.queries > 20)
    #expect(counts.compared.values.allSatisfy { $0 > 30 }, "\(counts)")
  }
}
