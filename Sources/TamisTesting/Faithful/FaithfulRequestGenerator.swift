import TamisModel

/// Random requests as clients of a real server write them, right, nearly right and wrong: names and operators of its
/// style, values near those of the records, names given twice, odd brackets, and what its runtime drops.
public struct FaithfulRequestGenerator: Sendable {
  let resource: Resource
  let reading: FaithfulReading
  let pool: OperandPool
  var random: RandomSource

  /// Nil where nothing says how a real server reads the resource's requests.
  public init?(_ generated: GeneratedResource, random: RandomSource) {
    guard let compatibility = generated.resource.compatibility else { return nil }
    resource = generated.resource
    reading = compatibility.reading
    pool = OperandPool(resource: generated.resource, records: generated.records)
    self.random = random
  }

  public mutating func request() -> FaithfulRequest {
    switch reading {
    case .namedParameters: return namedBody()
    case .guessedSuffixes where random.chance(30): return filterBody()
    case .declaredFilters, .keyChain, .guessedSuffixes: return queryString()
    }
  }

  // MARK: Query strings

  typealias Pair = (name: String, value: String, isSetting: Bool)

  private mutating func queryString() -> FaithfulRequest {
    var pairs: [Pair] = []
    for _ in 0..<random.pick([1, 1, 1, 2, 2, 3, 4]) {
      pairs.append(pair())
      // Given once more, with the same value or another.
      if random.chance(6) { pairs.append(random.chance(50) ? pairs[pairs.count - 1] : pair()) }
    }
    if random.chance(12), var again = pairs.first {
      again.value = pair().value
      pairs.append(again)
    }
    var builder = FaithfulRequest.Builder()
    for (index, pair) in pairs.enumerated() {
      if index > 0 { builder.write(random.chance(3) ? "&&" : "&") }
      builder.leaf(pair.name, written(pair), isSetting: pair.isSetting)
    }
    return builder.request(resource.dialect)
  }

  /// Mostly as clients encode it; at times with what a runtime drops.
  private mutating func written(_ pair: Pair) -> String {
    let name = PercentSpelling.value(pair.name, also: random.chance(70) ? "[]" : "", &random)
    let value = PercentSpelling.value(pair.value, also: ",|:", &random)
    switch random.below(60) {
    case 0: return name
    case 1: return name + "=" + value + "%zz"
    case 2: return name + ";" + "=" + value
    case 3: return "[" + name + "=" + value
    case 4: return name + "]=" + value
    case 5: return name + "[=" + value
    case 6: return name + "=" + value + "%00"
    case 7: return "=" + value
    default: return name + "=" + value
    }
  }

  private mutating func pair() -> Pair {
    var pair: Pair
    switch reading {
    case .declaredFilters: pair = declared()
    case .keyChain: pair = keyed()
    case .guessedSuffixes, .namedParameters: pair = suffixed()
    }
    if random.chance(5) { pair.name += random.pick(["[]", "[0]", "[a][b]", "[a]", ".x", " "]) }
    if random.chance(4) { pair.name = random.pick(["colour", "x", "", "filter", "a[b]"]) }
    return pair
  }

  private mutating func declared() -> Pair {
    let (name, value) = operand()
    switch random.below(12) {
    case 0, 1: return (name, value, false)
    case 2: return (name + "[]", value, false)
    case 3:
      return ("order[\(name)]", random.pick(["asc", "desc", "DESC", "", "up"]), true)
    case 4: return ("exists[\(name)]", random.pick(["true", "false", "1", "0", "", "x"]), false)
    case 5: return (random.pick(["page", "itemsPerPage"]), number(), true)
    case 6: return (name + "[between]", value + ".." + operand().value, false)
    default:
      let words = [
        "before", "strictly_before", "after", "strictly_after", "lt", "lte", "gt", "gte", "gte", "eq", "",
      ]
      return (name + "[\(random.pick(words))]", value, false)
    }
  }

  private mutating func keyed() -> Pair {
    let (name, value) = operand()
    switch random.below(12) {
    case 0: return ("sort", random.pick(["", "-"]) + name, true)
    case 1: return (random.pick(["page[size]", "page[number]"]), number(), true)
    case 2: return ("fields[\(resource.type)]", name + "," + operand().name, true)
    case 3: return ("filter[trashed]", random.pick(["with", "only", "without", "x"]), false)
    default:
      var key = name
      if random.chance(60) {
        key += "-" + random.pick(["eq", "ne", "lt", "gt", "lte", "gte", "like", "notlike", "GT", "is"])
      }
      if random.chance(35) { key += "-" + random.pick(["or", "and", "not", "xor"]) }
      let type = random.chance(20) ? "[\(resource.type)]" : ""
      return ("filter\(type)[\(key)]", random.chance(20) ? value + "," + operand().value : value, false)
    }
  }

  private mutating func suffixed() -> Pair {
    var (name, value) = operand()
    switch random.below(14) {
    case 0: return (random.pick(["limit", "offset"]), number(), true)
    case 1: return ("sort_by", name, true)
    case 2: return ("sort_order", random.pick(["asc", "desc", "x"]), true)
    case 3: return ("logical_operator", random.pick(["or", "and", "OR", "x"]), true)
    default:
      if random.chance(10) { name = "meta_data." + random.pick(ValueGenerator.keys) }
      let operation = random.pick([
        "eq", "eq", "ne", "gt", "gte", "lt", "lte", "in", "between", "like", "ilike", "isnull", "isnotnull",
        "is",
      ])
      if operation == "in" { value += "," + operand().value }
      if operation == "between" { value += "|" + operand().value }
      if operation == "like" || operation == "ilike" { value = "%" + value.prefix(3) + "%" }
      return (name + "_" + operation, value, false)
    }
  }

  // MARK: Operands

  /// A field that clients name, and a text for it.
  mutating func operand() -> (name: String, value: String) {
    let relations = resource.relations.filter { !$0.isHidden }
    if random.chance(10), !relations.isEmpty {
      let relation = random.pick(relations)
      if !relation.fields.isEmpty {
        let field = random.pick(relation.fields)
        return (relation.name + "." + field.name, value(field, of: relation.name))
      }
    }
    let field = random.pick(resource.fields.filter { !$0.isHidden })
    return (field.name, value(field, of: nil))
  }

  /// One of the records' values or its neighbour, and at times what only looks like one.
  mutating func value(_ field: Field, of relation: String?) -> String {
    let value = pool.value(FieldPath(field.name), relation: relation, &random)
    let text = OperandSpelling.plain(value, offsetMinutes: resource.offsetMinutes)
    switch random.below(25) {
    case 0: return " " + text
    case 1: return text + "x"
    case 2: return ""
    case 3: return String(text.prefix(10))
    case 4: return text.uppercased()
    case 5:
      return random.pick([
        "0", "-1", "1e3", "1.5", "+2", "007", "true", "null", "NaN", "99999999999999999999",
      ])
    default: return text
    }
  }

  private mutating func number() -> String {
    random.pick(["1", "2", "3", "5", "10", "0", "-1", "x", "", "1.5", "100000000000000000000"])
  }
}
