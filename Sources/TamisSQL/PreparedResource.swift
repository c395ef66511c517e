import TamisModel

/// What of the SQL text does not depend on the query: quoted names, field expressions, the list of columns.
final class PreparedResource: Sendable {
  let resource: Resource
  let dialect: SQLDialect
  /// Statements that were written before, by shape.
  let cache: StatementCache
  let faults: [String]
  /// In the order of `FieldID`.
  let fields: [PreparedField]
  let relations: [PreparedRelation]
  /// Empty where nothing is known of the engine's.
  let sortedIndexes: [SortedIndex]
  /// ` FROM "balances"`, and the same with the alias `_r`.
  let source: [UInt8]
  let qualifiedSource: [UInt8]
  /// `SELECT … FROM …` of the default selection.
  let defaultHead: [UInt8]
  let defaultQualifiedHead: [UInt8]
  /// ` ORDER BY …` of the default order; nil where it can not be run.
  let defaultOrder: [UInt8]?
  let defaultQualifiedOrder: [UInt8]?
  /// Statements end with the sort keys as hidden columns.
  let hasKeyColumns: Bool
  /// A column name that is also the alias of another column: an order must not mean the alias.
  let alwaysQualifies: Bool

  init(_ resource: Resource, _ dialect: SQLDialect, cachedShapes: Int) {
    self.resource = resource
    self.dialect = dialect
    cache = StatementCache(capacity: cachedShapes)
    let places = (0..<resource.fieldCount).map { FieldID($0) }
    fields = places.map { id in
      PreparedField(
        resource.field(id), entry: resource.relationIndex(of: id).map { resource.relationEntry($0) }, dialect,
        texts: IndexedText(resource, id, dialect))
    }
    let entries = resource.relationEntries
    relations = entries.map { entry in
      PreparedRelation(entry, parent: entry.parent.map { entries[$0] }, of: resource, dialect)
    }
    sortedIndexes = dialect.indexRules.map { SortedIndex.all(of: resource, dialect, $0) } ?? []
    source = Array(" FROM ".utf8) + SQLIdentifier.table(resource.table, dialect)
    qualifiedSource = source + Array(" AS _r".utf8)
    hasKeyColumns = if case .cursor = resource.paging { true } else { false }
    alwaysQualifies = Self.hasShadows(resource.fields, hasKeyColumns)
    let columns = Self.columns(resource.defaultSelection, resource)
    defaultHead = Self.head(columns, fields, qualifies: false) + source
    defaultQualifiedHead = Self.head(columns, fields, qualifies: true) + qualifiedSource
    let keys = resource.resolvedDefaultSort
    defaultOrder = Self.order(keys, fields, dialect, qualifies: false)
    defaultQualifiedOrder = Self.order(keys, fields, dialect, qualifies: true)
    faults = resource.faults + Self.nulFaults(resource) + ResourceNames(resource, dialect).faults
  }

  /// Whether a column may have the name of another's alias: not every engine then means the column. Some fold case.
  private static func hasShadows(_ fields: [Field], _ hasKeyColumns: Bool) -> Bool {
    let columns = Set(fields.map { ($0.jsonLocation?.column ?? $0.columnName).lowercased() })
    if hasKeyColumns, columns.contains(where: { $0.hasPrefix("_k") }) { return true }
    return fields.contains { field in
      (field.jsonLocation != nil || field.name != field.columnName)
        && columns.contains(field.name.lowercased())
    }
  }

  /// The fields asked for, then what is missing of the primary key.
  static func columns(_ selection: [FieldID], _ resource: Resource) -> [FieldID] {
    selection + resource.primaryKey.filter { !selection.contains($0) }
  }

  static func head(_ columns: [FieldID], _ fields: [PreparedField], qualifies: Bool) -> [UInt8] {
    var output = Array("SELECT ".utf8)
    for (index, column) in columns.enumerated() {
      if index > 0 { output += ", ".utf8 }
      guard fields.indices.contains(column.index) else { continue }
      let field = fields[column.index]
      output += qualifies ? field.qualifiedColumn : field.column
    }
    return output
  }

