import TamisJSON
public import TamisModel

/// Reads JSON records as a resource declares them, each field decoded once into its type.
///
///     let reader = RecordReader(resource: balances)
///     let record = try reader.read(#"{"balance_id":"bal_1","currency":"USD","balance":"12"}"#)
///
/// Reading is strict: a stored value that its field's type cannot hold is a diagnostic, with its place in the
/// record's bytes and the field's JSON pointer as its parameter. So is null, or nothing, in a field that is not
/// nullable. Members that no field names are kept in the record's text and otherwise ignored.
public struct RecordReader: Sendable {
  public let resource: Resource
  private let decoder: RecordDecoder

  /// A reader for records that hold their relations' elements themselves.
  public init(resource: Resource) {
    self.resource = resource
    decoder = RecordDecoder(resource: resource, related: .none(for: resource))
  }

  /// A reader for records whose elements are records of their own, given by the name that the resource uses in
  /// `related(_:foreignKey:parentKey:)`: NDJSON, or one JSON array.
  ///
  /// Throws what is wrong with them; its spans count from the first byte of the text concerned.
  public init(resource: Resource, related: [String: [UInt8]]) throws(QueryError) {
    self.resource = resource
    decoder = RecordDecoder(resource: resource, related: try RelatedRecords(resource, related))
  }

  /// Reads one record. Spans of diagnostics count from its first byte.
  public func read(_ json: String) throws(QueryError) -> Record {
    try read(Array(json.utf8))
  }

  /// Reads one record. Spans of diagnostics count from its first byte.
  public func read(_ json: [UInt8]) throws(QueryError) -> Record {
    var batch = RecordBatch(self)
    try batch.append(json)
    return batch.finish()[0]
  }

  /// Reads NDJSON (one record each line, empty lines ignored) or one JSON array of records. Spans of diagnostics
  /// count from the first byte of `json`; the first record that cannot be read ends the reading.
  public func readAll(_ json: [UInt8]) throws(QueryError) -> RecordSet {
    var batch = RecordBatch(self)
    let pieces = try RecordText.pieces(json)
    batch.reserve(pieces.count, bytes: json.count)
    for piece in pieces {
      do {
        try batch.append(json, piece)
      } catch {
        throw error.moved(by: piece.lowerBound)
      }
    }
    return batch.finish()
  }

  func decode(
    _ document: JSONDocument, at index: Int, source: ArraySlice<UInt8>, into table: inout RecordTable
  ) throws(QueryError) {
    try decoder.append(document, index, source: source, to: &table)
  }

  func newTable() -> RecordTable { RecordTable(resource: resource) }
}
