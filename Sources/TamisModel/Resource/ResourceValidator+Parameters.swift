/// Named parameters: what their meanings name exists, and members of objects are of a kind that can stand there.
extension ResourceValidator {
  func parameters() -> [String] {
    parts.parameters.flatMap { check($0, label: "the parameter '\($0.name)'", beside: parts.parameters) }
  }

  private func check(_ parameter: Parameter, label: String, beside others: [Parameter]) -> [String] {
    if parameter.name.isEmpty { return ["a parameter has no name"] }
    return meaning(of: parameter, label) + exclusions(of: parameter, label, others)
      + absence(of: parameter, label)
  }

  private func meaning(of parameter: Parameter, _ label: String) -> [String] {
    switch parameter.meaning {
    case .value(_, let condition):
      return check(condition, of: label, fields: parts.fields, argument: .value)
    case .list(let type, let condition):
      let isDate = type == .date || type == .timestamp
      return check(condition, of: label, fields: parts.fields, argument: .list)
        + (isDate ? ["\(label) is a list of dates, which have no list"] : [])
    case .choice(let choices, let fallback):
      let missing = fallback.flatMap { name in choices.contains { $0.name == name } ? nil : name }
      return (missing.map { ["\(label) has no choice '\($0)'"] } ?? []) + conditions(of: choices, label)
    case .choices(let choices):
      return (choices.isEmpty ? ["\(label) has no choices"] : []) + conditions(of: choices, label)
    case .flag(let whenTrue, let whenFalse, _):
      return [whenTrue, whenFalse].flatMap {
        check($0, of: label, fields: parts.fields, argument: .none)
      }
    case .objects(let members): return objects(members, label)
    case .entries(let field):
      return parts.fields.contains { $0.name == field && $0.type == .json }
        ? [] : ["\(label) names '\(field)', which is no JSON field"]
    case .selecting(let names): return selection(names, label)
    case .ignored: return []
    }
  }

  private func conditions(of choices: [Parameter.Choice], _ label: String) -> [String] {
    repeated(choices.map(\.name)).map { "\(label) has the choice '\($0)' twice" }
      + choices.flatMap { check($0.condition, of: label, fields: parts.fields, argument: .none) }
  }

  private func objects(_ members: [Parameter], _ label: String) -> [String] {
    (members.isEmpty ? ["\(label) has no members"] : [])
      + repeated(members.map(\.name)).map { "\(label) has the member '\($0)' twice" }
      + members.flatMap { member in
        let inner = "the member '\(member.name)' of \(label)"
        switch member.meaning {
        case .objects, .selecting: return ["\(inner) can not stand inside another parameter"]
        case .value, .list, .choice, .choices, .flag, .entries, .ignored:
          return check(member, label: inner, beside: members)
            + (member.asksForCount ? ["\(inner) can not ask for the number of records"] : [])
        }
      }
  }

  /// What is shown by default can not be asked for, and what is hidden is not for clients.
  private func selection(_ names: [String], _ label: String) -> [String] {
    (names.isEmpty ? ["\(label) adds no fields"] : [])
      + names.flatMap { name -> [String] in
        guard let field = parts.fields.first(where: { $0.name == name }) else {
          return ["\(label) names the unknown field '\(name)'"]
        }
        if field.isHidden { return ["\(label) shows the hidden field '\(name)'"] }
        return field.isSelectedByDefault ? ["\(label) adds the field '\(name)', which is always shown"] : []
      }
  }

  private func exclusions(of parameter: Parameter, _ label: String, _ others: [Parameter]) -> [String] {
    parameter.exclusions.flatMap { exclusion -> [String] in
      var faults = exclusion.others.filter { name in !others.contains { $0.name == name } }
        .map { "\(label) excludes the unknown parameter '\($0)'" }
      if exclusion.others.contains(parameter.name) { faults.append("\(label) excludes itself") }
      if let name = exclusion.choice, !Self.choices(of: parameter).contains(name) {
        faults.append("\(label) has no choice '\(name)'")
      }
      return faults
    }
  }

  private static func choices(of parameter: Parameter) -> [String] {
    switch parameter.meaning {
    case .choice(let choices, _), .choices(let choices): choices.map(\.name)
    case .value, .list, .flag, .objects, .entries, .selecting, .ignored: []
    }
  }

  private func absence(of parameter: Parameter, _ label: String) -> [String] {
    guard let condition = parameter.absentCondition else { return [] }
    let faults = check(condition, of: label, fields: parts.fields, argument: .none)
    switch parameter.meaning {
    case .choice(_, defaultChoice: .some), .flag:
      return faults + ["\(label) has a default and a condition for its absence"]
    case .value, .list, .choice, .choices, .objects, .entries, .selecting, .ignored: return faults
    }
  }
}
