import Tamis
import TamisCatalog
import Testing

/// Links to other pages: the client's own bytes, but for the page parameters.
struct PageLinkTests {
  private static func resource(_ dialect: QueryDialect, _ paging: Paging) -> Resource {
    Resource("things", dialect: dialect, paging: paging) {
      Field("id", .integer).primaryKey()
      Field("name", .text)
    }
  }

  private static let limits = Paging.limitOffset(defaultLimit: 10, maximumLimit: 100)
  private static let pages = Paging.pages(defaultSize: 10, maximumSize: 100)
  private static let cursors = Paging.cursor(defaultLimit: 10, maximumLimit: 100)

  /// Dialect, paging, request, and the links to the first, previous, next and last of 45 records.
  static let requests: [(QueryDialect, Paging, String, [String?])] = [
    (.suffix, limits, "", ["/t?offset=0", nil, "/t?offset=10", "/t?offset=40"]),
    (
      .suffix, limits, "name_ne=a%20b&limit=20",
      [
        "/t?name_ne=a%20b&limit=20&offset=0", nil, "/t?name_ne=a%20b&limit=20&offset=20",
        "/t?name_ne=a%20b&limit=20&offset=40",
      ]
    ),
    (
      .suffix, limits, "off%73et=15&name_ne=%E9%9f%B3&&limit=10",
      [
        "/t?off%73et=0&name_ne=%E9%9f%B3&&limit=10", "/t?off%73et=5&name_ne=%E9%9f%B3&&limit=10",
        "/t?off%73et=25&name_ne=%E9%9f%B3&&limit=10", "/t?off%73et=35&name_ne=%E9%9f%B3&&limit=10",
      ]
    ),
    (.suffix, limits, "offset=5", ["/t?offset=0", "/t?offset=0", "/t?offset=15", "/t?offset=35"]),
    (
      .suffix, limits, "name_ne=<\">\u{E9}|`",
      [
        "/t?name_ne=%3C%22%3E%C3%A9|%60&offset=0", nil, "/t?name_ne=%3C%22%3E%C3%A9|%60&offset=10",
        "/t?name_ne=%3C%22%3E%C3%A9|%60&offset=40",
      ]
    ),
    (
      .jsonAPI, pages, "page[size]=20&filter[name]=a&page[number]=2",
      [
        "/t?page[size]=20&filter[name]=a&page[number]=1", "/t?page[size]=20&filter[name]=a&page[number]=1",
        "/t?page[size]=20&filter[name]=a&page[number]=3", "/t?page[size]=20&filter[name]=a&page[number]=3",
      ]
    ),
    (
      .jsonAPI, pages, "page%5bnumber%5D=3",
      [
        "/t?page%5bnumber%5D=1", "/t?page%5bnumber%5D=2", "/t?page%5bnumber%5D=4", "/t?page%5bnumber%5D=5",
      ]
    ),
    (
      .jsonAPI, limits, "page[limit]=10",
      [
        "/t?page[limit]=10&page%5Boffset%5D=0", nil, "/t?page[limit]=10&page%5Boffset%5D=10",
        "/t?page[limit]=10&page%5Boffset%5D=40",
      ]
    ),
    (.bracket, pages, "page=2", ["/t?page=1", "/t?page=1", "/t?page=3", "/t?page=5"]),
    (
      .bracket, pages, "order[id]=asc",
      [
        "/t?order[id]=asc&page=1", nil, "/t?order[id]=asc&page=2", "/t?order[id]=asc&page=5",
      ]
    ),
    (
      .mixed, limits, "name_eq=a&page[offset]=20&limit=10",
      [
        "/t?name_eq=a&page[offset]=0&limit=10", "/t?name_eq=a&page[offset]=10&limit=10",
        "/t?name_eq=a&page[offset]=30&limit=10", "/t?name_eq=a&page[offset]=40&limit=10",
      ]
    ),
    // The client's own bytes are in the way of nothing: a filter that is called like a page parameter stays.
    (
      .suffix, limits, "name_eq=offset&limit=10",
      [
        "/t?name_eq=offset&limit=10&offset=0", nil, "/t?name_eq=offset&limit=10&offset=10",
        "/t?name_eq=offset&limit=10&offset=40",
      ]
    ),
  ]

  @Test func tables() throws {
    for (dialect, paging, request, expected) in Self.requests {
      let query = try QueryCompiler(resource: Self.resource(dialect, paging)).compile(request)
      let links = query.links(PageFacts(request: request, address: "/t", hasMore: true, total: 45))
      let found = [links.first, links.previous, links.next, links.last]
      #expect(found == expected, "\(dialect) \(request)")
      let last = query.links(PageFacts(request: request, address: "/t", hasMore: false))
      #expect(last.next == nil && last.last == nil, "\(request)")
      #expect(links.header?.utf8.allSatisfy { (0x20...0x7E).contains($0) } == true)
    }
  }

