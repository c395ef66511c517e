import TamisModel

/// JSON bodies: members by their schema, and lists of filters.
extension FaithfulRequestGenerator {
  /// Metronome: the resource's parameters, mostly those that are required, at times of another type.
  mutating func namedBody() -> FaithfulRequest {
    var members: [(name: String, json: JSONTree, isSetting: Bool)] = []
    for parameter in resource.parameters where random.chance(likelihood(parameter)) {
      members.append((parameter.name, confused(json(parameter)), false))
    }
    if random.chance(30) {
      members.append(("limit", confused(.number(random.pick(["1", "2", "5", "25", "0", "26"]))), true))
    }
    if random.chance(3) { members.append(("next_page", .string("AAAA"), true)) }
    if random.chance(15) {
      members.append((random.pick(["colour", "sort", "filters ", ""]), .number("1"), false))
    }
    return body(random.shuffled(members))
  }

  /// Blnk: `{"filters":[{"field":…,"operator":…,"value":…}]}`.
  mutating func filterBody() -> FaithfulRequest {
    var builder = FaithfulRequest.Builder()
    builder.write("{\"filters\":[")
    for index in 0..<random.within(0...3) {
      if index > 0 { builder.write(",") }
      let (name, value) = operand()
      let operation = random.pick(["eq", "ne", "gt", "lte", "in", "between", "like", "isnull", "is"])
      var filter: [JSONTree.Member] = [
        .init("field", .string(name)), .init("operator", .string(operation)),
      ]
      if operation == "in" || operation == "between" {
        filter.append(.init("values", .array([.string(value), .string(operand().value)])))
      } else if operation != "isnull" {
        filter.append(.init("value", random.chance(70) ? .string(value) : .number("5")))
      }
      builder.leaf(name, JSONTree.object(filter).description, isSetting: false)
    }
    builder.write("]")
    if random.chance(30) {
      builder.write(",")
      builder.leaf("logical_operator", "\"logical_operator\":\"or\"", isSetting: true)
    }
    if random.chance(30) {
      builder.write(",")
      builder.leaf("limit", "\"limit\":\(random.pick(["1", "3", "0", "5000"]))", isSetting: true)
    }
    builder.write("}")
    return builder.request(.body)
  }

  private func body(_ members: [(name: String, json: JSONTree, isSetting: Bool)]) -> FaithfulRequest {
    var builder = FaithfulRequest.Builder()
    builder.write("{")
    for (index, member) in members.enumerated() {
      if index > 0 { builder.write(",") }
      let name = JSONTree.string(member.name).description
      builder.leaf(member.name, name + ":" + member.json.description, isSetting: member.isSetting)
    }
    builder.write("}")
    return builder.request(.body)
  }

  /// Conditions are few, so that some records are left; flags are many, because most of them widen.
  private func likelihood(_ parameter: Parameter) -> Int {
    if parameter.isRequired { return 97 }
    return switch parameter.meaning {
    case .flag: 75
    case .objects, .list, .choices, .entries: 35
    case .value, .choice, .selecting, .ignored: 15
    }
  }

  /// At times a value of another type.
  private mutating func confused(_ json: JSONTree) -> JSONTree {
    guard random.chance(2) else { return json }
    return random.pick([
      .null, .boolean(true), .number("1"), .string("x"), .array([]), .object([]), .array([json]),
    ])
  }

  private mutating func json(_ parameter: Parameter) -> JSONTree {
    switch parameter.meaning {
    case .value(_, let condition): return .string(argument(condition))
    case .list(_, let condition):
      return .array((0..<random.within(0...3)).map { _ in .string(argument(condition)) })
    case .choice(let choices, _):
      let name = random.pick(choices).name
      return .string(random.chance(20) ? name.lowercased() : name)
    case .choices(let choices):
      return .array((0..<random.within(0...2)).map { _ in .string(random.pick(choices).name) })
    case .flag(let whenTrue, _, _): return .boolean(random.chance(whenTrue == .always ? 90 : 50))
    case .selecting: return .boolean(random.chance(50))
    case .entries(let name): return entries(name)
    case .objects(let members):
      return .array((0..<random.within(0...3)).map { _ in object(members) })
    case .ignored(let type): return type == .boolean ? .boolean(random.chance(50)) : .string("x")
    }
  }

  private mutating func object(_ members: [Parameter]) -> JSONTree {
    var object = members.filter { _ in random.chance(50) }.map { JSONTree.Member($0.name, json($0)) }
    if random.chance(5) { object.append(.init("colour", .number("1"))) }
    return .object(object)
  }

  /// Members of some record's document, and others.
  private mutating func entries(_ field: String) -> JSONTree {
    let document = pool.document(FieldPath(field), relation: nil, &random)
    var members: [JSONTree.Member] = []
    if case .object(let present) = document {
      members = present.filter { if case .string = $0.value { true } else { random.chance(10) } }
    }
    if random.chance(20) { members.append(.init(random.pick(["no such key", "a\"b"]), .string("x"))) }
    var names: Set<String> = []
    return .object(members.filter { names.insert($0.name).inserted })
  }

  /// A text near what the condition compares the argument with.
  private mutating func argument(_ condition: Condition) -> String {
    guard let (relation, name) = Self.place(condition, in: nil) else { return "x" }
    let fields = relation.map { name in resource.relations.first { $0.name == name }?.fields ?? [] }
    guard let field = (fields ?? resource.fields).first(where: { $0.name == name }) else { return "x" }
    if random.chance(4) { return value(field, of: relation) }
    let value = pool.value(FieldPath(name), relation: relation, &random)
    return OperandSpelling.plain(value, offsetMinutes: resource.offsetMinutes)
  }

  private static func place(_ condition: Condition, in relation: String?) -> (String?, String)? {
    switch condition {
    case .compare(let name, _, .argument), .isAmong(let name): (relation, name)
    case .allOf(let parts), .anyOf(let parts): parts.lazy.compactMap { place($0, in: relation) }.first
    case .not(let inner): place(inner, in: relation)
    case .any(let name, let inner, _): place(inner, in: name)
    case .always, .never, .compare, .isIn, .isNull, .isNotNull: nil
    }
  }
}
