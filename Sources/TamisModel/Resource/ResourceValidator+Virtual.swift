extension ResourceValidator {
  func virtuals() -> [String] {
    let names = Set(parts.fields.map(\.name)).union(parts.parameters.map(\.name))
    return repeated(parts.virtuals.map(\.name)).map { "the virtual field '\($0)' is declared twice" }
      + parts.virtuals.filter { names.contains($0.name) }
      .map { "the virtual field '\($0.name)' has the name of a field or a parameter" }
      + parts.virtuals.flatMap(check)
  }

  private func check(_ virtual: VirtualField) -> [String] {
    let label = "the virtual field '\(virtual.name)'"
    if virtual.name.isEmpty { return ["a virtual field has no name"] }
    if virtual.parts.isEmpty { return ["\(label) stands for nothing"] }
    var faults: [String] = []
    var types: Set<FieldType> = []
    for part in virtual.parts {
      switch part {
      case .field(let name):
        let field = parts.fields.first { $0.name == name }
        if field == nil { faults.append("\(label) names the unknown field '\(name)'") }
        if let field { types.insert(field.type) }
      case .related(let relation, let name):
        let field = parts.relations.first { $0.name == relation }?.fields.first { $0.name == name }
        if field == nil { faults.append("\(label) names the unknown field '\(relation).\(name)'") }
        if let field { types.insert(field.type) }
      }
    }
    if types.count > 1 { faults.append("\(label) stands for fields of several types") }
    if let type = types.first, let operators = virtual.operators,
      operators.subtracting(.possible(for: type)) != .none
    {
      faults.append("\(label) allows operators that its fields do not have")
    }
    return faults
  }
}
