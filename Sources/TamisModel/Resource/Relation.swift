/// Records that belong to a record: an array of objects inside it, or rows of another table. Reached only through
/// `any`; a to-one relation is one with at most one element.
///
///     Relation("schedule_items", .many) {
///       Field("starting_at", .timestamp).nullable()
///     }
///     .at("access_schedule", "schedule_items")
///     .childTable("access_segment", foreignKey: "balance_id", parentKey: "id")
public struct Relation: Hashable, Sendable {
  public enum Cardinality: Hashable, Sendable {
    case one
    case many
  }

  /// Where the elements are in SQL.
  public enum Location: Hashable, Sendable {
    /// Rows of `table` whose `foreignKey` column equals the parent's `parentKey` column.
    case childTable(table: String, foreignKey: String, parentKey: String)
    /// An array of objects (or one object, for a to-one relation) inside a JSON column; of an element that stands in
    /// JSON itself, inside the element's member of that name.
    case json(column: String, path: [String])
    /// A list of structs in a column, of engines that have such: DuckDB, ClickHouse, Spark. Of an element that stands in
    /// such a list itself, in the struct's member of that name. A to-one relation is a list of one or none.
    case structs(column: String)
    /// Many to many. Rows of `table` that rows of `pivot` lead to: the pivot's `foreignKey` column equals the parent's
    /// `parentKey` column, its `targetKey` column the table's `key`. Each such row of the pivot counts as an element.
    case pivotTable(
      pivot: String, foreignKey: String, targetKey: String, table: String, key: String, parentKey: String)
  }

  /// Where the elements are in memory.
  public enum Source: Hashable, Sendable {
    /// Inside the record itself.
    case nested(path: [String])
    /// Among the records given under `name`, those whose member `foreignKey` equals the parent's `parentKey`.
    case related(name: String, foreignKey: String, parentKey: String)
  }

  public var name: String
  public var cardinality: Cardinality
  public var fields: [Field]
  /// Relations of the elements: `animethemes.song.title` is a field of a relation of a relation.
  public var relations: [Relation] = []
  /// What holds of every element that counts, whoever asks. Of fields of the element alone.
  public var condition: Condition = .always
  public var location: Location
  public var source: Source
  /// Whether clients may name its fields (`schedule_items.amount`); conditions of the resource always may.
  public var isHidden = false
  /// Whether clients may ask for its elements in the answer: `include=schedule_items`, `include=animethemes.song`. One
  /// path each: a relation of elements may be included where the relation that it is in may not be alone.
  public var isIncludable = true

  /// A relation whose elements stand in the record's member, and in the JSON column, of its name.
  public init(_ name: String, _ cardinality: Cardinality, @FieldListBuilder fields: () -> [Field]) {
    self.name = name
    self.cardinality = cardinality
    self.fields = fields()
    location = .json(column: name, path: [])
    source = .nested(path: [name])
  }

  private func with(_ change: (inout Relation) -> Void) -> Relation {
    var copy = self
    change(&copy)
    return copy
  }

  /// The path of the array (or object) in a JSON record.
  public func at(_ path: String...) -> Relation { with { $0.source = .nested(path: path) } }
  public func pivotTable(
    _ pivot: String, foreignKey: String, targetKey: String, table: String, key: String, parentKey: String
  ) -> Relation {
    with {
      $0.location = .pivotTable(
        pivot: pivot, foreignKey: foreignKey, targetKey: targetKey, table: table, key: key,
        parentKey: parentKey)
    }
  }
  /// Relations that each element has:
  ///
  ///     Relation("animethemes", .many) { Field("type", .text) }
  ///       .nesting(Relation("song", .one) { Field("title", .text) })
  ///
  /// `animethemes.song.title_eq=Sign` asks for one theme with such a song.
  public func nesting(_ relations: Relation...) -> Relation { with { $0.relations += relations } }
  /// Only elements of which the condition holds count: `.only(.isNull("deleted_at"))`. Clients do not see it.
  public func only(_ condition: Condition) -> Relation { with { $0.condition = condition } }
  /// May be filtered by, but not asked for.
  public func notIncludable() -> Relation { with { $0.isIncludable = false } }
  public func hidden() -> Relation { with { $0.isHidden = true } }
  public func inJSON(_ column: String, _ path: String...) -> Relation {
    with { $0.location = .json(column: column, path: path) }
  }
  public func inStructs(_ column: String) -> Relation { with { $0.location = .structs(column: column) } }
  public func childTable(_ table: String, foreignKey: String, parentKey: String) -> Relation {
    with { $0.location = .childTable(table: table, foreignKey: foreignKey, parentKey: parentKey) }
  }
  public func related(_ name: String, foreignKey: String, parentKey: String) -> Relation {
    with { $0.source = .related(name: name, foreignKey: foreignKey, parentKey: parentKey) }
  }
}

@resultBuilder
public enum FieldListBuilder {
  public static func buildBlock(_ fields: Field...) -> [Field] { fields }
}
