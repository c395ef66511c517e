import TamisModel
import TamisSyntax

extension PlanningSession {
  mutating func readDeclaredFilters(_ rules: DeclaredFilterRules) {
    report(.policyUnavailable(policy: Policy.faithful.rawValue), SourceSpan(0, 0))
  }
}