  /// ` ORDER BY …`; nil where a field can not be ordered by on the engine.
  static func order(
    _ keys: [SortKey], _ fields: [PreparedField], _ dialect: SQLDialect, qualifies: Bool
  ) -> [UInt8]? {
    var output: [UInt8] = []
    for (index, key) in keys.enumerated() {
      guard let entry = orderEntry(key, fields, dialect, qualifies: qualifies) else { return nil }
      output.append(index == 0 ? " ORDER BY " : ", ")
      output += entry
    }
    return output
  }

  /// One key; nil where its field can not be ordered by on the engine.
  static func orderEntry(
    _ key: SortKey, _ fields: [PreparedField], _ dialect: SQLDialect, qualifies: Bool
  ) -> [UInt8]? {
    guard fields.indices.contains(key.field.index), fields[key.field.index].failure == nil else { return nil }
    let field = fields[key.field.index]
    let isPlaced = field.isNullable && placesNullOtherwise(key, dialect)
    var output: [UInt8] = []
    if isPlaced, dialect.nullPlacement == .tested {
      // False comes before true.
      output += (qualifies ? field.qualified : field.plain).expression
      output += (key.nulls == .first ? " IS NOT NULL, " : " IS NULL, ").utf8
    }
    output += qualifies ? field.qualifiedOrder : field.plainOrder
    if case .descending = key.direction { output.append(" DESC") }
    if isPlaced, dialect.nullPlacement == .stated {
      output += (key.nulls == .first ? " NULLS FIRST" : " NULLS LAST").utf8
    }
    return output
  }

  /// Whether the engine would place null otherwise; only then is it written.
  private static func placesNullOtherwise(_ key: SortKey, _ dialect: SQLDialect) -> Bool {
    let isAscending = key.direction == .ascending
    let standsLast: Bool
    switch dialect.nullOrder {
    case .largest: standsLast = isAscending
    case .smallest: standsLast = !isAscending
    case .last: standsLast = true
    }
    return standsLast != (key.nulls == .last)
  }

  private static func nulFaults(_ resource: Resource) -> [String] {
    let fields = (0..<resource.fieldCount).map { resource.field(FieldID($0)) }
    var names = [resource.table] + fields.flatMap { [$0.name, $0.columnName] }
    names += fields.flatMap { ($0.jsonLocation?.path ?? []) + [$0.jsonLocation?.column ?? ""] }
    for entry in resource.relationEntries {
      switch entry.relation.location {
      case .childTable(let table, let foreignKey, let parentKey): names += [table, foreignKey, parentKey]
      case .json(let column, let path): names += [column] + path
      case .structs(let column): names.append(column)
      case .pivotTable(let pivot, let foreignKey, let targetKey, let table, let key, let parentKey):
        names += [pivot, foreignKey, targetKey, table, key, parentKey]
      }
    }
    return names.contains { $0.utf8.contains(0) } ? ["a name holds a NUL"] : []
  }
}

/// What is compared: an expression, and how values reach it. A class, so that a prepared one is passed, not copied.
final class Subject: Sendable {
  let expression: [UInt8]
  let encoding: ColumnEncoding
  /// Orders and ranges must state the byte collation.
  let needsCollation: Bool
  /// What stands before a parameter: `CAST(`, or nothing.
  let castOpening: [UInt8]
  /// What stands after it: `::bigint`, or nothing.
  let cast: [UInt8]
  /// A column of its own, which an index may serve.
  let isColumn: Bool
  /// How the declared indexes order it, where it is text that has several orders.
  let texts: IndexedText
  /// Stored values of an enumeration.
  let cases: [SQLBinding]

  init(
    expression: [UInt8], encoding: ColumnEncoding, needsCollation: Bool = false,
    parameter: SQLDialect.Wrapping? = nil, isColumn: Bool = false, texts: IndexedText = .unindexed,
    cases: [SQLBinding] = []
  ) {
    self.expression = expression
    self.encoding = encoding
    self.needsCollation = needsCollation
    castOpening = Array((parameter?.opening ?? "").utf8)
    cast = Array((parameter?.closing ?? "").utf8)
    self.isColumn = isColumn
    self.texts = texts
    self.cases = cases
  }
}

