/// The shared, immutable inside of a `Resource`: its parts in tables, and names looked up by bytes.
@usableFromInline final class ResourceContent: Sendable {
  let name: String
  let type: String
  let table: String
  let dialect: QueryDialect
  let paging: Paging
  let defaultSort: [SortOrder]
  let allowsRandomOrder: Bool
  @usableFromInline let limits: QueryLimits
  let offsetMinutes: Int
  let readsGroups: Bool
  let compatibility: Compatibility?
  let indexDemand: IndexDemand
  let elements: [ResourceElement]

  /// Root fields, then each relation's. Never empty: a resource without fields has a fault and a stand-in.
  let fields: [Field]
  let rootFieldCount: Int
  let relations: [Relation]
  let relationEntries: [RelationEntry]
  let parameters: [Parameter]
  let scopes: [Scope]
  let filters: [PropertyFilter]
  let filterParameters: [FilterParameter]
  let indexes: [Index]
  let virtualFields: [VirtualField]
  /// For each of them the fields that it stands for.
  let virtualParts: [[FieldID]]
  /// For each a field of its name, which no record has.
  let virtualStandIns: [Field]
  let names: NameTable
  let parameterNames: NameTable
  let primaryKey: [FieldID]
  let resolvedDefaultSort: [SortKey]
  let defaultSelection: [FieldID]
  let visibleFieldNames: [String]
  let faults: [String]

  init(
    name: String, type: String, table: String, dialect: QueryDialect, paging: Paging,
    defaultSort: [SortOrder], allowsRandomOrder: Bool, limits: QueryLimits, offsetMinutes: Int,
    readsGroups: Bool, compatibility: Compatibility?, indexDemand: IndexDemand, elements: [ResourceElement]
  ) {
    self.name = name
    self.type = type
    self.table = table
    self.dialect = dialect
    self.paging = paging
    self.defaultSort = defaultSort
    self.allowsRandomOrder = allowsRandomOrder
    self.limits = limits
    self.offsetMinutes = offsetMinutes
    self.readsGroups = readsGroups
    self.compatibility = compatibility
    self.indexDemand = indexDemand
    self.elements = elements

    let parts = ElementLists(elements)
    let rootFields = parts.fields.isEmpty ? [Field("id", .text)] : parts.fields
    let table = RelationTable(rootFields, parts.relations)
    fields = table.fields
    rootFieldCount = rootFields.count
    relations = parts.relations
    relationEntries = table.entries
    parameters = parts.parameters
    scopes = parts.scopes
    filters = parts.filters
    filterParameters = parts.filterParameters
    indexes = parts.indexes
    virtualFields = parts.virtuals
    virtualParts = parts.virtuals.map { Self.places($0, rootFields, table.entries) }
    virtualStandIns = zip(parts.virtuals, virtualParts).map {
      Self.standIn($0, of: $1.map { table.fields[$0.index] })
    }
    names = NameTable(table.fullNames + parts.virtuals.map(\.name))
    parameterNames = NameTable(parts.parameters.map(\.name))
    primaryKey = rootFields.indices.filter { rootFields[$0].isPrimaryKey }.map(FieldID.init)
    resolvedDefaultSort = Self.resolve(defaultSort, in: rootFields, primaryKey: primaryKey)
    defaultSelection = rootFields.indices.filter { rootFields[$0].isSelectedByDefault }.map(FieldID.init)
    visibleFieldNames =
      rootFields.filter { !$0.isHidden }.map(\.name)
      + table.entries.filter { !$0.isHidden }.flatMap { entry in
        entry.relation.fields.filter { !$0.isHidden }.map { entry.name + "." + $0.name }
      } + parts.virtuals.map(\.name)
    faults = ResourceValidator(
      name: name, table: self.table, paging: paging, defaultSort: defaultSort,
      allowsRandomOrder: allowsRandomOrder, limits: limits, offsetMinutes: offsetMinutes,
      readsGroups: readsGroups, parts: parts, relationTable: table
    ).faults()
  }

  /// What is not there is a fault of the resource.
  private static func places(
    _ virtual: VirtualField, _ fields: [Field], _ entries: [RelationEntry]
  ) -> [FieldID] {
    virtual.parts.compactMap { part in
      switch part {
      case .field(let name): return fields.firstIndex { $0.name == name }.map(FieldID.init)
      case .related(let relation, let name):
        guard let entry = entries.first(where: { $0.name == relation }),
          let offset = entry.relation.fields.firstIndex(where: { $0.name == name })
        else { return nil }
        return FieldID(entry.fields.lowerBound + offset)
      }
    }
  }

  private static func standIn(_ virtual: VirtualField, of fields: [Field]) -> Field {
    let type = fields.first?.type ?? .text
    let operators = virtual.operators ?? fields.first?.operators ?? .none
    // Whether a field is there is asked of each part in the same words.
    return Field(virtual.name, type).operators(operators.subtracting([.exists]))
  }

  private static func resolve(
    _ order: [SortOrder], in fields: [Field], primaryKey: [FieldID]
  ) -> [SortKey] {
    var keys = order.compactMap { entry in
      fields.firstIndex { $0.name == entry.field }.map {
        SortKey(
          field: FieldID($0), direction: entry.direction,
          placing: fields[$0].isNullable ? entry.nulls : .largest)
      }
    }
    SortKey.complete(&keys, with: primaryKey)
    return keys
  }

  func isEqual(to other: ResourceContent) -> Bool {
    name == other.name && type == other.type && table == other.table && dialect == other.dialect
      && paging == other.paging && defaultSort == other.defaultSort
      && allowsRandomOrder == other.allowsRandomOrder && limits == other.limits
      && offsetMinutes == other.offsetMinutes && readsGroups == other.readsGroups
      && compatibility == other.compatibility && indexDemand == other.indexDemand
      && ElementLists(elements) == ElementLists(other.elements)
  }
}

extension SortKey {
  /// Appends the primary key, in the direction of the last key or the one given, unless present: every order is total.
  package static func complete(
    _ keys: inout [SortKey], with primaryKey: [FieldID], direction: Direction? = nil
  ) {
    let direction = direction ?? keys.last?.direction ?? .ascending
    for field in primaryKey where !keys.contains(where: { $0.field == field }) {
      keys.append(SortKey(field: field, direction: direction))
    }
  }
}

/// A resource's elements, sorted by kind: how the kinds are mixed says nothing.
struct ElementLists: Hashable {
  var fields: [Field] = []
  var relations: [Relation] = []
  var parameters: [Parameter] = []
  var scopes: [Scope] = []
  var filters: [PropertyFilter] = []
  var filterParameters: [FilterParameter] = []
  var virtuals: [VirtualField] = []
  var indexes: [Index] = []

  init(_ elements: [ResourceElement]) {
    for element in elements {
      switch element {
      case .field(let field): fields.append(field)
      case .relation(let relation): relations.append(relation)
      case .parameter(let parameter): parameters.append(parameter)
      case .scope(let scope): scopes.append(scope)
      case .filter(let filter): filters.append(filter)
      case .filterParameter(let parameter): filterParameters.append(parameter)
      case .virtual(let field): virtuals.append(field)
      case .index(let index): indexes.append(index)
      }
    }
  }
}
