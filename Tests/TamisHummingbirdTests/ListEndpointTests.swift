#if Hummingbird
  import HTTPTypes
  import Hummingbird
  import Logging
  import Tamis
  import TamisHummingbird
  import Testing

  /// A handler without a server: requests as Hummingbird hands them over, and the answers that it would send.
  struct ListEndpointTests {
    /// What a context is made of, where no connection is.
    private struct Context: RequestContext {
      struct Source: RequestContextSource { var logger = Logger(label: "test") }
      var coreContext: CoreRequestContextStorage
      init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }
    }

    private let context = Context(source: Context.Source())

    private static func resource(_ dialect: QueryDialect, _ paging: Paging? = nil) -> Resource {
      Resource(
        "things", dialect: dialect, paging: paging ?? .limitOffset(defaultLimit: 2, maximumLimit: 10)
      ) {
        Field("id", .integer).primaryKey().sortable()
        Field("name", .text)
        Field("tenant_id", .text).hidden()
        Parameter("with_count", .ignored(.boolean)).askingForCount()
        Scope("tenant", .text, .compare("tenant_id", .equal, .argument))
      }
    }

    private static let scope = ["tenant": "acme"]
    private let things = ListEndpoint(QueryCompiler(resource: resource(.suffix)))

    private static func get(_ target: String?) -> Request {
      Request(
        head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: target),
        body: RequestBody(buffer: ByteBuffer()))
    }

    private static func post(
      _ body: String, _ type: String?, encoding: String? = nil, target: String = "/things"
    ) -> Request {
      var fields = HTTPFields()
      fields[.contentType] = type
      fields[.contentEncoding] = encoding
      return Request(
        head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: target, headerFields: fields),
        body: RequestBody(buffer: ByteBuffer(string: body)))
    }

    /// The answer that a refusal carries.
    private func refusal(
      _ endpoint: ListEndpoint, _ request: Request, scope: [String: String] = scope
    ) async throws -> HTTPAnswer {
      do {
        _ = try await endpoint.read(request, context, scope: scope)
      } catch let refused as RefusedRequest {
        #expect(refused.status.code == refused.answer.status)
        return refused.answer
      }
      throw NothingWasRefused()
    }

    private struct NothingWasRefused: Error {}

    // MARK: Query strings

    @Test func aPageOfRows() async throws {
      let list = try await things.read(
        Self.get("/things?name_ne=x%20y&sort=-id&with_count=true"), context, scope: Self.scope)
      let statement = try list.statement(for: .sqlite)
      #expect(statement.bindings == [.text("x y"), .text("acme"), .integer(3), .integer(0)])
      let rows: [[SQLBinding]] = [3, 2, 1].map { [.integer($0), .text("n\($0)")] }
      let answer = try list.answer(rows, from: .sqlite, total: 5)
      #expect(answer.status == 200)
      #expect(
        answer.header("Link")
          == #"</things?name_ne=x%20y&sort=-id&with_count=true&offset=0>; rel="first", "#
          + #"</things?name_ne=x%20y&sort=-id&with_count=true&offset=2>; rel="next", "#
          + #"</things?name_ne=x%20y&sort=-id&with_count=true&offset=4>; rel="last""#)
      #expect(answer.text.contains(#"{"id":3,"name":"n3"},{"id":2,"name":"n2"}"#))
      #expect(!answer.text.contains(#""id":1"#))
      #expect(list.wantsCount)
      #expect(try list.countStatement(for: .sqlite).text.contains("count(*)"))

      let response = answer.response(from: Self.get("/"), context: context)
      #expect(response.status == .ok)
      #expect(response.headers[.contentType] == answer.header("Content-Type"))
      #expect(response.headers[HTTPField.Name("Link")!] == answer.header("Link"))
      #expect(response.body.contentLength == answer.body.count)
    }

    @Test(arguments: ["/things", "/things?", nil])
    func noQuery(_ target: String?) async throws {
      let list = try await things.read(Self.get(target), context, scope: Self.scope)
      #expect(try list.statement(for: .sqlite).bindings == [.text("acme"), .integer(3), .integer(0)])
      #expect(!list.wantsCount)
    }

    /// A fragment belongs to the client; what is sent is read.
    @Test func aNumberSignIsNoEnd() async throws {
      let answer = try await refusal(things, Self.get("/things?id_eq=5#6"))
      #expect(answer.status == 422)
      #expect(answer.text.contains(#""code":"value.invalid""#))
      #expect(answer.text.contains("5#6"))
    }

    /// The server library has replaced what is not UTF-8.
    @Test func bytesThatWereReplaced() async throws {
      let answer = try await refusal(things, Self.get("/things?name_eq=a\u{FFFD}"))
      #expect(answer.status == 400)
      #expect(answer.text.contains(#""code":"syntax.invalid-utf8""#))
      #expect(answer.text.contains(#""span":[9,12]"#))
    }

    @Test func whatTheServerForgotIsNotTold() async throws {
      let answer = try await refusal(things, Self.get("/things?id_eq=5"), scope: [:])
      #expect(answer.status == 503)
      #expect(!answer.text.contains("tenant"))
    }

    @Test func whatAnEngineCanNotDo() async throws {
      let unportable = Resource("things", dialect: .suffix) {
        Field("id", .integer).primaryKey()
        Field("name", .text).matchable()
      }
      let endpoint = ListEndpoint(QueryCompiler(resource: unportable))
      let list = try await endpoint.read(Self.get("/things?name_matches=(a)%5C1"), context)
      #expect(throws: RefusedRequest.self) { try list.statement(for: .clickHouse) }
      #expect(throws: RefusedRequest.self) { try list.countStatement(for: .clickHouse) }
      #expect(try list.statement(for: .sqlite).bindings.first == .text("(a)\\1"))
    }

    // MARK: Cursors

    @Test func cursorsLeadOnAndBack() async throws {
      let resource = Self.resource(.jsonAPI, .cursor(defaultLimit: 2, maximumLimit: 10))
      let endpoint = ListEndpoint(QueryCompiler(resource: resource, cursors: .unauthenticated))
      let first = try await endpoint.read(Self.get("/things?sort=id"), context, scope: Self.scope)
      // The key of the order stands behind the columns that are shown.
      let rows: [[SQLBinding]] = [1, 2, 3].map { [.integer($0), .text("n\($0)"), .integer($0)] }
      let answer = try first.answer(rows, from: .sqlite)
      let link = try #require(answer.header("Link"))
      let next = try #require(link.firstMatch(of: /<([^>]*)>; rel="next"/)?.1)
      let second = try await endpoint.read(Self.get(String(next)), context, scope: Self.scope)
      #expect(second.query.query.boundary?.values == [.integer(2)])
      #expect(try second.answer([rows[2]], from: .sqlite).header("Link")?.contains(#"rel="next""#) == false)
      // A row without its columns has no place to go on from.
      #expect(throws: RefusedRequest.self) { try first.answer([[], [], []], from: .sqlite) }
    }

    // MARK: Bodies

    private let bodies = ListEndpoint(QueryCompiler(resource: resource(.body)))

    @Test(arguments: [
      "application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json", "application/json ",
    ])
    func aBody(_ type: String) async throws {
      let request = Self.post(
        #"{"filters":[{"field":"id","operator":"gt","value":1}]}"#, type, encoding: "Identity",
        target: "/things?limit=1")
      let list = try await bodies.read(request, context, scope: Self.scope)
      #expect(
        try list.statement(for: .sqlite).bindings == [.integer(1), .text("acme"), .integer(2), .integer(0)])
    }

    @Test(arguments: [
      (nil, nil), ("text/plain", nil), ("application/jsonx", nil), ("application/json", "gzip"),
      (";application/json", nil), ("text/x+json", nil),
    ])
    func notJSON(_ type: String?, _ encoding: String?) async throws {
      let answer = try await refusal(bodies, Self.post("{}", type, encoding: encoding))
      #expect(answer.status == 415)
      #expect(answer.header("Accept") == "application/json")
    }

    @Test func aLongBody() async throws {
      let limit = bodies.compiler.resource.limits.bodyBytes
      let answer = try await refusal(
        bodies, Self.post(String(repeating: " ", count: limit + 1), "application/json"))
      #expect(answer.status == 413)
      #expect(answer.text.contains(#""code":"limit.bytes""#))
      let atLimit = "{}" + String(repeating: " ", count: limit - 2)
      _ = try await bodies.read(Self.post(atLimit, "application/json"), context, scope: Self.scope)
    }
  }
#endif
