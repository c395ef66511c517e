/// A request that is a JSON body and has a query string, too: `POST /balances?next_page=…`.
public struct BodyRequest: Hashable, Sendable {
  public var body: [UInt8]
  /// Without its question mark; empty where there is none.
  public var query: [UInt8]

  public init(body: [UInt8], query: [UInt8] = []) {
    self.body = body
    self.query = query
  }

  public init(body: String, query: String = "") {
    self.init(body: body.requestBytes, query: query.requestBytes)
  }

  /// What spans count in, and what reports are given: the body, and where there is a query string a line feed and
  /// the query string.
  public var source: [UInt8] { query.isEmpty ? body : body + [UInt8(ascii: "\n")] + query }
}
