import TamisJSON
public import TamisModel

/// A JSON record, decoded once as its resource declares; a place in the set it was read with.
public struct Record: Sendable {
  let storage: RecordStorage
  let row: Int

  public var resource: Resource { storage.resource }

  /// The record as it was read.
  public var json: String {
    String(decoding: storage.table.source(ofRow: row), as: UTF8.self)
  }

  /// The same as bytes.
  public var jsonBytes: ArraySlice<UInt8> { storage.table.source(ofRow: row) }

  /// The value of one of the record's own fields; nil for null.
  public func value(of field: FieldID) -> Value? {
    guard field.index < storage.resource.rootFieldCount else { return nil }
    return storage.value(of: field.index, at: row)
  }

  /// For each element of one of the resource's `relations` its fields' values, in the order of the relation's fields.
  public func elements(ofRelation index: Int) -> [[Value?]] {
    let relations = storage.resource.relations(inside: nil)
    guard relations.indices.contains(index) else { return [] }
    return elements(of: relations[index]).map { $0.values }
  }

  /// The elements of a relation of the record itself.
  package func elements(of relation: Int) -> [RecordElement] {
    storage.elements(ofRow: row, relation)
  }

  /// The primary key as JSON of its own type, a number or a string; several keys give an array.
  public var primaryKeyJSON: String {
    let document = document
    let keys = storage.resource.primaryKey.map { field in
      document?.minified(at: storage.resource.field(field).recordPath) ?? Array("null".utf8)
    }
    if keys.count == 1 { return String(decoding: keys[0], as: UTF8.self) }
    var writer = JSONWriter()
    writer.beginArray()
    for key in keys { writer.raw(key) }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The fields that a query selects, as a JSON object in the resource's order. Values stay as the record has
  /// them (`"5.00"` stays `"5.00"`); one that is missing is null.
  public func selectedJSON(_ query: Query) -> String {
    let document = document
    var writer = JSONWriter()
    writer.beginObject()
    for id in query.selection {
      let field = query.resource.field(id)
      writer.name(field.name)
      writer.raw(document?.minified(at: field.recordPath) ?? Array("null".utf8))
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The source parsed again: only records that are shown pay for it.
  private var document: JSONDocument? {
    try? JSONDocument.parse(Array(jsonBytes), limits: RecordText.limits)
  }
}

extension JSONDocument {
  fileprivate func minified(at path: [String]) -> [UInt8]? {
    value(at: path).map { minified($0) }
  }
}

/// An element of a record's relation, or of an element's.
package struct RecordElement: Sendable {
  let storage: RecordStorage
  let relation: Int
  let place: Int

  /// In the order of the relation's fields; nil is null.
  package var values: [Value?] {
    storage.resource.fieldRange(ofRelation: relation).map { storage.value(of: $0, at: place) }
  }

  /// The elements of a relation of this element.
  package func elements(of inner: Int) -> [RecordElement] { storage.elements(ofRow: place, inner) }
}

extension RecordStorage {
  func elements(ofRow row: Int, _ relation: Int) -> [RecordElement] {
    guard table.elementStarts.indices.contains(relation), row + 1 < table.elementStarts[relation].count else {
      return []
    }
    return table.elements(ofRow: row, inRelation: relation).map {
      RecordElement(storage: self, relation: relation, place: $0)
    }
  }

  /// The value of any field, at a row or at an element.
  func value(of field: Int, at index: Int) -> Value? {
    table.value(of: resource.field(FieldID(field)), column: field, at: index)
  }
}

extension RecordTable {
  /// A cell as its field's type has it; nil for null.
  func value(of field: Field, column: Int, at index: Int) -> Value? {
    let cell = columns[column][index]
    guard !cell.isNull else { return nil }
    switch field.type {
    case .text: return .text(text(cell))
    case .uuid: return .uuid(text(cell))
    case .integer: return .integer(cell.payload)
    case .bigInteger, .decimal: return .decimal(Decimal(canonical: text(cell)))
    case .boolean: return .boolean(cell.payload != 0)
    case .date: return .date(CalendarDate(daysSinceEpoch: cell.payload))
    case .timestamp: return .timestamp(Timestamp(microseconds: cell.payload))
    case .enumeration(let enumeration): return .enumeration(enumeration.name(at: Int(cell.payload)) ?? "")
    case .json: return .json(json(cell))
    }
  }

  private func text(_ cell: Cell) -> String {
    String(decoding: arena[cell.range], as: UTF8.self)
  }

  private func json(_ cell: Cell) -> String {
    var writer = JSONWriter()
    write(Int(cell.payload), to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
