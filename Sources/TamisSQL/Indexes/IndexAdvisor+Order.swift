import TamisModel

/// Whether reading along an index is the order.
extension IndexAdvisor {
  func order(_ tests: [ColumnTest]) -> IndexAdvice.Order {
    if rules.endsWithRowNumber, let index = rootIndexes.first(where: { isOneRecord($0, tests) }) {
      return .oneRecord(index: index.name)
    }
    if let random = query.randomOrder, random.position == 0 { return .sorted(.randomOrder) }
    let keys = openKeys(tests)
    guard !keys.isEmpty else { return query.randomOrder == nil ? .held : .sorted(.randomOrder) }
    let walks = rootIndexes.flatMap { index in
      [false, true].map { IndexWalk(index, isBackward: $0, keys, tests, self) }
    }
    guard let best = walks.reduce(nil, Self.better) else {
      return .sorted(.noIndex(field: resource.field(keys[0].field).name))
    }
    return order(best, keys, walks)
  }

  /// The one that gives more keys, or else the one that the filter enters; the earlier of equals.
  private static func better(_ best: IndexWalk?, _ next: IndexWalk) -> IndexWalk? {
    guard let best else { return next }
    let isBetter = (next.count, next.isEntered ? 1 : 0) > (best.count, best.isEntered ? 1 : 0)
    return isBetter ? next : best
  }

  private func order(
    _ best: IndexWalk, _ keys: [SortKey], _ walks: [IndexWalk]
  ) -> IndexAdvice.Order {
    if query.randomOrder != nil {
      return best.count == 0
        ? .sorted(.randomOrder) : .begun(index: best.index.name, keys: best.count, .randomOrder)
    }
    guard best.count < keys.count else { return .given(index: best.index.name, isBackward: best.isBackward) }
    let nothing = IndexObstacle.noIndex(field: resource.field(keys[best.count].field).name)
    guard best.count > 0 else {
      // The first key's direction is right in one of the two readings.
      let obstacles = walks.compactMap(\.obstacle).filter { if case .direction = $0 { false } else { true } }
      return .sorted(obstacles.first ?? nothing)
    }
    return .begun(index: best.index.name, keys: best.count, best.obstacle ?? nothing)
  }

  /// All columns of a unique index are held.
  private func isOneRecord(_ index: SortedIndex, _ tests: [ColumnTest]) -> Bool {
    index.isUnique
      && index.keys.allSatisfy { key in tests.contains { $0.access == .equality && $0.fits(key) } }
  }

  func knowsHeld(_ field: FieldID) -> Bool {
    rules.knowsHeldExpressions || resource.field(field).jsonLocation == nil
  }

  /// The keys that the filter does not hold to one value; up to a random order.
  private func openKeys(_ tests: [ColumnTest]) -> [SortKey] {
    let keys = query.readingSort.prefix(query.randomOrder?.position ?? .max)
    return keys.filter { key in
      if !knowsHeld(key.field) { return true }
      let collation = collation(of: key.field, .range)
      return !tests.contains { test in
        test.field == key.field && !test.isFolded && test.holds(rules)
          && (test.collation == collation || test.collation == nil)
      }
    }
  }
}

/// One reading of an index, and how many keys of an order it gives.
struct IndexWalk {
  let index: SortedIndex
  let isBackward: Bool
  /// How many of its first columns the filter enters it with.
  private let run: Int
  private(set) var count = 0
  /// Why it gives no more; nil where the index has ended, or another column follows.
  private(set) var obstacle: IndexObstacle?

  init(
    _ index: SortedIndex, isBackward: Bool, _ order: [SortKey], _ tests: [ColumnTest],
    _ advisor: IndexAdvisor
  ) {
    self.index = index
    self.isBackward = isBackward
    run = index.keys.prefix { key in tests.contains { $0.leadsOn && $0.fits(key) } }.count
    var isLeading = true
    // Equality of a text column may be in another collation than its order: it is held, and yet no key of the order.
    for (place, key) in index.keys.enumerated() where count < order.count {
      let fitting = tests.filter { $0.fits(key) }
      let isHeld = fitting.contains { $0.holds(advisor.rules) }
      if isHeld, isLeading || advisor.rules.skipsHeldColumns {
        noteHeldExpression(key, order[count], advisor)
        continue
      }
      guard gives(key, order[count], isFirstOpen: place == run, advisor) else { return }
      if key.field == advisor.rowNumber {
        count = order.count
        return
      }
      count += 1
      isLeading = isLeading && fitting.contains { $0.access == .list }
    }
    if count < order.count, advisor.rowNumber == order[count].field { giveRowNumber(order, advisor) }
  }

  private mutating func noteHeldExpression(
    _ key: SortedIndex.Key, _ wanted: SortKey, _ advisor: IndexAdvisor
  ) {
    guard key.field == wanted.field, !advisor.knowsHeld(wanted.field) else { return }
    obstacle = .heldExpression(field: advisor.resource.field(wanted.field).name)
  }

  var isEntered: Bool { run > 0 }

  private mutating func gives(
    _ key: SortedIndex.Key, _ wanted: SortKey, isFirstOpen: Bool, _ advisor: IndexAdvisor
  ) -> Bool {
    guard key.field == wanted.field, !key.isFolded else { return false }
    let field = advisor.resource.field(wanted.field)
    if key.isPattern || key.collation != advisor.collation(of: wanted.field, .range) {
      obstacle = .otherCollation(field: field.name, index: index.name)
      return false
    }
    let isDescending = wanted.direction == .descending
    guard (key.isDescending != isBackward) == isDescending else {
      obstacle = .direction(field: field.name, index: index.name)
      return false
    }
    let standard = (advisor.dialect.nullOrder == .smallest) != isDescending
    let wantsFirst = field.isNullable ? wanted.nulls == .first : standard
    let isSamePlace = (key.nullsFirst != isBackward) == wantsFirst
    if !isSamePlace, !(advisor.rules.readsNullsApart && isFirstOpen) {
      obstacle = .nullPlacement(field: field.name, index: index.name)
      return false
    }
    return true
  }

  /// The row's number ends every index, in ascending order. It leaves no rows that are equal, so that what comes after it
  /// has no effect.
  private mutating func giveRowNumber(_ order: [SortKey], _ advisor: IndexAdvisor) {
    let wanted = order[count]
    if (wanted.direction == .descending) == isBackward {
      count = order.count
    } else {
      obstacle = .direction(field: advisor.resource.field(wanted.field).name, index: index.name)
    }
  }
}

extension IndexAdvisor {
  /// The field that is the row's number, where the engine has one.
  var rowNumber: FieldID? {
    guard rules.endsWithRowNumber, resource.primaryKey.count == 1, let id = resource.primaryKey.first
    else { return nil }
    let field = resource.field(id)
    let encoding = ColumnEncoding.resolve(field, dialect, insideJSON: field.jsonLocation != nil)
    return field.jsonLocation == nil && encoding?.columnType(dialect) == dialect.types.integer ? id : nil
  }
}
