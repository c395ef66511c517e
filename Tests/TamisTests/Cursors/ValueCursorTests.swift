import Tamis
import Testing

/// Walks over values of a Swift type, page by page along cursors.
@Suite struct ValueCursorTests {
  struct Entry: Equatable {
    var id: Int
    var amount: Decimal?
    var note: String?
    var at: Timestamp?
    var isOpen: Bool
  }

  private static let resource = Resource(
    "entries", dialect: .suffix, paging: .cursor(defaultLimit: 5, maximumLimit: 100)
  ) {
    Field("id", .integer).primaryKey()
    Field("amount", .decimal(precision: 30, scale: 3)).nullable().sortable()
    Field("note", .text).nullable().sortable()
    Field("at", .timestamp).nullable().sortable()
    Field("is_open", .boolean).sortable()
  }

  private static let shape = RecordShape<Entry>(resource) {
    Bind("id", \.id)
    Bind("amount", \.amount)
    Bind("note", \.note)
    Bind("at", \.at)
    Bind("is_open", \.isOpen)
  }

  /// Few values, so that ties and nulls are many.
  private static let entries: [Entry] = (0..<47).map { index in
    let amounts = ["-0.5", "12345678901234567890.125", "12345678901234567890.126", "0"].map { Decimal($0) }
    let notes: [String?] = ["", "a", "a\u{0}b", "ü", "\u{10FFFF}", nil]
    return Entry(
      id: index &* 31 % 47, amount: index % 5 == 4 ? nil : amounts[index % 4], note: notes[index % 6],
      at: index % 3 == 0 ? nil : Timestamp(microseconds: Int64(index % 4) &* 1_000_001),
      isOpen: index % 2 == 0)
  }

  private static let compiler = QueryCompiler(resource: resource, engines: [], cursors: .unauthenticated)

  private func page(_ request: String) throws -> CursorPage<Entry> {
    let query = try Self.compiler.compile(request)
    return try query.page(query.select(from: Self.entries, as: Self.shape), as: Self.shape)
  }

  @Test(arguments: [
    "", "sort=amount", "sort=-amount,note", "sort=note,-at", "sort=-is_open,at,-amount", "sort=-note,-at,-id",
    "is_open_eq=true&sort=-at", "amount_gt=0&sort=note",
  ])
  func everyEntryOnceInOrderBothWays(_ request: String) throws {
    #expect(Self.shape.faults.isEmpty)
    let whole = try page(request + "&limit=100")
    #expect(whole.next == nil && whole.previous == nil)
    #expect(whole.records.count >= 20)
    for size in [1, 2, 3, 7, 46, 47] {
      var pages: [[Entry]] = []
      var current = try page("\(request)&limit=\(size)")
      pages.append(current.records)
      while let next = current.next, pages.count < 60 {
        current = try page("\(request)&limit=\(size)&next_page=\(next)")
        pages.append(current.records)
      }
      #expect(pages.flatMap { $0 } == whole.records, "\(request) by \(size)")
      var backwards = [current.records]
      while let previous = current.previous, backwards.count < 60 {
        current = try page("\(request)&limit=\(size)&next_page=\(previous)")
        backwards.append(current.records)
      }
      #expect(backwards.reversed().flatMap { $0 } == whole.records, "\(request) back by \(size)")
    }
  }

  @Test func aCursorOfAnotherOrderIsRefused() throws {
    let token = try #require(try page("sort=amount&limit=3").next)
    #expect(throws: QueryError.self) { try page("sort=-amount&limit=3&next_page=\(token)") }
    #expect(throws: QueryError.self) { try page("sort=amount&limit=3&is_open_eq=true&next_page=\(token)") }
  }
}
