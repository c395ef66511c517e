import TamisModel

/// Random resources: every type, nullable or not, with every storage; names that need quoting; keys inside JSON;
/// relations in JSON columns and child tables; parameters, orders and pages.
struct ResourceGenerator {
  var random: RandomSource
  private var names: [String] = []
  private var columnCount = 0
  private var offsetMinutes = 0

  init(random: RandomSource) {
    self.random = random
  }

  mutating func resource() -> Resource {
    names = random.shuffled([
      "usage", "status", "name", "createdAt", "created_at", "amount", "tier", "code", "note", "ratio",
      "region",
      "active", "owner_id", "level", "rank", "due", "x_y", "is_open", "valid_in", "q", "gr\u{F6}\u{DF}e",
      "total_2",
    ])
    offsetMinutes = random.pick([0, 0, 0, 120, -330])
    let keys = primaryKey()
    let fields = rootFields(key: keys)
    let relations = relations(key: keys)
    let conditions = conditionFields(fields)
    var elements: [ResourceElement] = fields.map { .field($0) } + relations.map { .relation($0) }
    elements += parameters(conditions, relations).map { .parameter($0) }
    if random.chance(15), let field = conditions.first {
      elements.append(.scope(Scope("tenant", field.type, .compare(field.name, .equal, .argument))))
    }
    let resource = make(elements, sortable: fields.filter(\.isSortable))
    var indexes = IndexGenerator(random: random.fork())
    return indexes.indexed(resource, count: random.pick([0, 1, 2, 4]))
  }

  private mutating func make(_ elements: [ResourceElement], sortable: [Field]) -> Resource {
    let paging: Paging =
      random.chance(60)
      ? .limitOffset(defaultLimit: random.within(3...40), maximumLimit: 60)
      : .pages(defaultSize: random.within(3...40), maximumSize: random.chance(70) ? 60 : nil)
    let order: [SortOrder] =
      random.chance(50)
      ? random.some(random.within(1...2), of: sortable).map {
        SortOrder(
          field: $0.name, direction: random.chance(50) ? .ascending : .descending,
          nulls: random.pick(SortOrder.Nulls.allCases))
      } : []
    return Resource(
      "things", type: "thing", table: "law_things", dialect: .mixed, paging: paging, defaultSort: order,
      offsetMinutes: offsetMinutes
    ) { elements }
  }

  // MARK: Fields

  private mutating func name() -> String { names.popLast() ?? "extra\(names.count)\(columnCount)" }

  private static let awkwardColumns = [
    "order", "sel\"ect", "a b", "x;y--", "na\u{EF}ve", "MixedCase", "tick'", "back`tick", "per%cent",
    "que?stion",
    "dollar$1", "select", "[b]", "back\\slash",
  ]

  private mutating func column(_ name: String) -> String {
    columnCount += 1
    return random.chance(30) ? "\(random.pick(Self.awkwardColumns))\(columnCount)" : name
  }

  private mutating func primaryKey() -> [Field] {
    switch random.below(8) {
    case 0...2: [column(Field("id", .integer)).primaryKey()]
    case 3: [column(Field("id", .text)).primaryKey()]
    case 4: [column(Field("id", .uuid)).primaryKey()]
    case 5: [column(Field("id", .bigInteger)).primaryKey()]
    case 6: [column(Field("id", .timestamp)).primaryKey()]
    default: [column(Field("id", .text)).primaryKey(), column(Field("part", .integer)).primaryKey()]
    }
  }

  private mutating func column(_ field: Field) -> Field { field.column(column(field.name)) }

  private mutating func rootFields(key: [Field]) -> [Field] {
    var fields = key.map { stored($0) }
    fields.append(Field(GeneratedResource.numberField, .integer).sortable())
    let common = type()
    for _ in 0..<random.within(4...8) {
      // Fields of one type can be compared with each other.
      let type = random.chance(40) ? common : type()
      var field = column(Field(name(), type))
      if random.chance(60) { field = field.nullable() }
      if random.chance(75) { field = field.sortable() }
      fields.append(stored(field))
    }
    if random.chance(75) { fields.append(openJSON()) }
    if random.chance(45) { fields += declaredPaths() }
    return random.shuffled(fields)
  }

