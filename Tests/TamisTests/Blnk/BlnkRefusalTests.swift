import Tamis
import TamisCatalog
import Testing

/// What a Blnk server refuses or ignores, in its words, with the place; and that no request is too much.
struct BlnkRefusalTests {
  private let compiler = QueryCompiler(resource: Catalog.blnkBalances, policy: .faithful)

  @Test(arguments: [
    ("", "EOF"), (" \n", "EOF"), ("{", "unexpected EOF"), (#"{"limit":1"#, "unexpected EOF"),
    ("x", "invalid character 'x' looking for beginning of value"),
    ("{x", "invalid character 'x' looking for beginning of object key string"),
    (#"{"a" 1"#, "invalid character '1' after object key"),
    (#"{"a":1 1"#, "invalid character '1' after object key:value pair"),
    (#"{"a":[1 1"#, "invalid character '1' after array element"),
    (#"{"a":tru1"#, "invalid character '1' in literal true (expecting 'e')"),
    (#"{"a":1.x"#, "invalid character 'x' after decimal point in numeric literal"),
    (#"{"a":"\x""#, "invalid character 'x' in string escape code"),
    (
      #"{"offset":2e1}"#,
      "json: cannot unmarshal number 2e1 into Go struct field FilterRequest.offset of type int"
    ),
    (
      #"{"include_count":"true"}"#,
      "json: cannot unmarshal string into Go struct field FilterRequest.include_count of type bool"
    ),
    (
      #"{"filters":{}}"#,
      "json: cannot unmarshal object into Go struct field FilterRequest.filters of type []filter.QueryFilter"
    ),
    (
      #"{"filters":[5]}"#,
      "json: cannot unmarshal number into Go struct field FilterRequest.filters of type filter.QueryFilter"
    ),
    (
      #"{"filters":[{"values":"a"}]}"#,
      "json: cannot unmarshal string into Go struct field QueryFilter.filters.values of type []interface {}"
    ),
    (
      #"{"filters":[{"value":1e400}]}"#,
      "json: cannot unmarshal number 1e400 into Go struct field QueryFilter.filters.value of type float64"
    ),
    (
      #"{"filters":[null]}"#,
      "Invalid filter: invalid operator '' for field '': must be one of eq, ne, gt, gte, lt, lte, in, between, like, ilike, isnull, isnotnull"
    ),
  ])
  func bodies(_ body: String, _ message: String) {
    do {
      _ = try compiler.compile(body, dialect: .body)
      Issue.record("\(body) is not refused")
    } catch {
      let answers = error.diagnostics.map(\.serverAnswer)
      #expect(answers == [ServerAnswer("Blnk", status: 400, message: message)])
      #expect(error.diagnostics.allSatisfy { $0.span.end <= body.utf8.count })
    }
  }

  /// What the database fails on, and what only it can know.
  @Test(arguments: [
    ("balance_gt=abc", "value.invalid 11..<14", 500), ("balance_gt=NaN", "name.not-supported 11..<14", nil),
    ("created_at_gt=now", "name.not-supported 14..<17", nil),
    ("created_at_gt=2024-1-5", "name.not-supported 14..<22", nil),
    ("created_at_gt=20240101", "name.not-supported 14..<22", nil),
    ("created_at_gt=2024-01-01T24:00:00", "name.not-supported 14..<33", nil),
    ("created_at_gt=2024-01-01T00:00:00%2B17:00", "value.invalid 14..<41", 500),
    ("created_at_gt=true", "value.invalid 14..<18", 500),
    ("created_at_like=2%25", "name.operator-not-allowed 0..<20", 500),
    ("indicator_like=a%5C", "value.invalid-pattern 15..<19", 500),
    ("meta_data_gt={}", "name.not-supported 0..<15", nil), ("meta_data_eq=x", "value.invalid 13..<14", 500),
    ("meta_data.a_gt=x", "value.invalid 15..<16", 500),
    ("meta_data.a_eq=inf", "name.not-supported 15..<18", nil),
    ("balance_eq=1e-2000", "limit.digits 11..<18", nil),
    ("balance_eq=0x1p-1074", "limit.digits 11..<20", nil),
    ("currency_eq=%FF", "syntax.invalid-utf8 12..<15", nil),
    ("currency_eq=%00", "syntax.nul-byte 12..<15", nil),
  ])
  func failures(_ query: String, _ expected: String, _ status: Int?) {
    do {
      _ = try compiler.compile(query)
      Issue.record("\(query) is not refused")
    } catch {
      let found = error.diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" }
      #expect(found == [expected])
      #expect(error.diagnostics.first?.serverAnswer?.status == status)
    }
  }

  @Test(arguments: [
    (
      #"{"filters":[{"field":"balance","operator":"gt","value":"1e-2000"}]}"#, "limit.digits 55..<64"
    ),
    (#"{"filters":[{"field":"balance","operator":"gt","value":"NaN"}]}"#, "name.not-supported 55..<60"),
    (#"{"sort_by":"meta_data"}"#, "name.not-sortable 11..<22"),
  ])
  func failuresOfBodies(_ body: String, _ expected: String) throws {
    let error = try #require(throws: QueryError.self) { try compiler.compile(body, dialect: .body) }
    #expect(error.diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" } == [expected])
  }

  @Test(arguments: [
    ("currency=USD", "name.missing-operator 0..<8"), ("currency_equals=USD", "name.unknown-operator 0..<15"),
    ("page=2", "name.unknown-parameter 0..<4"), ("a=1&a=2", "combination.repeated-parameter 4..<5"),
    ("currency_eq=%zz", "syntax.malformed-escape 12..<15"),
    ("currency_eq=a;b", "syntax.raw-semicolon 13..<14"),
    ("identity_id_isnull=false", "value.invalid 19..<24"),
    ("limit=5000&currency_eq=a", "page.out-of-bounds 6..<10"),
  ])
  func warnings(_ query: String, _ expected: String) throws {
    let compiled = try compiler.compile(query)
    let found = compiled.warnings.map { "\($0.code) \($0.span.start)..<\($0.span.end)" }
    #expect(found.contains(expected), "\(found)")
  }

  @Test(arguments: [
    ("balances", "", 10, 0), ("balances", "limit=5000", 5000, 0),
    ("balances", "limit=5000&currency_eq=a", 1000, 0),
    ("ledgers", "limit=101", 20, 0), ("transactions", "limit=0&offset=x", 20, 0),
    ("transactions", "limit=%2B7&offset=3", 7, 3), ("transactions", "limit=%2B&offset=%2B-3", 20, 0),
    ("accounts", "limit=5&offset=1", Int(Int32.max), 0),
    ("accounts", "limit=101&name_eq=a&offset=1", 20, 1), ("balances", #"{"limit":101,"offset":2}"#, 20, 2),
    ("balances", #"{"limit":100,"offset":-2}"#, 100, 0),
  ])
  func pages(_ collection: String, _ request: String, _ limit: Int, _ offset: Int) throws {
    let resource = try #require(Catalog.resource(named: "blnk/\(collection)"))
    let query = try QueryCompiler(resource: resource, policy: .faithful)
      .compile(request, dialect: request.hasPrefix("{") ? .body : nil).query
    #expect(query.page == Page(limit: limit, offset: offset))
  }

  @Test(arguments: [
    (#"{"sort_by":" Balance ","sort_order":"ASC"}"#, ["balance", "balance_id"]),
    (#"{"sort_by":"nope","sort_order":"up"}"#, ["-created_at", "-balance_id"]),
    (#"{"sort_order":"asc","include_count":true}"#, ["created_at", "balance_id"]),
  ])
  func orders(_ body: String, _ expected: [String]) throws {
    let query = try compiler.compile(body, dialect: .body).query
    let names = Catalog.blnkBalances.fields.map(\.name)
    let found = query.sort.map { ($0.direction == .descending ? "-" : "") + names[$0.field.index] }
    #expect(found == expected)
    #expect(query.wantsCount == body.contains("include_count"))
  }

  /// Each is answered or refused; none traps or hangs.
  @Test func largeRequests() {
    let queries = [
      String(repeating: "a_eq=1&", count: 9_000), String(repeating: "%zz&", count: 15_000),
      "balance_eq=" + String(repeating: "9", count: 60_000),
      "balance_in=" + String(repeating: ",", count: 60_000),
      "balance_eq=0x" + String(repeating: "f", count: 900) + "p-999999999999",
      "balance_eq=0x" + String(repeating: "f", count: 900) + "p4000000000",
      String(repeating: "_", count: 60_000) + "eq=1", "currency_like=" + String(repeating: "%25", count: 300),
      String(repeating: "[", count: 60_000), String(repeating: "a", count: 1_048_577),
      "created_at_eq=" + String(repeating: "2024-", count: 200),
      "limit=" + String(repeating: "9", count: 60_000),
    ]
    for query in queries { _ = try? compiler.compile(query) }
    let bodies = [
      String(repeating: "[", count: 100_000), String(repeating: #"{"filters":"#, count: 50_000),
      #"{"filters":["# + String(repeating: "{},", count: 100_000) + "{}]}",
      #"{"filters":[{"field":"balance","operator":"eq","value":"# + String(repeating: "9", count: 900_000)
        + "}]}",
      #"{"filters":[{"field":"meta_data.a","operator":"eq","value":"# + String(repeating: "[", count: 200)
        + String(repeating: "]", count: 200) + "}]}",
      String(repeating: " ", count: 1_048_576), #"{"limit":"# + String(repeating: "9", count: 900_000) + "}",
    ]
    for body in bodies { _ = try? compiler.compile(body, dialect: .body) }
    #expect(throws: QueryError.self) { try compiler.compile(bodies[0], dialect: .body) }
  }

  @Test func virtualFieldsAreChecked() {
    let resource = Resource("things", dialect: .suffix) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
      VirtualField("name", .field("name"))
      VirtualField("either", .field("id"), .field("name"), .field("nope"))
      VirtualField("none", parts: [])
    }
    for part in ["has the name of a field", "several types", "unknown field 'nope'", "stands for nothing"] {
      #expect(resource.faults.contains { $0.contains(part) }, "\(part)")
    }
  }
}
