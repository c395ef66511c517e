import TamisModel

/// What stands around the condition of a relation's elements.
struct PreparedRelation: Sendable {
  /// Whether there is such an element.
  let exists: Frame
  /// Whether there are so many.
  let count: CountFrame
  /// What the engine has no spelling for.
  let failure: String?

  struct Frame: Sendable {
    var opening: [UInt8]
    var closing: [UInt8]

    init(_ opening: String, _ closing: String) {
      self.opening = Array(opening.utf8)
      self.closing = Array(closing.utf8)
    }
  }

  struct CountFrame: Sendable {
    /// Around the condition; the comparison with the number follows.
    var frame: Frame
    /// After the number.
    var ending: [UInt8] = []
    /// The comparison is inside of the frame, and only NOT before all of it negates.
    var isInside = false
  }

  init(_ entry: RelationEntry, parent: RelationEntry?, of resource: Resource, _ dialect: SQLDialect) {
    let spelling = RelationSpelling(
      entry: entry, parent: parent, owner: parent?.relation.fields ?? resource.fields, dialect: dialect)
    let rows = spelling.rows
    failure = rows == nil ? entry.isInStructs ? "lists of structs" : "the path of '\(entry.name)'" : nil
    switch rows {
    case .correlated(let rows):
      exists = Frame("EXISTS (SELECT 1" + rows, "))")
      count = CountFrame(frame: Frame("(SELECT count(*)" + rows, "))"))
    case .keys(let key, let foreignKey, let rows):
      // A key that is null is in no set: neither true nor false, where there is no such element.
      let opening = "COALESCE(\(key) IN (SELECT \(foreignKey)" + rows
      exists = Frame(opening, ")), FALSE)")
      count = CountFrame(
        frame: Frame(opening, ") GROUP BY \(foreignKey) HAVING count(*)"), ending: Array("), FALSE)".utf8),
        isInside: true)
    case .array(let any, let some):
      exists = Frame(any.opening, any.closing)
      count = CountFrame(frame: Frame(some.opening, some.closing))
    case nil:
      exists = Frame("", "")
      count = CountFrame(frame: Frame("", ""))
    }
  }
}

/// Where a relation's elements come from, up to the condition that they are to meet.
enum RelationRows {
  /// ` FROM "items" AS _e WHERE _e."order_id" = _r."id" AND (`, of a subquery that sees the row outside.
  case correlated(String)
  /// ` FROM "items" AS _e WHERE (`, of a subquery that gives the keys of the rows outside.
  case keys(key: String, foreignKey: String, String)
  /// Functions of an array: what stands around the condition.
  case array(any: SQLDialect.Wrapping, count: SQLDialect.Wrapping)
}

/// The text of a relation on one engine.
private struct RelationSpelling {
  let entry: RelationEntry
  let parent: RelationEntry?
  /// The fields of the record, or element, that elements belong to.
  let owner: [Field]
  let dialect: SQLDialect

  private var element: String { entry.alias }
  private var outside: String { parent?.alias ?? "_r" }

  /// Nil for a path that the engine can not spell.
  var rows: RelationRows? {
    switch entry.relation.location {
    case .childTable(let table, let foreignKey, let parentKey):
      related(
        to: parentKey, by: "\(element).\(quote(foreignKey))", " FROM \(self.table(table)) AS \(element)")
    case .pivotTable(let pivot, let foreignKey, let targetKey, let target, let key, let parentKey):
      related(
        to: parentKey, by: "\(entry.pivotAlias).\(quote(foreignKey))",
        " FROM \(table(pivot)) AS \(entry.pivotAlias) JOIN \(table(target)) AS \(element) ON "
          + equal(
            "\(element).\(quote(key))", "\(entry.pivotAlias).\(quote(targetKey))", key, entry.relation.fields)
      )
    case .json(let column, let path): document(column, path)
    case .structs(let column): structs(column)
    }
  }

  private func quote(_ name: String) -> String {
    String(decoding: SQLIdentifier.quote(name, dialect), as: UTF8.self)
  }

  private func table(_ name: String) -> String {
    String(decoding: SQLIdentifier.table(name, dialect), as: UTF8.self)
  }

  // MARK: Tables

  private func related(to parentKey: String, by foreignKey: String, _ source: String) -> RelationRows {
    let key = "\(outside).\(quote(parentKey))"
    switch dialect.subqueries {
    case .correlated:
      return .correlated("\(source) WHERE \(equal(foreignKey, key, parentKey, owner)) AND (")
    case .separate: return .keys(key: key, foreignKey: foreignKey, "\(source) WHERE (")
    }
  }

