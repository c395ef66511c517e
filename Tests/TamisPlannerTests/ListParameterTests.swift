import TamisModel
import TamisPlanner
import Testing

/// Parameters that are lists of names or of objects.
@Suite("Parameters that are lists")
struct ListParameterTests {
  private static let resource = Resource("items", dialect: .body) {
    Field("id", .integer).primaryKey()
    Field("name", .text)
    Field("open", .boolean)
    Parameter(
      "kinds",
      .choices([
        .init("a", .compare("name", .equal, .literal("A"))),
        .init("b", .compare("name", .equal, .literal("B"))), .init("any", .always),
      ])
    ).excluding("label", choice: "a")
    Parameter("label", .value(.text, .compare("name", .equal, .argument)))
    Parameter(
      "wanted",
      .objects([
        Parameter("called", .value(.text, .compare("name", .equal, .argument))).required(),
        Parameter(
          "shown",
          .flag(
            whenTrue: .compare("open", .equal, .literal("true")),
            whenFalse: .compare("open", .equal, .literal("false")), defaultValue: true)),
      ]))
  }

  @Test(
    "what lists of names and of objects mean",
    arguments: [
      (#"{"kinds":["b","a"]}"#, #"(name = "B" OR name = "A")"#), (#"{"kinds":["b","any"]}"#, "TRUE"),
      (#"{"kinds":[]}"#, "FALSE"),
      (#"{"wanted":[{"called":"x"}]}"#, #"(name = "x" AND open = true)"#),
      (#"{"wanted":[{"called":"x","shown":false}]}"#, #"(name = "x" AND open = false)"#),
      (
        #"{"wanted":[{"shown":true,"called":"x"},{"called":"y","shown":false}]}"#,
        #"((open = true AND name = "x") OR (name = "y" AND open = false))"#
      ),
    ])
  func members(_ body: String, _ meaning: String) throws {
    let planned = try Sample.plan(body, .body, resource: Self.resource)
    #expect(planned.query.predicate.description == meaning)
  }

  /// A name that is none of the list's own excludes nothing.
  @Test(
    "what is refused, once",
    arguments: [
      (QueryDialect.body, #"{"wanted":[{"shown":true}]}"#, "combination.missing-parameter"),
      (.body, #"{"kinds":["b","a"],"label":"x"}"#, "combination.conflicting-parameters"),
      (.suffix, "kinds=b,a&label=x", "combination.conflicting-parameters"),
      (.body, #"{"kinds":["c"],"label":"x"}"#, "value.unknown-case"),
      (.suffix, "kinds=c&label=x", "value.unknown-case"),
      (.body, #"{"kinds":{"a":1},"label":"x"}"#, "syntax.wrong-shape"),
    ])
  func refusals(_ dialect: QueryDialect, _ request: String, _ code: String) throws {
    let error = try #require(throws: QueryError.self) {
      try Sample.plan(request, dialect, resource: Self.resource)
    }
    #expect(error.diagnostics.map(\.code) == [code])
  }

  @Test(
    "what excludes nothing is fine",
    arguments: [
      (QueryDialect.body, #"{"kinds":["b"],"label":"x"}"#), (.suffix, "kinds=b&label=x"),
      (.suffix, "kinds=a"), (.suffix, "label=a"),
    ])
  func together(_ dialect: QueryDialect, _ request: String) throws {
    _ = try Sample.plan(request, dialect, resource: Self.resource)
  }

  /// An object is a criterion, and each of its members.
  @Test("as many criteria as there may be", arguments: [(4, 2), (5, 2), (6, 3)])
  func clauses(_ limit: Int, _ most: Int) throws {
    var limits = QueryLimits()
    limits.clauses = limit
    let resource = Resource("items", dialect: .body, limits: limits) {
      Field("id", .integer).primaryKey()
      Parameter("wanted", .objects([Parameter("key", .value(.integer, .compare("id", .equal, .argument)))]))
    }
    func codes(_ count: Int) -> [String] {
      let objects = (0..<count).map { #"{"key":\#($0)}"# }.joined(separator: ",")
      do throws(QueryError) {
        _ = try Sample.plan(#"{"wanted":[\#(objects)]}"#, .body, resource: resource)
        return []
      } catch {
        return error.diagnostics.map(\.code)
      }
    }
    #expect(codes(most) == [])
    #expect(codes(most + 1) == ["limit.clauses"])
    #expect(codes(most + 2) == ["limit.clauses"])
  }
}
