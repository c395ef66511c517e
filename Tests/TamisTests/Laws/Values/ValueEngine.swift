import Tamis
import TamisEngines
import TamisTesting

/// Values of a Swift type in memory, filtered and ordered where they stand.
final class ValueEngine<Row>: LawEngine {
  let name: String
  private let shape: RecordShape<Row>
  private let make: (ReferenceRecord) -> Row
  private var rows: [Row] = []
  private var numbers: [Int] = []

  init(_ name: String, _ shape: RecordShape<Row>, make: @escaping (ReferenceRecord) -> Row) {
    self.name = name
    self.shape = shape
    self.make = make
  }

  struct Faults: Error { let list: [String] }

  func load(_ generated: GeneratedResource) throws {
    guard shape.faults.isEmpty else { throw Faults(list: shape.faults) }
    rows = generated.records.map { make(ReferenceRecord($0, of: generated.resource)) }
    numbers = generated.numbers
    let unreadable = shape.unreadable(in: rows)
    guard unreadable.isEmpty else { throw Faults(list: unreadable.map { "\($0)" }) }
  }

  func answer(_ query: Query) -> EngineAnswer {
    do {
      let page = try RecordPage.select(query, from: rows, shape)
      try check(query)
      return .page(page.indices.map { numbers[$0] }, hasMore: page.hasMore)
    } catch {
      return .failed("\(error)")
    }
  }

  struct Disagreement: Error { let text: String }

  /// One row at a time, and two rows at a time, as all together.
  private func check(_ query: Query) throws {
    let predicate = try RecordPredicate(query, shape)
    let ordering = try RecordOrdering(query, shape)
    let found = try predicate.indices(in: rows)
    let single = try rows.indices.filter { try predicate.matches(rows[$0]) }
    if single != found { throw Disagreement(text: "one by one \(single), together \(found)") }
    let sorted = ordering.sorted(found, of: rows)
    let pairs = zip(sorted, sorted.dropFirst()).map { ordering.compare(rows[$0], rows[$1]) }
    if pairs.contains(where: { $0 >= 0 }) { throw Disagreement(text: "order of neighbours: \(pairs)") }
  }

  func count(_ query: Query) throws -> Int? {
    try RecordPredicate(query, shape).count(in: rows)
  }

  func text(of query: Query) -> String? { nil }

  func explanation(of query: Query) -> String { query.predicate.description }
}
