import TamisModel
import TamisSyntax

extension PlanningSession {
  mutating func readKeyChain(_ rules: KeyChainRules) {
    report(.policyUnavailable(policy: Policy.faithful.rawValue), SourceSpan(0, 0))
  }
}
