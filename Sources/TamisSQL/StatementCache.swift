import Synchronization
import TamisModel

/// The text of a statement and the slots of its values: what all queries of one shape share.
final class StatementTemplate: Sendable {
  let shape: [UInt64]
  let hash: UInt64
  let text: String
  let slots: [BindingSlot]

  init(_ query: Query, hash: UInt64, text: String, slots: [BindingSlot]) {
    shape = query.shapeWords
    self.hash = hash
    self.text = text
    self.slots = slots
  }

  /// The statement of another query of the shape.
  func statement(for query: Query, _ dialect: SQLDialect) throws(QueryError) -> SQLStatement {
    var bindings: [SQLBinding] = []
    bindings.reserveCapacity(slots.count)
    for index in slots.indices { bindings.append(try query.value(slots[index], dialect)) }
    return SQLStatement(text: text, bindings: bindings)
  }
}

/// Templates by shape: a statement whose shape was seen before is not written again, and drivers see the same text.
///
/// Reading takes no lock. A template stays once it is here, so memory is bounded by the capacity, and a client that
/// sends ever new shapes gains nothing but the time of writing them.
final class StatementCache: Sendable {
  /// A power of two; a template stands at its hash's place or at one of the next few.
  private let places: [TemplatePlace]
  private static let probes = 4
  private let hits = Atomic<Int>(0)
  private let misses = Atomic<Int>(0)

  /// - Parameter capacity: how many templates are kept at most; none for 0.
  init(capacity: Int) {
    var count = 1
    while count < Swift.min(Swift.max(capacity, 0), 65_536) { count *= 2 }
    places = capacity > 0 ? (0..<count).map { _ in TemplatePlace() } : []
  }

  var isOn: Bool { !places.isEmpty }

  var statistics: StatementCacheStatistics {
    StatementCacheStatistics(
      hits: hits.load(ordering: .relaxed), misses: misses.load(ordering: .relaxed),
      templates: places.count { $0.template != nil }, capacity: places.count)
  }

  func template(for query: Query, hash: UInt64) -> StatementTemplate? {
    for probe in 0..<Self.probes {
      guard let template = places[place(hash, probe)].template else { break }
      if template.hash == hash, query.hasShape(template.shape) {
        hits.wrappingAdd(1, ordering: .relaxed)
        return template
      }
    }
    misses.wrappingAdd(1, ordering: .relaxed)
    return nil
  }

  /// Whether a template of this hash would be kept.
  func hasRoom(for hash: UInt64) -> Bool {
    (0..<Swift.min(Self.probes, places.count)).contains { places[place(hash, $0)].template == nil }
  }

  func keep(_ template: StatementTemplate) {
    for probe in 0..<Swift.min(Self.probes, places.count) {
      if places[place(template.hash, probe)].keep(template) { return }
    }
  }

  private func place(_ hash: UInt64, _ probe: Int) -> Int {
    (Int(truncatingIfNeeded: hash >> 17) &+ probe) & (places.count &- 1)
  }
}

/// How often a statement's shape had been seen before.
public struct StatementCacheStatistics: Hashable, Sendable {
  /// Statements whose text was at hand.
  public var hits: Int
  /// Statements that were written anew.
  public var misses: Int
  /// Texts that are kept, and how many can be.
  public var templates: Int
  public var capacity: Int
}
