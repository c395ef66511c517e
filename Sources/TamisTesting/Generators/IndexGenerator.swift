package import TamisModel

/// Random indexes of a resource's tables: columns and expressions, in every order that may be declared.
package struct IndexGenerator {
  private var random: RandomSource

  package init(random: RandomSource) {
    self.random = random
  }

  /// The resource with as many indexes, or fewer where they would contradict it.
  package mutating func indexed(_ resource: Resource, count: Int) -> Resource {
    var resource = resource
    for number in 0..<count {
      let tables = resource.relationEntries.filter(Self.isTable)
      let index =
        random.chance(25) && !tables.isEmpty
        ? self.index("ix \(number)", of: random.pick(tables))
        : self.index("ix_\(number)", of: resource.fields)
      let indexed = resource.indexed(by: resource.indexes + [index])
      if indexed.faults == resource.faults { resource = indexed }
    }
    return resource
  }

  private static func isTable(_ entry: RelationEntry) -> Bool {
    if case .childTable = entry.relation.location { return true }
    return false
  }

  private mutating func index(_ name: String, of entry: RelationEntry) -> Index {
    let rest = random.chance(50) ? keys(of: entry.relation.fields, count: 1) : []
    return Index(name, on: entry.name, keys: random.shuffled([IndexKey.foreignKey] + rest))
  }

  private mutating func index(_ name: String, of fields: [Field]) -> Index {
    Index(name, keys: keys(of: fields, count: random.within(1...3)))
  }

  private mutating func keys(of fields: [Field], count: Int) -> [IndexKey] {
    random.some(count, of: fields.filter { $0.type != .json }).map { key($0) }
  }

  private mutating func key(_ field: Field) -> IndexKey {
    var key = IndexKey(.field(field.name), random.chance(60) ? .ascending : .descending)
    if random.chance(25) { key.nulls = random.chance(50) ? .first : .last }
    if field.jsonLocation != nil { key.form = .expression }
    if field.type == .text, random.chance(20) { key.form = .folded }
    key.textOrder = random.pick([.column, .bytes, .bytes, .pattern])
    return key
  }
}
