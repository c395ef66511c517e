import TamisJSON
import TamisModel

extension ResourceFileReader {
  /// `{"system": "API Platform", "declaredFilters": {"pageParameter": "p"}}`
  mutating func readCompatibility(_ index: Int) -> Compatibility? {
    let kinds = ["declaredFilters", "guessedSuffixes", "keyChain", "namedParameters"]
    guard
      let members = values.object(
        index, "how a server reads requests", known: ["system"] + kinds, required: ["system"])
    else { return nil }
    let system = values.string(members["system"])
    guard let kind = values.only(kinds, of: members), let system, let rules = members[kind] else {
      return nil
    }
    switch kind {
    case "keyChain": return readKeyChainRules(rules).map { Compatibility(system, .keyChain($0)) }
    case "namedParameters":
      return readNamedParameterRules(rules).map { Compatibility(system, .namedParameters($0)) }
    case "guessedSuffixes":
      return readGuessedSuffixRules(rules).map { Compatibility(system, .guessedSuffixes($0)) }
    default: return readDeclaredFilterRules(rules).map { Compatibility(system, .declaredFilters($0)) }
    }
  }

  private mutating func readNamedParameterRules(_ index: Int) -> NamedParameterRules? {
    guard let members = values.object(index, "an object of rules", known: ["limit", "token", "status"])
    else { return nil }
    var rules = NamedParameterRules()
    if let name = values.string(members["limit"]) { rules.limitName = name }
    if let name = values.string(members["token"]) { rules.tokenName = name }
    if let status = values.integer(members["status"]) { rules.refusalStatus = status }
    return rules
  }

  private mutating func readDeclaredFilterRules(_ index: Int) -> DeclaredFilterRules? {
    let names = DeclaredFilterRules.names.map(\.name)
    let flags = DeclaredFilterRules.flags.map(\.name)
    guard let members = values.object(index, "an object of rules", known: names + flags + ["nulls"])
    else { return nil }
    var rules = DeclaredFilterRules()
    for (name, path) in DeclaredFilterRules.names {
      if let text = values.string(members[name]) { rules[keyPath: path] = text }
    }
    for (name, path) in DeclaredFilterRules.flags {
      if let flag = values.boolean(members[name]) { rules[keyPath: path] = flag }
    }
    if let nulls: SortOrder.Nulls = values.word(members["nulls"]) { rules.nulls = nulls }
    return rules
  }
}

extension DeclaredFilterRules {
  /// The rules that are names, by what a file calls them.
  static var names: [(name: String, path: WritableKeyPath<DeclaredFilterRules, String>)] {
    [
      ("orderParameter", \.orderParameter), ("existsParameter", \.existsParameter),
      ("pageParameter", \.pageParameter), ("sizeParameter", \.sizeParameter),
      ("pagingParameter", \.pagingParameter), ("partialParameter", \.partialParameter),
    ]
  }

  static var flags: [(name: String, path: WritableKeyPath<DeclaredFilterRules, Bool>)] {
    [
      ("clientChoosesSize", \.clientChoosesSize), ("clientSwitchesPaging", \.clientSwitchesPaging),
      ("clientAsksForPartial", \.clientAsksForPartial), ("isPaged", \.isPaged),
      ("refusesUnknownParameters", \.refusesUnknownParameters),
    ]
  }
}
