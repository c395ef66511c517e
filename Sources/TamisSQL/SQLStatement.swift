/// One statement, ready for a driver: text with placeholders, and the value of each.
public struct SQLStatement: Hashable, Sendable {
  /// Depends on the resource and on the query's shape, never on a value.
  public let text: String
  /// In the order of their numbers.
  public let bindings: [SQLBinding]
  /// Hidden columns at the end of each row, one for each sort key: what the next page's cursor is made from. Empty
  /// unless the resource is paged by cursors.
  public internal(set) var keyColumns: Range<Int> = 0..<0

  package init(text: String, bindings: [SQLBinding]) {
    self.text = text
    self.bindings = bindings
  }
}
