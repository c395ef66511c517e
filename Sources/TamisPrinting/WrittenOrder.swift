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
    if let order = query.randomOrder {
      guard appendKeys(query.sort.prefix(order.position), resource), resource.allowsRandomOrder else {
        return nil
      }
      // What chance leaves equal, only the primary key orders, ascending.
      var sort = Array(query.sort.prefix(order.position))
      SortKey.complete(&sort, with: resource.primaryKey, direction: .ascending)
      guard sort == query.sort else { return nil }
      keys.append(Key(name: RandomOrder.name, isDescending: false))
      return
    }
    guard query.sort != resource.resolvedDefaultSort else { return }
    var shortest: [SortKey]?
    for length in stride(from: query.sort.count, through: 1, by: -1) {
      var sort = Array(query.sort.prefix(length))
      SortKey.complete(&sort, with: resource.primaryKey)
      if sort == query.sort { shortest = Array(query.sort.prefix(length)) }
    }
    guard let shortest, appendKeys(shortest[...], resource) else { return nil }
  }

  /// False when no client can name one of them.
  private mutating func appendKeys(_ sort: ArraySlice<SortKey>, _ resource: Resource) -> Bool {
    for key in sort {
      let field = resource.field(key.field)
      let isPlaced = !field.isNullable || key == SortKey(field: key.field, direction: key.direction)
      guard isPlaced, field.isSortable, !field.isHidden, !field.name.hasPrefix("-") else { return false }
      keys.append(Key(name: field.name, isDescending: key.direction == .descending))
    }
    return true
  }

  /// `-date`
  var signed: [String] { keys.map { ($0.isDescending ? "-" : "") + $0.name } }
}
