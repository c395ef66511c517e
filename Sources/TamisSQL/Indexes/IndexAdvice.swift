public import TamisModel

/// What the indexes of a resource can do for one query on one engine: for each condition which index narrows what is
/// read by it, or why none does, and whether an index gives the order.
///
/// It is about the statement as it is emitted, and about what its engine can do with it, not about what it will do:
/// which of several indexes is taken, and whether reading the whole table is cheaper, is up to the planner, its
/// statistics and its version. `EXPLAIN` has the last word; the tests compare with it.
public struct IndexAdvice: Hashable, Sendable {
  /// A part of the filter that every record of the answer satisfies.
  public struct Clause: Hashable, Sendable {
    /// `currency = "USD"`
    public var text: String
    /// Where the client wrote it; empty at the start for what the client did not write.
    public var span: SourceSpan
    public var verdict: Verdict
  }

  /// How an index is entered.
  public enum Access: String, Hashable, Sendable, CaseIterable {
    case equality
    case list
    case range
    case prefix
    case null = "null test"
    /// `IS NOT NULL`: a range, often of nearly everything.
    case present = "presence test"
    /// What is not within a range, or has not a prefix: two ranges, often of nearly everything.
    case outside = "two ranges"
  }

  public enum Verdict: Hashable, Sendable {
    /// The index is entered at the condition's values.
    case served(index: String, Access)
    /// Every alternative of an OR is, by one of these indexes.
    case alternatives(indexes: [String])
    /// The elements of each record are found by an index of their own table, but every record is looked at.
    case elements(index: String)
    /// Nothing is read for it: it is TRUE or FALSE whatever the record is.
    case constant
    case notServed(IndexObstacle)
  }

  public enum Order: Hashable, Sendable {
    /// Reading along the index, from its start or from its end, is the order.
    case given(index: String, isBackward: Bool)
    /// The filter holds every key of the order to one value.
    case held
    /// The filter holds all columns of a unique index to values: there is one record at most.
    case oneRecord(index: String)
    /// The index gives the first keys; records that are equal in them are sorted.
    case begun(index: String, keys: Int, IndexObstacle)
    case sorted(IndexObstacle)
  }

  /// In the order of the filter.
  public var clauses: [Clause]
  public var order: Order
  /// Whether a page beside a cursor's place starts to read there; nil for a query without a place.
  public var boundary: Verdict?

  /// Whether an index narrows what the filter reads: at least one clause is served, by the leading columns of an index
  /// of the resource's own table. A presence test, and what lies outside of a range, narrow nothing to speak of.
  public var isFilterServed: Bool { clauses.contains { $0.verdict.narrows } }

  /// Whether nothing is sorted, but for one record.
  public var isOrderServed: Bool {
    switch order {
    case .given, .held, .oneRecord: true
    case .begun, .sorted: false
    }
  }
}

extension IndexAdvice.Verdict {
  /// Whether fewer records are looked at.
  var narrows: Bool {
    switch self {
    case .served(_, let access): access.narrows
    case .alternatives, .constant: true
    case .elements, .notServed: false
    }
  }
}

extension IndexAdvice.Access {
  fileprivate var narrows: Bool {
    switch self {
    case .equality, .list, .range, .prefix, .null: true
    case .present, .outside: false
    }
  }
}
