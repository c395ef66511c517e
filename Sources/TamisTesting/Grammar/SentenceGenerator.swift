import TamisModel

/// Makes sentences of a grammar: seeded, bounded, and drawn to productions that no sentence has used yet.
///
///     var generator = SentenceGenerator(grammar, start: "jsonapi-query")
///     var random = RandomSource(seed: 1)
///     let bytes = generator.sentence(&random)
///     generator.coverage.missing  // productions that no sentence has used
public struct SentenceGenerator {
  /// What a sentence has chosen where a rule leaves a choice.
  ///
  /// A production is a branch of an alternation, or a number of repetitions: none, one, or more.
  public struct Coverage: Sendable {
    fileprivate var names: [String] = []
    fileprivate var unused: Set<Int> = []

    public var count: Int { names.count }
    public var usedCount: Int { names.count - unused.count }
    /// The rule of each production that was never used, with its number in the rule.
    public var missing: [String] { unused.sorted().map { names[$0] } }
  }

  private enum Node {
    case alternation([Int], firstChoice: Int)
    case concatenation([Int])
    /// The choices are none, one and more, as far as the bounds allow them.
    case repetition(Int, least: Int, most: Int?, choices: [(kind: RepetitionKind, choice: Int)])
    case rule(Int)
    case text([UInt8], foldsCase: Bool)
    case range(ClosedRange<UInt8>)
  }

  private enum RepetitionKind { case none, one, more }

  private var nodes: [Node] = []
  private var ruleNodes: [Int] = []
  private var ruleNumbers: [String: Int] = [:]
  /// For each node the fewest calls of rules, one inside the other, that a sentence of it takes.
  private var depths: [Int] = []
  /// For each node the choices that it can lead to.
  private var choices: [Set<Int>] = []
  private let start: Int
  public private(set) var coverage = Coverage()

  private static let endless = 1_000_000

  /// The start is a rule of the grammar, which has no prose.
  public init(_ grammar: Grammar, start: String) {
    let names = grammar.reachable(from: start)
    for (number, name) in names.enumerated() { ruleNumbers[name] = number }
    self.start = ruleNumbers[start.asciiLowercased] ?? 0
    for name in names {
      let first = coverage.names.count
      let node = add(grammar.expression(name))
      ruleNodes.append(node)
      let written = grammar[name]?.name ?? name
      for choice in first..<coverage.names.count {
        coverage.names[choice] = "\(written)#\(choice - first + 1)"
      }
    }
    coverage.unused = Set(coverage.names.indices)
    measureDepths()
    collectChoices()
  }

  // MARK: Building

