#if CommandLine
  import GRDB
  import Tamis
  import TamisJSON

  /// A row of SQLite with its values as the resource's types have them.
  struct StoredRow: SelectedRecord {
    private var values: [FieldID: Value] = [:]
    private let primaryKey: [FieldID]

    /// The columns are the selected fields, then what is missing of the primary key.
    init(_ row: Row, _ query: Query) {
      let resource = query.resource
      primaryKey = resource.primaryKey
      let columns = query.selection + primaryKey.filter { !query.selection.contains($0) }
      for (index, id) in columns.enumerated() where index < row.count {
        values[id] = StoredValue.read(row[index], resource.field(id))
      }
    }

    func primaryKey(of query: Query) -> [Value?] {
      primaryKey.map { values[$0] }
    }

    func writeKey(to writer: inout JSONWriter) {
      if primaryKey.count != 1 { writer.beginArray() }
      for id in primaryKey { StoredValue.write(values[id], to: &writer) }
      if primaryKey.count != 1 { writer.endArray() }
    }

    func selectedJSON(_ query: Query) -> String {
      var writer = JSONWriter()
      writer.beginObject()
      for id in query.selection {
        writer.name(query.resource.field(id).name)
        StoredValue.write(values[id], to: &writer)
      }
      writer.endObject()
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }
#endif
