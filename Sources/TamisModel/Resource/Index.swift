/// A sorted index (a B-tree) of the resource's table, or of a relation's, as the database has it: what `explain`
/// measures requests against, and what `IndexDemand` asks for.
///
///     Index("balances_by_currency", "currency", .descending("created_at"), .descending("balance_id"))
///     Index("balances_by_name", .ascending("name").byteOrdered())
///     Index("segments_of_balance", on: "schedule_items", .foreignKey)
///
/// `currency_eq=USD` with the order `-created_at` then reads the page's records and no others. The primary key needs
/// no declaration: it has an index everywhere.
public struct Index: Hashable, Sendable {
  /// As the database calls it, without a schema.
  public var name: String
  /// The relation, by its full name, whose table has it; nil for the resource's own table.
  public var relation: String?
  /// Its columns, the most significant first.
  public var keys: [IndexKey]
  /// No two rows have the same values in all its columns.
  public var isUnique = false

  public init(_ name: String, on relation: String? = nil, _ keys: IndexKey...) {
    self.init(name, on: relation, keys: keys)
  }

  public init(_ name: String, on relation: String? = nil, keys: [IndexKey]) {
    self.name = name
    self.relation = relation
    self.keys = keys
  }

  public func unique() -> Index {
    var copy = self
    copy.isUnique = true
    return copy
  }
}

/// What requests of a resource must find an index for; without it a request is refused with `engine.no-index` when
/// its statement is made: `Resource("balances", dialect: .suffix, requireIndex: .filters) { … }`.
public struct IndexDemand: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// At least one condition that holds of every record of the answer narrows what is read, by the leading columns of an
  /// index. A request without a condition needs an index that gives its order.
  public static let filters = IndexDemand(rawValue: 1)
  /// An index gives the whole order of the page, so that nothing is sorted.
  public static let order = IndexDemand(rawValue: 2)
}
