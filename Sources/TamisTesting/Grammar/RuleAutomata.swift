import TamisModel

/// The rules that recur, and the first rule, as automata with empty edges. Rule 0 is the first one.
struct RuleAutomata {
  enum Edge {
    case none
    case bytes(ClosedRange<UInt8>, to: Int32)
    case call(Int32, to: Int32)
  }

  private(set) var edges: [Edge] = []
  private(set) var emptyEdges: [[Int32]] = []
  /// For each rule its first and its last state.
  private(set) var ends: [(start: Int32, end: Int32)] = []
  /// Whether the first rule needs itself.
  let recursFirst: Bool

  private static let mostStates = 2_000_000
  private let grammar: Grammar
  private var numbers: [String: Int32] = [:]

  init(_ grammar: Grammar, start: String) throws(GrammarError) {
    self.grammar = grammar
    let first = start.asciiLowercased
    guard grammar[first] != nil else {
      throw GrammarError(fault: .undefined(rule: start), file: "grammar", line: 1, column: 1)
    }
    let recurring = Self.recurring(grammar, grammar.reachable(from: first))
    recursFirst = recurring.contains(first)
    let automata = [first] + recurring.filter { $0 != first }
    for (number, name) in automata.enumerated() where number > 0 || recursFirst {
      numbers[name] = Int32(number)
    }
    for name in automata {
      let from = addState()
      let end = try build(grammar.expression(name), from, in: name)
      ends.append((from, end))
    }
  }

  /// Rules that need themselves.
  private static func recurring(_ grammar: Grammar, _ names: [String]) -> [String] {
    names.filter { name in
      grammar.expression(name).references.contains { grammar.reachable(from: $0).contains(name) }
    }
  }

  private mutating func addState() -> Int32 {
    edges.append(.none)
    emptyEdges.append([])
    return Int32(edges.count - 1)
  }

  private mutating func join(_ from: Int32, _ to: Int32) { emptyEdges[Int(from)].append(to) }

  private mutating func step(_ from: Int32, _ make: (Int32) -> Edge) -> Int32 {
    let source = addState()
    let target = addState()
    join(from, source)
    edges[Int(source)] = make(target)
    return target
  }

  /// Gives the state after the expression. Recursion is bounded: rules that recur are calls.
  private mutating func build(
    _ expression: GrammarExpression, _ from: Int32, in rule: String
  ) throws(GrammarError) -> Int32 {
    guard edges.count < Self.mostStates else { throw grammar.error(.tooLarge(rule: rule), in: rule) }
    switch expression {
    case .alternation(let branches):
      let end = addState()
      for branch in branches { join(try build(branch, from, in: rule), end) }
      return end
    case .concatenation(let parts):
      var state = from
      for part in parts { state = try build(part, state, in: rule) }
      return state
    case .repetition(let part, let least, let most):
      return try buildRepetition(part, least, most, from, in: rule)
    case .rule(let name):
      guard let number = numbers[name] else { return try build(grammar.expression(name), from, in: name) }
      return step(from) { .call(number, to: $0) }
    case .text(let bytes, let quotation):
      return bytes.reduce(from) { addLetter($1, quotation, $0) }
    case .range(let range): return step(from) { .bytes(range, to: $0) }
    case .prose: throw grammar.error(.prose(rule: rule), in: rule)
    }
  }

  private mutating func addLetter(
    _ byte: UInt8, _ quotation: GrammarExpression.Quotation, _ from: Int32
  ) -> Int32 {
    let small = byte | 0x20
    guard quotation != .sensitive, small &- 97 < 26 else { return step(from) { .bytes(byte...byte, to: $0) } }
    let end = step(from) { .bytes(small...small, to: $0) }
    join(step(from) { .bytes(small ^ 0x20...small ^ 0x20, to: $0) }, end)
    return end
  }

  private mutating func buildRepetition(
    _ part: GrammarExpression, _ least: Int, _ most: Int?, _ from: Int32, in rule: String
  ) throws(GrammarError) -> Int32 {
    var state = from
    for _ in 0..<least { state = try build(part, state, in: rule) }
    let end = addState()
    join(state, end)
    if let most {
      for _ in least..<Swift.max(least, most) {
        // A state of its own, so that what leaves it does not leave the one before.
        let next = addState()
        join(state, next)
        state = try build(part, next, in: rule)
        join(state, end)
      }
    } else {
      let loop = addState()
      join(state, loop)
      join(try build(part, loop, in: rule), loop)
      join(loop, end)
    }
    return end
  }
}
