import Foundation
import Tamis
import TamisCatalog
import TamisJSON
import Testing

/// Diagnostics as RFC 9457 problem details and as JSON:API error objects.
struct ErrorFormTests {
  /// One of each problem, with text that must not come through as it is.
  static let problems: [Problem] = [
    .malformedEscape, .nulByte, .invalidUTF8, .malformedBrackets, .emptyName, .rawSemicolon,
    .invalidJSON(expected: "a value"), .duplicateMember(name: hostile),
    .wrongShape(expected: "a string", found: "an array"), .unknownParameter(name: hostile),
    .unknownField(name: hostile), .unknownOperator(name: hostile), .missingOperator(field: "a"),
    .ambiguousName(name: hostile, readings: ["a eq", "b eq"]),
    .operatorNotAllowed(operator: "lt", field: "a", allowed: ["eq", "in"]), .notSortable(field: "a"),
    .notSelectable(field: "a"), .unknownType(name: hostile), .unknownRelation(name: hostile),
    .unknownConnective(name: hostile), .unknownPageSetting(name: hostile), .notSupported(feature: "includes"),
    .invalidValue(text: hostile, type: "integer", reason: "it has a fraction"),
    .outOfRange(text: hostile, type: "integer"), .unknownCase(text: hostile, cases: ["on", "off"]),
    .nullOperand, .emptyValue(type: "date"),
    .wrongArity(operator: "between", expected: "two values", found: 1),
    .blankForPlus(text: hostile), .invalidPattern(reason: "a backslash"),
    .invalidKey(name: hostile, rule: "r"),
    .repeatedParameter(name: hostile), .repeatedSortKey(field: "a"), .connectiveWithoutEffect(name: hostile),
    .conflictingParameters(name: "a", other: "b"), .missingParameter(name: "a"),
    .emptyFilter(name: "a"),
    .withoutEffect(name: hostile, reason: "so"),
    .parameterInGroup(name: "a"), .connectiveBesideGroup(name: "a"),
    .notInDialect(clause: "a", dialect: "b", reason: "c"),
    .pageOutOfBounds(name: "limit", text: hostile, minimum: 1, maximum: 100), .invalidCursor(reason: "old"),
    .forgedCursor, .cursorOfOtherQuery, .unknownCursorVersion(version: 9), .noCursorKey, .missingSeed,
    .sortKeyWithoutEffect(field: hostile),
    .tooManyBytes(limit: 1), .tooManyParameters(limit: 2), .tooManyClauses(limit: 3), .tooDeep(limit: 4),
    .tooManyItems(limit: 5), .valueTooLong(limit: 6), .patternTooLong(limit: 7), .tooManyDigits(limit: 8),
    .valueMismatch(text: "x", field: "id", pattern: "[a-z]+"), .matchTooCostly(pattern: "(a+)+$"),
    .tooManyDiagnostics(limit: 9), .notOnEngine(feature: "this", engine: "SQLite"),
    .unboundField(field: "a", type: "Balance"),
    .noIndex(part: "filter", reason: "r", engine: "SQLite", served: [hostile]),
    .tooManyBindings(limit: 10, engine: "SQLite"), .policyUnavailable(policy: "faithful"),
    .invalidResource(faults: ["column secret_column is missing"]), .missingScope(name: "tenant"),
    .unknownMember(name: hostile), .missingMember(name: hostile), .notFound(kind: "table", name: hostile),
  ]

  private static let hostile = "</script>\u{1B}[31m\u{202E}\"\\\u{1}é"