/// A field's expressions, alone in its table and beside others.
final class PreparedField: Sendable {
  let plain: Subject
  let qualified: Subject
  /// Entries of the list of columns.
  let column: [UInt8]
  let qualifiedColumn: [UInt8]
  /// As sort keys, with the collation.
  let plainOrder: [UInt8]
  let qualifiedOrder: [UInt8]
  /// Of a document inside a document: its text, which is null where the document is.
  let plainNullTest: [UInt8]
  let qualifiedNullTest: [UInt8]
  /// The text of one key of a binary document.
  let plainKeyText: BindingTemplate
  let qualifiedKeyText: BindingTemplate
  /// As hidden columns, for cursors.
  let plainKey: [UInt8]
  let qualifiedKey: [UInt8]
  /// Values on their way into a binding.
  let stored: StoredField
  let isNullable: Bool
  /// Why the engine cannot hold the field.
  let failure: String?

  init(
    _ field: Field, entry: RelationEntry?, _ dialect: SQLDialect, texts: IndexedText = .unindexed
  ) {
    let place = FieldPlace(field, entry: entry, dialect)
    let encoding = ColumnEncoding.resolve(field, dialect, insideJSON: !place.path.isEmpty)
    let usable = encoding ?? .text
    let needsCollation = dialect.byteCollation != nil && usable.isText && !field.hasByteCollation
    var parameter = usable.parameter(dialect)
    if !place.path.isEmpty, usable.jsonKind == .number, dialect.json == .binary {
      parameter = SQLDialect.Wrapping("", "::" + (dialect.types.numeric ?? dialect.types.integer))
    }
    let cases = field.enumeration.map(Self.cases) ?? []
    func subject(_ prefix: String) -> Subject {
      Subject(
        expression: place.expression(prefix, usable), encoding: usable, needsCollation: needsCollation,
        parameter: parameter, isColumn: place.path.isEmpty, texts: texts, cases: cases)
    }
    plain = subject("")
    qualified = subject("_r.")
    let collation = needsCollation ? Array((dialect.byteCollation ?? "").utf8) : []
    plainOrder = plain.expression + collation
    qualifiedOrder = qualified.expression + collation
    plainNullTest = place.nullTest("", usable)
    qualifiedNullTest = place.nullTest("_r.", usable)
    let name = SQLIdentifier.quote(field.name, dialect)
    let alias = place.path.isEmpty && field.columnName == field.name ? [] : Array(" AS ".utf8) + name
    column = plain.expression + alias
    qualifiedColumn = qualified.expression + alias
    let documents = field.type == .json ? (plain.expression, qualified.expression) : ([], [])
    plainKeyText = BindingTemplate { JSONPlace(documents.0, binding: $0).canonicalText }
    qualifiedKeyText = BindingTemplate { JSONPlace(documents.1, binding: $0).canonicalText }
    plainKey = usable.transported(plain.expression, dialect)
    qualifiedKey = usable.transported(qualified.expression, dialect)
    stored = StoredField(field, insideJSON: !place.path.isEmpty, dialect)
    isNullable = field.isNullable
    failure =
      encoding == nil || place.isUnspeakable
      ? "the storage of '\(field.name)'" : nil
  }

  private static func cases(_ enumeration: Enumeration) -> [SQLBinding] {
    enumeration.cases.map {
      switch $0.stored {
      case .integer(let number): .integer(number)
      case .text(let text): .text(text)
      }
    }
  }
}

/// Where a field's value stands: a column, or a path inside one.
struct FieldPlace {
  let dialect: SQLDialect
  let column: String
  let path: [String]
  /// `_e.` of an element's field, `_e2.` of an element's element's; the record's own take the statement's.
  let elementPrefix: String?
  /// `_e.value`, the document of an element in JSON.
  let element: String?
  /// The value in a struct of a list.
  let member: String?
  /// The engine has no spelling for the path.
  let isUnspeakable: Bool

