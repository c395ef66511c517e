import TamisModel
import TamisSyntax
import TamisTesting
import Testing

/// Each limit has a diagnostic of its own, at the first byte beyond it, however hostile the request is.
@Suite("Limits")
struct LimitTests {
  @Test("hostile requests are refused for the right reason")
  func hostile() {
    let commas = String(repeating: ",", count: 1_000_000)
    let deep = String(repeating: "[", count: 100_000)
    let rows: [(QueryDialect, String, String, Int)] = [
      (.suffix, "a_in=" + commas, "limit.bytes", 65_536),
      (.mixed, "a" + deep, "limit.bytes", 65_536),
      (.jsonAPI, "filter" + String(repeating: "[a]", count: 10_000) + "=1", "limit.depth", 6 + 16 * 3),
      (.suffix, "a_eq=" + String(repeating: "x", count: 8_193), "limit.value-bytes", 5),
      (.suffix, "a_eq=" + String(repeating: "%41", count: 8_193), "limit.value-bytes", 5),
      (.body, String(repeating: "[", count: 1_000_000), "limit.depth", 40),
      (.body, String(repeating: #"{"a":"#, count: 100_000), "limit.depth", 40 * 5),
      (.body, String(repeating: " ", count: 1_048_577), "limit.bytes", 1_048_576),
      (.jsonAPI, "sort=" + String(repeating: "a,", count: 2_000), "limit.list-items", 5 + 2_000),
    ]
    for (dialect, text, code, place) in rows {
      let query = ParsedDump.parse(text, dialect)
      #expect(query.diagnostics.map(\.code) == [code], "\(text.prefix(20))")
      #expect(query.diagnostics.first?.span.start == place, "\(text.prefix(20))")
      #expect(ParsedInvariants.faults(query, sourceCount: text.utf8.count) == [])
    }
  }

  @Test("as many as are allowed, and one more")
  func counted() {
    let rows: [(QueryDialect, (Int) -> String, Int, String)] = [
      (.suffix, { n in (0..<n).map { "f\($0)_eq=1" }.joined(separator: "&") }, 128, "limit.clauses"),
      (.jsonAPI, { n in (0..<n).map { "p\($0)=1" }.joined(separator: "&") }, 256, "limit.parameters"),
      (
        .bracket, { n in Array(repeating: "f[]=1", count: n).joined(separator: "&") }, 256, "limit.parameters"
      ),
      (
        .body, { n in "{" + (0..<n).map { "\"p\($0)\":1" }.joined(separator: ",") + "}" }, 256,
        "limit.parameters"
      ),
      (.bracket, { n in "f" + String(repeating: "[a]", count: n) + "=1" }, 16, "limit.depth"),
      (.suffix, { n in "a_eq=" + String(repeating: "x", count: n) }, 8_192, "limit.value-bytes"),
      (.body, { n in #"{"a":""# + String(repeating: "x", count: n) + #""}"# }, 8_192, "limit.value-bytes"),
      (.body, { n in Self.filters(n) }, 128, "limit.clauses"),
      (.body, { n in Self.nested(n) }, 16, "limit.depth"),
      (.body, { n in Self.values(n) }, 1_000, "limit.list-items"),
      (
        .body, { n in #"{"p":{"# + (0..<n).map { "\"m\($0)\":1" }.joined(separator: ",") + "}}" }, 1_000,
        "limit.list-items"
      ),
      (
        .body, { n in #"{"sort":["# + Array(repeating: #""a""#, count: n).joined(separator: ",") + "]}" },
        1_000, "limit.list-items"
      ),
    ]
    for (dialect, make, limit, code) in rows {
      #expect(ParsedDump.parse(make(limit), dialect).diagnostics == [], "\(code) \(dialect.rawValue)")
      let beyond = ParsedDump.parse(make(limit + 1), dialect)
      #expect(beyond.diagnostics.map(\.code) == [code], "\(code) \(dialect.rawValue)")
    }
  }

  @Test("items of one list are not clauses of their own")
  func listOfPairs() {
    let query = ParsedDump.parse(Array(repeating: "f[]=1", count: 200).joined(separator: "&"), .bracket)
    #expect(query.diagnostics == [])
    #expect(query.filter.count == 1)
    var limits = QueryLimits()
    limits.listItems = 3
    let short = ParsedDump.parse("f[]=1&f[]=2&f[]=3&f[]=4", .bracket, limits: limits)
    #expect(ParsedDump.line(short) == "bracket f|=['1', '2', '3']; ! limit.list-items")
  }

  @Test("problems are counted up to a limit")
  func diagnostics() {
    let text = String(repeating: "%", count: 5_000)
    let query = ParsedDump.parse("a_eq=" + text, .suffix)
    #expect(query.diagnostics.count == 33)
    #expect(query.diagnostics.last?.code == "limit.diagnostics")
    let body = #"{"filter":{"and":["# + Array(repeating: "1", count: 50_000).joined(separator: ",") + "]}}"
    #expect(ParsedDump.parse(body, .body).diagnostics.count == 33)
  }

  @Test("limits of nothing and of everything trap nowhere")
  func extremes() {
    for extreme in [0, 1, -1, Int.max, Int.min] {
      var limits = QueryLimits()
      limits.depth = extreme
      limits.parameters = extreme
      limits.clauses = extreme
      limits.listItems = extreme
      limits.valueBytes = extreme
      limits.diagnostics = extreme
      for (dialect, text) in Seeds.all {
        let query = ParsedDump.parse(text, dialect, limits: limits)
        #expect(ParsedInvariants.faults(query, sourceCount: text.utf8.count) == [], "\(extreme) \(text)")
      }
    }
  }

  private static func filters(_ count: Int) -> String {
    let one = #"{"field":"a","operator":"eq","value":1}"#
    return #"{"filters":["# + Array(repeating: one, count: count).joined(separator: ",") + "]}"
  }

  private static func nested(_ depth: Int) -> String {
    #"{"filter":"# + String(repeating: #"{"not":"#, count: depth - 1)
      + #"{"field":"a","operator":"eq","value":1}"# + String(repeating: "}", count: depth)
  }

  private static func values(_ count: Int) -> String {
    #"{"filter":{"field":"a","operator":"in","values":["#
      + Array(repeating: "1", count: count).joined(separator: ",") + "]}}"
  }
}
