import TamisJSON
import TamisModel
import TamisTesting
import Testing

@Suite("JSON as RFC 8259 has it")
struct JSONTests {
  @Test("what is read and written again")
  func roundTrip() throws {
    let rows: [(String, String)] = [
      ("null", "null"),
      (" [ ] ", "[]"),
      ("{\t\"a\" :\r\n1 , \"b\":[true,false,null]}", #"{"a":1,"b":[true,false,null]}"#),
      ("-0", "-0"),
      ("0.10", "0.10"),
      ("-12e+05", "-12e+05"),
      ("9007199254740993", "9007199254740993"),
      (#""\u0041\/\b\f\n\r\t\"\\""#, #""A/\u0008\u000c\n\r\t\"\\""#),
      (#""\uD83D\uDE00é\u00e9\u2028""#, "\"\u{1F600}éé\u{2028}\""),
      (#"{"":{"":[]}}"#, #"{"":{"":[]}}"#),
      (#"[[1,[2]],"3"]"#, #"[[1,[2]],"3"]"#),
    ]
    for (text, expected) in rows {
      let document = try JSONDocument.parse(Array(text.utf8), limits: QueryLimits())
      #expect(String(decoding: document.minified(0), as: UTF8.self) == expected)
      let again = try JSONDocument.parse(document.minified(0), limits: QueryLimits())
      #expect(again.minified(0) == document.minified(0))
    }
  }

  @Test("faults, each at its place")
  func faults() throws {
    let rows: [(String, String)] = [
      ("«»", "a value"),
      ("{«»", "a member's name or '}'"),
      ("[1«»", "',' or a closing bracket"),
      (#"{"a"«»"#, "':'"),
      (#"{"a"«1»}"#, "':'"),
      (#"{"a":«}»"#, "a value"),
      (#"{"a":1,«}»"#, "a member's name"),
      ("[1,«]»", "a value"),
      ("[1«}»", "',' or ']'"),
      ("[1 «2»]", "',' or ']'"),
      ("{«a»:1}", "a member's name"),
      ("1 «2»", "the end of the text"),
      ("{}«x»", "the end of the text"),
      ("«t»ru", "'true'"),
      ("«N»aN", "a value"),
      ("«01»", "a number without leading zeros"),
      ("-«»", "a digit"),
      ("-«x»", "a digit"),
      ("1.«»", "a digit"),
      ("1e+«x»", "a digit"),
      ("«.»5", "a value"),
      ("«+»1", "a value"),
      ("«'»a'", "a value"),
      (#""a«»"#, "'\"'"),
      ("\"a«\n»\"", "an escaped control character"),
      (#""«\x»""#, "an escape"),
      (#""«\u»12""#, "four hexadecimal digits"),
      (#""«\uD800»""#, "a pair of surrogates"),
      (#""«\uDC00»""#, "a pair of surrogates"),
      (#""«\uD800»\u0041""#, "a pair of surrogates"),
      ("«\u{FEFF}»{}", "a value"),
    ]
    for (row, expected) in rows {
      let marked = try #require(MarkedText(row))
      let error = try #require(throws: QueryError.self) { try parse(marked.text) }
      let first = try #require(error.diagnostics.first)
      #expect(first.problem == .invalidJSON(expected: expected), "\(row)")
      // A character of several bytes is marked by its first.
      #expect(first.span.start == marked.spans.first?.start, "\(row)")
      if marked.text.utf8.count == marked.text.count { #expect(first.span == marked.spans.first, "\(row)") }
    }
  }

  @Test("other problems have codes of their own")
  func otherFaults() throws {
    let rows: [(String, String)] = [
      (#"{"a":1,«"a"»:2}"#, "syntax.duplicate-member"),
      (#"{"a":1,«"\u0061"»:2}"#, "syntax.duplicate-member"),
      (#"[{"x":{"b":1,"c":2,«"b"»:1}}]"#, "syntax.duplicate-member"),
      (#""a«\u0000»""#, "syntax.nul-byte"),
    ]
    for (row, code) in rows {
      let marked = try #require(MarkedText(row))
      let error = try #require(throws: QueryError.self) { try parse(marked.text) }
      #expect(error.diagnostics.map(\.code) == [code])
      #expect(error.diagnostics.map(\.span) == marked.spans)
    }
    let invalid: [[UInt8]] = [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]]
    for bytes in invalid {
      let error = try #require(throws: QueryError.self) {
        try JSONDocument.parse([0x22] + bytes + [0x22], limits: QueryLimits())
      }
      #expect(error.diagnostics.map(\.code) == ["syntax.invalid-utf8"])
    }
  }

  @Test("many members, all different or not")
  func manyMembers() throws {
    let members = (0..<20_000).map { #""m\#($0)":0"# }
    let fine = try parse("{" + members.joined(separator: ",") + "}")
    #expect(fine.nodes[0].count == 20_000)
    let error = try #require(throws: QueryError.self) {
      try parse("{" + (members + [#""m77":1"#]).joined(separator: ",") + "}")
    }
    #expect(error.diagnostics.map(\.problem) == [.duplicateMember(name: "m77")])
  }

  @Test("depth")
  func depth() throws {
    var limits = QueryLimits()
    limits.depth = 3
    _ = try JSONDocument.parse(Array("[[[1]]]".utf8), limits: limits)
    let error = try #require(throws: QueryError.self) {
      try JSONDocument.parse(Array("[[[[1]]]]".utf8), limits: limits)
    }
    #expect(error.diagnostics == [Diagnostic(.tooDeep(limit: 3), SourceSpan(3, 4))])
    limits.depth = .max
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: QueryError.self) { try JSONDocument.parse(Array(deep.utf8), limits: limits) }
  }

  @Test("members, items, spans and pointers")
  func access() throws {
    let text = #"{"a": [10, {"b/~": "x"}], "c": 5}"#
    let document = try parse(text)
    let array = try #require(document.member("a", of: 0))
    let items = document.items(of: array)
    #expect(items.map { document.nodes[$0].kind } == [.number, .object])
    let inner = try #require(document.value(at: ["b/~"], from: items[1]))
    #expect(document.string(at: inner) == "x")
    #expect(text.slice(document.nodes[array].span) == #"[10, {"b/~": "x"}]"#)
    #expect(document.pointer(to: inner) == "/a/1/b~1~0")
    #expect(document.pointer(to: inner - 1) == "/a/1/b~1~0")
    #expect(document.pointer(to: items[0]) == "/a/0")
    #expect(document.pointer(to: try #require(document.member("c", of: 0))) == "/c")
    #expect(document.pointer(to: 0) == "")
    #expect(document.member("d", of: 0) == nil)
    #expect(document.member("a", of: array) == nil)
    #expect(document.members(of: 0).map { document.string(at: $0.name) } == ["a", "c"])
  }

  @Test("the writer")
  func writer() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("a\u{1}")
    writer.beginArray()
    writer.integer(1)
    writer.string("\u{1F600}\"")
    writer.null()
    writer.endArray()
    writer.name("b")
    writer.boolean(true)
    writer.endObject()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self) == "{\"a\\u0001\":[1,\"\u{1F600}\\\"\",null],\"b\":true}")
  }

  private func parse(_ text: String) throws(QueryError) -> JSONDocument {
    try JSONDocument.parse(Array(text.utf8), limits: QueryLimits())
  }
}
