public import TamisModel

/// The order of a query over values of a Swift type: its keys one after another, null where the key says, in the end
/// the primary key.
public struct RecordOrdering<Row>: Sendable {
  private let ordering: RecordSetOrdering
  private let resource: Resource
  private let columns: BoundColumns
  /// The fields that keys read.
  private let fields: [Int]

  /// - Throws: what the order uses that the shape does not bind.
  public init(_ query: Query, _ shape: RecordShape<Row>) throws(QueryError) {
    try self.init(query, shape, RecordSetOrdering(query))
  }

  /// The order in which a page's rows are read: backwards for a page before a place.
  init(reading query: Query, _ shape: RecordShape<Row>) throws(QueryError) {
    try self.init(query, shape, RecordSetOrdering(reading: query))
  }

  private init(
    _ query: Query, _ shape: RecordShape<Row>, _ ordering: RecordSetOrdering
  ) throws(QueryError) {
    try BindingCheck(query, shape.resource, shape.columns, typeName: String(describing: Row.self)).order()
    self.ordering = ordering
    resource = query.resource
    columns = shape.columns
    fields = query.sort.map(\.field.index).filter { $0 < shape.resource.rootFieldCount }
  }

  /// Negative when the first row comes first, positive when the second does, zero when no key decides.
  public func compare(_ left: borrowing Row, _ right: borrowing Row) -> Int {
    var keys = RecordTable(resource: resource)
    RowAddress.with(left) { append($0, to: &keys) }
    RowAddress.with(right) { append($0, to: &keys) }
    return ordering.compare(keys, 0, keys, 1)
  }

  /// Those of some positions whose rows come after a place, in this order.
  func indices(_ indices: [Int], after place: RecordPlace, of rows: Span<Row>) -> [Int] {
    let keys = keys(of: indices, rows)
    return indices.indices.filter { ordering.isAfter(place, keys, $0) }.map { indices[$0] }
  }

  /// The values of a row's sort keys, in their order.
  package func keyValues(of row: borrowing Row) -> [Value?] {
    var keys = RecordTable(resource: resource)
    RowAddress.with(row) { append($0, to: &keys) }
    return fields.map { keys.value(of: resource.field(FieldID($0)), column: $0, at: 0) }
  }

  /// Positions in the order of the rows there; rows that no key tells apart keep their places. With a limit, only so
  /// many of the first ones, for which not everything need be sorted.
  public func sorted(_ indices: [Int], of rows: Span<Row>, limit: Int = .max) -> [Int] {
    let keys = keys(of: indices, rows)
    return ordering.sorted(Array(indices.indices), of: keys, limit: limit).map { indices[$0] }
  }

  /// The same in an array.
  public func sorted(_ indices: [Int], of rows: [Row], limit: Int = .max) -> [Int] {
    sorted(indices, of: rows.span, limit: limit)
  }

  /// All rows in the query's order.
  public func sorted(_ rows: [Row]) -> [Row] {
    sorted(Array(rows.indices), of: rows.span).map { rows[$0] }
  }

  /// The keys of some rows, read once: a row of the table for each.
  private func keys(of indices: [Int], _ rows: Span<Row>) -> RecordTable {
    let size = MemoryLayout<Row>.stride
    let count = rows.count
    var keys = RecordTable(resource: resource)
    for field in fields { keys.columns[field].reserveCapacity(indices.count) }
    _ = RowAddress.withFirst(of: rows) { first in
      for index in indices where index >= 0 && index < count {
        append(first.row(index, stride: size), to: &keys)
      }
    }
    return keys
  }

  private func append(_ row: RowAddress, to keys: inout RecordTable) {
    for field in fields {
      guard let column = columns.fields[field] else { continue }
      let cell = keys.cell(column, row)
      keys.columns[field].append(cell)
    }
  }
}
