import TamisModel
import TamisSyntax

/// What planning applied although the request does not say it.
package struct PlanTrace: Sendable {
  package struct AppliedDefault: Sendable, Hashable {
    package let parameter: String
    /// As a client would write it.
    package let value: String
    /// Whether it leaves any record out.
    package let restricts: Bool
  }

  package let defaults: [AppliedDefault]
  /// Names of scopes.
  package let scopes: [String]
  /// Whether the request says how many records a page has.
  package let hasPageSize: Bool
  /// Whether the request was read as a real server reads it.
  package let isFaithful: Bool

  init(_ session: PlanningSession) {
    let planner = session.planner
    defaults = planner.parametersWithDefault.compactMap { index in
      if session.givenParameters.contains(where: { $0.index == index }) { return nil }
      let template = planner.parameters[index]
      let name = template.parameter.name
      if let absent = template.absent {
        return AppliedDefault(parameter: name, value: "(absent)", restricts: !absent.isAlways)
      }
      switch template.meaning {
      case .value, .list, .choices, .objects, .entries, .selecting, .ignored: return nil
      case .choice(let choices, let fallback):
        return fallback.map { choices[$0] }.map {
          AppliedDefault(parameter: name, value: $0.name, restricts: !$0.condition.isAlways)
        }
      case .flag(let whenTrue, let whenFalse, let value):
        let condition = value ? whenTrue : whenFalse
        return AppliedDefault(
          parameter: name, value: value ? "true" : "false", restricts: !condition.isAlways)
      }
    }
    scopes = planner.resource.scopes.map(\.name)
    isFaithful = planner.compatibility != nil
    hasPageSize = session.parsed.page.contains { $0.kind == .limit || $0.kind == .size }
  }
}
