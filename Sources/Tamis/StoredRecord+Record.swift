public import TamisMemory
import TamisModel
public import TamisSQL

extension StoredRecord {
  /// A record that was read, to be put into the tables of its resource.
  ///
  ///     let table = SQLTable(resource: resource, dialect: .sqlite)
  ///     let records = try RecordReader(resource: resource).readAll(lines)
  ///     let insertions = try table.rows(for: records.map { StoredRecord($0) })
  public init(_ record: Record) {
    let resource = record.resource
    self.init(
      values: (0..<resource.rootFieldCount).map { record.value(of: FieldID($0)) },
      relations: resource.relations(inside: nil).map { relation in
        record.elements(of: relation).map { StoredRecord($0, of: relation, resource) }
      })
  }

  /// As deep as the relations are nested.
  private init(_ element: RecordElement, of relation: Int, _ resource: Resource) {
    self.init(
      values: element.values,
      relations: resource.relations(inside: relation).map { inner in
        element.elements(of: inner).map { StoredRecord($0, of: inner, resource) }
      })
  }
}
