public import TamisModel

/// The order of a query: its keys one after another, null where the key says, in the end the primary key.
public struct RecordSetOrdering: Sendable {
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

  /// Positions in the order of the records there; records that no key tells apart keep their places. With a
  /// limit, only so many of the first ones, for which not everything need be sorted.
  public func sorted(_ indices: [Int], of records: [Record], limit: Int = .max) -> [Int] {
    Self.first(limit, of: indices) { left, right in
      let order = compare(records[left], records[right])
      return order == 0 ? left < right : order < 0
    }
  }

  /// The same within one set.
  public func sorted(_ indices: [Int], of records: RecordSet, limit: Int = .max) -> [Int] {
    sorted(indices, of: records.storage.table, limit: limit)
  }

  func sorted(_ indices: [Int], of table: RecordTable, limit: Int) -> [Int] {
    Self.first(limit, of: indices) { left, right in
      let order = compare(table, left, table, right)
      return order == 0 ? left < right : order < 0
    }
  }

  /// Keeps the best so far, and no more than twice as many: what comes after all of them is passed over.
  private static func first(
    _ limit: Int, of indices: [Int], by precedes: (Int, Int) -> Bool
  ) -> [Int] {
    guard limit > 0 else { return [] }
    guard limit < indices.count / 2 else { return Array(indices.sorted(by: precedes).prefix(limit)) }
    var best: [Int] = []
    best.reserveCapacity(limit * 2)
    var isFull = false
    for index in indices where !isFull || precedes(index, best[limit - 1]) {
      best.append(index)
      if best.count == limit * 2 {
        best.sort(by: precedes)
        best.removeLast(limit)
        isFull = true
      }
    }
    best.sort(by: precedes)
    return Array(best.prefix(limit))
  }
}