  private mutating func type() -> FieldType {
    switch random.below(12) {
    case 0...2: .text
    case 3: .integer
    case 4: .bigInteger
    case 5, 6: decimal()
    case 7: .boolean
    case 8: .uuid
    case 9: .date
    case 10: .timestamp
    default: .enumeration(enumeration())
    }
  }

  private mutating func decimal() -> FieldType {
    let (precision, scale) = random.pick([
      (8, 2), (18, 6), (18, 0), (38, 10), (3, 0), (5, 5), (60, 30), (19, 2),
    ])
    return .decimal(precision: precision, scale: scale)
  }

  private mutating func enumeration() -> Enumeration {
    random.pick([
      Enumeration(["open", "closed", "void"]),
      Enumeration(["AWS", "GCP", "azure"], matchesAnyCase: true),
      Enumeration([
        .init("low", stored: .integer(3)), .init("high", stored: .integer(-1)),
        .init("mid", stored: .integer(2)),
      ]),
      Enumeration([
        .init("one", stored: .text("z")), .init("two", stored: .text("a'b")),
        .init("three", stored: .text("\u{E9}")),
      ]),
    ])
  }

  /// Another storage than the engine's default, now and then.
  private mutating func stored(_ field: Field) -> Field {
    var field = field
    for dialect in ["sqlite", "postgresql"] where random.chance(50) {
      let choices = Self.storages(field.type, on: dialect)
      if !choices.isEmpty { field = field.storage(random.pick(choices), on: dialect) }
    }
    if field.type == .text, random.chance(30) { field = field.byteCollated() }
    // From a stream of their own, so that an engine more leaves what a seed makes as it was.
    var others = RandomSource(
      seed: UInt64(field.name.utf8.reduce(UInt32(columnCount)) { $0 &* 31 &+ UInt32($1) }))
    for dialect in ["duckdb", "mariadb", "clickhouse", "mysql", "trino"] where others.chance(50) {
      let choices = Self.storages(field.type, on: dialect)
      if !choices.isEmpty { field = field.storage(others.pick(choices), on: dialect) }
    }
    return field
  }

  private static func storages(_ type: FieldType, on dialect: String) -> [Storage] {
    if dialect == "mariadb" || dialect == "mysql" { return mariaDBStorages(type) }
    if dialect == "duckdb" { return duckDBStorages(type) }
    if dialect == "trino" {
      return duckDBStorages(type).filter { type != .uuid || $0 != .native }
    }
    if dialect == "clickhouse" { return clickHouseStorages(type) }
    let isSQLite = dialect == "sqlite"
    switch type {
    case .timestamp: return isSQLite ? [.integer, .fixedWidthText] : [.native, .integer, .fixedWidthText]
    case .date: return isSQLite ? [.integer, .fixedWidthText] : [.native, .integer, .fixedWidthText]
    case .decimal(let precision, _):
      let scaled: [Storage] = precision <= 18 ? [.integer] : []
      return scaled + (isSQLite ? [.orderedText] : [.native, .orderedText])
    case .bigInteger: return isSQLite ? [.orderedText] : [.native, .orderedText]
    case .uuid: return isSQLite ? [.text, .bytes] : [.native, .text, .bytes]
    case .boolean: return isSQLite ? [.integer, .text] : [.native, .integer, .text]
    case .text, .integer, .enumeration, .json: return []
    }
  }

