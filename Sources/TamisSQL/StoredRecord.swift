public import TamisModel

/// One record with typed values, to be loaded into a table.
public struct StoredRecord: Hashable, Sendable {
  /// A value for each of the resource's own fields, in their order; nil is null.
  public var values: [Value?]
  /// For each relation its elements, each with a value for each of the relation's fields.
  public var elements: [[[Value?]]]

  public init(values: [Value?], elements: [[[Value?]]] = []) {
    self.values = values
    self.elements = elements
  }
}
