public import TamisModel

/// An element of a relation in an answer.
public struct ResponseElement: Hashable, Sendable {
  /// A value for each of the relation's fields, in their order.
  public var values: [Value?]
  /// The element's own elements that were asked for, by the name of their relation.
  public var elements: [String: [ResponseElement]]

  public init(_ values: [Value?], elements: [String: [ResponseElement]] = [:]) {
    self.values = values
    self.elements = elements
  }
}
