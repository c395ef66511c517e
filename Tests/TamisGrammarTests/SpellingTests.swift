import Tamis
import TamisPlanner
import TamisSyntax
import TamisTesting
import Testing

/// The words of the grammars are those of the tables that the library reads requests by, in both directions.
@Suite("Words of the grammars")
struct SpellingTests {
  private func words(_ dialect: QueryDialect, _ rules: [String]) throws -> [String] {
    let grammar = try DialectGrammar(dialect).grammar
    for rule in rules { try #require(grammar[rule] != nil, "\(rule)") }
    return Array(Set(rules.flatMap { grammar.words(of: $0) })).sorted()
  }

  @Test("operators")
  func operators() throws {
    let shared = ["one-operator", "list-operator", "range-operator", "null-operator"]
    let rows: [(QueryDialect, ParsedSpelling, [String], beside: [String])] = [
      (.jsonAPI, .jsonAPI, shared + ["jsonapi-list-operator"], []),
      // "not" is a word of the keys, not of the table.
      (.jsonAPIKeys, .jsonAPIKeys, shared, []),
      (.bracket, .bracket, shared + ["time-operator"], []),
      (
        .suffix, .suffix,
        ["suffix-one-operator", "suffix-list-operator", "suffix-range-operator", "suffix-null-operator"], []
      ),
      (
        .body, .body, ["one-member", "list-member", "range-member", "contains-member", "null-member"],
        ["operator"]
      ),
    ]
    for (dialect, spelling, rules, beside) in rows {
      let expected = (OperatorSpellings.of(spelling).names + beside).sorted()
      #expect(try words(dialect, rules) == expected, "\(dialect.rawValue)")
    }
  }

  /// Words of the files of a dialect that are names in themselves; each is a reserved name, and the other way round.
  @Test("reserved names")
  func reservedNames() throws {
    let rules: [QueryDialect: [String]] = [
      .jsonAPI: ["jsonapi-filter", "jsonapi-sort", "jsonapi-page", "jsonapi-fields", "jsonapi-include"],
      .suffix: ["suffix-connective", "suffix-sort", "suffix-page", "suffix-fields", "suffix-include"],
      .bracket: ["bracket-exists", "bracket-order", "bracket-page"],
    ]
    var found: Set<String> = []
    for (dialect, names) in rules {
      let grammar = try DialectGrammar(dialect).grammar
      for name in names {
        let rule = try #require(grammar[name])
        found.formUnion(Self.firstWords(rule.expression, grammar))
      }
    }
    let groupWords = Set(GroupWord.allCases.map { "\($0)" })
    #expect(found.subtracting(groupWords).sorted() == ReservedName.allCases.map(\.rawValue).sorted())
  }

  @Test("words of groups and connectives")
  func groups() throws {
    let words = try words(.suffix, ["logic", "inner-any"]).filter { $0 != "0" }
    #expect(words == GroupWord.allCases.map { "\($0)" }.sorted())
    #expect(try self.words(.suffix, ["connective"]) == ["and", "or"])
    #expect(try self.words(.jsonAPIKeys, ["keys-connective"]) == ["-", "and", "or"])
  }

  /// The words that a text can begin with.
  private static func firstWords(_ expression: GrammarExpression, _ grammar: Grammar) -> Set<String> {
    switch expression {
    case .alternation(let branches):
      return branches.reduce(into: []) { $0.formUnion(firstWords($1, grammar)) }
    case .concatenation(let parts): return parts.first.map { firstWords($0, grammar) } ?? []
    case .repetition(let part, _, _): return firstWords(part, grammar)
    case .rule(let name): return grammar[name].map { firstWords($0.expression, grammar) } ?? []
    case .text(let bytes, let quotation):
      return quotation == .bare ? [] : [String(decoding: bytes, as: UTF8.self)]
    case .range, .prose: return []
    }
  }

  @Test("every rule is one that a dialect needs")
  func allRulesAreUsed() throws {
    var defined: Set<String> = []
    var used: Set<String> = []
    for dialect in QueryDialect.allCases {
      let grammar = try DialectGrammar(dialect)
      defined.formUnion(grammar.grammar.fileRules)
      used.formUnion(grammar.grammar.reachable(from: grammar.start))
    }
    #expect(defined.subtracting(used).sorted() == [])
    #expect(defined.count > 100)
  }
}
