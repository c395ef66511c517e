import Foundation
import Tamis
import TamisTesting
import Testing

/// Short sentences of each dialect's grammar, and texts that nearly are, in a folder for a recogniser of others to
/// judge: `Tests/check-grammar`. Skipped unless `TAMIS_SENTENCES` names the folder.
@Suite(
  "Sentences for other tools", .enabled(if: ProcessInfo.processInfo.environment["TAMIS_SENTENCES"] != nil))
struct WrittenSentences {
  /// A line is `+` or `-`, whether the text is a sentence, and the text's bytes as hexadecimal digits.
  @Test(arguments: QueryDialect.allCases)
  func write(_ dialect: QueryDialect) throws {
    let folder = try #require(ProcessInfo.processInfo.environment["TAMIS_SENTENCES"])
    let grammar = try DialectGrammar(dialect)
    var recogniser = try Recogniser(grammar.grammar, start: grammar.start)
    var generator = SentenceGenerator(grammar.grammar, start: grammar.start)
    let editor = SentenceEditor(pool: grammar.alphabet)
    var random = RandomSource(seed: GrammarSettings.current.seed)
    var lines = "\(grammar.start) \(DialectGrammar.files(dialect).joined(separator: " "))\n"
    for _ in 0..<150 {
      let sentence = generator.sentence(&random, length: 25)
      guard sentence.count <= 60 else { continue }
      for text in [sentence, editor.edit(sentence, &random), editor.edit(sentence, &random)] {
        lines += recogniser.accepts(text) ? "+" : "-"
        lines += text.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n"
      }
    }
    let file = URL(filePath: folder).appending(path: "\(dialect.rawValue).txt")
    try lines.write(to: file, atomically: true, encoding: .utf8)
  }
}
