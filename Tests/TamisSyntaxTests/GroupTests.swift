import TamisModel
import TamisSyntax
import TamisTesting
import Testing

/// Groups in names, as the tree that a body would give.
@Suite("Groups of a query string")
struct GroupTests {
  @Test("each dialect has its spelling of a group")
  func spellings() {
    check([
      (
        .jsonAPI, "filter[or][0][currency]=USD&filter[or][1][balance][gte]=5",
        "or (jsonAPI currency='USD'; jsonAPI balance|gte='5')"
      ),
      (
        .jsonAPI, "filter[or][0][and][1][x][gt]=5&filter[or][0][and][0][y]=1",
        "or (and (jsonAPI y='1'; jsonAPI x|gt='5'))"
      ),
      (.jsonAPI, "filter[not][a]=1", "not (jsonAPI a='1')"),
      (.jsonAPI, "filter%5Bor%5D%5B0%5D%5Ba%5D=1", "or (jsonAPI a='1')"),
      (.jsonAPI, "filter[not][thing][a][in]=1,2", "not (jsonAPI thing|a|in='1,2')"),
      (.jsonAPI, "filter[usage][not]=5,6", "jsonAPI usage|not='5,6'"),
      (.jsonAPI, "filter[not]=5", "jsonAPI not='5'"),
      (.jsonAPI, "or[0][a]=5", "parameter or|0|a='5'"),
      (
        .jsonAPIKeys, "filter[or][0][usage-gt]=5&filter[or][1][a]=1",
        "or (jsonAPIKeys usage-gt='5'; jsonAPIKeys a='1')"
      ),
      (
        .bracket, "or[0][currency]=USD&or[1][amount][gte]=5&not[type][]=A&not[type][]=B",
        "or (bracket currency='USD'; bracket amount|gte='5'); not (bracket type|=['A', 'B'])"
      ),
      (.bracket, "or[0][exists][a]=true&or[1][exists][b]", "or (exists a='true'; exists b=nothing)"),
      (.bracket, "exists[or]=true&order[or]=asc&or=5", "exists or='true'; bracket or='5'; sort +or"),
      (
        .suffix, "or[0][currency_eq]=USD&or%5B1%5D[amount_gte]=5%2C6",
        "or (suffix currency_eq='USD'; suffix amount_gte='5,6')"
      ),
      (
        .suffix, "or_eq=5&order[a]=1&not=3&nota[b]=2",
        "suffix or_eq='5'; suffix order[a]='1'; suffix not='3'; suffix nota[b]='2'"
      ),
      (.suffix, "not[any][items][amount_gt]=5", "not (any items (suffix amount_gt='5'))"),
      (
        .mixed, "or[0][a_gt]=1&or[1][b][lt]=2&filter[or][0][c]=3&or[2][d]=4&d=5&or[3][exists][e]=1",
        "or (suffix a_gt='1'; bracket b|lt='2'; suffix d='4'; exists e='1'); or (jsonAPI c='3'); suffix d='5'"
      ),
    ])
  }

  @Test("members are in the order of their numbers; what has no number, as it came")
  func order() {
    check([
      (
        .bracket, "or[10][a]=10&x=1&or[9][a]=9&or[0][a]=0&or[999999999999999999999999][a]=z",
        "or (bracket a='0'; bracket a='9'; bracket a='10'; bracket a='z'); bracket x='1'"
      ),
      (.bracket, "x=1&or[7][a]=1", "bracket x='1'; or (bracket a='1')"),
      // Criteria of one member are ANDed, wherever they stand.
      (
        .bracket, "or[1][a]=1&or[0][b]=2&or[1][c]=3&or[0][not][d]=4",
        "or (and (bracket b='2'; not (bracket d='4')); and (bracket a='1'; bracket c='3'))"
      ),
      // Without a number each criterion is a member.
      (
        .bracket, "or[b]=1&or[a]=2&or[and][c]=3&or[and][d]=4",
        "or (bracket b='1'; bracket a='2'; and (bracket c='3'; bracket d='4'))"
      ),
      (.bracket, "not[a]=1&not[b]=2", "not (and (bracket a='1'; bracket b='2'))"),
      (
        .bracket, "any[items][a]=1&any[items][b]=2&any[lines][a]=3",
        "any items (and (bracket a='1'; bracket b='2')); any lines (bracket a='3')"
      ),
      (.bracket, "and[0][or][a]=1&and[1][or][a]=2", "and (or (bracket a='1'); or (bracket a='2'))"),
      (.bracket, "or[0][and][0][not][a]=1&y=2", "or (and (not (bracket a='1'))); bracket y='2'"),
      (
        .suffix, "logical_operator=or&or[0][limit]=5&limit=6",
        "or (suffix limit='5'); connective or; page limit limit='6'"
      ),
    ])
  }

