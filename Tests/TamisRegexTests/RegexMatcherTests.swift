import TamisRegex
import Testing

@Suite("Regular expressions")
struct RegexMatcherTests {
  @Test("hello")
  func hello() throws {
    #expect(try RegexMatcher(Array("^a+$".utf8)).matches("aaa"))
    #expect(try !RegexMatcher(Array("^a+$".utf8)).matches("aab"))
  }
}
