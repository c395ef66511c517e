import TamisModel

/// One criterion as a `name=value` pair of a URL.
struct ClauseSpeller {
  let type: String

  /// Nil where the spelling has no way to say it.
  func pair(
    _ clause: WrittenClause, _ spelling: OperatorNames.Spelling, _ random: inout RandomSource
  ) -> (name: String, text: String)? {
    let field = fieldName(clause)
    switch spelling {
    case .suffix: return suffix(clause, field, &random)
    case .bracket: return bracket(clause, field, &random)
    case .jsonAPI: return jsonAPI(clause, field, &random)
    case .jsonAPIKeys, .body: return nil
    }
  }

  /// `items.amount`, `meta.tier`.
  func fieldName(_ clause: WrittenClause) -> String {
    ((clause.relation.map { [$0] } ?? []) + [clause.field.name] + clause.path.keys).joined(separator: ".")
  }

  // MARK: Spellings

  private func suffix(
    _ clause: WrittenClause, _ field: String, _ random: inout RandomSource
  ) -> (name: String, text: String)? {
    guard clause.operation != .exists else { return nil }
    // After a key, `_not_in` and `_strictly_before` may belong to the key.
    let names = OperatorNames.names(clause.operation, .suffix)
    var operation = random.pick(clause.path.keys.isEmpty ? names : names.filter { !$0.contains("_") })
    if random.chance(10) { operation = operation.uppercased() }
    let name = field + "_" + operation
    return (name, PercentSpelling.name(name, &random) + value(clause, list: ",", range: "|", &random))
  }

  private func bracket(
    _ clause: WrittenClause, _ field: String, _ random: inout RandomSource
  ) -> (name: String, text: String)? {
    let name = PercentSpelling.name(field, &random)
    if clause.operation == .exists {
      let flag = clause.flag ? random.pick(["=true", "=1", "="]) : random.pick(["=false", "=0"])
      return ("exists[\(field)]", "exists" + PercentSpelling.bracket(field, &random) + flag)
    }
    if clause.operation == .equal, random.chance(50) {
      return (field, name + value(clause, list: ",", range: "..", &random))
    }
    if clause.operation == .isIn, random.chance(60) { return (field, items(clause, name, &random)) }
    let operation = random.pick(OperatorNames.names(clause.operation, .bracket))
    return (
      "\(field)[\(operation)]",
      name + PercentSpelling.bracket(operation, &random) + value(clause, list: ",", range: "..", &random)
    )
  }

  private func jsonAPI(
    _ clause: WrittenClause, _ field: String, _ random: inout RandomSource
  ) -> (name: String, text: String)? {
    guard clause.operation != .exists else { return nil }
    let isTyped = random.chance(25)
    let base = (isTyped ? "[\(type)]" : "") + "[\(field)]"
    let name =
      "filter" + (isTyped ? PercentSpelling.bracket(type, &random) : "")
      + PercentSpelling.bracket(field, &random)
    if clause.operation == .isIn, random.chance(30) { return ("filter" + base, items(clause, name, &random)) }
    let isPlainList = clause.operation == .isIn && clause.operands.count > 1
    if clause.operation == .equal || isPlainList, random.chance(50) {
      return ("filter" + base, name + value(clause, list: ",", range: ",", avoiding: ",", &random))
    }
    let operation = random.pick(OperatorNames.names(clause.operation, .jsonAPI))
    return (
      "filter" + base + "[\(operation)]",
      name + PercentSpelling.bracket(operation, &random)
        + value(clause, list: ",", range: ",", avoiding: ",", &random)
    )
  }

  /// `filter[field-operator-connective]`
  func keyed(
    _ clause: WrittenClause, connective: String?, isTyped: Bool, _ random: inout RandomSource
  ) -> (name: String, text: String)? {
    guard clause.operation != .exists else { return nil }
    var words = [fieldName(clause)]
    let isPlain =
      clause.operation == .equal || (clause.operation == .isIn && clause.operands.count > 1)
    if clause.operation == .isNotIn, clause.operands.count < 2 { return nil }
    if !(isPlain && random.chance(50)) {
      var operation = random.pick(OperatorNames.names(clause.operation, .jsonAPIKeys))
      // `not` takes no connective.
      if clause.operation == .isNotIn, connective == nil, random.chance(50) { operation = "not" }
      words.append(operation)
    }
    if let connective { words.append(connective) }
    let key = words.joined(separator: "-")
    let typed = isTyped ? PercentSpelling.bracket(type, &random) : ""
    return (
      "filter" + (isTyped ? "[\(type)]" : "") + "[\(key)]",
      "filter" + typed + PercentSpelling.bracket(key, &random)
        + value(clause, list: ",", range: ",", avoiding: ",", &random)
    )
  }

  // MARK: Values

  /// `field[]=a&field[]=b`
  private func items(_ clause: WrittenClause, _ name: String, _ random: inout RandomSource) -> String {
    clause.operands.map { name + "[]=" + PercentSpelling.value($0.text, &random) }.joined(separator: "&")
  }

  private func value(
    _ clause: WrittenClause, list: String, range: String, avoiding also: String = "",
    _ random: inout RandomSource
  ) -> String {
    switch clause.operation.arity {
    case .none: return random.pick(["", "=", "=true", "=1"])
    case .flag: return ""
    case .one: return "=" + PercentSpelling.value(clause.operands[0].text, also: also, &random)
    case .list:
      return "="
        + clause.operands.map { PercentSpelling.value($0.text, also: list, &random) }.joined(separator: list)
    case .two:
      let isText = clause.field.type == .text || clause.field.type == .json
      let avoided = range == ".." ? (isText ? "." : "") : range
      return "="
        + clause.operands.map { PercentSpelling.value($0.text, also: avoided, &random) }.joined(
          separator: range)
    }
  }
}
