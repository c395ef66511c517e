public import TamisModel

/// One record with typed values, to be loaded into a table; or an element of one.
public struct StoredRecord: Hashable, Sendable {
  /// A value for each of the resource's own fields, or of the relation's, in their order; nil is null.
  public var values: [Value?]
  /// For each relation its elements, each with a value for each of the relation's fields and its own elements.
  public var elements: [[StoredRecord]]

  public init(values: [Value?], relations: [[StoredRecord]]) {
    self.values = values
    elements = relations
  }

  /// A record whose elements have no elements of their own.
  public init(values: [Value?], elements: [[[Value?]]] = []) {
    self.init(values: values, relations: elements.map { $0.map { StoredRecord(values: $0, relations: []) } })
  }
}
