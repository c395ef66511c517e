import TamisRegex
import Testing

@Suite("A repetition of a repetition")
struct StackedRepetitionTests {
  /// As without `(?i)`, and before anything is as deep as the pattern is long.
  @Test(arguments: ["(?i)a**", "(?i)a{2}{3}", "(?i)a*?*", "(?i)a" + String(repeating: "*", count: 8_000)])
  func isRefused(_ pattern: String) {
    #expect(throws: RegexFault.self) { try RegexMatcher(Array(pattern.utf8)) }
    #expect(throws: RegexFault.self) { try RegexSubset(Array(pattern.utf8)) }
  }

  @Test func ofAGroupIsNone() throws {
    #expect(try RegexMatcher(Array("(?i)^(?:a*?)+b{2,3}?$".utf8)).matches("AabB"))
  }
}
