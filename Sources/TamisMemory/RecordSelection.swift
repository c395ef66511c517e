public import TamisModel

/// One page of the records that a query selects.
public struct RecordSelection: Sendable, Hashable {
  /// Positions of the page's records, in the query's order.
  public let indices: [Int]
  /// Whether records follow the page.
  public let hasMore: Bool

  /// Filters, orders and cuts the page. `limit=20&offset=40` gives at most 20 positions; an offset past the end
  /// gives none.
  public static func select(_ query: Query, from records: [Record]) -> RecordSelection {
    let found = RecordSetPredicate(query).indices(in: records)
    return RecordSelection(query.page, of: found.count) {
      RecordSetOrdering(query).sorted(found, of: records, limit: $0)
    }
  }

  /// The same from one set.
  public static func select(_ query: Query, from records: RecordSet) -> RecordSelection {
    let found = RecordSetPredicate(query).indices(in: records)
    return RecordSelection(query.page, of: found.count) {
      RecordSetOrdering(query).sorted(found, of: records, limit: $0)
    }
  }

  /// `first` gives so many of the first positions in order.
  init(_ page: Page, of count: Int, _ first: (Int) -> [Int]) {
    let start = Swift.min(Swift.max(page.offset, 0), count)
    let end = start + Swift.min(Swift.max(page.limit, 0), count - start)
    indices = start < end ? Array(first(end)[start..<end]) : []
    hasMore = end < count
  }
}
