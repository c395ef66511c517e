/// Says whether bytes are a sentence of a grammar, whatever the grammar is: ambiguous, left-recursive, with empty rules.
///
/// Earley's algorithm over automata. Rules that do not recur are put in the place of their names; each rule that does
/// is an automaton whose edges are bytes and calls of such rules, and becomes deterministic as sentences need it. A
/// grammar without recursion is one automaton then, and the time linear; at worst it is cubic.
///
///     var recogniser = try Recogniser(Grammar("s = \"(\" s \")\" s / \"\""), start: "s")
///     recogniser.accepts(Array("(())()".utf8))  // true
public struct Recogniser {
  /// How far a text is a beginning of a sentence, and whether it is one.
  public struct Verdict: Hashable, Sendable {
    public var isSentence: Bool
    /// The number of bytes that some sentence begins with.
    public var furthest: Int

    public init(isSentence: Bool, furthest: Int) {
      self.isSentence = isSentence
      self.furthest = furthest
    }
  }

  private struct Item {
    var state: Int32
    /// Where the rule was called.
    var origin: Int32

    var key: UInt64 { UInt64(UInt32(bitPattern: state)) << 32 | UInt64(UInt32(bitPattern: origin)) }
  }

  private var automata: LazyAutomata

  /// - Throws: when a rule needs prose, or has too many parts.
  public init(_ grammar: Grammar, start: String) throws(GrammarError) {
    automata = LazyAutomata(try RuleAutomata(grammar, start: start))
  }

  public mutating func accepts(_ bytes: [UInt8]) -> Bool { verdict(on: bytes).isSentence }

  public mutating func verdict(on bytes: [UInt8]) -> Verdict {
    var sets: [[Item]] = [[Item(state: automata.start(of: 0), origin: 0)]]
    sets.reserveCapacity(bytes.count + 1)
    for index in 0...bytes.count {
      close(index, &sets)
      guard index < bytes.count else { break }
      var next: [Item] = []
      for item in sets[index] {
        let target = automata.target(of: item.state, on: bytes[index])
        if target >= 0 { next.append(Item(state: target, origin: item.origin)) }
      }
      if next.isEmpty { return Verdict(isSentence: false, furthest: index) }
      sets.append(next)
    }
    let isSentence = sets[bytes.count].contains { $0.origin == 0 && automata.finishes($0.state) == 0 }
    return Verdict(isSentence: isSentence, furthest: bytes.count)
  }

  /// Predicts and completes until nothing is new.
  private mutating func close(_ index: Int, _ sets: inout [[Item]]) {
    let isPlain = sets[index].count == 1 && automata.isPlain(sets[index][0].state)
    if isPlain { return }
    var seen: Set<UInt64> = []
    var set: [Item] = []
    for item in sets[index] where seen.insert(item.key).inserted { set.append(item) }
    sets[index] = set
    /// Rules that are empty here: who calls one later need not wait.
    var empty: Set<Int32> = []
    var place = 0
    while place < sets[index].count {
      let item = sets[index][place]
      place += 1
      for call in automata.calls(of: item.state) {
        add(Item(state: automata.start(of: call), origin: Int32(index)), &sets[index], &seen)
        if empty.contains(call) { advance(item, over: call, &sets[index], &seen) }
      }
      let finished = automata.finishes(item.state)
      guard finished >= 0 else { continue }
      if Int(item.origin) == index { empty.insert(finished) }
      for caller in sets[Int(item.origin)] { advance(caller, over: finished, &sets[index], &seen) }
    }
  }

  private mutating func advance(
    _ item: Item, over call: Int32, _ set: inout [Item], _ seen: inout Set<UInt64>
  ) {
    guard automata.calls(of: item.state).contains(call) else { return }
    add(Item(state: automata.target(of: item.state, over: call), origin: item.origin), &set, &seen)
  }

  private func add(_ item: Item, _ set: inout [Item], _ seen: inout Set<UInt64>) {
    if seen.insert(item.key).inserted { set.append(item) }
  }
}
