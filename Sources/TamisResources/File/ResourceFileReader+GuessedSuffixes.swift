import TamisJSON
import TamisModel

extension ResourceFileReader {
  // MARK: Virtual fields

  /// `{"name": "indicator", "parts": ["code", {"relation": "owner", "field": "code"}], "operators": ["eq"]}`
  mutating func readVirtualField(_ index: Int) -> VirtualField? {
    guard
      let members = values.object(
        index, "a virtual field", known: ["name", "parts", "operators"], required: ["name", "parts"])
    else { return nil }
    let name = declare(members["name"])
    let parts = values.items(members["parts"], "an array of fields").compactMap { readPart($0) }
    let operators = members["operators"].map { readOperators($0) }
    return name.map { VirtualField($0, parts: parts, operators: operators) }
  }

  private mutating func readPart(_ index: Int) -> VirtualField.Part? {
    if values.document.nodes[index].kind == .string { return mention(index).map { .field($0) } }
    let known = ["relation", "field"]
    guard let part = values.object(index, "a field's name", known: known, required: known),
      let relation = mention(part["relation"]), let field = mention(part["field"])
    else { return nil }
    return .related(relation, field)
  }

  // MARK: Rules of guessing servers

  mutating func readGuessedSuffixRules(_ index: Int) -> GuessedSuffixRules? {
    let names = GuessedSuffixRules.texts.map(\.name) + GuessedSuffixRules.answers.map(\.name)
    let numbers = GuessedSuffixRules.numbers.map(\.name)
    guard
      let members = values.object(
        index, "an object of rules", known: ["table", "unfiltered", "restrictions"] + names + numbers,
        required: ["table"]),
      let table = values.string(members["table"])
    else { return nil }
    var rules = GuessedSuffixRules(table: table)
    for (name, path) in GuessedSuffixRules.texts {
      if let text = values.string(members[name]) { rules[keyPath: path] = text }
    }
    for (name, path) in GuessedSuffixRules.answers {
      if let text = values.string(members[name]) { rules[keyPath: path] = text }
    }
    for (name, path) in GuessedSuffixRules.numbers {
      if let number = values.integer(members[name]) { rules[keyPath: path] = number }
    }
    if let unfiltered: GuessedSuffixRules.Unfiltered = values.word(members["unfiltered"]) {
      rules.unfiltered = unfiltered
    }
    rules.restrictions = values.items(members["restrictions"], "an array of restrictions")
      .compactMap { readRestriction($0) }
    return rules
  }

  private mutating func readRestriction(_ index: Int) -> GuessedSuffixRules.Restriction? {
    guard
      let members = values.object(
        index, "a restriction", known: ["field", "operators", "onceOnly"], required: ["field"]),
      let field = values.string(members["field"])
    else { return nil }
    let operators = members["operators"].map { readOperators($0) }
    return .init(field, operators: operators, isOnceOnly: values.boolean(members["onceOnly"]) ?? false)
  }
}

extension GuessedSuffixRules {
  /// The rules that are names, by what a file calls them.
  static var texts: [(name: String, path: WritableKeyPath<GuessedSuffixRules, String>)] {
    [("requestType", \.requestType), ("filterType", \.filterType), ("operatorType", \.operatorType)]
  }

  static var answers: [(name: String, path: WritableKeyPath<GuessedSuffixRules, String?>)] {
    [
      ("badLimitAnswer", \.badLimitAnswer), ("badOffsetAnswer", \.badOffsetAnswer),
      ("failureAnswer", \.failureAnswer),
    ]
  }

  static var numbers: [(name: String, path: WritableKeyPath<GuessedSuffixRules, Int>)] {
    [
      ("defaultLimit", \.defaultLimit), ("maximumLimit", \.maximumLimit),
      ("limitBeyondMaximum", \.limitBeyondMaximum), ("bodyDefaultLimit", \.bodyDefaultLimit),
      ("bodyMaximumLimit", \.bodyMaximumLimit), ("maximumFilters", \.maximumFilters),
      ("maximumItems", \.maximumItems), ("maximumValueBytes", \.maximumValueBytes),
    ]
  }
}