  @Test func cursorsAreReplacedAndLeftOut() throws {
    let query = try QueryCompiler(resource: Self.resource(.jsonAPI, Self.cursors)).compile("page[limit]=5")
    let facts = PageFacts(
      request: "page[cursor]=old&page[limit]=5", address: "/t", hasMore: true, total: 9, nextCursor: "a-b_c",
      previousCursor: "x")
    let links = query.links(facts)
    #expect(links.first == "/t?page[limit]=5")
    #expect(links.next == "/t?page[cursor]=a-b_c&page[limit]=5")
    #expect(links.previous == "/t?page[cursor]=x&page[limit]=5")
    #expect(links.last == nil)
    #expect(
      links.header
        == #"</t?page[limit]=5>; rel="first", </t?page[cursor]=x&page[limit]=5>; rel="prev", "#
        + #"</t?page[cursor]=a-b_c&page[limit]=5>; rel="next""#)
  }

  /// A decoded path can not end the header, nor the link in it.
  @Test func anAddressIsEscaped() throws {
    let query = try QueryCompiler(resource: Self.resource(.jsonAPI, Self.cursors)).compile("page[limit]=5")
    let links = query.links(
      PageFacts(request: "page[limit]=5", address: "/a>\r\nX: y/%C3%A9/ü", hasMore: false))
    #expect(links.first == "/a%3E%0D%0AX:%20y/%C3%A9/%C3%BC?page[limit]=5")
  }

  /// An escaped bar is data: `1%7C9` would be one value where two are asked for.
  @Test func aBarStays() throws {
    let paging = Paging.limitOffset(defaultLimit: 7, maximumLimit: 10)
    let compiler = QueryCompiler(resource: Self.resource(.suffix, paging))
    let query = try compiler.compile("id_between=1|9")
    let next = try #require(query.links(PageFacts(request: "id_between=1|9", hasMore: true)).next)
    #expect(next == "?id_between=1|9&offset=7")
    #expect(try compiler.compile(String(next.dropFirst())).query.predicate == query.query.predicate)
  }

