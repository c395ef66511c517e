import TamisModel

/// Records in the order of sort keys, by insertion.
struct ReferenceOrder {
  let names: [(field: String, key: SortKey)]

  init(resource: Resource, keys: [SortKey]) {
    names = keys.map { (resource.field($0.field).name, $0) }
  }

  func sorted(_ places: [Int], of records: [ReferenceRecord]) -> [Int] {
    var result: [Int] = []
    for place in places {
      let index = result.firstIndex { precedes(records[place], records[$0]) } ?? result.endIndex
      result.insert(place, at: index)
    }
    return result
  }

  /// The first key on which two records differ decides.
  private func precedes(_ left: ReferenceRecord, _ right: ReferenceRecord) -> Bool {
    for (field, key) in names {
      let first = left.values[field] ?? .null
      let second = right.values[field] ?? .null
      switch (first == .null, second == .null) {
      case (true, true): continue
      case (true, false): return key.nulls == .first
      case (false, true): return key.nulls == .last
      case (false, false):
        let order = first.order(second) ?? 0
        if order != 0 { return (order < 0) == (key.direction == .ascending) }
      }
    }
    return false
  }
}
