import TamisModel

/// A query's order as a client writes it: without what is appended by itself, and nothing for the resource's own.
struct WrittenOrder {
  struct Key {
    var name: String
    var isDescending: Bool
  }

  private(set) var keys: [Key] = []

  /// Nil for an order that no client can ask for.
  init?(_ query: Query) {
    let resource = query.resource
    guard query.sort != resource.resolvedDefaultSort else { return }
    var shortest: [SortKey]?
    for length in stride(from: query.sort.count, through: 1, by: -1) {
      var sort = Array(query.sort.prefix(length))
      SortKey.complete(&sort, with: resource.primaryKey)
      if sort == query.sort { shortest = Array(query.sort.prefix(length)) }
    }
    guard let shortest else { return nil }
    for key in shortest {
      let field = resource.field(key.field)
      let isPlaced = key == SortKey(field: key.field, direction: key.direction)
      guard isPlaced, field.isSortable, !field.isHidden, !field.name.hasPrefix("-") else { return nil }
      keys.append(Key(name: field.name, isDescending: key.direction == .descending))
    }
  }

  /// `-date`
  var signed: [String] { keys.map { ($0.isDescending ? "-" : "") + $0.name } }
}
