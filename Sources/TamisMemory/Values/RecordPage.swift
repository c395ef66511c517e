public import TamisModel

/// One page of the rows that a query selects.
public struct RecordPage<Row> {
  /// The page's rows, in the query's order.
  public let records: [Row]
  /// Their positions among the rows that were asked.
  public let indices: [Int]
  /// Whether rows follow the page; of a page before a place, whether more come before it.
  public let hasMore: Bool
}

extension RecordPage: Sendable where Row: Sendable {}

extension RecordPage {
  /// Filters, orders and cuts the page. `limit=20&offset=40` gives at most 20 rows; an offset past the end gives none.
  ///
  /// - Throws: what the query uses that the shape does not bind, with the clause's span; and as `RecordPredicate` does.
  public static func select(
    _ query: Query, from rows: [Row], _ shape: RecordShape<Row>
  ) throws(QueryError) -> RecordPage {
    let predicate = try RecordPredicate(query, shape)
    let ordering = try RecordOrdering(reading: query, shape)
    var found = try predicate.indices(in: rows.span)
    if let place = RecordPlace(query) { found = ordering.indices(found, after: place, of: rows.span) }
    let selection = RecordSelection(query, of: found.count) {
      ordering.sorted(found, of: rows.span, limit: $0)
    }
    return RecordPage(
      records: selection.indices.map { rows[$0] }, indices: selection.indices, hasMore: selection.hasMore)
  }
}
