import TamisJSON
import TamisModel

extension ResourceFileReader {
  static let meanings = [
    "value", "list", "choice", "choices", "flag", "objects", "entries", "selecting", "ignored",
  ]

  /// Members of objects are parameters, too; recursion is bounded by the depth of the JSON.
  mutating func readParameter(_ index: Int) -> Parameter? {
    let known =
      ["name"] + Self.meanings + ["whenAbsent", "excludes", "required", "instant", "anyCase", "count"]
    guard let members = values.object(index, "a parameter", known: known, required: ["name"]) else {
      return nil
    }
    let name = declare(members["name"])
    let absent = members["whenAbsent"].flatMap { readCondition($0) }
    let exclusions = values.items(members["excludes"], "an array of exclusions")
      .compactMap { readExclusion($0) }
    let meaning = values.only(Self.meanings, of: members)
      .flatMap { kind in members[kind].flatMap { readMeaning(kind, $0) } }
    let flags = ["required", "instant", "anyCase", "count"].map { values.boolean(members[$0]) ?? false }
    guard let name, let meaning else { return nil }
    var parameter = Parameter(name, meaning)
    parameter.absentCondition = absent
    parameter.exclusions = exclusions
    parameter.isRequired = flags[0]
    parameter.needsInstant = flags[1]
    parameter.matchesAnyCase = flags[2]
    parameter.asksForCount = flags[3]
    return parameter
  }

  private mutating func readMeaning(_ kind: String, _ index: Int) -> Parameter.Meaning? {
    switch kind {
    case "value": return readTyped(index).map { .value($0.type, $0.condition) }
    case "list": return readTyped(index).map { .list($0.type, $0.condition) }
    case "choice": return readChoices(index)
    case "choices":
      return .choices(values.items(index, "an array of choices").compactMap { readChoice($0) })
    case "flag": return readFlag(index)
    case "objects":
      return .objects(values.items(index, "an array of parameters").compactMap { readParameter($0) })
    case "entries": return mention(index).map { .entries($0) }
    case "selecting":
      return .selecting(values.items(index, "an array of fields").compactMap { mention($0) })
    default:
      let members = values.object(index, "an object with a type", known: ["type"], required: ["type"])
      return (members?["type"]).flatMap { readType($0) }.map { .ignored($0) }
    }
  }

  private mutating func readExclusion(_ index: Int) -> Parameter.Exclusion? {
    let known = ["parameters", "choice"]
    guard let members = values.object(index, "an exclusion", known: known, required: ["parameters"])
    else { return nil }
    let others = values.items(members["parameters"], "an array of names").compactMap { mention($0) }
    return Parameter.Exclusion(others, choice: values.string(members["choice"]))
  }

  private mutating func readTyped(
    _ index: Int, known: [String] = ["type", "condition"]
  ) -> (type: FieldType, condition: Condition)? {
    guard
      let members = values.object(
        index, "an object with a type and a condition", known: known, required: known)
    else { return nil }
    let type = members["type"].flatMap { readType($0) }
    let condition = members["condition"].flatMap { readCondition($0) }
    guard let type, let condition else { return nil }
    return (type, condition)
  }

  private mutating func readChoices(_ index: Int) -> Parameter.Meaning? {
    guard
      let members = values.object(
        index, "an object with choices", known: ["choices", "default"], required: ["choices"])
    else { return nil }
    let choices = values.items(members["choices"], "an array of choices").compactMap { readChoice($0) }
    return .choice(choices, defaultChoice: values.string(members["default"]))
  }

  private mutating func readChoice(_ index: Int) -> Parameter.Choice? {
    let names = ["name", "condition"]
    guard let members = values.object(index, "a choice", known: names, required: names) else { return nil }
    let name = values.string(members["name"])
    let condition = members["condition"].flatMap { readCondition($0) }
    guard let name, let condition else { return nil }
    return Parameter.Choice(name, condition)
  }

  private mutating func readFlag(_ index: Int) -> Parameter.Meaning? {
    let names = ["whenTrue", "whenFalse", "default"]
    guard let members = values.object(index, "an object with two conditions", known: names, required: names)
    else { return nil }
    let whenTrue = members["whenTrue"].flatMap { readCondition($0) }
    let whenFalse = members["whenFalse"].flatMap { readCondition($0) }
    let fallback = values.boolean(members["default"])
    guard let whenTrue, let whenFalse, let fallback else { return nil }
    return .flag(whenTrue: whenTrue, whenFalse: whenFalse, defaultValue: fallback)
  }

