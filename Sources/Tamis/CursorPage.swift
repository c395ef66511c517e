/// One page of a resource that is paged by cursors, and the cursors of its neighbours.
public struct CursorPage<Element> {
  /// At most as many as the page holds, in the query's order.
  public let records: [Element]
  /// For `next_page=…`; nil on the last page.
  public let next: String?
  /// The same for the page before; nil on the first page.
  public let previous: String?
}

extension CursorPage: Sendable where Element: Sendable {}
