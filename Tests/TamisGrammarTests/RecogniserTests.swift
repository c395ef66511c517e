import TamisTesting
import Testing

extension Recogniser {
  /// Those that are sentences.
  mutating func accepted(_ texts: [String]) -> [String] {
    var accepted: [String] = []
    for text in texts where accepts(Array(text.utf8)) { accepted.append(text) }
    return accepted
  }
}

@Suite("Sentences of a grammar")
struct RecogniserTests {
  private static let settings = GrammarSettings.current

  private func check(_ text: String, _ yes: [String], _ no: [String]) throws {
    let grammar = try Grammar(text)
    var recogniser = try Recogniser(grammar, start: "s")
    #expect(recogniser.accepted(yes + no) == yes, "\(text)")
  }

  @Test("letters, ranges, repetitions")
  func regular() throws {
    try check(#"s = "a" / %s"B""#, ["a", "A", "B"], ["", "b", "aB"])
    try check("s = %x61-63 %d100.101", ["ade", "cde"], ["dde", "ad", "adE", "adee"])
    try check("s = 2*3( %x61 ) [ %x62 ]", ["aa", "aaa", "aab", "aaab"], ["a", "aaaa", "aabb", "b"])
    try check("s = *DIGIT \".\" 1*DIGIT", [".5", "12.34"], ["5.", "."])
    try check("s = *( *( \"a\" ) )", ["", "aaaa"], ["b"])
    try check("s = 0\"a\" \"b\"", ["b"], ["ab"])
    try check(#"s = %i"or" / %s"and""#, ["or", "OR", "oR", "and"], ["AND"])
  }

  @Test("recursion on every side, and empty rules")
  func recursive() throws {
    try check("s = \"(\" s \")\" s / \"\"", ["", "()", "(())()", "()((()))"], ["(", ")(", "(()"])
    try check("s = s \"+\" s / \"a\"", ["a", "a+a", "a+a+a+a"], ["", "+", "a+", "aa"])
    try check("s = t \"a\" / \"b\"\nt = s / \"\"", ["b", "a", "ba", "baa", "aaa"], ["", "ab", "bb"])
    try check("s = n n \"a\" n\nn = [ s ]", ["a", "aa", "aaa"], ["", "b"])
    try check("s = \"a\" s \"a\" / \"b\" s \"b\" / \"\"", ["", "abba", "baab"], ["ab", "aba"])
    try check("s = s", [], ["", "a"])
  }

  @Test("how far a text goes")
  func furthest() throws {
    var recogniser = try Recogniser(Grammar("s = \"[\" [ s ] \"]\""), start: "s")
    var verdicts: [Recogniser.Verdict] = []
    for text in ["[[]", "[a]", "[[]]"] { verdicts.append(recogniser.verdict(on: Array(text.utf8))) }
    #expect(
      verdicts == [
        .init(isSentence: false, furthest: 3), .init(isSentence: false, furthest: 1),
        .init(isSentence: true, furthest: 4),
      ])
  }

  @Test("an ambiguous grammar takes no exponential time")
  func ambiguous() throws {
    var recogniser = try Recogniser(Grammar("s = s s s / s s / \"a\""), start: "s")
    let text = String(repeating: "a", count: 60)
    #expect(recogniser.accepted([text, text + "b", text + "a"]) == [text, text + "a"])
  }

  /// Every text of up to four letters, on grammars that chance has made, against sets of texts.
  @Test("the same as all texts that rules can be")
  func oracle() throws {
    var random = RandomSource(seed: Self.settings.seed)
    var texts: [[UInt8]] = [[]]
    for length in 0..<4 {
      texts += texts.filter { $0.count == length }.flatMap { text in Array("abc".utf8).map { text + [$0] } }
    }
    var sentences = 0
    for _ in 0..<300 {
      let text = RandomGrammar.text(&random)
      let grammar = try Grammar(text)
      let expected = LanguageOracle(grammar, start: "r0", longest: 4).sentences("r0")
      var recogniser = try Recogniser(grammar, start: "r0")
      var wrong: [[UInt8]] = []
      for text in texts where recogniser.accepts(text) != expected.contains(text) { wrong.append(text) }
      #expect(wrong.isEmpty, "\(text): \(wrong.map { String(decoding: $0, as: UTF8.self) })")
      sentences += texts.count { expected.contains($0) }
    }
    print("recogniser: 300 grammars, \(300 * texts.count) texts, \(sentences) sentences")
    #expect(sentences > 700)
  }

  @Test("what is generated is recognised, and everything is reached")
  func generator() throws {
    var random = RandomSource(seed: Self.settings.seed)
    var sentences = 0
    for _ in 0..<100 {
      let text = RandomGrammar.text(&random)
      let grammar = try Grammar(text)
      // Some grammars have no sentence at all.
      guard !LanguageOracle(grammar, start: "r0", longest: 6).sentences("r0").isEmpty else { continue }
      var recogniser = try Recogniser(grammar, start: "r0")
      var generator = SentenceGenerator(grammar, start: "r0")
      for _ in 0..<30 {
        let sentence = generator.sentence(&random, depth: 8, length: 20)
        guard sentence.count < 200 else { continue }
        sentences += 1
        let isSentence = recogniser.accepts(sentence)
        #expect(isSentence, "\(text): \(DialectTally.show(sentence))")
      }
    }
    #expect(sentences > 1_000)
    var generator = SentenceGenerator(
      try Grammar("s = \"a\" / [ t ] / *u\nt = ( \"b\" / \"c\" ) 1*2\"d\"\nu = \"e\" / \"f\" s"), start: "s")
    for _ in 0..<60 { _ = generator.sentence(&random) }
    #expect(generator.coverage.missing == [] && generator.coverage.count == 14)
  }

  @Test("faults of a grammar that no machine recognises")
  func faults() throws {
    #expect(throws: GrammarError.self) { try Recogniser(Grammar("s = <an apple>"), start: "s") }
    #expect(throws: GrammarError.self) { try Recogniser(Grammar("s = \"a\""), start: "t") }
    #expect(throws: GrammarError.self) {
      try Recogniser(Grammar("s = 9999t\nt = 9999u\nu = \"abc\""), start: "s")
    }
  }
}