  /// The table above is complete when it has every code that the catalogue's source has.
  @Test func everyCodeIsTried() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/TamisModel/Diagnostics/DiagnosticCatalogue.swift")
    let source = try String(contentsOf: file, encoding: .utf8)
    let known = source.matches(of: /case \.\w+: "([a-z]+\.[a-z0-9-]+)"/).map { String($0.output.1) }
    #expect(known.count > 50)
    #expect(Set(Self.problems.map(\.code)) == Set(known))
  }

  @Test func everyProblemHasBothForms() throws {
    let request = Array("a_eq=1&b_eq=2".utf8)
    for problem in Self.problems {
      let error = QueryError(
        Diagnostic(problem, SourceSpan(7, 13), parameter: "b", suggestion: Self.hostile))
      for form in ErrorForm.allCases {
        let answer = error.answer(to: request, dialect: .suffix, form: form)
        #expect(answer == error.answer(to: request, dialect: .suffix, form: form))
        #expect(answer.body.allSatisfy { (0x20...0x7E).contains($0) }, "\(problem.code)")
        #expect(!answer.text.contains("<"), "\(problem.code)")
        #expect(!answer.text.contains("secret_column"))
        let document = try JSONDocument.parse(answer.body, limits: QueryLimits())
        try check(document, problem, answer.status, form)
      }
    }
  }

  private func check(
    _ document: JSONDocument, _ problem: Problem, _ status: Int, _ form: ErrorForm
  ) throws {
    let errors = document.items(of: try #require(document.member("errors", of: 0)))
    #expect(errors.count == 1)
    func text(_ path: [String]) -> String? {
      document.value(at: path, from: errors[0]).map { document.string(at: $0) }
    }
    #expect(text(["code"]) == problem.code)
    #expect(text(["title"]) == problem.title)
    #expect(status == problem.httpStatus(isBody: false))
    #expect(text(["status"]) == String(status))
    #expect([400, 413, 414, 422, 501, 503].contains(status))
    let isLong = problem.code == "limit.bytes"
    switch form {
    case .problemDetails:
      #expect(
        document.value(at: ["type"]).map { document.string(at: $0) } == "urn:tamis:problem:\(problem.code)")
      #expect(document.value(at: ["status"]).map { document.string(at: $0) } == String(status))
      #expect(text(["parameter"]) == (isLong ? nil : "b_eq"))
      #expect(text(["suggestion"]) == Self.hostile)
    case .jsonAPI:
      #expect(text(["source", "parameter"]) == (isLong ? nil : "b_eq"))
      #expect(text(["meta", "suggestion"]) == Self.hostile)
      #expect(text(["links", "type"]) == "urn:tamis:problem:\(problem.code)")
    }
  }

  // MARK: Goldens

  private static func refusal(_ request: String, _ dialect: QueryDialect, _ form: ErrorForm) throws
    -> HTTPAnswer
  {
    let compiler = QueryCompiler(resource: Catalog.blnkBalances.reading(dialect))
    let error = try #require(throws: QueryError.self) { try compiler.compile(request) }
    return error.answer(to: Array(request.utf8), dialect: dialect, form: form)
  }

  @Test func problemDetails() throws {
    let answer = try Self.refusal("balance_gt=abc&curency_eq=USD", .suffix, .problemDetails)
    #expect(answer.status == 400)
    #expect(answer.header("Content-Type") == "application/problem+json")
    #expect(
      answer.text
        == #"{"type":"urn:tamis:problem:request.refused","title":"The request has several problems","#
        + #""status":400,"detail":"\u0027abc\u0027 is not an integer; unknown field \u0027curency\u0027","#
        + #""errors":[{"code":"value.invalid","type":"urn:tamis:problem:value.invalid","#
        + #""title":"Invalid value","status":422,"detail":"\u0027abc\u0027 is not an integer","#
        + #""parameter":"balance_gt","span":[11,14],"arguments":{"text":"abc","type":"integer"}},"#
        + #"{"code":"name.unknown-field","type":"urn:tamis:problem:name.unknown-field","#
        + #""title":"Unknown field","status":400,"detail":"unknown field \u0027curency\u0027","#
        + #""parameter":"curency_eq","span":[15,25],"suggestion":"currency_eq","#
        + #""arguments":{"name":"curency"}}]}"#)
  }

  @Test func jsonAPIErrors() throws {
    let answer = try Self.refusal("filter[balance][gt]=abc", .jsonAPI, .jsonAPI)
    #expect(answer.status == 422)
    #expect(answer.header("Content-Type") == "application/vnd.api+json")
    #expect(
      answer.text
        == #"{"errors":[{"status":"422","code":"value.invalid","title":"Invalid value","#
        + #""detail":"\u0027abc\u0027 is not an integer","source":{"parameter":"filter[balance][gt]"},"#
        + #""links":{"type":"urn:tamis:problem:value.invalid"},"#
        + #""meta":{"span":[20,23],"arguments":{"text":"abc","type":"integer"}}}]}"#)
  }

  /// Without a form, the dialect's own.
  @Test func formsOfDialects() throws {
    for dialect in QueryDialect.allCases {
      let form: ErrorForm = dialect == .jsonAPI ? .jsonAPI : .problemDetails
      #expect(ErrorForm(dialect) == form)
      let error = try #require(QueryError([Diagnostic(.nullOperand, SourceSpan(0, 1))]))
      #expect(error.answer(to: [], dialect: dialect) == error.answer(to: [], dialect: dialect, form: form))
      #expect(
        error.problemDetails(for: [], dialect: dialect)
          == error.answer(to: [], dialect: dialect, form: .problemDetails).text)
      #expect(
        error.jsonAPIErrors(for: [], dialect: dialect)
          == error.answer(to: [], dialect: dialect, form: .jsonAPI).text)
    }
  }

  @Test func anOccurrenceHasItsOwnAddress() throws {
    let error = try #require(QueryError([Diagnostic(.emptyFilter(name: "a"), SourceSpan(0, 1))]))
    func answer(_ instance: String?) -> String {
      let answer = error.answer(
        to: Array("a=".utf8), dialect: .suffix, typeBase: "https://example.com/", instance: instance)
      return answer.text
    }
    #expect(answer("/errors/<5>").hasPrefix(#"{"type":"https://example.com/combination.empty-filter","#))
    let member = #""instance":"/errors/\u003c5\u003e","#
    #expect(answer("/errors/<5>").replacing(member, with: "") == answer(nil))
    #expect(answer("/errors/<5>") != answer(nil))
  }

  /// What is refused before any query is read is written in the same two forms.
  @Test func problemsThatAreNotTheQuerys() {
    let plain = HTTPAnswer.problem(405, "Method Not Allowed", "this list is read with \"GET\"")
    #expect(plain.status == 405)
    #expect(plain.headers == [HTTPAnswer.Header("Content-Type", "application/problem+json")])
    #expect(
      plain.text
        == #"{"type":"about:blank","title":"Method Not Allowed","status":405,"#
        + #""detail":"this list is read with \"GET\""}"#)
    let jsonAPI = HTTPAnswer.problem(404, "Not Found", "<nothing>", form: .jsonAPI)
    #expect(jsonAPI.status == 404)
    #expect(jsonAPI.headers == [HTTPAnswer.Header("Content-Type", "application/vnd.api+json")])
    #expect(
      jsonAPI.text
        == #"{"errors":[{"status":"404","title":"Not Found","detail":"\u003cnothing\u003e"}]}"#)
  }

  /// The request, and for each problem its place.
  static let places: [(String, QueryDialect, [String])] = [
    ("balance_gt=abc", .suffix, ["parameter balance_gt"]),
    ("sort=nope", .suffix, ["parameter sort"]),
    ("order[nope]=asc", .bracket, ["parameter order[nope]"]),
    ("filter%5Bbalance%5D%5Bgt%5D=abc", .jsonAPI, ["parameter filter[balance][gt]"]),
    ("fields[balances]=nope", .jsonAPI, ["parameter fields[balances]"]),
    (
      "currency_eq=%zz&a%FF=1", .suffix,
      ["parameter currency_eq", "parameter a\u{FFFD}", "parameter a\u{FFFD}"]
    ),
    (
      #"{"filters":[{"field":"balance","operator":"gt","value":"abc"}]}"#, .body, ["pointer /filters/0/value"]
    ),
    (#"{"filters":[{"field":"nope","operator":"gt","value":1}]}"#, .body, ["pointer /filters/0/field"]),
    (#"{"filters":[{"field":"balance","operator":"gt"}]}"#, .body, ["pointer /filters/0"]),
    (
      #"{"filters":[{"field":"currency","operator":"in","values":["a",null]}],"limit":0}"#, .body,
      ["pointer /filters/0/values/1", "pointer /limit"]
    ),
    (#"{"li~mi/t":1}"#, .body, ["pointer /li~0mi~1t"]),
    (#"{"limit":"#, .body, ["pointer "]),
    (#"{"sort":["nope"]}"#, .body, ["pointer /sort/0"]),
    ("[]", .body, ["pointer "]),
  ]

  @Test func placesAreThoseThatClientsKnow() throws {
    for (request, dialect, expected) in Self.places {
      let compiler = QueryCompiler(resource: Catalog.blnkBalances.reading(dialect))
      let error = try #require(throws: QueryError.self, "\(request)") { try compiler.compile(request) }
      let source = RequestSource(Array(request.utf8), isBody: dialect == .body)
      let places = error.diagnostics.map { diagnostic in
        switch source.place(of: diagnostic) {
        case .parameter(let name): "parameter \(name)"
        case .pointer(let pointer): "pointer \(pointer)"
        case nil: "nowhere"
        }
      }
      #expect(places == expected, "\(request)")
    }
  }

  @Test func statusesOfSeveralProblems() {
    func status(_ problems: Problem..., isBody: Bool = false) -> Int? {
      QueryError(problems.map { Diagnostic($0, SourceSpan(0, 1)) })?.httpStatus(isBody: isBody)
    }
    #expect(status(.nullOperand, .emptyValue(type: "date")) == 422)
    #expect(status(.nullOperand, .unknownField(name: "a")) == 400)
    #expect(status(.nullOperand, .missingScope(name: "tenant")) == 503)
    #expect(status(.tooManyBytes(limit: 1)) == 414)
    #expect(status(.tooManyBytes(limit: 1), isBody: true) == 413)
  }

  @Test func warningsStandApart() throws {
    let diagnostics = [
      Diagnostic(.nullOperand, SourceSpan(0, 1)),
      Diagnostic(.connectiveWithoutEffect(name: "a"), SourceSpan(0, 1), severity: .warning),
    ]
    let error = try #require(QueryError(diagnostics))
    for form in ErrorForm.allCases {
      let answer = error.answer(to: Array("a=1".utf8), dialect: .jsonAPI, form: form)
      let document = try JSONDocument.parse(answer.body, limits: QueryLimits())
      let errors = try #require(document.member("errors", of: 0))
      #expect(document.items(of: errors).count == 1)
      let path = form == .jsonAPI ? ["meta", "warnings"] : ["warnings"]
      let warnings = try #require(document.value(at: path))
      #expect(document.items(of: warnings).count == 1)
    }
  }

  /// A problem that an engine has names the clause as the client wrote it.
  @Test func enginesNameTheParameter() throws {
    let compiler = QueryCompiler(resource: Catalog.blnkBalances)
    let query = try compiler.compile(
      "currency_eq=USD&currency%5Fin=" + (0..<60).map(String.init).joined(separator: ","))
    #expect(query.query.parameterName(at: SourceSpan(16, 30 + 169), isBody: false) == "currency_in")
    let pattern = try compiler.compile("currency_eq=USD&indicator_like=_a%EF%BF%BD%25")
    let error = try #require(throws: QueryError.self) { try pattern.statement(for: .sqlite) }
    #expect(error.diagnostics.map(\.parameter) == ["indicator_like"])
    let body = try compiler.compile(
      "{\"filters\":[{\"field\":\"meta_data.a\",\"operator\":\"like\",\"value\":\"_a\u{FFFD}%\"}]}",
      dialect: .body)
    let refused = try #require(throws: QueryError.self) { try body.statement(for: .sqlite) }
    #expect(refused.diagnostics.map(\.parameter) == ["meta_data.a"])
  }

  @Test func aTieShowsTheKey() throws {
    let resource = Resource("things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("meta", .json).openKeys()
    }
    let error = try #require(throws: QueryError.self) {
      try QueryCompiler(resource: resource).compile("meta.a_strictly_before=1")
    }
    let readings = error.diagnostics.first?.problem.arguments.first { $0.name == "readings" }?.value
    #expect(readings == .texts(["meta.a_strictly lte", "meta.a lt"]))
  }
}
