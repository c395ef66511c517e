@_exported public import TamisMemory
public import TamisModel
import TamisPlanner

/// A request that was understood: run it as SQL, or over records in memory.
public struct CompiledQuery: Sendable {
  private let planned: PlannedQuery

  init(planned: PlannedQuery) {
    self.planned = planned
  }

  /// What the request means, in normal form.
  public var query: Query { planned.query }
  /// The same before normalisation: NOT stands where it was written.
  public var typed: Query { planned.typed }
  /// What has no effect, where the policy allows it.
  public var warnings: [Diagnostic] { planned.warnings }

  // MARK: In memory

  /// The filter alone, for records in memory.
  public func predicate() -> RecordPredicate { RecordPredicate(planned.query) }

  /// Filters, orders and pages: the places of the page's records, and whether more follow.
  public func select(from records: RecordSet) -> RecordSelection {
    RecordSelection.select(planned.query, from: records)
  }

  /// The same over records that stand in an array.
  public func select(from records: [Record]) -> RecordSelection {
    RecordSelection.select(planned.query, from: records)
  }
}
