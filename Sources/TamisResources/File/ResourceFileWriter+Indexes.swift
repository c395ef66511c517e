import TamisModel

extension ResourceFileWriter {
  static func index(_ index: Index) -> WrittenJSON {
    .members([
      "name": .string(index.name),
      "relation": index.relation.map(WrittenJSON.string),
      "unique": index.isUnique ? .boolean(true) : nil,
      "keys": .array(index.keys.map(indexKey)),
    ])
  }

  /// `"-created_at"`; what says more, or begins with the sign, is written out.
  private static func indexKey(_ key: IndexKey) -> WrittenJSON {
    let isDescending = key.direction == .descending
    var plain = IndexKey(key.column, key.direction)
    plain.nulls = nil
    if case .field(let name) = key.column, key == plain, name.utf8.first != UInt8(ascii: "-") {
      return .string((isDescending ? "-" : "") + name)
    }
    return .members([
      "field": fieldName(key.column).map(WrittenJSON.string),
      "link": linkName(key.column).map { .string($0.rawValue) },
      "direction": isDescending ? "descending" : nil,
      "nulls": key.nulls.flatMap(placement),
      "form": key.form == .value ? nil : .string(key.form.rawValue),
      "textOrder": key.textOrder == .column ? nil : .string(key.textOrder.rawValue),
    ])
  }

  private static func fieldName(_ column: IndexKey.Column) -> String? {
    switch column {
    case .field(let name): name
    case .foreignKey, .targetKey: nil
    }
  }

  private static func linkName(_ column: IndexKey.Column) -> LinkName? {
    LinkName.allCases.first { $0.column == column }
  }

  private static func placement(_ nulls: SortKey.NullPlacement) -> WrittenJSON? {
    NullPlacementName.allCases.first { $0.placement == nulls }.map { .string($0.rawValue) }
  }

  static func indexDemand(_ demand: IndexDemand) -> WrittenJSON? {
    let names = IndexDemandName.allCases.filter { demand.contains($0.demand) }
    return names.isEmpty ? nil : .strings(names.map(\.rawValue))
  }
}