  /// Keys that are texts are equal when their bytes are.
  private func equal(_ left: String, _ right: String, _ column: String, _ fields: [Field]) -> String {
    let plain = "\(left) = \(right)"
    guard dialect.equality == .folding, let collation = dialect.byteCollation,
      let key = fields.first(where: { $0.columnName == column && $0.jsonLocation == nil }),
      ColumnEncoding.resolve(key, dialect, insideJSON: false)?.isText == true
    else { return plain }
    return "\(plain) AND \(left)\(collation) = \(right)"
  }

  // MARK: Structs

  private func structs(_ column: String) -> RelationRows? {
    guard let lists = dialect.structs else { return nil }
    let list =
      parent?.structElement(dialect).map { lists.member($0, column, dialect) }
      ?? "\(outside).\(quote(column))"
    switch lists.elements {
    case .rows(let rows):
      return .correlated(" FROM \(rows(list)) AS \(element) WHERE \(element).value IS NOT NULL AND (")
    case .arrays(let any, let count):
      return .array(any: any(list, element), count: count(list, element))
    }
  }

  // MARK: Documents

  private func document(_ column: String, _ path: [String]) -> RelationRows? {
    // Inside an element in JSON there is no column, only its value.
    let isInside = parent?.isInJSON ?? false
    let base = isInside ? parent?.element(dialect) ?? "" : "\(outside).\(quote(column))"
    let steps = isInside ? [column] + path : path
    let isOne = entry.relation.cardinality == .one
    switch dialect.json {
    case .binary: return .correlated(binary(base, steps, isOne))
    case .text: return JSONPath.text(steps).map { .correlated(text(base, $0, isOne)) }
    case .functions: return JSONCall(Array(base.utf8), steps, dialect)?.elements(isOne, element)
    }
  }

  /// Only an array has elements, and only its objects are elements.
  private func binary(_ base: String, _ path: [String], _ isOne: Bool) -> String {
    let steps = path.map { " -> " + String(decoding: SQLIdentifier.textLiteral($0.utf8), as: UTF8.self) }
    let value = base + steps.joined()
    let elements = isOne ? "jsonb_build_array(\(value))" : value
    return " FROM jsonb_array_elements(CASE jsonb_typeof(\(value)) WHEN "
      + "'\(isOne ? "object" : "array")' THEN \(elements) ELSE '[]'::jsonb END) AS \(element)(value) "
      + "WHERE jsonb_typeof(\(element).value) = 'object' AND ("
  }

  private func text(_ base: String, _ path: String, _ isOne: Bool) -> String {
    let literal = String(decoding: SQLIdentifier.textLiteral(path.utf8), as: UTF8.self)
    let value = "\(base) -> \(literal)"
    let elements = isOne ? "json_array(\(value))" : value
    // A scalar item's value is no JSON text, and must not be read as one, in whatever order terms are evaluated.
    return " FROM (SELECT CASE type WHEN 'object' THEN value END AS value FROM json_each("
      + "CASE json_type(\(base), \(literal)) WHEN '\(isOne ? "object" : "array")' THEN \(elements) ELSE '[]' END)) "
      + "AS \(element) WHERE \(element).value IS NOT NULL AND ("
  }
}

extension RelationEntry {
  /// `_e`, `_e2`, …: an element's table beside those that it stands in.
  var alias: String { "_e" + number }
  fileprivate var pivotAlias: String { "_p" + number }
  private var number: String { depth == 1 ? "" : String(depth) }

  var isInJSON: Bool {
    if case .json = relation.location { return true }
    return false
  }

  var isInStructs: Bool {
    if case .structs = relation.location { return true }
    return false
  }

  /// The struct that is an element; nil for elements of other kinds, and where the engine has none.
  func structElement(_ dialect: SQLDialect) -> String? {
    guard isInStructs, let lists = dialect.structs else { return nil }
    switch lists.elements {
    case .rows: return alias + ".value"
    case .arrays: return alias
    }
  }

  /// The document of an element in JSON: a row's only column, or an item of an array.
  func element(_ dialect: SQLDialect) -> String {
    switch dialect.jsonFunctions?.elements {
    case .arrays: alias
    case .rows, nil: alias + ".value"
    }
  }
}
