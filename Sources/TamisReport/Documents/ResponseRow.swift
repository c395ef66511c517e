public import TamisMemory
public import TamisModel

/// One record of an answer, wherever it was found: a value for each column of the query's statement (the selected
/// fields, then what is missing of the primary key), and the elements of relations that were asked for.
public struct ResponseRow: Hashable, Sendable {
  public var values: [Value?]
  /// By relation name.
  public var elements: [String: [ResponseElement]]

  /// - Parameters:
  ///   - values: as `SQLRowReader.values(of:)` gives them.
  ///   - elements: by relation name, of the elements that `query.inclusions` asks for.
  public init(_ values: [Value?], included elements: [String: [ResponseElement]]) {
    self.values = values
    self.elements = elements
  }

  /// - Parameters:
  ///   - values: as `SQLRowReader.values(of:)` gives them.
  ///   - elements: by relation name: for each element a value for each of the relation's fields.
  public init(_ values: [Value?], elements: [String: [[Value?]]] = [:]) {
    self.init(values, included: elements.mapValues { $0.map { ResponseElement($0) } })
  }

  /// Of a record in memory, for a query over its resource.
  public init(_ record: Record, for query: Query) {
    self.init(record, for: query, InclusionTree(query))
  }

  /// - Parameter tree: of the query, made once for many records.
  init(_ record: Record, for query: Query, _ tree: InclusionTree) {
    self.init(query.responseColumns.map { record.value(of: $0) }, included: tree.elements(of: record))
  }

  /// Several records of a page.
  package static func rows(_ records: [Record], for query: Query) -> [ResponseRow] {
    let tree = InclusionTree(query)
    return records.map { ResponseRow($0, for: query, tree) }
  }
}

extension Query {
  /// The statement's columns.
  package var responseColumns: [FieldID] {
    selection + resource.primaryKey.filter { !selection.contains($0) }
  }
}
