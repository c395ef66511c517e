import TamisModel
import Testing

@testable import TamisMemory

/// Regular expressions over records: what is asked before them, and what a failure ends.
@Suite struct RecordRegexTests {
  /// Takes more steps than a match may.
  private static let costly = "(a+)+$"

  /// A record whose name is too much for the pattern.
  private func record(_ members: String) throws -> Record {
    try sample(#""name":"\#(String(repeating: "a", count: 5_000))!""# + members)
  }

  private func costly(_ other: Predicate) throws -> RecordSetPredicate {
    let pattern = Predicate.matches("name", Self.costly, isNegated: false)
    return RecordSetPredicate(try #require(Query(samples, where: .and([pattern, other]))))
  }

  /// Where what is asked first decides, no text is matched, and nothing fails.
  @Test func absenceIsAskedBeforePatterns() throws {
    let absent = try costly(.isNull("count", isNegated: false))
    #expect(try !absent.matches(record(#","count":1"#)))
    #expect(throws: QueryError.self) { try absent.matches(record("")) }
  }

  @Test func numbersAreComparedBeforePatterns() throws {
    let one = try costly(.compare("count", .equal, .integer(1)))
    #expect(try !one.matches(record(#","count":2"#)))
    #expect(throws: QueryError.self) { try one.matches(record(#","count":1"#)) }
  }

  /// Neither a text nor a key in a document is cheap: there the client's order counts.
  @Test func textsAreAskedInTheOrderGiven() throws {
    let text = try costly(.compare("other", .equal, .text("b")))
    #expect(throws: QueryError.self) { try text.matches(record(#","other":"c""#)) }
    let absent = try costly(.isNull(meta("k"), isNegated: false))
    #expect(throws: QueryError.self) { try absent.matches(record(#","meta":{"k":1}"#)) }
  }

  /// Else each of many rows would take as long as the first one that failed.
  @Test func afterAFailureNothingIsMatched() throws {
    let slot = FailureSlot()
    func test(_ pattern: String, at place: Int) -> RegexTest {
      RegexTest(Array(pattern.utf8), isNegated: false, span: SourceSpan(place, place + 1)).reporting(to: slot)
    }
    let text = Array(String(repeating: "a", count: 5_000).utf8) + [UInt8(ascii: "!")]
    func isFound(_ test: RegexTest) -> Bool { test.matches(text.span, 0..<text.count) }
    let cheap = test("a", at: 1)
    #expect(isFound(cheap))
    #expect(!slot.isFilled)
    #expect(!isFound(test(Self.costly, at: 2)))
    #expect(slot.isFilled)
    #expect(!isFound(cheap))
    // The first failure is the one that is told.
    slot.fill(QueryError(Diagnostic(.matchTooCostly(pattern: "b"), SourceSpan(3, 4))))
    #expect(
      slot.error?.diagnostics == [Diagnostic(.matchTooCostly(pattern: Self.costly), SourceSpan(2, 3))])
  }
}
