import TamisModel
import TamisPlanner
import TamisSyntax
import TamisTesting
import Testing

/// What groups of a query string mean, and what they may not hold.
@Suite("Groups of a query string, planned")
struct GroupPlanTests {
  @Test("means, in normal form")
  func meaning() throws {
    let rows: [(QueryDialect, String, String)] = [
      (.jsonAPI, "filter[or][0][name]=a&filter[or][1][count][gte]=5", #"(name = "a" OR count >= 5)"#),
      (.jsonAPI, "filter[or][0][item][count]=1,2&filter[open]=1", "(count IN (1, 2) AND open = true)"),
      (
        .jsonAPIKeys, "filter[or][0][count-gt]=1&filter[or][1][name]=a&filter[open]=0",
        #"((count > 1 OR name = "a") AND open = false)"#
      ),
      (
        .bracket, "or[0][count][lt]=1&or[1][name]=b&or[1][color][]=Red&or[1][color][]=Green",
        #"(count < 1 OR (name = "b" AND color IN (Red, Green)))"#
      ),
      (.bracket, "not[or][name]=a&not[or][exists][day]=true", #"(name <> "a" AND day IS NULL)"#),
      (
        .suffix, "or[0][count_in]=1,2&or[1][not][name_like]=a%25&limit=5",
        #"(count IN (1, 2) OR name NOT LIKE "a%")"#
      ),
      (
        .suffix, "logical_operator=or&count_eq=1&and[open_eq]=1&and[count_gt]=9",
        "(count = 1 OR (open = true AND count > 9))"
      ),
      (.suffix, "or[0][parts.size_gt]=1&or[1][count_eq]=1", "(ANY parts: size > 1 OR count = 1)"),
      // One element for all of them.
      (
        .suffix, "any[parts][size_gt]=1&any[parts][or][from_isnull]&any[parts][or][until_lt]=2024",
        "ANY parts: (size > 1 AND (from IS NULL OR until < 2024-01-01T00:00:00.000000Z))"
      ),
      (.bracket, "not[any][parts][size][gt]=1", "NO parts: size > 1"),
      (.jsonAPI, "filter[any][parts][size][lt]=1", "ANY parts: size < 1"),
      (
        .mixed, "or[0][name_eq]=a&or[1][count]=1&filter[or][0][open]=1&filter[or][1][count][gt]=3",
        #"((name = "a" OR count = 1) AND (open = true OR count > 3))"#
      ),
    ]
    for (dialect, text, line) in rows {
      #expect(
        try Sample.plan(text, dialect).query.predicate.description == line, "\(dialect.rawValue) \(text)")
    }
  }

  @Test(
    "inside any, a name is an element's, whatever the record calls its own fields",
    arguments: [
      (QueryDialect.suffix, "any[items][price_gt]=1&price_lt=5"),
      (.mixed, "any[items][price_gt]=1&price_lt=5"),
      (.bracket, "any[items][price][gt]=1&price[lt]=5"),
      (.jsonAPI, "filter[any][items][price][gt]=1&filter[price][lt]=5"),
    ])
  func elementsFields(_ dialect: QueryDialect, _ text: String) throws {
    let resource = Resource("orders", dialect: dialect) {
      Field("id", .integer).primaryKey()
      Field("price", .integer)
      Relation("items", .many) { Field("price", .integer) }
    }
    let parsed = Parser.parse(Array(text.utf8), as: dialect, limits: resource.limits)
    let query = try Planner(resource: resource).plan(parsed, dialect: dialect).query
    let fields = query.nodes.filter { $0.kind == .compare }.map { resource.fullName(of: $0.field) }
    #expect(fields == ["items.price", "price"])
  }

  @Test("a group's nodes are those of a body")
  func sameAsBody() throws {
    let url = try Sample.plan("or[0][name]=a&or[1][not][count][gt]=1&or[1][open]=true", .bracket)
    let body = try Sample.plan(
      #"""
      {"filter":{"or":[{"field":"name","operator":"eq","value":"a"},
        {"and":[{"not":{"field":"count","operator":"gt","value":1}},
                {"field":"open","operator":"eq","value":true}]}]}}
      """#, .body)
    #expect(url.typed.predicate == body.typed.predicate)
    #expect(url.query == body.query)
  }

  @Test("what is refused, and where")
  func refusals() throws {
    let rows: [(QueryDialect, String, String, String?, String?)] = [
      (.suffix, "or[0][«nam_eq»]=a&or[1][count_eq]=1", "name.unknown-field", "or[0][nam_eq]", "name_eq"),
      (.suffix, "or[0][«limit»]=5", "name.unknown-parameter", "or[0][limit]", nil),
      (.suffix, "or[0][count_eq]=«x»", "value.invalid", "or[0][count_eq]", nil),
      (.bracket, "count=1&or[0][«nam»][like]=a", "name.unknown-field", "or[0][nam][like]", "name"),
      (.bracket, "or[0][count][«gtt»]=a", "name.unknown-operator", "or[0][count][gtt]", "gt"),
      (.bracket, "any[«part»][size]=1", "name.unknown-relation", "part", "parts"),
      (.bracket, "any[parts][«count»]=1", "name.unknown-parameter", "any[parts][count]", "count"),
      (.jsonAPI, "«filter[item][or][0][name]»=a", "syntax.wrong-shape", "filter[item][or][0][name]", nil),
      (.jsonAPI, "«filter[or]»=5", "syntax.wrong-shape", "filter[or]", nil),
      (.bracket, "«not»=5", "syntax.wrong-shape", "not", nil),
      (.suffix, "or[0][«trashed»]=with", "combination.parameter-in-group", "or[0][trashed]", nil),
      (.bracket, "not[«since»]=2024", "combination.parameter-in-group", "not[since]", nil),
      (
        .jsonAPI, "filter[or][0][«since»]=2024", "combination.parameter-in-group", "filter[or][0][since]", nil
      ),
      (
        .jsonAPIKeys, "filter[or][0][«count-gt-or»]=1", "combination.connective-beside-group",
        "filter[or][0][count-gt-or]", nil
      ),
      (
        .jsonAPIKeys, "filter[not][count]=1&«filter[name-and]»=a", "combination.connective-beside-group",
        "filter[name-and]", nil
      ),
    ]
    for (dialect, marked, code, parameter, suggestion) in rows {
      let request = try #require(MarkedText(marked))
      do {
        _ = try Sample.plan(request.text, dialect)
        Issue.record("not refused: \(marked)")
      } catch {
        #expect(error.diagnostics.map(\.code) == [code], "\(marked)")
        #expect(MarkedText.mark(request.text, at: error.diagnostics.map(\.span)) == marked)
        #expect(error.diagnostics.first?.parameter == parameter, "\(marked)")
        #expect(error.diagnostics.first?.suggestion == suggestion, "\(marked)")
      }
    }
  }

  @Test("a resource may turn groups off; then the place says so, and bodies still have them")
  func off() throws {
    let resource = Resource("items", dialect: .suffix, groups: false) {
      Field("id", .integer).primaryKey()
      Field("not", .integer)
    }
    #expect(resource.faults == [])
    let rows: [(QueryDialect, String)] = [
      (.suffix, "«or[0][id_eq]»=1"), (.bracket, "«or[0][id]»=1"), (.jsonAPI, "«filter[or][0][id]»=1"),
      (.jsonAPIKeys, "«filter[and][0][id]»=1"), (.mixed, "«any[x][id]»=1"),
    ]
    for (dialect, marked) in rows {
      let request = try #require(MarkedText(marked))
      do {
        _ = try Sample.plan(request.text, dialect, resource: resource)
        Issue.record("not refused: \(marked)")
      } catch {
        #expect(error.diagnostics.map(\.code) == ["name.not-supported"], "\(marked)")
        #expect(MarkedText.mark(request.text, at: error.diagnostics.map(\.span)) == marked)
      }
    }
    #expect(
      try Sample.plan("not[gt]=1", .bracket, resource: resource).query.predicate.description == "not > 1")
    #expect(
      try Sample.plan(
        #"{"filter":{"not":{"field":"id","operator":"eq","value":1}}}"#, .body, resource: resource
      ).query.predicate.description == "id <> 1")
    #expect(!resource.reading(.bracket).readsGroups)
  }

  @Test("a field that has the name of a group is a fault of the resource, unless groups are off")
  func names() {
    for name in ["and", "or", "not", "any"] {
      let resource = Resource("items", dialect: .suffix) {
        Field("id", .integer).primaryKey()
        Field(name, .text)
      }
      #expect(
        resource.faults == ["the field '\(name)' has the name of a group; rename it, or turn groups off"])
    }
    let related = Resource("items", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Relation("parts", .many) { Field("not", .text) }
    }
    #expect(related.faults == ["'parts.not' has the name of a group; rename it, or turn groups off"])
  }
}
