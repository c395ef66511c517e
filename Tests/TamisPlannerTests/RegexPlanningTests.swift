import TamisModel
import TamisPlanner
import TamisTesting
import Testing

/// Regular expressions in requests, and patterns that a resource has for its values.
@Suite("Regular expressions in requests")
struct RegexPlanningTests {
  static let resource = Resource("items", type: "item", dialect: .suffix) {
    Field("id", .text).primaryKey().valuePattern("i_[0-9]+")
    Field("name", .text).nullable().matchable()
    Field("plain", .text)
    Field("meta", .json).nullable().openKeys(levels: 2).matchable()
    Relation("parts", .many) { Field("label", .text).matchable().valuePattern("[A-Z]{3}") }
  }

  @Test(
    "in every dialect",
    arguments: [
      (QueryDialect.suffix, "name_matches=^a%2Bb{1,2}", #"name MATCHES "^a+b{1,2}""#),
      (.suffix, "name_NotMatches=a|b", #"name NOT MATCHES "a|b""#),
      (.suffix, "meta.k_matches=^a", #"meta.k MATCHES "^a""#),
      (.suffix, "parts.label_matches=^a", #"ANY parts: parts.label MATCHES "^a""#),
      (.bracket, "name[matches]=^abc", #"name MATCHES "^abc""#),
      (.jsonAPI, "filter[name][matches]=^a{1%2C2}", #"name MATCHES "^a{1,2}""#),
      (.jsonAPI, "filter[item][name][notmatches]=x", #"name NOT MATCHES "x""#),
      (.jsonAPIKeys, "filter[name-matches]=^abc", #"name MATCHES "^abc""#),
      (.mixed, "filter[name][matches]=a&name[notmatches]=b", #"(name MATCHES "a" AND name NOT MATCHES "b")"#),
      (
        .body, #"{"filters":[{"not":{"field":"name","operator":"matches","value":"^\\d"}}]}"#,
        #"name NOT MATCHES "^\d""#
      ),
    ])
  func spelling(_ dialect: QueryDialect, _ request: String, _ meaning: String) throws {
    let planned = try Sample.plan(request, dialect, resource: Self.resource)
    #expect(
      planned.query.predicate.description.replacing("parts.label", with: "label")
        == meaning.replacing("parts.label", with: "label"))
  }

  @Test(
    "one problem, at its byte",
    arguments: [
      (QueryDialect.suffix, "«plain_matches»=a", "name.operator-not-allowed"),
      (.suffix, "«meta_matches»=a", "name.operator-not-allowed"),
      (.suffix, "name_matches=a%28b«»", "value.invalid-pattern"),
      (.suffix, "name_matches=%61b«)»c", "value.invalid-pattern"),
      (
        .suffix, "name_matches=%C3%A9%28«%3FC»1)".replacing("%28«%3FC»", with: "«%28%3FC»"),
        "value.invalid-pattern"
      ),
      (.suffix, "name_matches=+«\\C»", "value.invalid-pattern"),
      (.suffix, "name_matches=x«(*»UTF)", "value.invalid-pattern"),
      (.suffix, "name_matches=«(*»LIMIT_MATCH=9)", "value.invalid-pattern"),
      (.suffix, "name_matches=a«{»,2}", "value.invalid-pattern"),
      (
        .body, #"{"filters":[{"field":"name","operator":"matches","value":"\\d\"«)»"}]}"#,
        "value.invalid-pattern"
      ),
      (
        .body, #"{"filters":[{"field":"name","operator":"matches","value":«"\u0061)"»}]}"#,
        "value.invalid-pattern"
      ),
      (.body, #"{"filters":[{"field":"name","operator":"matches","value":«1»}]}"#, "syntax.wrong-shape"),
      (.body, #"{"filters":[{"field":"name","operator":"matches","value":«null»}]}"#, "value.null"),
      (.jsonAPI, "filter[name][matches]=«a,b»", "value.wrong-arity"),
      (.suffix, "id_eq=«i-1»", "value.pattern-mismatch"),
      (.suffix, "id_in=i_1,«i_2%0A»,i_3", "value.pattern-mismatch"),
      (.suffix, "id_ne=«»", "value.pattern-mismatch"),
      (.suffix, "parts.label_eq=«AB»", "value.pattern-mismatch"),
      (.jsonAPI, "filter[id]=i_1,«xi_1»", "value.pattern-mismatch"),
      (
        .body, #"{"filters":[{"field":"id","operator":"in","values":["i_1",«"i_"»]}]}"#,
        "value.pattern-mismatch"
      ),
    ])
  func refusal(_ dialect: QueryDialect, _ marked: String, _ code: String) throws {
    let text = try #require(MarkedText(marked))
    let error = try #require(throws: QueryError.self) {
      try Sample.plan(text.text, dialect, resource: Self.resource)
    }
    #expect(error.diagnostics.map(\.code) == [code])
    #expect(error.diagnostics.first?.span == text.spans.first)
  }

  /// For engines that refuse a construct inside of it.
  @Test(
    "where a pattern stands goes with it",
    arguments: [
      (QueryDialect.suffix, "name_matches=«%61(?=b)»", false), (.jsonAPI, "filter[name][matches]=«a»", false),
      (.body, #"{"filters":[{"field":"name","operator":"matches","value":«"a(?=b)"»}]}"#, true),
    ])
  func place(_ dialect: QueryDialect, _ marked: String, _ isJSON: Bool) throws {
    let text = try #require(MarkedText(marked))
    let query = try Sample.plan(text.text, dialect, resource: Self.resource).query
    let operand = try #require(query.operands.first { $0.kind == .patternPlace })
    #expect(PatternPlace(operand) == PatternPlace(span: text.spans[0], isJSON: isJSON))
  }

  @Test(
    "orders and patterns take any text",
    arguments: ["id_gt=x", "id_like=x%25", "id_between=a|b", "id_eq=i_7"])
  func unchecked(_ request: String) throws {
    _ = try Sample.plan(request, .suffix, resource: Self.resource)
  }

  @Test func aPatternHasALengthOfItsOwn() throws {
    let pattern = String(repeating: "a", count: QueryLimits().patternBytes + 1)
    let error = try #require(throws: QueryError.self) {
      try Sample.plan("name_matches=" + pattern, .suffix, resource: Self.resource)
    }
    #expect(error.diagnostics.map(\.code) == ["limit.pattern-bytes"])
  }

  @Test func faultsOfTheResource() {
    let resource = Resource("r", dialect: .suffix) {
      Field("id", .text).primaryKey().valuePattern("a(b")
      Field("n", .integer).valuePattern("a")
      Field("m", .integer).matchable()
    }
    #expect(
      Planner(resource: resource).faults == [
        "'n' is not text but has a pattern for its values",
        "'m' allows operators that its type does not have: matches, notmatches",
        "the value pattern of 'id' is invalid at byte 3: missing closing parenthesis",
      ])
    #expect(!OperatorSet.all(for: .text).contains(.matches))
    #expect(Field("a", .text).matchable().operators.contains(.notMatches))
  }

  /// A value pattern of the server's, and a value of the client's that it takes too long on.
  @Test func costlyValuePattern() throws {
    let resource = Resource("r", dialect: .suffix) { Field("id", .text).primaryKey().valuePattern("(a+)+") }
    let value = String(repeating: "a", count: 2_000) + "!"
    let error = try #require(throws: QueryError.self) {
      try Sample.plan("id_eq=" + value, .suffix, resource: resource)
    }
    #expect(error.diagnostics.map(\.code) == ["limit.match-steps"])
    #expect(error.diagnostics.first?.span == SourceSpan(6, 2_007))
  }
}
