import Tamis
import TamisTesting
import Testing

/// From a request's text to rows of a Swift type.
@Suite struct ValueQueryTests {
  struct Balance: Equatable {
    var id: String
    var currency: String
    var amount: Int64
    var createdAt: Timestamp
    var note: String?
  }

  private let compiler = QueryCompiler(
    resource: Resource("balances", dialect: .suffix, defaultSort: [.descending("created_at")]) {
      Field("balance_id", .text).primaryKey()
      Field("currency", .text)
      Field("amount", .bigInteger).sortable()
      Field("created_at", .timestamp).sortable()
      Field("note", .text).nullable()
      Field("meta_data", .json).nullable().openKeys()
    })

  private var shape: RecordShape<Balance> {
    RecordShape<Balance>(compiler.resource) {
      Bind("balance_id", \.id)
      Bind("currency", \.currency)
      Bind("amount", \.amount)
      Bind("created_at", \.createdAt)
      Bind("note", \.note)
      Unbound("meta_data")
    }
  }

  private let balances = [
    Balance(id: "b1", currency: "USD", amount: 5, createdAt: Timestamp(microseconds: 1_704_067_200_000_000)),
    Balance(id: "b2", currency: "EUR", amount: 7, createdAt: Timestamp(microseconds: 1_706_745_600_000_000)),
    Balance(
      id: "b3", currency: "USD", amount: .max, createdAt: Timestamp(microseconds: 1_709_251_200_000_000),
      note: "Savings 1"),
    Balance(
      id: "b4", currency: "USD", amount: 6, createdAt: Timestamp(microseconds: 1_706_745_600_000_000),
      note: "other"),
  ]

  @Test(arguments: [
    ("currency_eq=USD", ["b3", "b4", "b1"]),
    ("currency_eq=USD&limit=2", ["b3", "b4"]),
    ("currency_eq=USD&limit=2&offset=2", ["b1"]),
    ("created_at_eq=2024-02", ["b4", "b2"]),
    ("amount_in=5,9223372036854775807", ["b3", "b1"]),
    ("note_ilike=SAV%25", ["b3"]),
    ("note_isnull=true&sort=amount", ["b1", "b2"]),
    ("note_ne=other", ["b3"]),
  ])
  func requests(_ request: String, _ ids: [String]) throws {
    let page = try compiler.compile(request).select(from: balances, as: shape)
    #expect(page.records.map(\.id) == ids)
    #expect(page.hasMore == request.hasSuffix("limit=2"))
    let predicate = try compiler.compile(request).predicate(for: shape)
    let filtered = try predicate.filter(balances)
    #expect(try filtered.count == predicate.count(in: balances))
    let oneByOne = try balances.filter { try predicate.matches($0) }
    #expect(oneByOne == filtered)
    let sorted = try compiler.compile(request).ordering(for: shape).sorted(balances).map(\.id)
    #expect(sorted.filter(Set(ids).contains) == ids)
  }

  /// JSON records in a set, and the same in an array.
  @Test func recordsOfAnArray() throws {
    let lines = (0..<5).map {
      #"{"balance_id":"b\#($0)","currency":"USD","amount":\#($0),"created_at":"2024-01-0\#($0 + 1)T00:00:00Z"}"#
    }
    let set = try RecordReader(resource: compiler.resource).readAll(Array(lines.joined(separator: "\n").utf8))
    let records = set.indices.map { set[$0] }
    for (request, indices, hasMore) in [
      ("amount_gt=1&limit=2", [4, 3], true), ("sort=amount&amount_lt=2", [0, 1], false),
    ] {
      let compiled = try compiler.compile(request)
      let fromArray = try compiled.select(from: Array(records.reversed()))
      #expect(fromArray.indices.map { 4 - $0 } == indices)
      #expect(fromArray.hasMore == hasMore)
      #expect(try compiled.select(from: set).indices == indices)
    }
  }

  /// The place of the clause is in the diagnostic.
  @Test func unboundField() throws {
    #expect(shape.faults == [])
    let marked = try #require(MarkedText("currency_eq=USD&«meta_data.tier_eq=gold»"))
    let query = try compiler.compile(marked.text)
    let error = #expect(throws: QueryError.self) { try query.select(from: balances, as: shape) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.code == "engine.unbound-field")
    #expect(diagnostic.message == "'meta_data' is bound to no property of Balance")
    #expect([diagnostic.span] == marked.spans)
  }
}
