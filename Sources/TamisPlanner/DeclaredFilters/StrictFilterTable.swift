import TamisModel

/// What declared filters mean to strict reading beyond what fields and operators say already.
struct StrictFilterTable: Sendable {
  /// How a property is ordered by, where the declaration says.
  struct Order: Sendable {
    let nulls: SortOrder.Nulls?
    let emptyDirection: SortKey.Direction?
  }

  /// Tests of properties by their public names.
  let properties: [String: [DeclaredFilterTable.Test]]
  let parameters: [DeclaredFilterTable.Parameter]
  /// Public names that are not those of fields.
  let aliases: [String: FieldID]
  let orders: [FieldID: Order]

  /// Nil where there is nothing of the kind.
  init?(_ table: DeclaredFilterTable?) {
    guard let table else { return nil }
    var properties: [String: [DeclaredFilterTable.Test]] = [:]
    var aliases: [String: FieldID] = [:]
    var orders: [FieldID: Order] = [:]
    for filter in table.filters {
      for property in filter.properties.values {
        guard case .field(let target) = property.subject else { continue }
        if property.isAlias { aliases[property.name] = target.field }
        if let test = Self.test(filter.kind, property) { properties[property.name, default: []].append(test) }
        if case .order(let nulls, let direction) = filter.kind, nulls != nil || direction != nil {
          orders[target.field] = Order(nulls: nulls, emptyDirection: direction)
        }
      }
    }
    if properties.isEmpty, table.parameters.isEmpty, aliases.isEmpty, orders.isEmpty { return nil }
    self.properties = properties
    self.aliases = aliases
    self.orders = orders
    parameters = table.parameters
  }

  /// What no operator says.
  private static func test(
    _ kind: PropertyFilter.Kind, _ property: DeclaredFilterTable.Property
  ) -> DeclaredFilterTable.Test? {
    switch kind {
    case .search(.exact): property.iriPrefix == nil ? nil : .exact(property)
    case .search(let strategy): .text(property, strategy)
    case .date(let nulls): nulls == .none ? nil : .date(property, nulls)
    case .range, .numeric, .boolean, .enumeration, .exists, .order: nil
    }
  }
}
