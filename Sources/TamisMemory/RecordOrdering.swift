public import TamisModel

/// The order of a query: its keys one after another, null where the key says, in the end the primary key.
public struct RecordOrdering: Sendable {
  private struct Key: Sendable {
    var column: Int
    var order: CellOrder?
    var isDescending: Bool
    var nullsFirst: Bool
  }

  private let keys: [Key]

  /// `sort=-balance` on a query gives balances descending, null first, then by primary key.
  public init(_ query: Query) {
    let resource = query.resource
    keys = query.sort.filter { $0.field.index < resource.rootFieldCount }.map { key in
      let type = resource.field(key.field).type
      return Key(
        column: key.field.index, order: CellOrder(type, type), isDescending: key.direction == .descending,
        nullsFirst: key.nulls == .first)
    }
  }

  /// Negative when the first record comes first, positive when the second does, zero when no key decides.
  public func compare(_ left: borrowing Record, _ right: borrowing Record) -> Int {
    compare(left.storage.table, left.row, right.storage.table, right.row)
  }

  func compare(_ left: RecordTable, _ leftRow: Int, _ right: RecordTable, _ rightRow: Int) -> Int {
    for key in keys {
      let order = compare(
        key, left.columns[key.column][leftRow], left.arena, right.columns[key.column][rightRow], right.arena)
      if order != 0 { return order }
    }
    return 0
  }

  private func compare(
    _ key: Key, _ left: Cell, _ leftArena: [UInt8], _ right: Cell, _ rightArena: [UInt8]
  ) -> Int {
    if left.isNull || right.isNull {
      if left.isNull && right.isNull { return 0 }
      return left.isNull == key.nullsFirst ? -1 : 1
    }
    let order = key.order?.compare(left, leftArena, right, rightArena) ?? 0
    return key.isDescending ? -order : order
  }

  /// Positions in the order of the records there; records that no key tells apart keep their places.
  public func sorted(_ indices: [Int], of records: [Record]) -> [Int] {
    indices.sorted { left, right in
      let order = compare(records[left], records[right])
      return order == 0 ? left < right : order < 0
    }
  }

  /// The same within one set.
  public func sorted(_ indices: [Int], of records: RecordSet) -> [Int] {
    let table = records.storage.table
    return indices.sorted { left, right in
      let order = compare(table, left, table, right)
      return order == 0 ? left < right : order < 0
    }
  }
}
