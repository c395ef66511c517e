import TamisMemory
import TamisModel
import TamisTesting
import Testing

@Suite struct PatternMatcherTests {
  /// `%`, `_` and letters; no escape.
  private func pattern(_ text: String, ignoresCase: Bool = false) -> TextPattern {
    let bytes = text.unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar {
      case "%": [TextPattern.anyRun]
      case "_": [TextPattern.anyOne]
      default: Array(String(scalar).utf8)
      }
    }
    return TextPattern(bytes: bytes, ignoresCase: ignoresCase)
  }

  /// Tries every way to match: slow, and plainly right.
  private func oracle(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    switch first {
    case "%": return (text.startIndex...text.endIndex).contains { oracle(pattern.dropFirst(), text[$0...]) }
    case "_": return !text.isEmpty && oracle(pattern.dropFirst(), text.dropFirst())
    default: return text.first == first && oracle(pattern.dropFirst(), text.dropFirst())
    }
  }

  private func fold(_ text: String) -> String {
    var folded = ""
    for scalar in text.unicodeScalars {
      folded.unicodeScalars.append(
        scalar.isASCII ? Character(scalar).lowercased().unicodeScalars.first ?? scalar : scalar)
    }
    return folded
  }

  private func matches(_ pattern: TextPattern, _ text: String) -> Bool {
    // The text stands inside a longer one, so that a step past its ends shows.
    let bytes = Array("ab".utf8) + Array(text.utf8) + Array("ab".utf8)
    let found = PatternMatcher(pattern).matches(bytes, 2..<bytes.count - 2)
    // Nor does what stands around it change the answer: the rest of a scalar, or nothing at all.
    #expect(PatternMatcher(pattern).matches(bytes.dropLast(2) + [0x80], 2..<bytes.count - 2) == found)
    #expect(PatternMatcher(pattern).matches(Array(text.utf8), 0..<text.utf8.count) == found)
    return found
  }

  @Test(arguments: [
    ("abc", "abc", true), ("abc", "ab", false), ("abc", "abcd", false), ("", "", true), ("", "a", false),
    ("%", "", true), ("%", "aé", true), ("a%", "abc", true), ("a%", "ba", false), ("%c", "abc", true),
    ("%c", "ab", false), ("%b%", "abc", true), ("%b%", "acc", false), ("_", "é", true), ("_", "", false),
    ("_", "ab", false), ("__", "é", false), ("a_c", "aéc", true), ("%_é", "xé", true), ("%_é", "é", false),
    ("a%a", "a", false), ("a%a", "aa", true), ("%aab%", "aaab", true), ("_%_", "é", false),
    ("_%_", "😀😀", true),
    ("%😀_%", "a😀", false), ("%😀_%", "a😀é", true), ("a%b%c", "aXbYc", true), ("a%b%c", "acb", false),
    ("%ab%ab%", "aab", false), ("%ab%ab%", "abab", true),
  ])
  func table(_ pattern: String, _ text: String, _ expected: Bool) {
    #expect(matches(self.pattern(pattern), text) == expected)
  }

  /// Only letters have another case: `[` and `{` differ in the same bit.
  @Test func lettersOnlyAreFolded() {
    for (first, second, expected) in [
      ("a", "A", true), ("z", "Z", true), ("{", "[", false), ("[", "{", false), ("`", "@", false),
      ("@", "`", false), ("1", "\u{11}", false), ("é", "É", false),
    ] {
      for like in [first, first + "%", "%" + first, "%" + first + "%", first + first] {
        let text = like == first + first ? second + second : second
        #expect(matches(pattern(like, ignoresCase: true), text) == expected, "\(like) \(text)")
        #expect(!matches(pattern(like), text), "\(like) \(text)")
      }
    }
  }

  @Test func agreesWithTryingEverything() {
    var generator = SeededGenerator(state: 1)
    let alphabet = ["a", "b", "A", "é", "😀"]
    var matched = 0
    for _ in 0..<20_000 {
      let letters = alphabet.prefix(Int.random(in: 1...5, using: &generator))
      let symbols = Array(letters) + ["%", "%", "_"]
      let text = (0..<Int.random(in: 0...9, using: &generator))
        .map { _ in letters.randomElement(using: &generator) ?? "" }.joined()
      let like = (0..<Int.random(in: 0...7, using: &generator))
        .map { _ in symbols.randomElement(using: &generator) ?? "" }.joined()
      let ignoresCase = Bool.random(using: &generator)
      let expected =
        ignoresCase
        ? oracle(Array(fold(like).unicodeScalars)[...], Array(fold(text).unicodeScalars)[...])
        : oracle(Array(like.unicodeScalars)[...], Array(text.unicodeScalars)[...])
      if expected { matched += 1 }
      #expect(
        matches(pattern(like, ignoresCase: ignoresCase), text) == expected,
        "\(like) on \(text) \(ignoresCase)")
    }
    #expect(matched > 2_000 && matched < 18_000)
  }

  /// Segments longer than a word of bits, and many segments that share words.
  @Test func longPatternsAgreeWithTryingEverything() {
    var generator = SeededGenerator(state: 2)
    var matched = 0
    for round in 0..<600 {
      let text = (0..<300).map { _ in Int.random(in: 0..<20, using: &generator) == 0 ? "é" : "a" }.joined()
      let scalars = Array(text.unicodeScalars)
      let start = Int.random(in: 0..<100, using: &generator)
      let length = Int.random(in: 60...190, using: &generator)
      var piece = scalars[start..<start + length].map { Bool.random(using: &generator) ? $0 : "_" }
      if round % 3 == 0 { piece[Int.random(in: 0..<length, using: &generator)] = "b" }
      if round % 5 == 0 { piece.insert("%", at: length / 2) }
      if round % 7 == 0 { piece.insert("%", at: length / 3) }
      let like = "%" + piece.map { String($0) }.joined() + "%"
      let expected = segments(like, in: scalars)
      if expected { matched += 1 }
      #expect(matches(pattern(like), text) == expected, "\(like) on \(text)")
    }
    #expect(matched > 300 && matched < 600)
  }

  /// Greedy over scalars, each segment tried at every place: an oracle that long patterns allow.
  private func segments(_ like: String, in text: [Unicode.Scalar]) -> Bool {
    var start = 0
    for segment in like.unicodeScalars.split(separator: "%").map(Array.init) {
      let place = (start...text.count).first { place in
        place + segment.count <= text.count
          && segment.indices.allSatisfy { segment[$0] == "_" || segment[$0] == text[place + $0] }
      }
      guard let place else { return false }
      start = place + segment.count
    }
    return true
  }

  /// Patterns that make backtracking take longer than the universe lasts.
  @Test func noPatternIsSlow() {
    let text = String(repeating: "a", count: 100_000)
    let patterns = [
      String(repeating: "a%", count: 512) + "b", "%" + String(repeating: "a", count: 1_000) + "b%",
      "%" + String(repeating: "_", count: 1_000) + "b%", String(repeating: "%a_", count: 340) + "%b%",
    ]
    for like in patterns {
      let time = ProcessorTime.measure { #expect(!matches(pattern(like), text)) }
      #expect(time < .seconds(5), "\(like.prefix(10))")
    }
  }
}
