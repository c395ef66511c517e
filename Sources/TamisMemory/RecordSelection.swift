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
    let found = RecordPredicate(query).indices(in: records)
    return RecordSelection(RecordOrdering(query).sorted(found, of: records), query.page)
  }

  /// The same from one set.
  public static func select(_ query: Query, from records: RecordSet) -> RecordSelection {
    let found = RecordPredicate(query).indices(in: records)
    return RecordSelection(RecordOrdering(query).sorted(found, of: records), query.page)
  }

  init(_ ordered: [Int], _ page: Page) {
    let start = Swift.min(Swift.max(page.offset, 0), ordered.count)
    let count = Swift.min(Swift.max(page.limit, 0), ordered.count - start)
    indices = Array(ordered[start..<start + count])
    hasMore = start + count < ordered.count
  }
}
