import TamisModel
import TamisSyntax

extension PlanningSession {
  mutating func readGuessedSuffixes(_ rules: GuessedSuffixRules) {
    report(.policyUnavailable(policy: Policy.faithful.rawValue), SourceSpan(0, 0))
  }
}
