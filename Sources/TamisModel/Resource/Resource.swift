/// What one list endpoint offers: a table of fields, its relations and named parameters, its order, pages and
/// limits. Made once at start-up; immutable; cheap to pass around.
///
///     let balances = Resource("balances", table: "balances", dialect: .suffix) {
///       Field("balance_id", .text).primaryKey()
///       Field("currency", .text)
///       Field("created_at", .timestamp).sortable()
///     }
///
/// A resource that contradicts itself is still a value; `faults` lists what is wrong, and every query against it
/// is refused with that list, so that a mistake is loud at start-up and never a trap.
public struct Resource: Sendable {
  @usableFromInline let content: ResourceContent

  public init(
    _ name: String, type: String? = nil, table: String? = nil, dialect: QueryDialect,
    paging: Paging = .limitOffset(defaultLimit: 20, maximumLimit: 100), defaultSort: [SortOrder] = [],
    allowsRandomOrder: Bool = false, limits: QueryLimits = QueryLimits(), offsetMinutes: Int = 0,
    groups: Bool = true, compatibility: Compatibility? = nil, requireIndex: IndexDemand = [],
    @ResourceBuilder content: () -> [ResourceElement]
  ) {
    self.content = ResourceContent(
      name: name, type: type ?? name, table: table ?? name, dialect: dialect, paging: paging,
      defaultSort: defaultSort, allowsRandomOrder: allowsRandomOrder, limits: limits,
      offsetMinutes: offsetMinutes, readsGroups: groups, compatibility: compatibility,
      indexDemand: requireIndex, elements: content())
  }

  public var name: String { content.name }
  /// The name in `fields[type]` and `filter[type][field]`.
  public var type: String { content.type }
  /// The SQL table, with its schema where it has one: `blnk.balances`.
  public var table: String { content.table }
  /// Whether clients may ask for `sort=random`.
  public var allowsRandomOrder: Bool { content.allowsRandomOrder }
  /// How its requests are spelled unless the caller says otherwise.
  public var dialect: QueryDialect { content.dialect }
  public var paging: Paging { content.paging }
  @inlinable public var limits: QueryLimits { content.limits }
  /// The offset from UTC, in minutes, of times that are written without one.
  public var offsetMinutes: Int { content.offsetMinutes }
  /// Whether query strings may nest criteria in groups: `or[0][currency]=USD&or[1][balance][gte]=5`. Bodies always
  /// may. Where they may, no field is called `and`, `or`, `not` or `any`.
  public var readsGroups: Bool { content.readsGroups }
  /// How the real server reads requests; nil where there is none, and the faithful policy is not available.
  public var compatibility: Compatibility? { content.compatibility }
  /// The fields of the record itself.
  public var fields: [Field] { Array(content.fields[0..<content.rootFieldCount]) }
  public var relations: [Relation] { content.relations }
  public var parameters: [Parameter] { content.parameters }
  public var scopes: [Scope] { content.scopes }
  /// Filters declared for properties, in their order.
  public var filters: [PropertyFilter] { content.filters }
  /// Parameters with a key of their own that a filter reads, in their order.
  public var filterParameters: [FilterParameter] { content.filterParameters }
  /// Names that stand for several fields.
  public var virtualFields: [VirtualField] { content.virtualFields }
  /// Indexes of its tables. That of the primary key is not among them.
  public var indexes: [Index] { content.indexes }
  /// What its requests must find an index for.
  public var requiredIndexes: IndexDemand { content.indexDemand }
  public var defaultSort: [SortOrder] { content.defaultSort }
  /// Everything wrong with the resource; empty when it is sound.
  public var faults: [String] { content.faults }

  /// The same resource read in another dialect by default.
  public func reading(_ dialect: QueryDialect) -> Resource {
    Resource(
      name, type: type, table: table, dialect: dialect, paging: paging, defaultSort: defaultSort,
      allowsRandomOrder: allowsRandomOrder, limits: limits, offsetMinutes: offsetMinutes, groups: readsGroups,
      compatibility: compatibility, requireIndex: requiredIndexes
    ) {
      content.elements
    }
  }

