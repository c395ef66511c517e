public import TamisMemory
public import TamisModel

/// One record of an answer, wherever it was found: a value for each column of the query's statement (the selected
/// fields, then what is missing of the primary key), and the elements of relations that were asked for.
public struct ResponseRow: Hashable, Sendable {
  public var values: [Value?]
  /// By relation name: for each element a value for each of the relation's fields.
  public var elements: [String: [[Value?]]]

  /// - Parameter values: as `SQLRowReader.values(of:)` gives them.
  public init(_ values: [Value?], elements: [String: [[Value?]]] = [:]) {
    self.values = values
    self.elements = elements
  }

  /// Of a record in memory, for a query over its resource.
  public init(_ record: Record, for query: Query) {
    values = query.responseColumns.map { record.value(of: $0) }
    elements = [:]
    for name in query.inclusion {
      guard let relation = query.resource.relation(named: name) else { continue }
      elements[name] = record.elements(of: relation).map(\.values)
    }
  }
}

extension Query {
  /// The statement's columns.
  package var responseColumns: [FieldID] {
    selection + resource.primaryKey.filter { !selection.contains($0) }
  }
}
