import TamisModel
import TamisSyntax

extension PlanningSession {
  /// Metronome: the schema's own checks, and the same conditions as under the strict policy. What is refused is
  /// refused with one status; a member that the schema does not know is passed over.
  mutating func readNamedParameters(_ rules: NamedParameterRules) {
    for parameter in parsed.parameters { give(parameter) }
    for given in givenParameters { apply(given) }
    checkExclusions()
    applyDefaults()
    resolveParts()
    bag.answer(with: ServerAnswer(planner.compatibility?.system ?? "", status: rules.refusalStatus))
  }

  private mutating func give(_ parameter: ParsedParameter) {
    let span = parameter.name.span.union(parameter.value.text.span)
    if parameter.name.restCount == 0,
      let index = resource.parameter(named: parsed.buffer, parameter.name.first.range)
    {
      return giveParameter(
        GivenParameter(
          index: index, value: parameter.value, span: span, name: parameter.name, spelling: nil))
    }
    let name = displayName(parameter.name, nil)
    let known = bag.isFull ? [] : resource.parameters.map(\.name)
    ignore(.unknownParameter(name: name), span, name, suggestion: NearestName.find(name, among: known))
  }
}
