public import TamisModel

/// How the values of a Swift type hold a resource's fields: declared once, at start-up.
///
///     let shape = RecordShape<Balance>(balances) {
///       Bind("balance_id", \.id)
///       Bind("currency", \.currency)
///       Bind("created_at", \.createdAt)
///       BindMany("items", \.items) {
///         Bind("amount", \.amount)
///       }
///     }
///
/// Look at `faults` at start-up. A line with a fault binds nothing; a query that uses a field which is not bound is
/// refused with a diagnostic at its place, and all others run.
public struct RecordShape<Row>: Sendable {
  public let resource: Resource
  /// Everything wrong with the lines: fields that are not bound, names that the resource does not have, properties of
  /// a wrong type, optional ones where the field is never null. Empty when the shape is sound.
  public let faults: [String]
  let columns: BoundColumns

  public init(_ resource: Resource, @RecordShapeBuilder<Row> _ bindings: () -> [RowBinding<Row>]) {
    var reader = ShapeReader(resource, typeName: String(describing: Row.self))
    reader.read(bindings().map(\.content))
    self.resource = resource
    faults = reader.faults
    columns = BoundColumns(fields: reader.fields, relations: reader.relations)
  }

  /// Values of the rows' own fields that the fields' types cannot hold, such as a text that names no case of its enumeration. To a query
  /// they are null; for tests, and for data of doubtful origin.
  public func unreadable(in rows: [Row]) -> [UnreadableValue] {
    let size = MemoryLayout<Row>.stride
    var found: [UnreadableValue] = []
    _ = RowAddress.withFirst(of: rows.span) { first in
      for row in rows.indices {
        for field in 0..<resource.rootFieldCount {
          guard let fault = fault(field, first.row(row, stride: size)) else { continue }
          found.append(UnreadableValue(row: row, field: resource.field(FieldID(field)).name, reason: fault))
        }
      }
    }
    return found
  }

  private func fault(_ field: Int, _ row: RowAddress) -> String? {
    var table = RecordTable(fieldless: ())
    do {
      _ = try columns.fields[field]?.cell(row, into: &table)
      return nil
    } catch {
      return error.problem(field: resource.field(FieldID(field)), text: "the value", found: "another").message
    }
  }
}

/// A value that its field's type cannot hold.
public struct UnreadableValue: Hashable, Sendable {
  /// Its row's place among those looked at.
  public let row: Int
  public let field: String
  /// One sentence.
  public let reason: String
}