  /// A link is a request of its dialect, or there is none.
  @Test func noLinkSaysWhatItsDialectCanNot() throws {
    let offsets = Paging.limitOffset(defaultLimit: 7, maximumLimit: 10)
    let pages = Paging.pages(defaultSize: 7, maximumSize: nil)
    for (dialect, paging) in [(QueryDialect.bracket, offsets), (.suffix, pages)] {
      let compiler = QueryCompiler(resource: Self.resource(dialect, paging))
      let links = try compiler.compile("").links(PageFacts(request: "", hasMore: true, total: 45))
      #expect([links.first, links.previous, links.next, links.last] == [nil, nil, nil, nil], "\(dialect)")
    }
    for dialect in QueryDialect.allCases where dialect != .body {
      for paging in [offsets, pages] {
        let compiler = QueryCompiler(resource: Self.resource(dialect, paging))
        guard let next = try compiler.compile("").links(PageFacts(request: "", hasMore: true)).next else {
          continue
        }
        #expect(
          try compiler.compile(String(next.dropFirst())).query.page == Page(limit: 7, offset: 7), "\(next)")
      }
    }
  }

  /// A page before a place becomes one after it under a name that says so.
  @Test func aNameWithASideGivesWay() throws {
    let query = try QueryCompiler(resource: Self.resource(.jsonAPI, Self.cursors)).compile("page[limit]=5")
    let facts = PageFacts(
      request: "page[before]=old&page[limit]=5", address: "/t", hasMore: true, nextCursor: "n")
    #expect(query.links(facts).next == "/t?page%5Bcursor%5D=n&page[limit]=5")
    #expect(query.links(facts).first == "/t?page[limit]=5")
  }

  private static let keyring = CursorKeyring.unauthenticated

  /// Along cursors, as along offsets.
  @Test func cursorsMeetEveryRecordOnce() throws {
    for dialect in [QueryDialect.jsonAPI, .suffix, .bracket, .mixed] {
      let resource = Self.walkable(dialect, .cursor(defaultLimit: 4, maximumLimit: 10))
      let compiler = QueryCompiler(resource: resource, cursors: Self.keyring)
      let reader = RecordReader(resource: resource)
      let records = try reader.readAll(Array(Self.records.joined(separator: "\n").utf8))
      var request = dialect == .bracket ? "order[name]=desc" : "sort=-name"
      let all = try Self.all(compiler, request, records)
      var found: [String] = []
      for _ in 0..<100 {
        let query = try compiler.compile(request)
        let page = try query.page(try query.select(from: records), of: records)
        found += page.records.map(\.primaryKeyJSON)
        guard let next = query.links(PageFacts(request: request, address: "/t", page: page)).next else {
          break
        }
        request = String(next.dropFirst("/t?".count))
      }
      #expect(found == all, "\(dialect)")
      #expect(found.count == 53)
    }
  }

  @Test func aBodyHasNoLinks() throws {
    let query = try QueryCompiler(resource: Self.resource(.body, Self.limits)).compile("{}")
    let links = query.links(PageFacts(request: "{}", address: "/t", hasMore: true, total: 45))
    #expect(links.current == nil && links.next == nil && links.header == nil)
  }

  @Test func anOffsetAtTheEndOfNumbersHasNoNextPage() throws {
    let request = "offset=9223372036854775807"
    let query = try QueryCompiler(resource: Self.resource(.suffix, Self.limits)).compile(request)
    let links = query.links(PageFacts(request: request, hasMore: true, total: .max))
    #expect(links.next == nil)
    #expect(links.previous == "?offset=9223372036854775797")
    #expect(links.last?.hasPrefix("?offset=") == true)
  }

  // MARK: Walks

  private static let walks: [(QueryDialect, Paging, String)] = [
    (.suffix, limits, "sort=-name&limit=7"), (.suffix, limits, "name_ne=n3"),
    (.jsonAPI, pages, "sort=name&page[size]=4"),
    (.bracket, pages, "order[name]=desc"), (.mixed, limits, "name_startswith=n&page[limit]=9"),
    (.jsonAPIKeys, pages, "page[size]=1&filter[id-lt]=12"),
  ]

  private static let records = (0..<53).map { #"{"id":\#($0 * 7 % 53),"name":"n\#($0 % 5)"}"# }

  /// Following `next` from the first page gives every record once, in order.
  @Test func everyRecordIsMetOnceInMemory() throws {
    for (dialect, paging, request) in Self.walks {
      let resource = Self.walkable(dialect, paging)
      let compiler = QueryCompiler(resource: resource)
      let reader = RecordReader(resource: resource)
      let records = try reader.readAll(Array(Self.records.joined(separator: "\n").utf8))
      let found = try Self.walk(compiler, request) { query in
        let selection = try query.select(from: records)
        return (selection.indices.map { records[$0].primaryKeyJSON }, selection.hasMore)
      }
      let all = try Self.all(compiler, request, records)
      #expect(found == all, "\(request)")
      #expect(Set(found).count == found.count && found.count > 10, "\(request)")
    }
  }

  static func walkable(_ dialect: QueryDialect, _ paging: Paging) -> Resource {
    Resource("things", dialect: dialect, paging: paging) {
      Field("id", .integer).primaryKey()
      Field("name", .text).sortable()
    }
  }

  private static func all(_ compiler: QueryCompiler, _ request: String, _ records: RecordSet) throws
    -> [String]
  {
    var query = try compiler.compile(request).query
    query.page = Page(limit: 1_000, offset: 0)
    return try RecordSelection.select(query, from: records).indices.map { records[$0].primaryKeyJSON }
  }

  static func walk(
    _ compiler: QueryCompiler, _ request: String, page: (CompiledQuery) throws -> ([String], Bool)
  ) throws -> [String] {
    var keys: [String] = []
    var request = request
    for _ in 0..<100 {
      let query = try compiler.compile(request)
      let (found, hasMore) = try page(query)
      keys += found
      let links = query.links(PageFacts(request: request, address: "/t", hasMore: hasMore))
      guard let next = links.next else { return keys }
      request = String(next.dropFirst("/t?".count))
    }
    throw WalkDoesNotEnd()
  }

  struct WalkDoesNotEnd: Error {}
}

#if CommandLine
  import GRDB
  import TamisGRDB

  extension PageLinkTests {
    /// The same over SQLite, whose statement tells by one row more whether a page follows.
    @Test func everyRecordIsMetOnceInSQLite() throws {
      let resource = Self.walkable(.suffix, .limitOffset(defaultLimit: 6, maximumLimit: 10))
      let compiler = QueryCompiler(resource: resource, engines: [.sqlite])
      let queue = try DatabaseQueue()
      try queue.write { database in
        for statement in SQLTable(resource: resource, dialect: .sqlite).createStatements {
          try database.execute(sql: statement)
        }
        for number in 0..<53 {
          try database.execute(
            sql: "INSERT INTO things (id, name) VALUES (?, ?)",
            arguments: [number * 7 % 53, "n\(number % 5)"])
        }
      }
      let found = try Self.walk(compiler, "sort=-name&limit=8") { query in
        let statement = try query.statement(for: .sqlite)
        let rows = try queue.read { try $0.rows(statement) }
        let reader = SQLRowReader(query.query, dialect: .sqlite)
        let values = rows.map { reader.values(of: $0.bindings) }
        let page = values.prefix(query.query.page.limit).map { $0[0]?.description ?? "" }
        return (page, values.count > page.count)
      }
      #expect(found.count == 53)
      #expect(Set(found) == Set((0..<53).map(String.init)))
    }
  }
#endif