  mutating func readScope(_ index: Int) -> Scope? {
    let names = ["name", "type", "condition"]
    guard let members = values.object(index, "a scope", known: names + ["value"], required: names)
    else { return nil }
    let fixedValue = values.string(members["value"])
    let name = declare(members["name"])
    let type = members["type"].flatMap { readType($0) }
    let condition = members["condition"].flatMap { readCondition($0) }
    guard let name, let type, let condition else { return nil }
    var scope = Scope(name, type, condition)
    scope.fixedValue = fixedValue
    return scope
  }

  // MARK: Conditions

  private static let conditionKinds = ["and", "or", "not", "any", "field"]
  private static let conditionMembers =
    conditionKinds + ["where", "atLeast", "operator", "value", "values", "argument", "otherField"]

  /// Recursion is bounded by the depth of the JSON.
  mutating func readCondition(_ index: Int) -> Condition? {
    switch values.document.nodes[index].kind {
    case .true: return .always
    case .false: return .never
    case .null, .number, .string, .array, .object: break
    }
    guard let members = values.object(index, "a condition", known: Self.conditionMembers),
      let kind = values.only(Self.conditionKinds, of: members), let inner = members[kind]
    else { return nil }
    switch kind {
    case "and": return readConditions(inner, members).map { .allOf($0) }
    case "or": return readConditions(inner, members).map { .anyOf($0) }
    case "not":
      allow([kind], of: members)
      return readCondition(inner).map { .not($0) }
    case "any": return readQuantifier(members)
    default: return readTest(members)
    }
  }

  private mutating func readConditions(_ index: Int, _ members: ObjectReader.Members) -> [Condition]? {
    allow(["and", "or"], of: members)
    let items = values.items(index, "an array of conditions")
    let parts = items.compactMap { readCondition($0) }
    return parts.count == items.count ? parts : nil
  }

  private mutating func readQuantifier(_ members: ObjectReader.Members) -> Condition? {
    allow(["any", "where", "atLeast"], of: members)
    let relation = mention(members["any"])
    guard let inner = needed("where", of: members) else { return nil }
    let condition = readCondition(inner)
    guard let relation, let condition else { return nil }
    return .any(relation, condition, atLeast: values.integer(members["atLeast"]) ?? 1)
  }

  private mutating func readTest(_ members: ObjectReader.Members) -> Condition? {
    let field = mention(members["field"])
    guard let place = needed("operator", of: members), let operation: ConditionOperator = values.word(place)
    else { return nil }
    if let comparison = operation.comparison { return readComparison(field, comparison, members) }
    allow(["field", "operator"] + (operation == .isIn ? ["values", "argument"] : []), of: members)
    guard let field else { return nil }
    if operation == .isIn, let index = members["argument"] {
      allow(["field", "operator", "argument"], of: members)
      return readOperand("argument", index).map { _ in .isAmong(field) }
    }
    guard operation == .isIn else { return operation == .isNull ? .isNull(field) : .isNotNull(field) }
    guard let items = needed("values", of: members) else { return nil }
    return values.strings(items).map { .isIn(field, $0) }
  }

  private mutating func readComparison(
    _ field: String?, _ comparison: Comparison, _ members: ObjectReader.Members
  ) -> Condition? {
    let operands = ["value", "argument", "otherField"]
    allow(["field", "operator"] + operands, of: members)
    guard let kind = values.only(operands, of: members), let index = members[kind],
      let operand = readOperand(kind, index), let field
    else { return nil }
    return .compare(field, comparison, operand)
  }

  private mutating func readOperand(_ kind: String, _ index: Int) -> Condition.Operand? {
    switch kind {
    case "value": return values.string(index).map { .literal($0) }
    case "otherField": return mention(index).map { .field($0) }
    default:
      guard let flag = values.boolean(index) else { return nil }
      if !flag { values.report(.wrongShape(expected: "true", found: "false"), index) }
      return flag ? .argument : nil
    }
  }

  private mutating func needed(_ name: String, of members: ObjectReader.Members) -> Int? {
    if let index = members[name] { return index }
    values.report(.missingMember(name: name), members.index)
    return nil
  }

  /// Members that belong to another kind of condition.
  private mutating func allow(_ names: [String], of members: ObjectReader.Members) {
    for name in Self.conditionMembers where !names.contains(name) {
      if let index = members[name] { values.report(.unknownMember(name: name), index) }
    }
  }
}
