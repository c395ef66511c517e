import Tamis
import TamisModel
import TamisSyntax
import TamisTesting
import Testing

/// The files in `Grammar/` say what the parsers read: no more and no less.
@Suite("Query dialects and their grammars")
struct DialectLawTests {
  private static let settings = GrammarSettings.current

  // MARK: Any names

  /// Names are any that a grammar allows, so only the parser is asked; every production is reached.
  @Test("the parser reads every sentence of a grammar", arguments: QueryDialect.allCases)
  func sentences(_ dialect: QueryDialect) throws {
    let grammar = try DialectGrammar(dialect)
    var generator = SentenceGenerator(grammar.grammar, start: grammar.start)
    var random = RandomSource(seed: Self.settings.seed)
    var limits = QueryLimits()
    limits.diagnostics = 1_000
    var faults: [String] = []
    for _ in 0..<Self.settings.sentences {
      let sentence = generator.sentence(&random)
      let parsed = Parser.parse(sentence, as: dialect, limits: limits)
      let problems = parsed.diagnostics.filter {
        !RequestJudge.isBeyondSyntax($0) && !RequestJudge.isAboutNameOfGroup($0)
      }
      if !problems.isEmpty, faults.count < 10 {
        faults.append("\(DialectTally.show(sentence)): \(problems.map(\.message))")
      }
    }
    print(
      "grammar \(dialect.rawValue): \(Self.settings.sentences) sentences,",
      "\(generator.coverage.usedCount) of \(generator.coverage.count) productions")
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    if Self.settings.isComplete { #expect(generator.coverage.missing == []) }
  }

  /// The grammar writes the members of a filter in one order; the parser reads them in any.
  @Test("members of a filter in a body stand in any order")
  func memberOrders() throws {
    let compiler = QueryCompiler(resource: SampleResource.make(.body, SampleResource.pagings[0]))
    let members = [#""field":"name""#, #""operator":"in""#, #""values":["a","b"]"#]
    let expected = try compiler.compile(#"{"filters":[{\#(members.joined(separator: ","))}]}"#).query
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let text = order.map { members[$0] }.joined(separator: ",")
      #expect(try compiler.compile(#"{"filters":[{\#(text)}]}"#).query == expected, "\(text)")
    }
    let size = #"{"field":"size","operator":"isnull"}"#
    #expect(
      try compiler.compile(#"{"filter":{"where":\#(size),"any":"parts"}}"#).query
        == compiler.compile(#"{"filter":{"any":"parts","where":\#(size)}}"#).query)
  }

  // MARK: A resource's names

  /// Sentences for a resource are read or refused by a rule beyond grammars; so is what differs from one in a byte, and
  /// is a sentence, too; all else is refused.
  @Test("a request is read where the grammar has it", arguments: QueryDialect.allCases)
  func requests(_ dialect: QueryDialect) throws {
    let grammar = try DialectGrammar(dialect)
    let bound = try grammar.ofSamples()
    let escaped = bound.withEscapedWords(grammar.escaping)
    var recogniser = try Recogniser(escaped, start: grammar.start)
    var plain = SentenceGenerator(bound, start: grammar.start)
    var escaping = SentenceGenerator(escaped, start: grammar.start)
    let editor = SentenceEditor(pool: grammar.alphabet)
    let judge = RequestJudge(dialect)
    try #require(judge.faults == [])
    var random = RandomSource(seed: Self.settings.seed)
    var tally = DialectTally()
    for round in 0..<Self.settings.sentences {
      let paging = round % judge.count
      let length = (round % 4 < 2 ? 30 : 120) * (dialect == .body ? 3 : 1)
      let sentence =
        round % 3 == 0
        ? escaping.sentence(&random, length: length) : plain.sentence(&random, length: length)
      check(sentence, judge.judge(sentence, paging: paging), &recogniser, &tally, dialect)
      for _ in 0..<Self.settings.edits {
        let edited = editor.edit(sentence, &random)
        checkEdit(edited, judge.judge(edited, paging: paging), &recogniser, &tally)
      }
    }
    report(dialect, tally, plain.coverage)
    #expect(tally.disagreements.isEmpty, "\(tally.disagreements.joined(separator: "\n"))")
    guard Self.settings.isComplete else { return }
    #expect(plain.coverage.missing == [])
    #expect(tally.read * 10 > tally.sentences * 3, "few sentences are read")
    #expect(tally.printed * 10 > tally.read * 3, "few queries are printed")
    #expect(tally.editsRead > 100 && tally.editsRefused > 500, "edits are of one kind")
  }

  private func check(
    _ sentence: [UInt8], _ verdict: RequestJudge.Verdict, _ recogniser: inout Recogniser,
    _ tally: inout DialectTally, _ dialect: QueryDialect
  ) {
    tally.sentences += 1
    let found = recogniser.verdict(on: sentence)
    if !found.isSentence { tally.disagree(sentence, "generated, not recognised from byte \(found.furthest)") }
    switch verdict {
    case .read(let query):
      tally.read += 1
      checkPrinting(sentence, query, &recogniser, &tally, dialect)
    case .refused(let diagnostics): tally.disagree(sentence, "refused: \(diagnostics.map(\.message))")
    case .beyondGrammar: tally.beyond += 1
    }
  }

  private func checkEdit(
    _ text: [UInt8], _ verdict: RequestJudge.Verdict, _ recogniser: inout Recogniser,
    _ tally: inout DialectTally
  ) {
    tally.edits += 1
    let isSentence = recogniser.accepts(text)
    switch (verdict, isSentence) {
    case (.read, true): tally.editsRead += 1
    case (.refused, false): tally.editsRefused += 1
    case (.beyondGrammar, _): tally.editsBeyond += 1
    case (.read, false):
      tally.disagree(text, "read, but no sentence from byte \(recogniser.verdict(on: text).furthest)")
    case (.refused(let diagnostics), true):
      tally.disagree(text, "a sentence, but refused: \(diagnostics.map(\.message))")
    }
  }

  /// What a query is printed as is a sentence, and means the query. A printer may refuse: not every dialect can say
  /// everything that its requests mean.
  private func checkPrinting(
    _ sentence: [UInt8], _ query: Query, _ recogniser: inout Recogniser, _ tally: inout DialectTally,
    _ dialect: QueryDialect
  ) {
    guard let text = try? query.text(in: dialect) else { return }
    tally.printed += 1
    if !recogniser.accepts(Array(text.utf8)) {
      tally.disagree(sentence, "printed as \(text), which is no sentence")
    }
    let again = try? QueryCompiler(resource: query.resource).compile(text, dialect: dialect)
    if again?.query
      != (try? QueryCompiler(resource: query.resource).compile(bytes: sentence, dialect: dialect))?.query
    {
      tally.disagree(sentence, "printed as \(text), which means something else")
    }
  }

  private func report(
    _ dialect: QueryDialect, _ tally: DialectTally, _ coverage: SentenceGenerator.Coverage
  ) {
    print(
      "requests \(dialect.rawValue): \(tally.sentences) sentences, \(tally.read) read,",
      "\(tally.beyond) beyond the grammar, \(tally.printed) printed;",
      "\(tally.edits) edits, \(tally.editsRead) read, \(tally.editsRefused) refused,",
      "\(tally.editsBeyond) beyond the grammar;",
      "\(coverage.usedCount) of \(coverage.count) productions;",
      "\(tally.disagreements.count) disagreements")
  }
}
