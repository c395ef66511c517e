/// What a server knows of a page beside its records.
public struct PageFacts: Hashable, Sendable {
  /// The request's own bytes: the query string without its question mark, or the body.
  public var request: [UInt8]
  /// What links begin with: `/balances`, or a whole URL. Empty, links are relative to the request's own.
  public var address: String
  /// Whether records follow the page.
  public var hasMore: Bool
  /// The number of all records, where it was counted: when `Query.wantsCount`, or whenever you like.
  public var total: Int?
  /// The tokens of the pages after and before this one, where the resource is paged by cursors.
  public var nextCursor: String?
  public var previousCursor: String?

  public init(
    request: String, address: String = "", hasMore: Bool, total: Int? = nil, nextCursor: String? = nil,
    previousCursor: String? = nil
  ) {
    self.request = Array(request.utf8)
    self.address = address
    self.hasMore = hasMore
    self.total = total
    self.nextCursor = nextCursor
    self.previousCursor = previousCursor
  }
}
