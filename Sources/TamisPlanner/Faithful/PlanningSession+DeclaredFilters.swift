import TamisModel
import TamisSyntax

extension PlanningSession {
  /// Each filter that the resource declares looks for its parameters among all of the request.
  mutating func readDeclaredFilters(_ rules: DeclaredFilterRules) {
    guard let table = planner.declaredFilters else { return }
    var reading = DeclaredFilterReading(self, rules, table)
    reading.run()
    self = reading.session
  }
}
