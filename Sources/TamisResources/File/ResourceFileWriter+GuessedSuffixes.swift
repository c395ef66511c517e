import TamisModel

extension ResourceFileWriter {
  static func virtualField(_ field: VirtualField) -> WrittenJSON {
    .members([
      "name": .string(field.name),
      "parts": .array(field.parts.map(part)),
      "operators": field.operators.map(operators),
    ])
  }

  private static func part(_ part: VirtualField.Part) -> WrittenJSON {
    switch part {
    case .field(let name): .string(name)
    case .related(let relation, let field):
      .members(["relation": .string(relation), "field": .string(field)])
    }
  }

  private static func operators(_ operators: OperatorSet) -> WrittenJSON {
    .strings(operators.operators.map(\.name))
  }

  static func rules(_ rules: GuessedSuffixRules) -> WrittenJSON {
    let standard = GuessedSuffixRules(table: rules.table)
    var members = [WrittenJSON.Member(name: "table", value: .string(rules.table))]
    func add(_ name: String, _ value: WrittenJSON?) {
      if let value { members.append(WrittenJSON.Member(name: name, value: value)) }
    }
    for (name, path) in GuessedSuffixRules.numbers where rules[keyPath: path] != standard[keyPath: path] {
      add(name, .integer(rules[keyPath: path]))
    }
    if rules.unfiltered != standard.unfiltered { add("unfiltered", .string(rules.unfiltered.rawValue)) }
    for (name, path) in GuessedSuffixRules.answers { add(name, rules[keyPath: path].map(WrittenJSON.string)) }
    if !rules.restrictions.isEmpty { add("restrictions", .array(rules.restrictions.map(restriction))) }
    for (name, path) in GuessedSuffixRules.texts where rules[keyPath: path] != standard[keyPath: path] {
      add(name, .string(rules[keyPath: path]))
    }
    return .object(members)
  }

  private static func restriction(_ restriction: GuessedSuffixRules.Restriction) -> WrittenJSON {
    .members([
      "field": .string(restriction.field),
      "operators": restriction.operators.map(operators),
      "onceOnly": restriction.isOnceOnly ? .boolean(true) : nil,
    ])
  }
}
