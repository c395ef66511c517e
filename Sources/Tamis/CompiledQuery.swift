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
}
