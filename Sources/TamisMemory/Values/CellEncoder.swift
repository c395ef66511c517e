import TamisJSON
import TamisModel

/// Turns a value of a program's own into the cell that a decoded record would hold for it.
struct CellEncoder: Sendable {
  let decoder: FieldDecoder
  private let digitLimit: Int

  init(_ field: Field, resource: Resource) {
    decoder = FieldDecoder(field, resource: resource)
    digitLimit = resource.limits.digits
  }

  func cell(_ value: Value, into table: inout RecordTable) throws(FieldFault) -> Cell {
    switch value {
    case .text(let text), .uuid(let text), .enumeration(let text): return try self.text(text, into: &table)
    case .integer(let number): return try integer(number, into: &table)
    case .decimal(let number):
      let bytes = Array(number.text.utf8)
      return try decoder.decode(.number, bytes, 0..<bytes.count, into: &table)
    case .boolean(let flag):
      return try decoder.decode(flag ? .true : .false, [], 0..<0, into: &table)
    case .date(let date):
      guard decoder.field.type == .date else { throw .kind }
      return Cell(.number, date.daysSinceEpoch)
    case .timestamp(let instant):
      guard decoder.field.type == .timestamp else { throw .kind }
      return Cell(.number, instant.microseconds)
    case .json(let text): return try json(text, into: &table)
    case .argument: throw .kind
    }
  }

  private func text(_ text: String, into table: inout RecordTable) throws(FieldFault) -> Cell {
    if decoder.field.type == .json { return try json(text, into: &table) }
    let bytes = Array(text.utf8)
    return try decoder.decode(.string, bytes, 0..<bytes.count, into: &table)
  }

  private func integer(_ number: Int64, into table: inout RecordTable) throws(FieldFault) -> Cell {
    switch decoder.field.type {
    case .integer, .date, .timestamp: return Cell(.number, number)
    case .text, .bigInteger, .decimal, .boolean, .uuid, .enumeration, .json:
      let bytes = Array(String(number).utf8)
      return try decoder.decode(.number, bytes, 0..<bytes.count, into: &table)
    }
  }

  private func json(_ text: String, into table: inout RecordTable) throws(FieldFault) -> Cell {
    guard decoder.field.type == .json,
      let document = try? JSONDocument.parse(Array(text.utf8), limits: RecordText.limits)
    else { throw .invalid(nil) }
    if document.nodes[0].kind == .null { return .null }
    return Cell(.document, Int64(try table.append(document, 0, digitLimit: digitLimit)))
  }
}
