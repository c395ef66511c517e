public import TamisModel

/// One page of the records that a query selects.
public struct RecordSelection: Sendable, Hashable {
  /// Positions of the page's records, in the query's order, also of a page before a place.
  public let indices: [Int]
  /// Whether records follow the page; of a page before a place, whether more come before it.
  public let hasMore: Bool

  /// Filters, orders and cuts the page. `limit=20&offset=40` gives at most 20 positions; an offset past the end
  /// gives none. Throws as `RecordSetPredicate` does.
  public static func select(_ query: Query, from records: [Record]) throws(QueryError) -> RecordSelection {
    var found =
      provesEmpty(query, over: records.count) ? [] : try RecordSetPredicate(query).indices(in: records)
    let ordering = RecordSetOrdering(reading: query)
    if let place = RecordPlace(query) {
      found.removeAll { !ordering.isAfter(place, records[$0].storage.table, records[$0].row) }
    }
    return RecordSelection(query, of: found.count) { ordering.sorted(found, of: records, limit: $0) }
  }

  /// The same from one set.
  public static func select(_ query: Query, from records: RecordSet) throws(QueryError) -> RecordSelection {
    var found =
      provesEmpty(query, over: records.count) ? [] : try RecordSetPredicate(query).indices(in: records)
    let ordering = RecordSetOrdering(reading: query)
    let table = records.storage.table
    if let place = RecordPlace(query) { found.removeAll { !ordering.isAfter(place, table, $0) } }
    return RecordSelection(query, of: found.count) { ordering.sorted(found, of: records, limit: $0) }
  }

  /// Over many records it pays to look at the filter alone first.
  private static func provesEmpty(_ query: Query, over count: Int) -> Bool {
    count >= 4_096 && query.emptiness != nil
  }

  /// `first` gives so many of the first positions in order.
  init(_ query: Query, of count: Int, _ first: (Int) -> [Int]) {
    let page = query.page
    let start = Swift.min(Swift.max(page.offset, 0), count)
    let end = start + Swift.min(Swift.max(page.limit, 0), count - start)
    let read = start < end ? Array(first(end)[start..<end]) : []
    indices = query.boundary?.side == .before ? read.reversed() : read
    hasMore = end < count
  }
}
