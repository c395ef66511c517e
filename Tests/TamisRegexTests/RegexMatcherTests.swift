import TamisRegex
import TamisTesting
import Testing

@Suite("Regular expressions")
struct RegexMatcherTests {
  @Test(
    "meaning",
    arguments: [
      ("^a+$", "aaa", true), ("^a+$", "aab", false), ("^a+$", "aaa\n", true), ("^a+\\z", "aaa\n", false),
      ("a.c", "a\nc", false), ("a[^b]c", "a\nc", true), ("", "", true), ("^$", "", true),
      ("^.$", "\u{1F600}", true),
      ("^\\w+$", "\u{E9}", false), ("\\d", "\u{660}", false), ("\\s", "\u{A0}", false),
      ("[[:alpha:]]", "\u{E9}", false),
      ("(?i)k", "K", true), ("(?i)k", "\u{212A}", false), ("(?i)s", "\u{17F}", false),
      ("(?i)\u{E9}", "\u{C9}", false),
      ("(?i)[^a]", "A", false), ("(?i)^[k-m]+$", "kLM", true), ("(?<=a)b", "ab", true),
      ("(a)\\1", "aa", true),
      ("\\p{Lu}", "\u{C9}", true), ("\\Qa(?C1)(*X)[\\E", "a(?C1)(*X)[", true), ("[(*]", "*", true),
      ("(?s)a.c", "a\nc", true),
    ])
  func meaning(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try RegexMatcher(Array(pattern.utf8)).matches(text) == expected)
  }

  /// pattern | bytes at fault | words of the reason
  @Test(
    "what is refused, and where",
    arguments: [
      ("a(b", 3..<3, "missing closing parenthesis"), ("a[b", 3..<3, "missing terminating ]"),
      ("ab)c", 2..<3, "parenthesis"),
      ("a\\C", 1..<3, "\\C"), ("(*LIMIT_MATCH=1)a", 0..<2, "verb"), ("(*UTF)a", 0..<2, "verb"),
      ("a(*SKIP)b", 1..<3, "verb"),
      ("a(*COMMIT)", 1..<3, "verb"), ("(?C)a", 0..<3, "callout"), ("a(?C'x')", 1..<4, "callout"),
      ("(?x) a", 0..<4, "(?x)"),
      ("a(?i)b", 1..<5, "(?i)"), ("(?i:a)", 0..<4, "(?i)"), ("(?si)a", 0..<5, "(?i)"),
      ("(?i)a(?=b)", 5..<8, "after (?i)"),
      ("(?i)\\pL", 4..<6, "after (?i)"), ("a{,3}", 1..<2, "brace"), ("{", 0..<1, "brace"),
      ("a{65536}", 7..<8, "number too big"),
      ("(?(VERSION>=10)a)b(*F)", 18..<20, "verb"), ("[[:x:]](?C)", 7..<10, "callout"),
      ("[]a](*F)", 4..<6, "verb"),
    ])
  func refusals(_ pattern: String, _ bytes: Range<Int>, _ reason: String) throws {
    let fault = try #require(throws: RegexFault.self) { try RegexMatcher(Array(pattern.utf8)) }
    #expect(fault.bytes == bytes)
    #expect(fault.reason.contains(reason), "\(fault.reason)")
  }

  @Test("what costs too much is refused or fails, soon and always")
  func hostile() throws {
    for pattern in ["(a+)+$", "(a*)*$", "(a|aa)+$", "^(\\w+\\s?)*$", "(.*)(.*)(.*)(.*)(.*)[bc]$"] {
      let matcher = try RegexMatcher(Array(pattern.utf8))
      let text = String(repeating: "a", count: 2_000) + "!"
      let start = ProcessorTime.now
      #expect(throws: RegexFailure.limit, "\(pattern)") { try matcher.matches(text) }
      #expect(ProcessorTime.now - start < .milliseconds(250), "\(pattern)")
    }
    let deep = try RegexMatcher(Array("^(?:a|b)*c$".utf8))
    #expect(throws: RegexFailure.limit) { try deep.matches(String(repeating: "a", count: 400_000)) }
    // After a failure the next match is as good as the first.
    #expect(try deep.matches("abc"))
  }

  @Test("compiling is bounded whatever the pattern")
  func compileTime() {
    let patterns = [
      "a{65535}{65535}", "((a{1000}){1000}){1000}",
      String(repeating: "(", count: 51) + String(repeating: ")", count: 51),
      String(repeating: "a?", count: 4_000), String(repeating: "(a|b)*", count: 1_300),
      String(repeating: "[^a-z]", count: 1_300),
      String(repeating: "(?=a)", count: 1_600), String(repeating: "(?<=ab|c)", count: 900),
      String(repeating: "\\pL", count: 2_700),
      String(repeating: "(?:", count: 49) + "a" + String(repeating: "{9})", count: 49),
      String(repeating: "a{99}", count: 1_600),
      String(repeating: "(?|a|", count: 49) + "b" + String(repeating: ")", count: 49),
      "(?i)" + String(repeating: "a", count: 8_188),
    ]
    var compiled = 0
    for pattern in patterns {
      let start = ProcessorTime.now
      if (try? RegexMatcher(Array(pattern.utf8))) != nil { compiled += 1 }
      #expect(ProcessorTime.now - start < .milliseconds(500), "\(pattern.prefix(20))")
    }
    #expect(compiled >= 5 && compiled < patterns.count)
    #expect(throws: RegexFault.self) { try RegexMatcher(Array("a{65535}{65535}".utf8)) }
    #expect(throws: RegexFault.self) { try RegexMatcher(Array(patterns[2].utf8)) }
    #expect(throws: RegexFault.self) { try RegexMatcher(Array(repeating: UInt8(ascii: "a"), count: 8_193)) }
  }

  @Test("the whole of a value, or a part of a text")
  func whole() throws {
    let pattern = Array("bal_[0-9]+|x".utf8)
    let whole = try RegexMatcher(pattern, isWhole: true)
    let part = try RegexMatcher(pattern)
    for text in ["bal_12", "x"] { #expect(try whole.matches(text) && part.matches(text)) }
    for text in ["xbal_12", "bal_12\n", "bal_12x"] { #expect(try !whole.matches(text) && part.matches(text)) }
  }

  @Test("many threads share a pattern and the cache stays small")
  func threads() async throws {
    let cache = RegexCache(capacity: 4)
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          let pattern = Array("^\(number % 10)+$".utf8)
          guard let matcher = try? cache.matcher(for: pattern) else { return false }
          let text = String(repeating: "\(number % 10)", count: 50)
          return (try? matcher.matches(text)) == true && (try? matcher.matches(text + "x")) == false
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(cache.count == 4)
  }
}

@Suite("The portable subset of regular expressions")
struct RegexSubsetTests {
  @Test(
    "translated to PostgreSQL",
    arguments: [
      ("^sav", "\\Asav"), ("a.b", "a[^\\u000A]b"), ("a$", "a(?=\\u000A?\\Z)"), ("\\d+?", "(?:[0-9])+"),
      ("a|b", "(?:a|b)"), ("(a|)", "(?:a|(?:))"), ("(?i)a1", "[Aa]1"), ("\\.", "\\u002E"),
      ("[^\\]a]", "[^\\u005Da]"),
      ("[\\b]", "\\u0008"), ("a{2}", "(?:a){2,2}"), ("\\bé", "\\yé"), ("\\**a", "(?:\\u002A)*a"),
    ])
  func translation(_ pattern: String, _ expected: String) throws {
    #expect(try RegexSubset(Array(pattern.utf8)).postgreSQL == expected)
  }

  /// pattern | bytes of the construct
  @Test(
    "what is outside",
    arguments: [
      ("a(?=b)", 1..<4), ("(a)\\1", 3..<5), ("a++", 0..<3), ("\\p{L}", 0..<2), ("a{256}", 1..<6),
      ("[\\W]", 1..<3),
      ("^*a", 0..<2), ("\\x00", 0..<4), ("\\R", 0..<2), ("a(?>b)", 1..<4), ("(?s).", 0..<3),
      ("((((a{99}){99}){99}){99})", 0..<25),
      ("[a-\\d]", 3..<5), ("[[.a.]]", 1..<2), ("[a-[:digit:]]", 1..<12), ("b(*ACCEPT)", 1..<3),
      ("ab{", 2..<3),
    ])
  func outside(_ pattern: String, _ bytes: Range<Int>) throws {
    let fault = try #require(throws: RegexFault.self) { try RegexSubset(Array(pattern.utf8)) }
    #expect(fault.bytes == bytes)
  }

  @Test(
    "what RE2 does not have, in the words of the refusal",
    arguments: [
      ("a$b", "a '$' before the end of the pattern"), ("a\\Bb", "a '\\B'"),
      ("(?:(?:){255}){4}", "more than 1000 repetitions, one inside another"),
    ])
  func outsideOfRE2(_ pattern: String, _ reason: String) throws {
    let bytes = Array(pattern.utf8)
    let fault = try #require(throws: RegexFault.self) { try RegexSubset(bytes).re2(bytes) }
    #expect(fault.reason == reason)
    #expect(fault.bytes == bytes.indices)
    _ = try RegexSubset(Array("(?:(?:){255}){3}".utf8)).re2([])
  }
}
