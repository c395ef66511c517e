import TamisTesting

/// All short sentences of a grammar, found without any clever algorithm: the sets of texts that rules can be, computed
/// until they no longer grow.
struct LanguageOracle {
  private let grammar: Grammar
  private let longest: Int
  private var languages: [String: Set<[UInt8]>] = [:]

  init(_ grammar: Grammar, start: String, longest: Int) {
    self.grammar = grammar
    self.longest = longest
    let names = grammar.reachable(from: start)
    var grows = true
    while grows {
      grows = false
      for name in names {
        guard let rule = grammar[name] else { continue }
        let texts = texts(rule.expression)
        if texts.count > languages[name]?.count ?? 0 { grows = true }
        languages[name] = texts
      }
    }
  }

  func sentences(_ rule: String) -> Set<[UInt8]> { languages[rule] ?? [] }

  private func texts(_ expression: GrammarExpression) -> Set<[UInt8]> {
    switch expression {
    case .alternation(let branches): return branches.reduce(into: []) { $0.formUnion(texts($1)) }
    case .concatenation(let parts): return parts.reduce([[]]) { joined($0, texts($1)) }
    case .repetition(let part, let least, let most): return repeated(texts(part), least, most)
    case .rule(let name): return languages[name] ?? []
    case .text(let bytes, let quotation): return quotation == .sensitive ? fitting([bytes]) : folded(bytes)
    case .range(let range): return Set(range.map { [$0] })
    case .prose: return []
    }
  }

  private func fitting(_ texts: Set<[UInt8]>) -> Set<[UInt8]> { texts.filter { $0.count <= longest } }

  private func joined(_ first: Set<[UInt8]>, _ second: Set<[UInt8]>) -> Set<[UInt8]> {
    var joined: Set<[UInt8]> = []
    for left in first {
      for right in second where left.count + right.count <= longest { joined.insert(left + right) }
    }
    return joined
  }

  private func repeated(_ part: Set<[UInt8]>, _ least: Int, _ most: Int?) -> Set<[UInt8]> {
    var texts: Set<[UInt8]> = [[]]
    for _ in 0..<least { texts = joined(texts, part) }
    // More repetitions than bytes add nothing but empty ones.
    for _ in 0..<Swift.min((most ?? Int.max) - least, longest) { texts.formUnion(joined(texts, part)) }
    return texts
  }

  private func folded(_ bytes: [UInt8]) -> Set<[UInt8]> {
    var texts: Set<[UInt8]> = [[]]
    for byte in bytes {
      let small = byte | 0x20
      let spelled: Set<[UInt8]> = small &- 97 < 26 ? [[small], [small ^ 0x20]] : [[byte]]
      texts = joined(texts, spelled)
    }
    return texts
  }
}