  init(_ field: Field, entry: RelationEntry?, _ dialect: SQLDialect) {
    self.dialect = dialect
    var column = field.columnName
    var path: [String] = []
    if let location = field.jsonLocation { (column, path) = (location.column, location.path) }
    var element: String?
    if let entry, entry.isInJSON {
      path = [column] + path
      element = entry.element(dialect)
    }
    self.column = column
    self.element = element
    self.path = path
    elementPrefix = entry.map { $0.alias + "." }
    member = entry.flatMap { $0.structElement(dialect) }.flatMap {
      dialect.structs?.member($0, column, dialect)
    }
    switch dialect.json {
    case .binary: isUnspeakable = false
    case .text: isUnspeakable = JSONPath.text(path) == nil
    case .functions: isUnspeakable = dialect.jsonFunctions?.path(path) == nil
    }
  }

  private func base(_ prefix: String) -> [UInt8] {
    (element ?? member).map { Array($0.utf8) }
      ?? Array((elementPrefix ?? prefix).utf8) + SQLIdentifier.quote(column, dialect)
  }

  /// The value, null when the document holds another kind of value there.
  func expression(_ prefix: String, _ encoding: ColumnEncoding) -> [UInt8] {
    let base = base(prefix)
    if path.isEmpty {
      return encoding == .documentText ? Array("(".utf8) + base + Array("::jsonb)".utf8) : base
    }
    switch dialect.json {
    case .binary: return binary(base, encoding)
    case .text: return text(base, encoding)
    case .functions: return called(base, encoding)
    }
  }

  /// For documents inside documents, where JSON null is null.
  func nullTest(_ prefix: String, _ encoding: ColumnEncoding) -> [UInt8] {
    guard !path.isEmpty, encoding.jsonKind == .document else { return expression(prefix, encoding) }
    switch dialect.json {
    case .binary: return Array("(".utf8) + steps(base(prefix), asText: true) + Array(")".utf8)
    case .text:
      return Array("json_extract(".utf8) + base(prefix) + Array(", ".utf8) + pathLiteral + Array(")".utf8)
    case .functions: return JSONCall(base(prefix), path, dialect)?.nullable ?? base(prefix)
    }
  }

  private func called(_ base: [UInt8], _ encoding: ColumnEncoding) -> [UInt8] {
    guard let call = JSONCall(base, path, dialect) else { return base }
    switch encoding.jsonKind {
    case .string: return call.string
    case .number: return call.integer
    case .boolean: return call.boolean
    case .document, .none: return call.value
    }
  }

  // "doc" -> 'a' ->> 'b'
  private func steps(_ base: [UInt8], asText: Bool) -> [UInt8] {
    var output = base
    for (index, key) in path.enumerated() {
      output += (asText && index == path.count - 1 ? " ->> " : " -> ").utf8
      output += SQLIdentifier.textLiteral(key.utf8)
    }
    return output
  }

  private func binary(_ base: [UInt8], _ encoding: ColumnEncoding) -> [UInt8] {
    let value = String(decoding: steps(base, asText: false), as: UTF8.self)
    let text = String(decoding: steps(base, asText: true), as: UTF8.self)
    switch encoding.jsonKind {
    case .string: return Array("CASE jsonb_typeof(\(value)) WHEN 'string' THEN \(text) END".utf8)
    case .number: return Array("CASE jsonb_typeof(\(value)) WHEN 'number' THEN (\(text))::numeric END".utf8)
    case .boolean: return Array("CASE jsonb_typeof(\(value)) WHEN 'boolean' THEN (\(text))::boolean END".utf8)
    case .document, .none: return Array("(\(value))".utf8)
    }
  }

  private var pathLiteral: [UInt8] { SQLIdentifier.textLiteral((JSONPath.text(path) ?? "$").utf8) }

  private func text(_ base: [UInt8], _ encoding: ColumnEncoding) -> [UInt8] {
    let place = String(decoding: base + Array(", ".utf8) + pathLiteral, as: UTF8.self)
    let kind = "json_type(\(place))"
    switch encoding.jsonKind {
    case .string: return Array("CASE \(kind) WHEN 'text' THEN json_extract(\(place)) END".utf8)
    case .number: return Array("CASE \(kind) WHEN 'integer' THEN json_extract(\(place)) END".utf8)
    case .boolean: return Array("CASE \(kind) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END".utf8)
    case .document, .none:
      return Array("(".utf8) + base + Array(" -> ".utf8) + pathLiteral + Array(")".utf8)
    }
  }
}