  private static func mariaDBStorages(_ type: FieldType) -> [Storage] {
    switch type {
    case .timestamp, .date: return [.native, .integer, .fixedWidthText]
    case .decimal(let precision, _):
      let native: [Storage] = precision <= 64 ? [.native] : []
      return native + (precision <= 18 ? [.integer, .orderedText] : [.orderedText])
    case .bigInteger: return [.orderedText]
    case .uuid: return [.text, .bytes]
    case .boolean: return [.integer, .text]
    case .text, .integer, .enumeration, .json: return []
    }
  }

  private static func duckDBStorages(_ type: FieldType) -> [Storage] {
    switch type {
    case .timestamp, .date: return [.native, .integer, .fixedWidthText]
    case .decimal(let precision, _):
      let native: [Storage] = precision <= 37 ? [.native] : []
      return native + (precision <= 18 ? [.integer, .orderedText] : [.orderedText])
    case .bigInteger: return [.orderedText]
    case .uuid: return [.native, .text, .bytes]
    case .boolean: return [.native, .integer, .text]
    case .text, .integer, .enumeration, .json: return []
    }
  }

  private static func clickHouseStorages(_ type: FieldType) -> [Storage] {
    switch type {
    case .timestamp, .date: return [.native, .integer, .fixedWidthText]
    case .decimal(let precision, _):
      return precision <= 18 ? [.native, .integer, .orderedText] : [.native, .orderedText]
    case .bigInteger: return [.orderedText]
    case .boolean: return [.native, .integer, .text]
    case .uuid, .text, .integer, .enumeration, .json: return []
    }
  }

  // MARK: JSON

  private mutating func openJSON() -> Field {
    let field = column(Field("meta", .json)).openKeys(levels: random.within(1...2))
    return random.chance(60) ? field.nullable() : field
  }

  /// Fields that stand inside one JSON column.
  private mutating func declaredPaths() -> [Field] {
    var fields: [Field] = []
    for index in 0..<random.within(1...3) {
      let type = random.pick(
        [
          .text, .text, .integer, .boolean, .decimal(precision: 12, scale: 3), .timestamp, .date, .uuid,
          .bigInteger,
          .enumeration(Enumeration(["open", "closed", "void"])),
        ] as [FieldType])
      let member = "p\(index)"
      var field = Field(name(), type).nullable().inJSON("doc", member).at("doc", member)
      if random.chance(60) { field = field.sortable() }
      fields.append(field)
    }
    return fields
  }

  // MARK: Relations

  private mutating func relations(key: [Field]) -> [Relation] {
    guard random.chance(60) else { return [] }
    return random.some(random.within(1...2), of: ["items", "lines", "account"]).map {
      Self.perhapsStructs(relation($0, key: key), columnCount)
    }
  }

  /// What stands in JSON may also be a list of structs. From a stream of its own, as storages are.
  private static func perhapsStructs(_ relation: Relation, _ salt: Int) -> Relation {
    guard case .json = relation.location else { return relation }
    var random = RandomSource(seed: UInt64(salt) &* 31 &+ UInt64(relation.fields.count))
    return random.chance(40) ? structs(relation) : relation
  }

  private static func structs(_ relation: Relation) -> Relation {
    var relation = relation.inStructs("list of \"'\(relation.name)")
    relation.relations = relation.relations.map(structs)
    return relation
  }

  private mutating func relation(_ name: String, key: [Field]) -> Relation {
    relation(name, path: name, owner: key.count == 1 ? key[0].columnName : nil, depth: 1)
  }

