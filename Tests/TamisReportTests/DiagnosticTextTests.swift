import TamisModel
import Testing

@testable import TamisReport

/// The line under a diagnostic: every byte has a known width, so the carets stand where the span is.
struct DiagnosticTextTests {
  @Test(arguments: [
    ("a=b", 2, 3, "a=b", "  ^"),
    ("a=b", 0, 0, "a=b", "^"),
    ("a=b", 3, 3, "a=b", "   ^"),
    ("", 0, 0, "", "^"),
    ("é=x", 3, 4, #"\u{e9}=x"#, "       ^"),
    ("é=x", 0, 2, #"\u{e9}=x"#, "^^^^^^"),
    ("a\u{1B}[1mb", 5, 6, #"a\u{1b}[1mb"#, "          ^"),
    ("a\tb", 1, 2, #"a\tb"#, " ^^"),
    ("{\n\"limit\": 0\n}", 11, 12, #""limit": 0"#, "         ^"),
    ("ab\ncd", 1, 5, "ab", " ^"),
    ("ab", 1, 99, "ab", " ^"),
    ("ab", 98, 99, "ab", "  ^"),
  ])
  func excerpt(_ source: String, _ start: Int, _ end: Int, _ line: String, _ carets: String) {
    let excerpt = DiagnosticText.Excerpt(Array(source.utf8), SourceSpan(start, end))
    #expect(excerpt.line == line)
    #expect(excerpt.carets == carets)
  }

  @Test func bytesThatAreNotUTF8() {
    let excerpt = DiagnosticText.Excerpt([0x61, 0xFF, 0xC3, 0x62], SourceSpan(3, 4))
    #expect(excerpt.line == #"a\xff\xc3b"#)
    #expect(excerpt.carets == "         ^")
  }

  @Test func aLongLineIsCutAroundTheSpan() {
    let source = Array(repeating: UInt8(ascii: "a"), count: 100_000)
    let excerpt = DiagnosticText.Excerpt(source, SourceSpan(50_000, 50_003))
    #expect(excerpt.line.utf8.count < 200)
    #expect(excerpt.line.hasPrefix("...a"))
    #expect(excerpt.line.hasSuffix("a..."))
    #expect(excerpt.carets.drop { $0 == " " } == "^^^")
    #expect(excerpt.carets.utf8.count < 100)
  }

  @Test func nothingOfTheInputReachesTheTerminal() {
    let text = DiagnosticText.render(
      [
        Diagnostic(
          .unknownField(name: "\u{1B}[31m\u{202E}"), SourceSpan(0, 1), suggestion: "\u{1B}]0;x\u{7}")
      ], source: Array("\u{1B}[31m\u{202E}=1".utf8))
    #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 10 })
  }
}