  @Test("what is no group is said where it stands")
  func faults() {
    checkFaults([
      (.bracket, "«or[][a]»=1", "syntax.wrong-shape", "or[][a]"),
      (.bracket, "x=1&«or[01][a]»=1", "syntax.wrong-shape", "or[01][a]"),
      (.bracket, "«or[0]»=1", "syntax.wrong-shape", "or[0]"),
      (.bracket, "«or[0][]»=1", "syntax.wrong-shape", "or[0][]"),
      (.bracket, "«not[0][a]»=1", "syntax.wrong-shape", "not[0][a]"),
      (.bracket, "«any[][a]»=1", "syntax.wrong-shape", "any[][a]"),
      (.bracket, "«any[items]»=1", "syntax.wrong-shape", "any[items]"),
      (.jsonAPI, "«filter[or][0]»=1", "syntax.wrong-shape", "filter[or][0]"),
      (.jsonAPIKeys, "«filter[or][0][a][]»=1", "syntax.wrong-shape", "filter[or][0][a][]"),
      (.suffix, "«or[0][a][eq]»=1", "syntax.wrong-shape", "or[0][a][eq]"),
      (.suffix, "or«[0»=1", "syntax.malformed-brackets", nil),
      (.suffix, "or[0]«]»=1", "syntax.malformed-brackets", nil),
      (.suffix, "or[0][a«%zz»]=1", "syntax.malformed-escape", nil),
      (.bracket, "or[0][a]=1&«or[b]»=1", "combination.conflicting-parameters", "or[b]"),
      (.bracket, "or[b]=1&«or[0][a]»=1", "combination.conflicting-parameters", "or[0][a]"),
      (.bracket, "or[0][a]=1&«or[0][a]=2»", "combination.repeated-parameter", "or[0][a]"),
      (.suffix, "or[0][a_eq]=1&«or[0][a_eq]=2»", "combination.repeated-parameter", "or[0][a_eq]"),
      (.bracket, "a[x][][or][0]=1&or[0][b]=2", nil, nil),
    ])
  }

  @Test("without groups their names are names like others")
  func off() {
    for (dialect, text, line) in [
      (QueryDialect.bracket, "or[0][a]=1", "bracket or|0|a='1'"),
      (.suffix, "or[0][a_eq]=1", "suffix or[0][a_eq]='1'"),
      (.jsonAPI, "filter[not][a]=1", "jsonAPI not|a='1'"),
    ] {
      let query = Parser.parse(Array(text.utf8), as: dialect, limits: QueryLimits(), groups: false)
      #expect(ParsedDump.line(query) == line)
    }
  }

  @Test("groups are as deep as brackets may be, and the limits hold")
  func limits() {
    let deep = String(repeating: "[not]", count: 14)
    #expect(ParsedDump.parse("filter\(deep)[a]=1", .jsonAPI).diagnostics == [])
    #expect(
      ParsedDump.parse("filter[not]\(deep)[not][a]=1", .jsonAPI).diagnostics.map(\.code) == ["limit.depth"])
    #expect(
      ParsedDump.parse("not\(deep)[not][not][a_eq]=1", .suffix).diagnostics.map(\.code) == ["limit.depth"])
    var limits = QueryLimits()
    limits.clauses = 2
    let cut = ParsedDump.parse("or[0][a]=1&or[1][b]=2&or[2][c]=3", .bracket, limits: limits)
    #expect(ParsedDump.line(cut) == "or (bracket a='1'; bracket b='2'); ! limit.clauses")
    // No limit is no reason to recurse without end.
    limits.depth = .max
    let endless = "filter" + String(repeating: "[not]", count: 12_000) + "[a]=1"
    #expect(ParsedDump.parse(endless, .jsonAPI, limits: limits).diagnostics.map(\.code) == ["limit.depth"])
  }

  /// Spellings that are the worst for a tree: many members, deep and shared paths, numbers of many digits.
  @Test("time is linear in the request")
  func linear() {
    var limits = QueryLimits()
    limits.parameters = 1_000_000
    limits.clauses = 1_000_000
    limits.queryBytes = 1 << 28
    let shapes: [(String, (Int) -> String)] = [
      ("members", { "or[\($0)][a]=1" }), ("descending", { "or[\(900_000 - $0)][a]=1" }),
      ("deep", { "and[0]" + String(repeating: "[not]", count: 12) + "[a\($0)]=1" }),
      ("relations", { "any[r\($0)][a]=1" }),
    ]
    for (name, pair) in shapes {
      let times = [1_000, 8_000].map { count in
        let bytes = Array((0..<count).map(pair).joined(separator: "&").utf8)
        return ProcessorTime.measure {
          let query = Parser.parse(bytes, as: .bracket, limits: limits)
          #expect(query.diagnostics.isEmpty && query.filter.count > count)
        }
      }
      // Eight times the input; a quadratic parser takes 64 times as long.
      #expect(times[1] < times[0] * 30, "\(name): \(times)")
    }
  }

  private func check(_ rows: [(QueryDialect, String, String)]) {
    for (dialect, text, line) in rows {
      let query = ParsedDump.parse(text, dialect)
      #expect(ParsedDump.line(query) == line, "\(dialect.rawValue) \(text)")
      #expect(ParsedInvariants.faults(query, sourceCount: text.utf8.count) == [])
    }
  }

  private func checkFaults(_ rows: [(QueryDialect, String, String?, String?)]) {
    for (dialect, marked, code, parameter) in rows {
      guard let request = MarkedText(marked) else {
        Issue.record("marks: \(marked)")
        continue
      }
      let query = ParsedDump.parse(request.text, dialect)
      #expect(query.diagnostics.map(\.code) == (code.map { [$0] } ?? []), "\(dialect.rawValue) \(marked)")
      #expect(query.diagnostics.map(\.span) == request.spans, "\(dialect.rawValue) \(marked)")
      #expect(query.diagnostics.first?.parameter == parameter, "\(dialect.rawValue) \(marked)")
      #expect(ParsedInvariants.faults(query, sourceCount: request.text.utf8.count) == [])
    }
  }
}