  /// The same resource as a server of another kind, or of none, reads its requests under the faithful policy.
  public func compatible(with compatibility: Compatibility?) -> Resource {
    Resource(
      name, type: type, table: table, dialect: dialect, paging: paging, defaultSort: defaultSort,
      allowsRandomOrder: allowsRandomOrder, limits: limits, offsetMinutes: offsetMinutes, groups: readsGroups,
      compatibility: compatibility, requireIndex: requiredIndexes
    ) {
      content.elements
    }
  }

  /// The same resource with these indexes, and no others, and perhaps with another demand: for a resource that comes from
  /// elsewhere.
  public func indexed(by indexes: [Index], requireIndex: IndexDemand? = nil) -> Resource {
    Resource(
      name, type: type, table: table, dialect: dialect, paging: paging, defaultSort: defaultSort,
      allowsRandomOrder: allowsRandomOrder, limits: limits, offsetMinutes: offsetMinutes, groups: readsGroups,
      compatibility: compatibility, requireIndex: requireIndex ?? requiredIndexes
    ) {
      content.elements.filter { if case .index = $0 { false } else { true } }
      for index in indexes { index }
    }
  }

  /// The same resource cut into pages in another way, and perhaps with random orders.
  public func paged(_ paging: Paging, allowsRandomOrder: Bool? = nil) -> Resource {
    Resource(
      name, type: type, table: table, dialect: dialect, paging: paging, defaultSort: defaultSort,
      allowsRandomOrder: allowsRandomOrder ?? self.allowsRandomOrder, limits: limits,
      offsetMinutes: offsetMinutes, groups: readsGroups, compatibility: compatibility,
      requireIndex: requiredIndexes
    ) {
      content.elements
    }
  }
}

extension Resource: Hashable {
  public static func == (left: Resource, right: Resource) -> Bool {
    left.content === right.content || left.content.isEqual(to: right.content)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(table)
  }
}

extension Resource {
  /// Root fields first, then each relation's, in order: what a `FieldID` counts.
  package var fieldCount: Int { content.fields.count }
  package var rootFieldCount: Int { content.rootFieldCount }

  /// A field by its place. An identity from another resource gives the first field rather than a trap.
  package func field(_ id: FieldID) -> Field {
    if content.fields.indices.contains(id.index) { return content.fields[id.index] }
    return virtualIndex(of: id).map { content.virtualStandIns[$0] } ?? content.fields[0]
  }

  /// Places beyond the fields' are those of the virtual fields, in order. They occur in names of criteria, never in
  /// a query.
  package func virtualIndex(of id: FieldID) -> Int? {
    let index = id.index - content.fields.count
    return content.virtualFields.indices.contains(index) ? index : nil
  }

  /// The fields that a virtual one stands for.
  package func parts(ofVirtual index: Int) -> [FieldID] { content.virtualParts[index] }

  /// What clients write: `usage`, or `schedule_items.amount` for an element's field.
  package func fullName(of id: FieldID) -> String {
    let name = field(id).name
    return relationIndex(of: id).map { relationName($0) + "." + name } ?? name
  }

  /// A field by its full name: `usage`, or `schedule_items.amount`.
  package func field(named bytes: [UInt8], _ range: Range<Int>) -> FieldID? {
    content.names.index(of: bytes, range).map(FieldID.init)
  }

  /// A field by its name, inside a relation when one is given.
  package func field(named name: String, inRelation relation: Int? = nil) -> FieldID? {
    let range = relation.map { content.relationEntries[$0].fields } ?? 0..<content.rootFieldCount
    return range.first { content.fields[$0].name == name }.map(FieldID.init)
  }

  package func parameter(named bytes: [UInt8], _ range: Range<Int>) -> Int? {
    content.parameters.isEmpty ? nil : content.parameterNames.index(of: bytes, range)
  }

  package var primaryKey: [FieldID] { content.primaryKey }
  /// The default order, made total by the primary key.
  package var resolvedDefaultSort: [SortKey] { content.resolvedDefaultSort }
  package var defaultSelection: [FieldID] { content.defaultSelection }
  /// Names a client may write, for suggestions.
  package var visibleFieldNames: [String] { content.visibleFieldNames }
}