  private mutating func add(_ expression: GrammarExpression) -> Int {
    let node: Node =
      switch expression {
      case .alternation(let branches):
        .alternation(branches.map { add($0) }, firstChoice: addChoices(branches.count))
      case .concatenation(let parts): .concatenation(parts.map { add($0) })
      case .repetition(let part, let least, let most): repetition(part, least, most)
      case .rule(let name): .rule(ruleNumbers[name] ?? 0)
      case .text(let bytes, let quotation): .text(bytes, foldsCase: quotation != .sensitive)
      case .range(let range): .range(range)
      case .prose(let text): .text(Array(text.utf8), foldsCase: false)
      }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func repetition(_ part: GrammarExpression, _ least: Int, _ most: Int?) -> Node {
    let inner = add(part)
    let kinds: [(RepetitionKind, Int, Int)] = [(.none, 0, 0), (.one, 1, 1), (.more, 2, Int.max)]
    let possible = kinds.filter { least <= $0.2 && $0.1 <= most ?? Int.max }
    // What can only be in one way is no choice.
    guard possible.count > 1 else { return .repetition(inner, least: least, most: most, choices: []) }
    return .repetition(
      inner, least: least, most: most, choices: possible.map { ($0.0, addChoices(1)) })
  }

  private mutating func addChoices(_ count: Int) -> Int {
    coverage.names += Array(repeating: "", count: count)
    return coverage.names.count - count
  }

  private mutating func measureDepths() {
    depths = Array(repeating: Self.endless, count: nodes.count)
    var changes = true
    while changes {
      changes = false
      // Parts stand before what they are part of.
      for index in nodes.indices {
        let depth = depth(of: nodes[index])
        if depth < depths[index] {
          depths[index] = depth
          changes = true
        }
      }
    }
  }

  private func depth(of node: Node) -> Int {
    switch node {
    case .alternation(let branches, _): branches.map { depths[$0] }.min() ?? 0
    case .concatenation(let parts): parts.map { depths[$0] }.max() ?? 0
    case .repetition(let part, let least, _, _): least == 0 ? 0 : depths[part]
    case .rule(let rule): Swift.min(Self.endless, depths[ruleNodes[rule]] + 1)
    case .text, .range: 0
    }
  }

  private mutating func collectChoices() {
    choices = Array(repeating: [], count: nodes.count)
    var changes = true
    while changes {
      changes = false
      for index in nodes.indices {
        let found = ownChoices(nodes[index]).union(behind(nodes[index]))
        if found.count > choices[index].count {
          choices[index] = found
          changes = true
        }
      }
    }
  }

  private func ownChoices(_ node: Node) -> Set<Int> {
    switch node {
    case .alternation(let branches, let first): Set(first..<first + branches.count)
    case .repetition(_, _, _, let choices): Set(choices.map(\.choice))
    case .concatenation, .rule, .text, .range: []
    }
  }

  private func behind(_ node: Node) -> Set<Int> {
    switch node {
    case .alternation(let parts, _), .concatenation(let parts):
      parts.reduce(into: []) { $0.formUnion(choices[$1]) }
    case .repetition(let part, _, _, _): choices[part]
    case .rule(let rule): choices[ruleNodes[rule]]
    case .text, .range: []
    }
  }

  // MARK: Sentences

  /// A sentence; rules are called in rules to the depth at most, as far as the grammar allows it, and beyond the
  /// length everything is as short as it can be.
  public mutating func sentence(
    _ random: inout RandomSource, depth: Int = 24, length: Int = 200
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    write(ruleNodes[start], depth, length, &bytes, &random)
    return bytes
  }

  private mutating func write(
    _ node: Int, _ depth: Int, _ length: Int, _ bytes: inout [UInt8], _ random: inout RandomSource
  ) {
    switch nodes[node] {
    case .alternation(let branches, let first):
      let branch = pick(branches, first, bytes.count < length ? depth : 0, &random)
      coverage.unused.remove(first + branch)
      write(branches[branch], depth, length, &bytes, &random)
    case .concatenation(let parts):
      for part in parts { write(part, depth, length, &bytes, &random) }
    case .repetition(let part, let least, let most, let choices):
      let fits = depths[part] <= depth && bytes.count < length
      let count = fits ? count(part, least, most, choices, &random) : least
      if let choice = choices.first(where: { $0.kind == Self.kind(count) }) {
        coverage.unused.remove(choice.choice)
      }
      for _ in 0..<count { write(part, depth, length, &bytes, &random) }
    case .rule(let rule): write(ruleNodes[rule], depth - 1, length, &bytes, &random)
    case .text(let text, let foldsCase):
      bytes += foldsCase ? text.map { Self.isLetter($0) && random.chance(30) ? $0 ^ 0x20 : $0 } : text
    case .range(let range): bytes.append(Self.pick(range, &random))
    }
  }

  /// Half of the choices go where something unused lies; the others weigh what lies behind a branch.
  private func pick(
    _ branches: [Int], _ first: Int, _ depth: Int, _ random: inout RandomSource
  ) -> Int {
    let fitting = branches.indices.filter { depths[branches[$0]] <= depth }
    guard !fitting.isEmpty else {
      let least = branches.map { depths[$0] }.min() ?? 0
      return branches.firstIndex { depths[$0] == least } ?? 0
    }
    if !coverage.unused.isEmpty, random.chance(50) {
      let fresh = fitting.filter { coverage.unused.contains(first + $0) || leadsToUnused(branches[$0]) }
      if !fresh.isEmpty { return random.pick(fresh) }
    }
    let weights = fitting.map { 1 + Swift.min(choices[branches[$0]].count, 20) }
    var place = random.below(weights.reduce(0, +))
    for (branch, weight) in zip(fitting, weights) {
      if place < weight { return branch }
      place -= weight
    }
    return fitting[0]
  }

  private func leadsToUnused(_ node: Int) -> Bool {
    coverage.unused.contains { choices[node].contains($0) }
  }

  private func count(
    _ part: Int, _ least: Int, _ most: Int?, _ kinds: [(kind: RepetitionKind, choice: Int)],
    _ random: inout RandomSource
  ) -> Int {
    let unused = kinds.filter { coverage.unused.contains($0.choice) }
    if random.chance(30), let kind = unused.first?.kind { return Swift.max(least, Self.least(kind)) }
    if least == 0, random.chance(50), leadsToUnused(part) { return 1 }
    let extra = random.pick([0, 0, 1, 1, 1, 2, 2, 3, 5])
    return Swift.min(least + extra, most ?? Int.max)
  }

  private static func kind(_ count: Int) -> RepetitionKind {
    switch count {
    case 0: .none
    case 1: .one
    default: .more
    }
  }

  private static func least(_ kind: RepetitionKind) -> Int {
    switch kind {
    case .none: 0
    case .one: 1
    case .more: 2
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

  /// Its ends are where mistakes are.
  private static func pick(_ range: ClosedRange<UInt8>, _ random: inout RandomSource) -> UInt8 {
    switch random.below(8) {
    case 0: range.lowerBound
    case 1: range.upperBound
    default: UInt8(clamping: random.within(Int(range.lowerBound)...Int(range.upperBound)))
    }
  }
}
