import TamisModel
import TamisSyntax
import TamisTesting
import Testing

/// What can not be read, and where: `«…»` marks the span in the request.
@Suite("Faults of spelling, each at its place")
struct FaultTests {
  private typealias Row = (dialect: QueryDialect, marked: String, code: String, parameter: String?)

  @Test("escapes and bytes")
  func bytes() {
    check([
      (.suffix, "a_eq=«%»", "syntax.malformed-escape", nil),
      (.suffix, "a_eq=x«%4»&b_eq=1", "syntax.malformed-escape", nil),
      (.suffix, "a_eq=«%zz»y", "syntax.malformed-escape", nil),
      (.suffix, "a_eq=%41«%4G»", "syntax.malformed-escape", nil),
      (.suffix, "«%xa»_eq=1", "syntax.malformed-escape", nil),
      (.jsonAPI, "filter[a«%»]=1", "syntax.malformed-escape", nil),
      (.jsonAPI, "sort=a,«%qq»", "syntax.malformed-escape", nil),
      (.suffix, "a_eq=«%00»", "syntax.nul-byte", nil),
      (.suffix, "a_eq=x«\0»", "syntax.nul-byte", nil),
      (.suffix, "a«\0»_eq=x", "syntax.nul-byte", nil),
      (.bracket, "a[«%00»]=1", "syntax.nul-byte", nil),
      (.suffix, "a_eq=%C3%A9«%FF»", "syntax.invalid-utf8", nil),
      (.suffix, "a_eq=«%C3»", "syntax.invalid-utf8", nil),
      (.suffix, "a_eq=«%ED»%A0%80", "syntax.invalid-utf8", nil),
      (.suffix, "a_eq=«%C0»%80", "syntax.invalid-utf8", nil),
      (.suffix, "a_eq=+«%F4»%90%80%80", "syntax.invalid-utf8", nil),
      (.suffix, "a_eq=1«;»b_eq=2;", "syntax.raw-semicolon", nil),
    ])
  }

  @Test("bytes that are no UTF-8 as they are")
  func rawBytes() {
    let query = Parser.parse([0x61, 0x3D, 0x41, 0xFF, 0x42], as: .suffix, limits: QueryLimits())
    #expect(query.diagnostics.map(\.code) == ["syntax.invalid-utf8"])
    #expect(query.diagnostics.map(\.span) == [SourceSpan(3, 4)])
    #expect(ParsedInvariants.faults(query, sourceCount: 5) == [])
  }

