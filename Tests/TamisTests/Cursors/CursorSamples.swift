import Tamis
import TamisMemory

/// A key for tests: two different seeds give two different codes.
struct SampleKey: CursorAuthenticator {
  var seed: UInt8
  var length = 32

  func authenticationCode(for message: [UInt8]) -> [UInt8] {
    let keyed = [seed] + message + [seed]
    let code = UnauthenticatedCursors().authenticationCode(for: keyed)
    return Array((code + UnauthenticatedCursors().authenticationCode(for: keyed + code)).prefix(length))
  }
}

/// A resource with a key of every type, seven records, and a compiler for it.
enum CursorSamples {
  static let keyring = CursorKeyring(writing: CursorKey(id: 7, SampleKey(seed: 7)))

  static func resource(_ name: String = "balances", _ dialect: QueryDialect = .jsonAPI) -> Resource {
    Resource(
      name, dialect: dialect, paging: .cursor(defaultLimit: 2, maximumLimit: 50),
      defaultSort: [.descending("created_at")], allowsRandomOrder: true
    ) {
      Field("id", .text).primaryKey()
      Field("currency", .text).sortable()
      Field("amount", .decimal(precision: 30, scale: 4)).nullable().sortable()
      Field("big", .bigInteger).sortable()
      Field("count", .integer).sortable()
      Field("is_open", .boolean).sortable()
      Field("owner", .uuid).nullable().sortable()
      Field("day", .date).sortable()
      Field("kind", .enumeration(Enumeration(["low", "mid", "high"]))).sortable()
      Field("created_at", .timestamp).sortable()
      Field("tenant", .text).hidden()
      Scope("tenant", .text, .compare("tenant", .equal, .argument))
    }
  }

  static let scope = ["tenant": "acme"]

  static func compiler(
    _ dialect: QueryDialect = .jsonAPI, name: String = "balances", keyring: CursorKeyring? = keyring
  ) -> QueryCompiler {
    QueryCompiler(resource: resource(name, dialect), cursors: keyring)
  }

  static let json: String = (0..<7).map { index in
    let amount = index % 3 == 0 ? "null" : "\"-\(index % 2)12345678901234567890.5\(index / 4)\""
    let owner = index % 4 == 1 ? "null" : "\"6ba7b810-9dad-11d1-80b4-00c04fd430c\(index % 2)\""
    return """
      {"id":"b\(index)","currency":"\(index % 2 == 0 ? "USD" : "Z\u{F6}\u{1F600}")","amount":\(amount),\
      "big":"\(index % 3)123456789012345678901234567890","count":\(index % 2 == 0 ? "9223372036854775807" : "-9223372036854775808"),\
      "is_open":\(index % 3 == 0),"owner":\(owner),"day":"000\(index % 3 + 1)-01-01","kind":"\(["low", "mid", "high"][index % 3])",\
      "created_at":"2024-01-0\(index % 3 + 1)T00:00:00.00000\(index % 2)Z","tenant":"\(index == 6 ? "other" : "acme")"}
      """
  }.joined(separator: "\n")

  static func records(_ dialect: QueryDialect = .jsonAPI) throws -> RecordSet {
    try RecordReader(resource: resource("balances", dialect)).readAll(Array(json.utf8))
  }

  /// The page's identities and its neighbours' cursors.
  static func page(
    _ compiler: QueryCompiler, _ text: String, _ records: RecordSet, scope: [String: String] = scope,
    seed: UInt64? = nil
  ) throws -> (ids: [String], next: String?, previous: String?) {
    let query = try compiler.compile(text, scope: scope, randomSeed: seed)
    let page = try query.page(query.select(from: records), of: records)
    return (page.records.map(\.primaryKeyJSON), page.next, page.previous)
  }

  /// What a request is refused with: codes and spans.
  static func refusal(
    _ compiler: QueryCompiler, _ text: String, scope: [String: String] = scope
  ) -> [String] {
    do {
      _ = try compiler.compile(text, scope: scope)
      return []
    } catch {
      return error.diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" }
    }
  }
}
