import TamisModel
import Testing

@Suite("Diagnostics")
struct DiagnosticTests {
  @Test("input never reaches a message unescaped")
  func escaping() {
    let hostile = "a\u{1B}[31m'\\\n\u{202E}é" + String(repeating: "x", count: 100)
    let message = Problem.unknownField(name: hostile).message
    #expect(message.unicodeScalars.allSatisfy { $0 == "…" || (" "..."~").contains($0) })
    #expect(message.hasPrefix(#"unknown field 'a\u{1b}[31m\'\\\u{a}\u{202e}\u{e9}xxx"#))
    #expect(message.utf8.count < 200)
  }

  @Test("long lists of names are cut")
  func lists() {
    for (count, end) in [
      (0, "nothing"), (1, "'c0'"), (20, "'c18' and 'c19'"), (21, "'c18', 'c19' and 1 more"),
      (25, "'c19' and 5 more"),
    ] {
      let message = Problem.unknownCase(text: "x", cases: (0..<count).map { "c\($0)" }).message
      #expect(message.hasPrefix("'x' is not one of ") && message.hasSuffix(end), "\(message)")
    }
  }

  @Test("an error's diagnostics stand in the order of their places")
  func order() {
    let late = Diagnostic(.nulByte, SourceSpan(9, 10))
    let early = Diagnostic(.emptyName, SourceSpan(2, 3))
    #expect(QueryError([late, early])?.diagnostics == [early, late])
    #expect(QueryError([]) == nil)
  }

  @Test("a bag keeps as many as it may, and says that there are more")
  func limit() {
    var bag = DiagnosticBag(limit: 2)
    for start in 0..<5 { bag.report(.nulByte, SourceSpan(start, start + 1)) }
    #expect(bag.diagnostics.map(\.code) == ["syntax.nul-byte", "syntax.nul-byte", "limit.diagnostics"])
  }
}
