public import TamisMemory
import TamisModel
public import TamisSQL

extension StoredRecord {
  /// A record that was read, to be put into the tables of its resource.
  ///
  ///     let table = SQLTable(resource: resource, dialect: .sqlite)
  ///     for record in try RecordReader(resource: resource).readAll(lines) {
  ///       statements += try table.rows(for: StoredRecord(record))
  ///     }
  public init(_ record: Record) {
    let resource = record.resource
    self.init(
      values: (0..<resource.rootFieldCount).map { record.value(of: FieldID($0)) },
      elements: resource.relations.indices.map { record.elements(ofRelation: $0) })
  }
}
