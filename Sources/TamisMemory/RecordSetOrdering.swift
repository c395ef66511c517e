public import TamisModel

/// The order of a query: its keys one after another, null where the key says, in the end the primary key.
public struct RecordSetOrdering: Sendable {
  private struct Key: Sendable {
    /// `rankColumn` for the random rank.
    var column: Int
    var order: CellOrder?
    var isDescending: Bool
    var nullsFirst: Bool
  }

  private static let rankColumn = -1
  private var keys: [Key]
  private let rank: RandomRank?
  private let primaryKey: [(field: Field, column: Int)]

  /// `sort=-balance` on a query gives balances descending, null first, then by primary key.
  public init(_ query: Query) {
    self.init(query, query.sort, isReversed: false)
  }

  /// The order in which a page's records are read: backwards for a page before a place.
  init(reading query: Query) {
    self.init(query, query.readingSort, isReversed: query.boundary?.side == .before)
  }

  private init(_ query: Query, _ sort: [SortKey], isReversed: Bool) {
    let resource = query.resource
    rank = query.randomOrder.map { RandomRank(seed: $0.seed) }
    primaryKey = rank == nil ? [] : resource.primaryKey.map { (resource.field($0), $0.index) }
    keys = sort.filter { $0.field.index < resource.rootFieldCount }.map { key in
      let type = resource.field(key.field).type
      return Key(
        column: key.field.index, order: CellOrder(type, type), isDescending: key.direction == .descending,
        nullsFirst: key.nulls == .first)
    }
    if let order = query.randomOrder {
      keys.insert(
        Key(column: Self.rankColumn, order: nil, isDescending: isReversed, nullsFirst: false),
        at: Swift.min(order.position, keys.count))
    }
  }

  /// What orders a row where chance does; 0 where it does not.
  private func rank(of row: Int, in table: RecordTable) -> Int64 {
    rank?.rank(of: primaryKey.map { table.value(of: $0.field, column: $0.column, at: row) }) ?? 0
  }

  /// Negative when the first record comes first, positive when the second does, zero when no key decides.
  public func compare(_ left: borrowing Record, _ right: borrowing Record) -> Int {
    compare(left.storage.table, left.row, right.storage.table, right.row)
  }

  func compare(_ left: RecordTable, _ leftRow: Int, _ right: RecordTable, _ rightRow: Int) -> Int {
    compare(
      left, leftRow, right, rightRow, ranks: (rank(of: leftRow, in: left), rank(of: rightRow, in: right)))
  }

  /// Whether a row comes after a place, in this order.
  func isAfter(_ place: RecordPlace, _ table: RecordTable, _ row: Int) -> Bool {
    compare(table, row, place.table, 0, ranks: (rank(of: row, in: table), place.rank)) > 0
  }

  private func compare(
    _ left: RecordTable, _ leftRow: Int, _ right: RecordTable, _ rightRow: Int, ranks: (Int64, Int64)
  ) -> Int {
    for key in keys {
      if key.column == Self.rankColumn {
        if ranks.0 == ranks.1 { continue }
        return (ranks.0 < ranks.1) != key.isDescending ? -1 : 1
      }
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
    let ranks = ranks(indices) { rank(of: records[$0].row, in: records[$0].storage.table) }
    return Self.first(limit, of: indices) { left, right in
      let order = compare(
        records[left].storage.table, records[left].row, records[right].storage.table, records[right].row,
        ranks: (ranks[left], ranks[right]))
      return order == 0 ? left < right : order < 0
    }
  }

  /// Made once for each record, not for each comparison.
  private struct Ranks {
    private var places: [Int: Int64] = [:]

    mutating func set(_ index: Int, _ rank: Int64) { places[index] = rank }

    /// 0 where chance does not order.
    subscript(index: Int) -> Int64 { places.isEmpty ? 0 : places[index] ?? 0 }
  }

  private func ranks(_ indices: [Int], _ rank: (Int) -> Int64) -> Ranks {
    var ranks = Ranks()
    if self.rank != nil {
      for index in indices { ranks.set(index, rank(index)) }
    }
    return ranks
  }

  /// The same within one set.
  public func sorted(_ indices: [Int], of records: RecordSet, limit: Int = .max) -> [Int] {
    sorted(indices, of: records.storage.table, limit: limit)
  }

  func sorted(_ indices: [Int], of table: RecordTable, limit: Int) -> [Int] {
    let ranks = ranks(indices) { rank(of: $0, in: table) }
    return Self.first(limit, of: indices) { left, right in
      let order = compare(table, left, table, right, ranks: (ranks[left], ranks[right]))
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
