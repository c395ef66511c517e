import TamisModel
import TamisSyntax

extension PlanningSession {
  mutating func readNamedParameters(_ rules: NamedParameterRules) {
    report(.policyUnavailable(policy: Policy.faithful.rawValue), SourceSpan(0, 0))
  }
}
