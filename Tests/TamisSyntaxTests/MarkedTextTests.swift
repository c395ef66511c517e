import TamisModel
import TamisTesting
import Testing

@Suite("Marks in a text")
struct MarkedTextTests {
  @Test("marks become spans, and spans marks")
  func bothWays() throws {
    let rows: [(String, [(Int, Int)])] = [
      ("a", []),
      ("«»a", [(0, 0)]),
      ("a«b»c«d»", [(1, 2), (3, 4)]),
      ("é«ü»", [(2, 4)]),
      ("«a«b»»", [(0, 2), (1, 2)]),
      ("a«»", [(1, 1)]),
    ]
    for (marked, places) in rows {
      let text = try #require(MarkedText(marked))
      #expect(text.spans == places.map { SourceSpan($0.0, $0.1) })
      #expect(MarkedText.mark(text.text, at: text.spans) == marked)
    }
    #expect(MarkedText("a»") == nil)
    #expect(MarkedText("«a") == nil)
  }
}
