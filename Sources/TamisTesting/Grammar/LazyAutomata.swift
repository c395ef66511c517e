/// Automata made deterministic as far as they are walked. A state is a set of states of the rule it belongs to.
struct LazyAutomata {
  private static let unknown: Int32 = -2
  private static let dead: Int32 = -1

  private let rules: RuleAutomata
  private var members: [[Int32]] = []
  private var numbers: [[Int32]: Int32] = [:]
  /// 256 for each state.
  private var targets: [Int32] = []
  private var callTargets: [[Int32: Int32]] = []
  private var callLists: [[Int32]] = []
  /// The rule that may end in the state; -1 where none does.
  private var finished: [Int32] = []
  private var starts: [Int32] = []
  private var ruleOfEnd: [Int32: Int32] = [:]

  init(_ rules: RuleAutomata) {
    self.rules = rules
    for (rule, ends) in rules.ends.enumerated() { ruleOfEnd[ends.end] = Int32(rule) }
    for ends in rules.ends { starts.append(number(of: [ends.start])) }
  }

  func start(of rule: Int32) -> Int32 { starts[Int(rule)] }
  func calls(of state: Int32) -> [Int32] { callLists[Int(state)] }
  func finishes(_ state: Int32) -> Int32 { finished[Int(state)] }
  /// Whether nothing is called here, and nobody waits for what ends here.
  func isPlain(_ state: Int32) -> Bool {
    let rule = finished[Int(state)]
    return callLists[Int(state)].isEmpty && (rule < 0 || (rule == 0 && !rules.recursFirst))
  }

  /// Negative when no sentence goes on with the byte.
  mutating func target(of state: Int32, on byte: UInt8) -> Int32 {
    let place = Int(state) << 8 | Int(byte)
    if targets[place] != Self.unknown { return targets[place] }
    var next: [Int32] = []
    for member in members[Int(state)] {
      if case .bytes(let range, let target) = rules.edges[Int(member)], range.contains(byte) {
        next.append(target)
      }
    }
    let target = next.isEmpty ? Self.dead : number(of: next)
    targets[place] = target
    return target
  }

  /// After a call that the state has.
  mutating func target(of state: Int32, over call: Int32) -> Int32 {
    if let known = callTargets[Int(state)][call] { return known }
    var next: [Int32] = []
    for member in members[Int(state)] {
      if case .call(call, let target) = rules.edges[Int(member)] { next.append(target) }
    }
    let target = number(of: next)
    callTargets[Int(state)][call] = target
    return target
  }

  /// The state that stands for these and all that empty edges lead to.
  private mutating func number(of seeds: [Int32]) -> Int32 {
    let set = closure(seeds)
    if let known = numbers[set] { return known }
    let number = Int32(members.count)
    numbers[set] = number
    members.append(set)
    targets += Array(repeating: Self.unknown, count: 256)
    callTargets.append([:])
    callLists.append(calls(in: set))
    finished.append(set.compactMap { ruleOfEnd[$0] }.first ?? -1)
    return number
  }

  /// Sorted, and only states that matter: those with an edge that is not empty, and ends.
  private func closure(_ seeds: [Int32]) -> [Int32] {
    var seen = Set(seeds)
    var open = seeds
    while let state = open.popLast() {
      for target in rules.emptyEdges[Int(state)] where seen.insert(target).inserted { open.append(target) }
    }
    return seen.filter { hasEdge($0) || ruleOfEnd[$0] != nil }.sorted()
  }

  private func hasEdge(_ state: Int32) -> Bool {
    if case .none = rules.edges[Int(state)] { false } else { true }
  }

  private func calls(in set: [Int32]) -> [Int32] {
    var calls: Set<Int32> = []
    for state in set {
      if case .call(let rule, _) = rules.edges[Int(state)] { calls.insert(rule) }
    }
    return calls.sorted()
  }
}
