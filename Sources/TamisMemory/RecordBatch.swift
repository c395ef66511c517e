package import TamisJSON
public import TamisModel

/// Records being read, one by one, to be filtered together.
///
///     var batch = RecordBatch(reader)
///     for line in lines { try batch.append(line) }
///     let indices = predicate.indices(in: batch.finish())
public struct RecordBatch: Sendable {
  private let reader: RecordReader
  private var table: RecordTable

  public init(_ reader: RecordReader) {
    self.reader = reader
    table = reader.newTable()
  }

  /// Records read so far.
  public var count: Int { table.rowCount }

  /// Reads one more record. When it throws, the batch is as it was; spans count from the record's first byte.
  public mutating func append(_ json: [UInt8]) throws(QueryError) {
    try append(json, json.indices)
  }

  /// Reads one more record, a part of a longer text; spans count from the record's first byte.
  public mutating func append(_ json: [UInt8], _ range: Range<Int>) throws(QueryError) {
    let range = range.clamped(to: json.indices)
    let document = try JSONDocument.parse(json.span.extracting(range), limits: RecordText.limits)
    try append(document, at: 0, source: json[range])
  }

  package mutating func append(
    _ document: JSONDocument, at index: Int, source: ArraySlice<UInt8>
  ) throws(QueryError) {
    try reader.decode(document, at: index, source: source, into: &table)
  }

  mutating func reserve(_ count: Int, bytes: Int) {
    for field in 0..<reader.resource.rootFieldCount { table.columns[field].reserveCapacity(count) }
    table.source.reserveCapacity(bytes)
    table.sourceEnds.reserveCapacity(count + 1)
  }

  /// The records read; the batch is empty again.
  public mutating func finish() -> RecordSet {
    var finished = reader.newTable()
    swap(&finished, &table)
    return RecordSet(storage: RecordStorage(resource: reader.resource, table: finished))
  }
}
