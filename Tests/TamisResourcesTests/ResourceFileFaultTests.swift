import TamisModel
import TamisResources
import TamisTesting
import Testing

/// What is wrong with a file is said at its place, all at once.
struct ResourceFileFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let code: String
    /// The text of the span.
    let at: String
    var suggestion: String?

    init(_ file: String, _ code: String, at: String, suggestion: String? = nil) {
      self.file = file
      self.code = code
      self.at = at
      self.suggestion = suggestion
    }

    var testDescription: String { "\(code) \(at)" }
  }

  private static func file(_ more: String, field: String = "", type: String = #""integer""#) -> String {
    #"{"name":"things","dialect":"suffix","fields":[{"name":"id","type":"integer","primaryKey":true},"#
      + #"{"name":"size","type":\#(type)\#(field)}]\#(more)}"#
  }

  private static func parameter(_ condition: String) -> String {
    file(#","parameters":[{"name":"p","value":{"type":"text","condition":\#(condition)}}]"#)
  }

  static let cases: [Case] = [
    Case("", "syntax.invalid-json", at: ""),
    Case("[1,2]", "syntax.wrong-shape", at: "[1,2]"),
    Case(#"{"name":"a""#, "syntax.invalid-json", at: ""),
    Case(#"{"name":"a","name":"b"}"#, "syntax.duplicate-member", at: #""name""#),
    Case(#"{"name":"a\u0000"}"#, "syntax.nul-byte", at: #"\u0000"#),
    Case(#"{"name":"a","dialect":"suffix"}"#, "file.missing-member", at: #"{"name":"a","dialect":"suffix"}"#),
    Case(file(#","tabel":"t""#), "file.unknown-member", at: #""tabel""#, suggestion: "table"),
    Case(file(#","table":3"#), "syntax.wrong-shape", at: "3"),
    Case(file(#","table":null"#), "syntax.wrong-shape", at: "null"),
    Case(
      file("").replacing("\"suffix\"", with: "\"sufix\""), "value.unknown-case", at: "\"sufix\"",
      suggestion: "suffix"),
    Case(
      file(#","paging":{"kind":"pages","defaultSize":4,"defaultLimit":3}"#), "file.unknown-member", at: "3"),
    Case(file(#","paging":{"kind":"limitOffset"}"#), "file.missing-member", at: #"{"kind":"limitOffset"}"#),
    Case(file(#","paging":{"kind":"pages","defaultSize":1.5}"#), "value.out-of-range", at: "1.5"),
    Case(file(#","paging":{"kind":"pages","defaultSize":0}"#), "setup.invalid-resource", at: "{"),
    Case(file(#","limits":{"clause":3}"#), "file.unknown-member", at: #""clause""#, suggestion: "clauses"),
    Case(file(#","limits":{"clauses":1e99}"#), "value.out-of-range", at: "1e99"),
    Case(file(#","offsetMinutes":"2""#), "syntax.wrong-shape", at: #""2""#),
    Case(file(#","defaultSort":["-nope"]"#), "setup.invalid-resource", at: #""-nope""#),
    Case(file(#","defaultSort":[{"field":"size"}]"#), "file.missing-member", at: #"{"field":"size"}"#),
    Case(
      file(#","defaultSort":[{"field":"size","direction":"ascending","nulls":"larges"}]"#),
      "value.unknown-case", at: #""larges""#, suggestion: "largest"),
    Case(file(#","indexes":[{"name":"i"}]"#), "file.missing-member", at: #"{"name":"i"}"#),
    Case(file(#","indexes":[{"name":"i","keys":["sise"]}]"#), "setup.invalid-resource", at: #""sise""#),
    Case(file(#","indexes":[{"name":"i","keys":[]}]"#), "setup.invalid-resource", at: #""i""#),
    Case(
      file(#","indexes":[{"name":"i","relation":"r","keys":["size"]}]"#), "setup.invalid-resource",
      at: #""r""#),
    Case(
      file(#","indexes":[{"name":"i","keys":[{"field":"size","direction":"descanding"}]}]"#),
      "value.unknown-case", at: #""descanding""#, suggestion: "descending"),
    Case(
      file(#","indexes":[{"name":"i","keys":[{"field":"size","nulls":"largest"}]}]"#),
      "value.unknown-case", at: #""largest""#),
    Case(
      file(#","indexes":[{"name":"i","keys":[{"field":"size","form":"fold"}]}]"#), "value.unknown-case",
      at: #""fold""#),
    Case(
      file(#","indexes":[{"name":"i","keys":[{"field":"size","textOrder":"C"}]}]"#), "value.unknown-case",
      at: #""C""#),
    Case(
      file(#","indexes":[{"name":"i","keys":[{"field":"size","link":"foreignKey"}]}]"#),
      "combination.conflicting-parameters", at: #""foreignKey""#),
    Case(
      file(#","indexes":[{"name":"i","keys":[{"link":"foreign"}]}]"#), "value.unknown-case",
      at: #""foreign""#),
    Case(file(#","requireIndex":["filter"]"#), "value.unknown-case", at: #""filter""#, suggestion: "filters"),
    Case(file(#","requireIndex":"order""#), "syntax.wrong-shape", at: #""order""#),
    Case(file("", field: #","colum":"c""#), "file.unknown-member", at: #""colum""#, suggestion: "column"),
    Case(file("", field: #","nullable":"yes""#), "syntax.wrong-shape", at: #""yes""#),
    Case(file("", field: #","operators":["equ"]"#), "name.unknown-operator", at: #""equ""#, suggestion: "eq"),
    Case(file("", field: #","operators":["like"]"#), "setup.invalid-resource", at: #""size""#),
    Case(
      file("", field: #","storage":{"sqlite":"orderdText"}"#), "value.unknown-case", at: #""orderdText""#,
      suggestion: "orderedText"),
    Case(file("", field: #","keyLevels":0"#), "value.out-of-range", at: "0"),
    Case(file("", field: #","recordPath":[]"#), "setup.invalid-resource", at: #""size""#),
    Case(file("", type: #""int""#), "value.unknown-case", at: #""int""#),
    Case(file("", type: #""integr""#), "value.unknown-case", at: #""integr""#, suggestion: "integer"),
    Case(file("", type: #"{"decimal":{"precision":3}}"#), "file.missing-member", at: #"{"precision":3}"#),
    Case(
      file("", type: #"{"decimal":{"precision":3,"scale":4}}"#), "setup.invalid-resource", at: #""size""#),
    Case(
      file("", type: #"{"decimal":{"precision":3,"scale":1},"enumeration":{"cases":["a"]}}"#),
      "combination.conflicting-parameters", at: #"{"cases":["a"]}"#),
    Case(file("", type: "{}"), "file.missing-member", at: "{}"),
    Case(
      file("", type: #"{"enumeration":{"cases":["a",{"name":"b"}]}}"#), "file.missing-member",
      at: #"{"name":"b"}"#),
    Case(file("", type: #"{"enumeration":{"cases":["a","a"]}}"#), "setup.invalid-resource", at: #""size""#),
    Case(
      file(#","relations":[{"name":"r","cardinality":"some","fields":[]}]"#), "value.unknown-case",
      at: #""some""#),
    Case(
      file(#","relations":[{"name":"r","cardinality":"one","fields":[]}]"#), "setup.invalid-resource",
      at: #""r""#),
    Case(file(#","parameters":[{"name":"p"}]"#), "file.missing-member", at: #"{"name":"p"}"#),
    Case(file(#","parameters":[57]"#), "syntax.wrong-shape", at: "57"),
    Case(
      file(#","parameters":[{"name":"p","choice":{"choices":[],"default":"x"}}]"#), "setup.invalid-resource",
      at: #""p""#),
    Case(parameter("null"), "syntax.wrong-shape", at: "null"),
    Case(parameter("{}"), "file.missing-member", at: "{}"),
    Case(
      parameter(#"{"and":[{"not":{"field":"size","operator":"eq"}}]}"#), "file.missing-member",
      at: #"{"field":"size","operator":"eq"}"#),
    Case(parameter(#"{"and":[],"or":[]}"#), "combination.conflicting-parameters", at: "[]"),
    Case(parameter(#"{"and":[],"value":"3"}"#), "file.unknown-member", at: #""3""#),
    Case(parameter(#"{"any":"lines"}"#), "file.missing-member", at: #"{"any":"lines"}"#),
    Case(parameter(#"{"any":"lines","where":true}"#), "setup.invalid-resource", at: #""lines""#),
    Case(
      parameter(#"{"field":"sise","operator":"eq","argument":true}"#), "setup.invalid-resource",
      at: #""sise""#),
    Case(parameter(#"{"field":"size","operator":"like","value":"3"}"#), "value.unknown-case", at: #""like""#),
    Case(parameter(#"{"field":"size","operator":"eq","value":3}"#), "syntax.wrong-shape", at: "3"),
    Case(parameter(#"{"field":"size","operator":"eq","argument":false}"#), "syntax.wrong-shape", at: "false"),
    Case(parameter(#"{"field":"size","operator":"eq","value":"x"}"#), "setup.invalid-resource", at: #""p""#),
    Case(
      file(#","scopes":[{"name":"s","type":"text"}]"#), "file.missing-member",
      at: #"{"name":"s","type":"text"}"#),
  ]

  @Test(arguments: cases)
  func isSaid(_ example: Case) throws {
    let error = #expect(throws: QueryError.self) { try ResourceFile.read(example.file) }
    let bytes = Array(example.file.utf8)
    let found = try #require(error?.diagnostics.first)
    #expect(found.code == example.code, "\(found.message)")
    #expect(found.span.end <= bytes.count)
    let text = String(decoding: bytes[found.span.start..<found.span.end], as: UTF8.self)
    #expect(text == example.at, "\(found.message)")
    #expect(found.suggestion == example.suggestion)
  }

  @Test func everyFaultAtOnce() throws {
    let file = #"""
      {"name": 3, "dialect": "url", "colour": 1, "fields": [
        {"name": "a", "typ": "text"}, {"name": "b", "type": "number", "sortable": 1},
        7
      ], "parameters": [{"name": "p", "flag": {"whenTrue": true, "whenFalse": 0}}]}
      """#
    let error = try #require(#expect(throws: QueryError.self) { try ResourceFile.read(file) })
    #expect(
      error.diagnostics.map { "\($0.code) \($0.parameter ?? "")" } == [
        "syntax.wrong-shape /name", "value.unknown-case /dialect", "file.unknown-member /colour",
        "file.missing-member /fields/0", "file.unknown-member /fields/0/typ",
        "value.unknown-case /fields/1/type",
        "syntax.wrong-shape /fields/1/sortable", "syntax.wrong-shape /fields/2",
        "file.missing-member /parameters/0/flag", "syntax.wrong-shape /parameters/0/flag/whenFalse",
      ])
  }

  @Test func hostileFilesEndInDiagnostics() throws {
    let deep = Self.parameter(
      String(repeating: #"{"not":"#, count: 5_000) + "true" + String(repeating: "}", count: 5_000))
    let start = #"{"name":"a","dialect":"suffix","fields":["#
    let fields = (0..<5_000).map { #"{"name":"f\#($0)","type":"text","primaryKey":true}"# }
    let many = start + fields.joined(separator: ",") + "]}"
    let wrong = start + Array(repeating: "0", count: 200_000).joined(separator: ",") + "]}"
    for (file, code) in [
      (deep, "limit.depth"), (many, "limit.list-items"), (wrong, "limit.list-items"),
      (String(repeating: "[", count: 1_000_000), "limit.depth"),
      (#"{"name":""# + String(repeating: "x", count: 5 << 20), "limit.bytes"),
    ] {
      let error = try #require(#expect(throws: QueryError.self) { try ResourceFile.read(file) })
      #expect(error.diagnostics.contains { $0.code == code }, "\(code): \(error.diagnostics.count)")
    }
  }

  /// A condition is as deep as it may be, and is read and written without harm.
  @Test func deepConditions() throws {
    let file = Self.parameter(
      String(repeating: #"{"not":"#, count: 49) + "true" + String(repeating: "}", count: 49))
    let resource = try ResourceFile.read(file)
    #expect(try ResourceFile.read(ResourceFile.write(resource)) == resource)
  }

  /// Every cut and every changed byte of a file gives a resource or diagnostics within the file.
  @Test func damagedFilesEndInDiagnostics() {
    let file = Array(ResourceFile.write(FileSamples.everything).utf8)
    var random = RandomSource(seed: 7)
    for round in 0..<3_000 {
      var bytes = file
      if round % 3 == 0 {
        bytes.removeSubrange(random.below(bytes.count)...)
      } else {
        for _ in 0..<random.within(1...3) {
          bytes[random.below(bytes.count)] = random.pick(Array("{}[]\",:0a\\ -".utf8))
        }
      }
      do {
        _ = try ResourceFile.read(bytes)
      } catch {
        #expect(!error.diagnostics.isEmpty)
        #expect(error.diagnostics.allSatisfy { $0.span.start <= $0.span.end && $0.span.end <= bytes.count })
      }
    }
  }
}