  @Test("names and brackets")
  func names() {
    check([
      (.suffix, "«=»5", "syntax.empty-name", nil),
      (.suffix, "a_eq=1&«=»", "syntax.empty-name", nil),
      (.bracket, "«[»a]=1", "syntax.empty-name", nil),
      (.bracket, "«[»]=1", "syntax.empty-name", nil),
      (.bracket, "a«[b»=1", "syntax.malformed-brackets", nil),
      (.bracket, "a«]»=1", "syntax.malformed-brackets", nil),
      (.bracket, "a[b]«c»=1", "syntax.malformed-brackets", nil),
      (.bracket, "a[b]«]»=1", "syntax.malformed-brackets", nil),
      (.bracket, "a«[[b]]»=1", "syntax.malformed-brackets", nil),
      (.bracket, "a[b]«[»=1", "syntax.malformed-brackets", nil),
      (.bracket, "a«%5Bb»=1", "syntax.malformed-brackets", nil),
      (.bracket, "a«%5D»=1", "syntax.malformed-brackets", nil),
      (.jsonAPI, "sort=a«»", "", nil),
      (.jsonAPI, "sort=a,«,»b", "syntax.empty-name", "sort"),
      (.jsonAPI, "sort=a,«»", "syntax.empty-name", "sort"),
      (.jsonAPI, "sort=«»", "syntax.empty-name", "sort"),
      (.jsonAPI, "sort«»", "syntax.empty-name", "sort"),
      (.jsonAPI, "sort=«-»,a", "syntax.empty-name", "sort"),
      (.jsonAPI, "fields[t]=«»", "syntax.empty-name", "fields[t]"),
      (.suffix, "include=«,»a", "syntax.empty-name", "include"),
      (.body, #"{"sort":[«""»]}"#, "syntax.empty-name", "/sort/0"),
      (.body, #"{"sort":["a",«"-"»]}"#, "syntax.empty-name", "/sort/1"),
      (.body, #"{"fields":[«""»]}"#, "syntax.empty-name", "/fields/0"),
      (.body, #"{"sort_by":«""»}"#, "syntax.empty-name", "/sort_by"),
    ])
  }

  @Test("shapes, page settings, words")
  func shapes() {
    check([
      (.jsonAPI, "«filter»=1", "syntax.wrong-shape", "filter"),
      (.jsonAPI, "«filter[]»=1", "syntax.wrong-shape", "filter[]"),
      (.jsonAPI, "«page»=1", "syntax.wrong-shape", "page"),
      (.jsonAPI, "«fields»=a", "syntax.wrong-shape", "fields"),
      (.jsonAPI, "«include[x]»=a", "syntax.wrong-shape", "include[x]"),
      (.jsonAPI, "«sort[a][b]»=x", "syntax.wrong-shape", "sort[a][b]"),
      (.jsonAPI, "«page[foo]»=1", "name.unknown-page-setting", "page[foo]"),
      (.jsonAPI, "«page[]»=1", "name.unknown-page-setting", "page[]"),
      (.bracket, "«order»=a", "syntax.wrong-shape", "order"),
      (.bracket, "«order[]»=a", "syntax.wrong-shape", "order[]"),
      (.bracket, "«order[a][b]»=asc", "syntax.wrong-shape", "order[a][b]"),
      (.bracket, "«exists»=1", "syntax.wrong-shape", "exists"),
      (.bracket, "«exists[a][]»=1", "syntax.wrong-shape", "exists[a][]"),
      (.bracket, "«page[]»=1", "syntax.wrong-shape", "page[]"),
      (.bracket, "order[a]=«up»", "value.invalid", "order[a]"),
      (.suffix, "logical_operator=«xor»", "name.unknown-connective", "logical_operator"),
      (.suffix, "«logical_operator»", "name.unknown-connective", "logical_operator"),
      (.body, #"{"logical_operator":«"xor"»}"#, "name.unknown-connective", "/logical_operator"),
      (.body, #"{"logical_operator":«1»}"#, "syntax.wrong-shape", "/logical_operator"),
      (.body, #"{"sort_by":"a","sort_order":«"up"»}"#, "value.invalid", "/sort_order"),
      (.body, #"{"sort_order":«"asc"»}"#, "combination.missing-parameter", "/sort_order"),
      (.body, "«[]»", "syntax.wrong-shape", ""),
      (.body, "«1»", "syntax.wrong-shape", ""),
      (.body, #"{"filters":«{}»}"#, "syntax.wrong-shape", "/filters"),
      (.body, #"{"filters":[«1»]}"#, "syntax.wrong-shape", "/filters/0"),
      (.body, #"{"filter":«[]»}"#, "syntax.wrong-shape", "/filter"),
      (.body, #"{"filter":{"and":«1»}}"#, "syntax.wrong-shape", "/filter/and"),
      (.body, #"{"filter":{"any":«1»,"where":{}}}"#, "syntax.wrong-shape", "/filter/any"),
      (.body, #"{"filter":«{"any":"a"}»}"#, "combination.missing-parameter", "/filter"),
      (.body, #"{"filters":[«{"operator":"eq","value":1}»]}"#, "combination.missing-parameter", "/filters/0"),
      (.body, #"{"filters":[«{"field":"a"}»]}"#, "combination.missing-parameter", "/filters/0"),
      (.body, #"{"filters":[{"field":«1»,"operator":"eq"}]}"#, "syntax.wrong-shape", "/filters/0/field"),
      (
        .body, #"{"filter":{"field":"a","operator":"in","values":«1»}}"#, "syntax.wrong-shape",
        "/filter/values"
      ),
      (
        .body, #"{"filter":{"field":"a","operator":"in","value":1,"values":«[]»}}"#,
        "combination.conflicting-parameters", "/filter/values"
      ),
      (.body, #"{"filter":{"and":[],«"a/~b"»:1}}"#, "name.unknown-parameter", "/filter/a~1~0b"),
      (.body, #"{"filter":{"and":[],«"or"»:[]}}"#, "name.unknown-parameter", "/filter/or"),
      (.body, #"{"filters":[],"filter":«{"and":[]}»}"#, "combination.conflicting-parameters", "/filter"),
      (.body, #"{"sort_by":"a","sort":«["b"]»}"#, "combination.conflicting-parameters", "/sort"),
      (.body, #"{"limit":«null»}"#, "value.null", "/limit"),
      (.body, #"{"x":«null»}"#, "value.null", "/x"),
      (.body, #"{"sort":«"a"»}"#, "syntax.wrong-shape", "/sort"),
      (.body, #"{"include":[«1»]}"#, "syntax.wrong-shape", "/include/0"),
    ])
  }

  @Test("names that come twice")
  func repetition() {
    check([
      (.suffix, "a_eq=1&b_eq=2&«a_eq=3»", "combination.repeated-parameter", "a_eq"),
      (.suffix, "a_eq=1&«%61_eq=3»", "combination.repeated-parameter", "a_eq"),
      (.suffix, "limit=1&«limit=1»", "combination.repeated-parameter", "limit"),
      (.suffix, "a_eq=1&«a_eq»", "combination.repeated-parameter", "a_eq"),
      (.jsonAPI, "filter[a]=1&filter[b]=1&«filter[a]=2»", "combination.repeated-parameter", "filter[a]"),
      (.jsonAPI, "filter[a]=1&«filter%5Ba]=2»", "combination.repeated-parameter", "filter[a]"),
      (.jsonAPI, "sort=a&«sort=b»", "combination.repeated-parameter", "sort"),
      (.bracket, "a=1&«a[]=2»", "combination.repeated-parameter", "a[]"),
      (.bracket, "a[]=1&a[]=2&«a=3»", "combination.repeated-parameter", "a"),
      (.bracket, "a[gt]=1&a[lt]=1&«a[gt]=2»", "combination.repeated-parameter", "a[gt]"),
      (.suffix, "a=1&aa=1&ab=1&ba=1&a_=1«»", "", nil),
      (.jsonAPI, "sort=a&sort[t]=b&filter[sort]=1«»", "", nil),
    ])
  }

  @Test("seventeen names and more are compared, too")
  func manyNames() {
    let names = (0..<100).map { "f\($0)_eq=1" }
    #expect(ParsedDump.parse(names.joined(separator: "&"), .suffix).diagnostics == [])
    let twice = ParsedDump.parse((names + ["f42_eq=2"]).joined(separator: "&"), .suffix)
    #expect(twice.diagnostics.map(\.code) == ["combination.repeated-parameter"])
    #expect(twice.diagnostics.first?.parameter == "f42_eq")
    #expect(twice.filter.count == 101)
  }

  @Test("all faults at once; what can be read is read")
  func manyFaults() {
    let query = ParsedDump.parse("a_eq=%&=1&b_eq=%ff&c_eq=3&limit=4", .suffix)
    #expect(
      ParsedDump.line(query) == "suffix a_eq='%'; suffix b_eq='?'; suffix c_eq='3'; page limit limit='4'; "
        + "! syntax.malformed-escape; ! syntax.empty-name; ! syntax.invalid-utf8")
  }

  private func check(_ rows: [Row]) {
    for row in rows {
      guard let marked = MarkedText(row.marked) else {
        Issue.record("the marks of \(row.marked) do not match")
        continue
      }
      let query = ParsedDump.parse(marked.text, row.dialect)
      #expect(query.diagnostics.map(\.code) == (row.code.isEmpty ? [] : [row.code]), "\(row.marked)")
      if !row.code.isEmpty {
        #expect(MarkedText.mark(marked.text, at: query.diagnostics.map(\.span)) == row.marked)
      }
      if let parameter = row.parameter {
        #expect(query.diagnostics.first?.parameter == parameter, "\(row.marked)")
      }
      #expect(ParsedInvariants.faults(query, sourceCount: marked.text.utf8.count) == [], "\(row.marked)")
    }
  }
}
