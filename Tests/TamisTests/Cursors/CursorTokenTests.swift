import Foundation
import Tamis
import TamisCatalog
import TamisMemory
import TamisPlanner
import Testing

/// Cursors as clients see them: walks in every dialect, and everything that is not a cursor of this query.
@Suite struct CursorTokenTests {
  /// The request of the first page, and what comes before and after a token.
  private static let spellings: [(QueryDialect, String, @Sendable (String) -> String)] = [
    (.jsonAPI, "sort=amount&page[size]=2", { "sort=amount&page[size]=2&page[after]=\($0)" }),
    (.jsonAPI, "sort=amount&page[limit]=2", { "sort=amount&page[limit]=2&page[cursor]=\($0)" }),
    (.jsonAPIKeys, "sort=-owner,kind&page[size]=3", { "sort=-owner,kind&page[size]=3&page[after]=\($0)" }),
    (.suffix, "sort=big,-count&limit=1", { "sort=big,-count&next_page=\($0)&limit=1" }),
    (.suffix, "sort=is_open&limit=4", { "sort=is_open&cursor=\($0)&limit=4" }),
    (.bracket, "order[day]=desc&itemsPerPage=2", { "order[day]=desc&itemsPerPage=2&cursor=\($0)" }),
    (
      .bracket, "order[currency]=asc&itemsPerPage=2", { "next_page=\($0)&order[currency]=asc&itemsPerPage=2" }
    ),
    (.mixed, "sort=amount,-owner&limit=2", { "sort=amount,-owner&limit=2&page[after]=\($0)" }),
    (.body, #"{"limit":2}"#, { #"{"limit":2,"next_page":"\#($0)"}"# }),
    (.body, #"{"sort":["kind","-amount"]}"#, { #"{"cursor":"\#($0)","sort":["kind","-amount"]}"# }),
  ]

  @Test func everyDialectWalks() throws {
    for (dialect, first, following) in Self.spellings {
      let compiler = CursorSamples.compiler(dialect)
      let records = try CursorSamples.records(dialect)
      var whole = try compiler.compile(first, scope: CursorSamples.scope).query
      whole.page.limit = 50
      let expected = try RecordSelection.select(whole, from: records).indices.map {
        records[$0].primaryKeyJSON
      }
      #expect(expected.count == 6)
      var page = try CursorSamples.page(compiler, first, records)
      #expect(page.previous == nil)
      var found = page.ids
      var firstPages = [page.ids]
      while let next = page.next, found.count < 100 {
        page = try CursorSamples.page(compiler, following(next), records)
        found += page.ids
        firstPages.append(page.ids)
      }
      #expect(found == expected, "\(dialect) \(first)")
      // Back again, by the cursors of the pages before; a token brings its own direction.
      guard dialect != .mixed, !first.contains("size]") else { continue }
      var back = [page.ids]
      while let previous = page.previous, back.count < 100 {
        page = try CursorSamples.page(compiler, following(previous), records)
        back.append(page.ids)
      }
      #expect(back.reversed().flatMap { $0 } == expected, "\(dialect) \(first)")
      #expect(page.next != nil)
    }
  }

  /// `page[before]` reads backwards from any place, `page[after]` forwards.
  @Test func theParameterSaysTheDirection() throws {
    let compiler = CursorSamples.compiler()
    let records = try CursorSamples.records()
    let first = try CursorSamples.page(compiler, "sort=id&page[size]=4", records)
    let token = try #require(first.next)
    #expect(first.ids == ["\"b0\"", "\"b1\"", "\"b2\"", "\"b3\""])
    let before = try CursorSamples.page(compiler, "sort=id&page[size]=2&page[before]=\(token)", records)
    #expect(before.ids == ["\"b1\"", "\"b2\""])
    let after = try CursorSamples.page(compiler, "sort=id&page[size]=2&page[after]=\(token)", records)
    #expect(after.ids == ["\"b4\"", "\"b5\""])
    let previous = try #require(after.previous)
    let back = try CursorSamples.page(compiler, "sort=id&page[size]=2&page[cursor]=\(previous)", records)
    #expect(back.ids == ["\"b2\"", "\"b3\""])
  }

  // MARK: What is no cursor

  private static let compiler = CursorSamples.compiler()

  private static func token(_ text: String = "sort=amount") throws -> String {
    let page = try CursorSamples.page(CursorSamples.compiler(), text, try CursorSamples.records())
    return try #require(page.next)
  }

  private static func refusal(of token: String, _ prefix: String = "sort=amount&page[after]=") -> [String] {
    let escaped = token.utf8.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    return CursorSamples.refusal(compiler, prefix + escaped)
  }

  /// Every bit of the text, every length, and anything appended.
  @Test func damagedTextIsRefused() throws {
    let token = try Self.token()
    #expect(Self.refusal(of: token) == [])
    let bytes = Array(token.utf8)
    var refused = 0
    for index in bytes.indices {
      for bit in 0..<7 {
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(bit)
        let found = Self.refusal(of: String(decoding: damaged, as: UTF8.self))
        #expect(
          found.count == 1 && found[0].hasSuffix("24..<\(24 + 3 * bytes.count)"), "\(index) \(bit) \(found)")
        #expect(found.allSatisfy { $0.hasPrefix("page.") } || damaged[index] == 0)
        refused += 1
      }
      #expect(Self.refusal(of: String(token.prefix(index))).first?.hasPrefix("page.") ?? false, "\(index)")
    }
    for suffix in ["A", "AA", "AAA", "AAAA", "=", "==", "_", " ", token] {
      #expect(Self.refusal(of: token + suffix).first?.hasPrefix("page.") ?? false, "\(suffix)")
    }
    #expect(refused > 500)
  }

  /// Every bit that the text stands for, with the same code after it: the version is told apart, all else is forged.
  @Test func damagedBytesAreForged() throws {
    let token = try Self.token()
    let bytes = try #require(Self.bytes(token))
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << UInt8(bit)
        let found = Self.refusal(of: Self.text(damaged)).map { String($0.prefix { $0 != " " }) }
        let expected = index == 0 ? ["page.cursor-version"] : ["page.forged-cursor"]
        // A key's number that goes on into the next byte can end up without an end.
        #expect(
          found == expected || (index == 2 && found == ["page.invalid-cursor"]), "\(index) \(bit) \(found)")
      }
    }
    for count in 1..<bytes.count { #expect(Self.refusal(of: Self.text(Array(bytes.prefix(count)))) != []) }
  }

  private static func bytes(_ token: String) -> [UInt8]? {
    let plain = token.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    return Data(base64Encoded: plain + String(repeating: "=", count: (4 - token.utf8.count % 4) % 4)).map(
      Array.init)
  }

  private static func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }

  @Test func anotherQueryIsRefused() throws {
    let token = try Self.token("filter[currency]=USD&sort=amount")
    let place = "page[after]=\(token)"
    let compiler = CursorSamples.compiler()
    let span = 12..<12 + token.utf8.count
    let other = ["page.cursor-of-other-query \(span)"]
    // The size of the page and the answer's fields do not count.
    #expect(CursorSamples.refusal(compiler, "\(place)&filter[currency]=USD&sort=amount&page[size]=9") == [])
    #expect(
      CursorSamples.refusal(compiler, "\(place)&filter[currency]=USD&sort=amount&fields[balances]=id") == [])
    for query in [
      "sort=amount", "filter[currency]=EUR&sort=amount", "filter[currency][ne]=USD&sort=amount",
      "filter[currency]=USD&sort=-amount", "filter[currency]=USD&sort=amount,kind", "filter[currency]=USD",
      "filter[currency]=USD&filter[count]=1&sort=amount",
    ] {
      #expect(CursorSamples.refusal(compiler, "\(place)&\(query)") == other, "\(query)")
    }
    let same = "\(place)&filter[currency]=USD&sort=amount"
    #expect(CursorSamples.refusal(compiler, same, scope: ["tenant": "other"]) == other)
    #expect(CursorSamples.refusal(CursorSamples.compiler(name: "accounts"), same) == other)
    #expect(
      CursorSamples.refusal(compiler, "\(place)&filter[currency]=USD&sort=amount,random")
        == [
          "setup.missing-seed \(same.utf8.count - 0 - "sort=amount".utf8.count + 12)..<\(same.utf8.count + 7)"
        ])
  }

  @Test func keysRotate() throws {
    let old = CursorKey(id: 1, SampleKey(seed: 1))
    let new = CursorKey(id: 2, SampleKey(seed: 2))
    func compiler(_ keyring: CursorKeyring) -> QueryCompiler { CursorSamples.compiler(keyring: keyring) }
    let records = try CursorSamples.records()
    let written = try #require(
      try CursorSamples.page(compiler(CursorKeyring(writing: old)), "sort=id", records).next)
    let request = "sort=id&page[after]=\(written)"
    #expect(CursorSamples.refusal(compiler(CursorKeyring(writing: new, reading: [old])), request) == [])
    #expect(CursorSamples.refusal(compiler(CursorKeyring(writing: old, reading: [new])), request) == [])
    let forged = ["page.forged-cursor 20..<\(request.utf8.count)"]
    #expect(CursorSamples.refusal(compiler(CursorKeyring(writing: new)), request) == forged)
    // The number alone is no key.
    let impostor = CursorKey(id: 1, SampleKey(seed: 3))
    #expect(CursorSamples.refusal(compiler(CursorKeyring(writing: impostor)), request) == forged)
    #expect(CursorSamples.refusal(compiler(.unauthenticated), request) == forged)
  }

  @Test func withoutAKeyThereAreNoCursors() throws {
    let compiler = CursorSamples.compiler(keyring: nil)
    let token = try Self.token("sort=id")
    #expect(
      CursorSamples.refusal(compiler, "sort=id&page[after]=\(token)")
        == ["setup.no-cursor-key 20..<\(20 + token.utf8.count)"])
    #expect(throws: QueryError.self) {
      _ = try CursorSamples.page(compiler, "sort=id", try CursorSamples.records())
    }
    // A code that is too short to be one is none, for reading and for writing.
    let weak = CursorSamples.compiler(
      keyring: CursorKeyring(writing: CursorKey(id: 7, SampleKey(seed: 7, length: 15))))
    #expect(CursorSamples.refusal(weak, "sort=id&page[after]=\(token)") != [])
    do {
      _ = try CursorSamples.page(weak, "sort=id", try CursorSamples.records())
      Issue.record("a cursor without a code")
    } catch let error as QueryError {
      #expect(error.diagnostics.map(\.code) == ["setup.no-cursor-key"])
    }
  }

  @Test func whatElseIsRefused() throws {
    let token = try Self.token("sort=id")
    let compiler = CursorSamples.compiler()
    func refusal(_ text: String) -> [String] { CursorSamples.refusal(compiler, text) }
    #expect(refusal("page[after]=") == ["page.invalid-cursor 12..<12"])
    #expect(refusal("page[after]") == ["syntax.wrong-shape 0..<11"])
    #expect(refusal("page[after]=a*b") == ["page.invalid-cursor 12..<15"])
    #expect(refusal("page[after]=AQ") == ["page.invalid-cursor 12..<14"])
    #expect(refusal("page[after]=AgAA") == ["page.cursor-version 12..<16"])
    #expect(refusal("page[after]=A") == ["page.invalid-cursor 12..<13"])
    #expect(
      refusal("sort=id&page[after]=\(token)&page[offset]=3").first
        == "name.unknown-page-setting \(21 + token.utf8.count)..<\(33 + token.utf8.count)")
    #expect(
      refusal("sort=id&page[after]=\(token)&page[before]=\(token)")
        == ["combination.conflicting-parameters \(21 + token.utf8.count)..<\(33 + token.utf8.count)"])
    #expect(refusal("page[size]=2&page[limit]=3") == ["combination.conflicting-parameters 13..<24"])
    #expect(
      CursorSamples.refusal(CursorSamples.compiler(.body), #"{"cursor":5}"#) == ["syntax.wrong-shape 10..<11"]
    )
    #expect(
      CursorSamples.refusal(CursorSamples.compiler(.suffix), "cursor=5") == ["page.invalid-cursor 7..<8"])
  }

  /// A page that does not offer cursors makes none.
  @Test func otherPagesHaveNone() throws {
    let compiler = QueryCompiler(
      resource: CursorSamples.resource().paged(.limitOffset(defaultLimit: 1, maximumLimit: 9)),
      cursors: .unauthenticated)
    let query = try compiler.compile("sort=id", scope: CursorSamples.scope)
    #expect(throws: QueryError(Diagnostic(.notSupported(feature: "cursors"), SourceSpan(0, 0)))) {
      _ = try query.cursor(of: KeysetBoundary(values: [.text("b1")]))
    }
  }

  /// Exact at any size, up to what the resource lets a value be.
  @Test func valuesAreExact() throws {
    let resource = CursorSamples.resource()
    let compiler = QueryCompiler(resource: resource, cursors: CursorSamples.keyring)
    let values: [(String, [Value?])] = [
      ("count", [.integer(.min), .integer(.max), .integer(0), .integer(-1), .integer(63), .integer(64)]),
      ("big", [.decimal(Decimal(String(repeating: "9", count: 1_000))!), .decimal(Decimal("-1e999")!)]),
      ("amount", [nil, .decimal(Decimal("-12345678901234567890123456.0001")!), .decimal(Decimal("0")!)]),
      ("currency", [.text(""), .text("\u{0}\u{10FFFF}é"), .text(String(repeating: "x", count: 5_900))]),
      ("is_open", [.boolean(true), .boolean(false)]),
      ("owner", [nil, .uuid("6ba7b810-9dad-11d1-80b4-00c04fd430cf")]),
      (
        "day",
        [.date(CalendarDate(daysSinceEpoch: -719_162)), .date(CalendarDate(daysSinceEpoch: 2_932_896))]
      ),
      ("kind", [.enumeration("low"), .enumeration("high")]),
      ("created_at", [.timestamp(Timestamp(microseconds: -62_135_596_800_000_000))]),
    ]
    for (field, values) in values {
      let query = try compiler.compile("sort=\(field)", scope: CursorSamples.scope)
      for value in values {
        let place = KeysetBoundary(values: [value, .text("b1")])
        let token = try query.cursor(of: place)
        let read = try compiler.compile("sort=\(field)&page[after]=\(token)", scope: CursorSamples.scope)
        #expect(read.query.boundary == place)
      }
    }
    let query = try compiler.compile("sort=currency", scope: CursorSamples.scope)
    let long = KeysetBoundary(values: [.text(String(repeating: "x", count: 7_000)), .text("b1")])
    #expect(throws: QueryError(Diagnostic(.valueTooLong(limit: 8_192), SourceSpan(0, 0)))) {
      _ = try query.cursor(of: long)
    }
    for wrong in [[], [.text("a")], [.integer(1), .text("b")], [nil, .text("b")]] as [[Value?]] {
      #expect(throws: QueryError.self) { _ = try query.cursor(of: KeysetBoundary(values: wrong)) }
    }
  }

  // MARK: Random orders

  @Test func theCursorBringsTheSeed() throws {
    let compiler = CursorSamples.compiler()
    let records = try CursorSamples.records()
    func walk(_ seed: UInt64) throws -> [String] {
      var page = try CursorSamples.page(compiler, "sort=random&page[size]=2", records, seed: seed)
      var found = page.ids
      while let next = page.next {
        // The server's seed of the moment does not matter any more.
        page = try CursorSamples.page(
          compiler, "sort=random&page[size]=2&page[after]=\(next)", records, seed: 99)
        found += page.ids
      }
      return found
    }
    let orders = try (1...8).map { try walk($0) }
    #expect(orders.allSatisfy { Set($0).count == 6 })
    #expect(try walk(3) == orders[2])
    #expect(Set(orders).count > 6)
    #expect(orders.contains { $0 != $0.sorted() })
  }

  @Test func randomOrdersAreChecked() {
    let compiler = CursorSamples.compiler()
    func refusal(_ text: String) -> [String] { CursorSamples.refusal(compiler, text) }
    #expect(refusal("sort=random") == ["setup.missing-seed 5..<11"])
    #expect(refusal("sort=-random") == ["value.invalid 5..<12"])
    #expect(
      refusal("sort=random,id")
        == ["setup.missing-seed 5..<11", "combination.sort-key-without-effect 12..<14"])
    let plain = QueryCompiler(
      resource: CursorSamples.resource().paged(
        .cursor(defaultLimit: 2, maximumLimit: 9), allowsRandomOrder: false))
    #expect(refusal("sort=rendom").first?.hasPrefix("name.unknown-field") ?? false)
    #expect(CursorSamples.refusal(plain, "sort=random") == ["name.unknown-field 5..<11"])
    let named = Resource("x", dialect: .suffix, allowsRandomOrder: true) {
      Field("id", .integer).primaryKey()
      Field("random", .integer)
    }
    #expect(named.faults == ["the field 'random' has the name of the random order"])
  }

  /// A key that SQLite keeps as ordered text has no canonical form there.
  @Test func anEngineThatCanNotSaysSo() throws {
    let resource = Resource("x", dialect: .suffix, allowsRandomOrder: true) {
      Field("id", .bigInteger).primaryKey()
    }
    let query = try QueryCompiler(resource: resource).compile("sort=random", randomSeed: 5)
    #expect(try query.statement(for: .postgreSQL).text.contains("trim_scale"))
    do {
      _ = try query.statement(for: .sqlite)
      Issue.record("no refusal")
    } catch {
      #expect(
        error.diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" } == [
          "engine.not-supported 5..<11"
        ])
    }
  }

  /// The catalogue's collection that is paged by tokens.
  @Test func metronomeWalks() throws {
    let compiler = QueryCompiler(resource: Catalog.metronomeBalances, cursors: CursorSamples.keyring)
    let customer = "13117714-3f05-48e5-a6e9-a66093f13b4d"
    let lines = (0..<60).map { index in
      #"{"id":"00000000-0000-4000-8000-0000000000\#(index % 10)\#(index / 10)","type":"CREDIT","customer_id":"\#(customer)"}"#
    }
    let records = try RecordReader(resource: compiler.resource).readAll(
      Array(lines.joined(separator: "\n").utf8))
    var found: [String] = []
    var pages = 0
    var request = #"{"customer_id":"\#(customer)"}"#
    while pages < 10 {
      let page = try CursorSamples.page(compiler, request, records, scope: [:])
      found += page.ids
      pages += 1
      guard let next = page.next else { break }
      request = #"{"customer_id":"\#(customer)","next_page":"\#(next)"}"#
    }
    #expect(pages == 3 && found.count == 60 && found == found.sorted() && Set(found).count == 60)
  }
}
