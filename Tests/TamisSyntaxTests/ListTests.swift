import TamisModel
import TamisSyntax
import Testing

/// Lists are split before decoding, and each item knows where it was written.
@Suite("Lists in a URL")
struct ListTests {
  @Test("an escaped separator is data")
  func split() {
    let rows: [(String, ListSeparator, [String])] = [
      ("", .comma, [""]),
      ("USD", .comma, ["USD"]),
      ("USD,EUR", .comma, ["USD", "EUR"]),
      (",a,", .comma, ["", "a", ""]),
      ("a%2Cb,c", .comma, ["a,b", "c"]),
      ("%2C%2c,%C3%A9,+", .comma, [",,", "é", " "]),
      ("a|b", .comma, ["a|b"]),
      ("1|9", .bar, ["1", "9"]),
      ("1%7C9|5", .bar, ["1|9", "5"]),
      ("1..9", .dots, ["1", "9"]),
      ("1...9", .dots, ["1", ".9"]),
      ("1..2..3", .dots, ["1", "2..3"]),
      ("1%2E.9", .dots, ["1..9"]),
      ("..", .dots, ["", ""]),
    ]
    for (text, separator, expected) in rows {
      let source = "a_in=\(text)"
      var query = ParsedDump.parse(source, .suffix)
      query.filter[0].value = query.split(query.filter[0].value, at: separator)
      let items = self.items(query, query.filter[0].value)
      #expect(items.map { query.string(of: $0.text) } == expected, "\(text)")
      #expect(items.map { source.slice($0.text.span) }.joined(separator: separator.spelling) == text)
    }
  }

  @Test("a body's text has no bytes to split")
  func body() {
    var query = ParsedDump.parse(#"{"filter":{"field":"a","operator":"in","value":"x,y"}}"#, .body)
    query.filter[0].value = query.split(query.filter[0].value, at: .comma)
    #expect(ParsedDump.line(query) == #"body a|in="x,y""#)
  }

  private func items(_ query: ParsedQuery, _ list: ParsedValue) -> ArraySlice<ParsedValue> {
    #expect(list.kind == .list)
    return query.items[list.items]
  }
}

extension ListSeparator {
  var spelling: String {
    switch self {
    case .comma: ","
    case .bar: "|"
    case .dots: ".."
    }
  }
}

extension String {
  func slice(_ span: SourceSpan) -> String {
    String(decoding: Array(utf8)[span.start..<span.end], as: UTF8.self)
  }
}
