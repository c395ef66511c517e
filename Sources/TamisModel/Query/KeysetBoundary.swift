/// A place in an ordered result: beside a record whose sort keys are known, and on which side of it.
///
/// `next_page=…` holds one. Records may come and go between two pages: the place stays where it is.
public struct KeysetBoundary: Hashable, Sendable {
  public enum Side: UInt8, Hashable, Sendable {
    /// The records that follow: the next page.
    case after
    /// The records that come before, the nearest first: the previous page, which is read backwards.
    case before
  }

  /// One for each of the query's sort keys, in their order; nil is null.
  public var values: [Value?]
  public var side: Side

  public init(values: [Value?], side: Side = .after) {
    self.values = values
    self.side = side
  }
}

extension Query {
  /// The same query, for the page beside a place; no records are skipped there.
  ///
  /// Nil when the values are not one for each sort key, of its field's type, and null only where the field is
  /// nullable.
  public func beside(_ boundary: KeysetBoundary) -> Query? {
    guard suits(boundary.values) else { return nil }
    var query = self
    query.content = content.with(choices: choices.with(boundary: boundary))
    query.page.offset = 0
    return query
  }

  /// The order in which rows are read: that of the query, or its reverse for a page that comes before a place.
  package var readingSort: [SortKey] {
    guard boundary?.side == .before else { return sort }
    return sort.map { key in
      SortKey(
        field: key.field, direction: key.direction == .ascending ? .descending : .ascending,
        nulls: key.nulls == .first ? .last : .first)
    }
  }

  private func suits(_ values: [Value?]) -> Bool {
    let keys = sort
    guard values.count == keys.count else { return false }
    return zip(keys, values).allSatisfy { key, value in
      guard let value else { return resource.field(key.field).isNullable }
      return value.suits(resource.field(key.field).type)
    }
  }
}

extension Value {
  /// Whether it is a value that a field of the type can be sorted by.
  package func suits(_ type: FieldType) -> Bool {
    switch (self, type) {
    case (.text, .text), (.integer, .integer), (.decimal, .bigInteger), (.decimal, .decimal),
      (.boolean, .boolean), (.uuid, .uuid), (.date, .date), (.timestamp, .timestamp):
      true
    case (.enumeration(let name), .enumeration(let enumeration)):
      enumeration.cases.contains { $0.name == name }
    default: false
    }
  }
}
