import TamisModel

/// Random groups of criteria in query strings: numbered or not, nested, scattered over the request.
extension RequestGenerator {
  /// One criterion or group with its pairs.
  struct Grouped {
    var filter: WrittenFilter
    var pairs: [String]
  }

  /// Groups for a request, at most one of each word; none in most requests.
  mutating func groups(_ dialect: QueryDialect) -> [Grouped] {
    guard random.chance(30) else { return [] }
    let choices = spellings(dialect)
    let family = random.pick(choices) == .jsonAPI ? [.jsonAPI] : choices.filter { $0 != .jsonAPI }
    var names: Set<String> = []
    return random.some(random.within(1...2), of: ["and", "or", "not", "any"]).compactMap {
      group($0, [], family, relation: nil, depth: 0, &names)
    }
  }

  private mutating func group(
    _ word: String, _ path: [String], _ family: [OperatorNames.Spelling], relation: String?, depth: Int,
    _ names: inout Set<String>
  ) -> Grouped? {
    switch word {
    case "any":
      guard let (name, scope) = inner(of: relation) else { return nil }
      let inner = members(path + ["any", name], family, relation: scope, depth: depth, &names)
      return joined(inner) { quantified(.all($0), along: name) }
    case "not":
      let inner = members(path + ["not"], family, relation: relation, depth: depth, &names)
      return joined(inner) { .not(.all($0)) }
    default:
      let inner =
        random.chance(70)
        ? numbered(path + [word], family, relation: relation, depth: depth, &names)
        : members(path + [word], family, relation: relation, depth: depth, &names)
      return joined(inner) { word == "or" ? .some($0) : .all($0) }
    }
  }

  private func joined(_ members: [Grouped], _ filter: ([WrittenFilter]) -> WrittenFilter) -> Grouped? {
    members.isEmpty
      ? nil : Grouped(filter: filter(members.map(\.filter)), pairs: members.flatMap(\.pairs))
  }

  private mutating func numbered(
    _ path: [String], _ family: [OperatorNames.Spelling], relation: String?, depth: Int,
    _ names: inout Set<String>
  ) -> [Grouped] {
    var number = random.below(3)
    var result: [Grouped] = []
    for _ in 0..<random.within(1...3) {
      let inner = members(path + [String(number)], family, relation: relation, depth: depth, &names)
      if let member = joined(inner, { .all($0) }) { result.append(member) }
      number += random.pick([1, 1, 2, 9, 100])
    }
    return result
  }

  /// Criteria and groups side by side.
  private mutating func members(
    _ path: [String], _ family: [OperatorNames.Spelling], relation: String?, depth: Int,
    _ names: inout Set<String>
  ) -> [Grouped] {
    var words = random.shuffled(["and", "or", "not", "any"])
    return (0..<random.within(1...2)).compactMap { _ in
      if depth < 2, random.chance(30), let word = words.popLast() {
        return group(word, path, family, relation: relation, depth: depth + 1, &names)
      }
      return criterion(path, family, relation: relation, &names)
    }
  }

  // MARK: Criteria

  private mutating func criterion(
    _ path: [String], _ family: [OperatorNames.Spelling], relation: String?, _ names: inout Set<String>
  ) -> Grouped? {
    let spelling = random.pick(family)
    guard
      let clause = clauseGenerator.clause(
        relation ?? self.relation(), operators: urlOperators(spelling), &random)
    else { return nil }
    var named = clause
    // Inside `any` the element's own names are meant.
    if relation != nil { named.relation = nil }
    let speller = ClauseSpeller(type: resource.type)
    let pair =
      spelling == .jsonAPIKeys
      ? speller.keyed(named, connective: nil, isTyped: random.chance(20), &random)
      : speller.pair(named, spelling, &random)
    guard let pair, names.insert("\(path) \(pair.name)").inserted else { return nil }
    let pairs = pair.text.split(separator: "&").map { inGroups($0, path, spelling) }
    return Grouped(filter: quantified(named), pairs: pairs)
  }

  /// A pair with the words of groups before its name, or after `filter`.
  private mutating func inGroups(
    _ pair: Substring, _ path: [String], _ spelling: OperatorNames.Spelling
  ) -> String {
    // By bytes: a value may begin with a combining scalar, which makes one character with the `=`.
    let nameEnd = pair.utf8.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
    let name = String(pair[..<nameEnd])
    let rootEnd = Self.rootEnd(name)
    let words = spelling == .jsonAPI || spelling == .jsonAPIKeys ? ["filter"] + path : path
    let head = words[0] + words.dropFirst().map { PercentSpelling.bracket($0, &random) }.joined()
    let root = words[0] == "filter" ? "" : "[" + name[..<rootEnd] + "]"
    return head + root + name[rootEnd...] + pair[nameEnd...]
  }

  private static func rootEnd(_ name: String) -> String.Index {
    var index = name.startIndex
    while index < name.endIndex, name[index] != "[", !name[index...].hasPrefix("%5B"),
      !name[index...].hasPrefix("%5b")
    {
      index = name.index(after: index)
    }
    return index
  }
}