  /// - Parameter owner: the key column of what has the relation; nil where it has none, or stands in JSON.
  private mutating func relation(
    _ name: String, path: String, owner: String?, depth: Int, isInJSON: Bool = false
  ) -> Relation {
    var fields = elementFields()
    let table = "law_\(path)"
    let place = random.below(4)
    let isTable = owner != nil && !isInJSON && place <= 1
    let hasInner = depth < 3 && random.chance(35)
    let isPivot = isTable && place == 1 && name != "account"
    if isTable, isPivot || hasInner {
      fields.insert(Field(GeneratedResource.elementNumberField, .integer).column("e id"), at: 0)
    }
    var relation = Relation(name, name == "account" ? .one : .many) { return fields }
    if let owner, isTable {
      relation =
        isPivot
        ? relation.pivotTable(
          "law_\(path)_links", foreignKey: "of", targetKey: "to", table: table, key: "e id", parentKey: owner)
        : relation.childTable(table, foreignKey: "parent key", parentKey: owner)
    } else if place == 2 {
      relation = relation.at("box", name).inJSON("box", name)
    }
    if hasInner {
      relation.relations = random.some(random.within(1...2), of: ["parts", "notes", "account"]).map {
        self.relation(
          $0, path: path + "_" + $0, owner: isTable ? "e id" : nil, depth: depth + 1, isInJSON: !isTable)
      }
    }
    return random.chance(30) ? relation.only(condition(fields)) : relation
  }

  /// What holds of every element that counts.
  private mutating func condition(_ fields: [Field]) -> Condition {
    let field = random.pick(fields)
    if field.isNullable, random.chance(50) {
      return random.chance(70) ? .isNotNull(field.name) : .isNull(field.name)
    }
    switch field.type {
    case .integer, .bigInteger, .decimal:
      return .or(
        .isNull(field.name), .compare(field.name, random.pick([.greater, .lessOrEqual]), .literal("2")))
    case .boolean: return .not(.compare(field.name, .equal, .literal("true")))
    case .enumeration: return .isIn(field.name, ["open", "closed"])
    case .text, .uuid, .date, .timestamp, .json: return .compare(field.name, .lessOrEqual, .field(field.name))
    }
  }

  private mutating func elementFields() -> [Field] {
    (0..<random.within(2...3)).map { index in
      let type = random.pick(
        [
          .text, .integer, .decimal(precision: 10, scale: 2), .timestamp, .boolean, .date, .bigInteger,
          .enumeration(Enumeration(["open", "closed", "void"])),
        ] as [FieldType])
      let field = Field("e\(index)", type)
      return random.chance(60) ? field.nullable() : field
    }
  }

  // MARK: Parameters

  private func conditionFields(_ fields: [Field]) -> [Field] {
    fields.filter { field in
      switch field.type {
      case .text, .integer, .decimal, .boolean, .timestamp, .date:
        !field.isPrimaryKey && field.jsonLocation == nil
      case .bigInteger, .uuid, .enumeration, .json: false
      }
    }
  }

  private mutating func parameters(_ fields: [Field], _ relations: [Relation]) -> [Parameter] {
    guard random.chance(40), let field = fields.last else { return [] }
    let comparisons: [Comparison] = [.equal, .notEqual, .lessOrEqual, .greater]
    let comparison = field.type == .boolean ? .equal : random.pick(comparisons)
    let condition = Condition.or(.isNull(field.name), .compare(field.name, comparison, .argument))
    let parameter =
      switch random.below(3) {
      case 0:
        Parameter("covering", .value(field.type, random.chance(50) ? condition : .not(condition)))
      case 1:
        Parameter(
          "include_hidden",
          .flag(
            whenTrue: .always, whenFalse: .isNotNull(field.name), defaultValue: random.chance(50)))
      default:
        Parameter(
          "trashed",
          .choice(
            [
              Parameter.Choice("with", .always), Parameter.Choice("only", .isNull(field.name)),
              Parameter.Choice("without", .not(.isNull(field.name))),
            ], defaultChoice: random.pick(["with", "without"])))
      }
    return [parameter] + elementParameter(relations)
  }

  private mutating func elementParameter(_ relations: [Relation]) -> [Parameter] {
    guard let relation = relations.first, let field = relation.fields.first(where: { $0.type == .integer })
    else {
      return []
    }
    let minimum = random.chance(30) ? 2 : 1
    return [
      Parameter(
        "having",
        .value(
          .integer,
          .any(relation.name, .compare(field.name, .greaterOrEqual, .argument), atLeast: minimum)))
    ]
  }
}
