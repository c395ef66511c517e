import TamisModel

/// The place that a page stands beside, as one row of its own: so it is compared with records as they are with each
/// other.
struct RecordPlace {
  let table: RecordTable
  let rank: Int64

  /// Nil for a query that starts at its first record.
  init?(_ query: Query) {
    guard let boundary = query.boundary else { return nil }
    var table = RecordTable(resource: query.resource)
    for column in table.columns.indices { table.columns[column] = [.null] }
    for (key, value) in zip(query.sort, boundary.values) where table.columns.indices.contains(key.field.index)
    {
      let field = query.resource.field(key.field)
      table.columns[key.field.index][0] = value.map { table.cell($0, of: field) } ?? .null
    }
    self.table = table
    rank = query.randomOrder.map { query.rank(of: boundary, $0) } ?? 0
  }
}

extension RecordTable {
  /// A typed value as a cell; null for one that is not of the field's type.
  fileprivate mutating func cell(_ value: Value, of field: Field) -> Cell {
    switch value {
    case .text(let text), .uuid(let text): return Cell(text: store(text.utf8), of: arena)
    case .integer(let number): return Cell(.number, number)
    case .date(let day): return Cell(.number, day.daysSinceEpoch)
    case .timestamp(let instant): return Cell(.number, instant.microseconds)
    case .boolean(let flag): return Cell(.number, flag ? 1 : 0)
    case .decimal(let number): return decimal(number, field.type)
    case .enumeration(let name):
      let index = field.enumeration?.cases.firstIndex { $0.name == name }
      return index.map { Cell(.number, Int64($0)) } ?? .null
    case .json, .argument: return .null
    }
  }

  private mutating func decimal(_ number: Decimal, _ type: FieldType) -> Cell {
    let digits = store(number.text.utf8)
    var scale = 0
    if case .decimal(_, let declared) = type { scale = declared }
    let scaled = ScaledDecimal(arena, digits, scale: scale)
    return scaled.isExact ? Cell(.scaled, scaled.floor, text: digits) : Cell(.digits, 0, text: digits)
  }
}
