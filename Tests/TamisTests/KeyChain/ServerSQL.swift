import Tamis

/// A query as AnimeThemes' own query builder writes it, to be compared with what it was measured to write: the filter
/// with its bindings, and the order.
struct ServerSQL {
  private let resource: Resource
  private(set) var bindings: [String] = []

  init(_ resource: Resource) { self.resource = resource }

  mutating func text(_ query: Query, asksForKey: Bool) -> String {
    var text = "`\(resource.table)`"
    let filter = condition(query.predicate, of: nil)
    if !filter.isEmpty { text += " where " + filter }
    // The primary key that every order ends with is ours, unless it was asked for.
    var keys = query.sort[...]
    if !asksForKey, let last = keys.last, resource.fields[last.field.index].isPrimaryKey { keys.removeLast() }
    if !keys.isEmpty { text += " order by " + keys.map(order).joined(separator: ", ") }
    return text
  }

  private func order(_ key: SortKey) -> String {
    column(resource.fields[key.field.index], resource.table)
      + (key.direction == .ascending ? " asc" : " desc")
  }

  private func column(_ field: Field, _ table: String) -> String { "`\(table)`.`\(field.columnName)`" }

  // MARK: Conditions

  private mutating func condition(_ predicate: Predicate, of relation: Relation?) -> String {
    switch predicate {
    case .always: return ""
    case .never: return "0 = 1"
    case .and(let parts):
      return parts.map { part in
        let text = condition(part, of: relation)
        if case .or = part { return "(\(text))" }
        return text
      }.joined(separator: " and ")
    case .or(let parts): return parts.map { condition($0, of: relation) }.joined(separator: " or ")
    case .compare(let path, let comparison, let value):
      return "\(column(path, relation)) \(comparison.symbol) \(bind(value, path, relation))"
    case .member(let path, let values, let isNegated):
      let places = values.map { bind($0, path, relation) }.joined(separator: ", ")
      return "\(column(path, relation)) \(isNegated ? "not in" : "in") (\(places))"
    case .pattern(let path, let pattern, let isNegated):
      bindings.append(pattern.likeText)
      return "\(column(path, relation)) \(isNegated ? "not like" : "like") ?"
    case .isNull(let path, let isNegated):
      return "\(column(path, relation)) is \(isNegated ? "not " : "")null"
    case .any(let name, let inner, let isNegated, let minimum):
      let related = resource.relations.first { $0.name == name }
      let text = condition(inner, of: related)
      if minimum > 1 { return "count (\(name): \(text)) \(isNegated ? "<" : ">=") \(minimum)" }
      return "\(isNegated ? "not " : "")exists (\(name): \(text))"
    case .not, .compareFields, .within, .jsonContains, .matches: return "?? \(predicate)"
    }
  }

  private func column(_ path: FieldPath, _ relation: Relation?) -> String {
    let fields = relation?.fields ?? resource.fields
    guard let field = fields.first(where: { $0.name == path.field }) else { return "?? \(path)" }
    return column(field, relation?.name ?? resource.table)
  }

  private mutating func bind(_ value: Value, _ path: FieldPath, _ relation: Relation?) -> String {
    let field = (relation?.fields ?? resource.fields).first { $0.name == path.field }
    bindings.append(Self.plain(value, field))
    return "?"
  }

  /// Stored numbers of cases, and instants to the microsecond, without a zone.
  private static func plain(_ value: Value, _ field: Field?) -> String {
    let text = "\(value)"
    switch value {
    case .date: return text + "T00:00:00.000000"
    case .timestamp: return String(text.dropLast())
    case .enumeration(let name):
      guard case .enumeration(let enumeration) = field?.type,
        case .integer(let number) = enumeration.cases.first(where: { $0.name == name })?.stored
      else { return text }
      return "\(number)"
    default: return text
    }
  }
}

/// A measured statement in the same words: without parentheses that change nothing, and with a relation's join told by
/// its name.
enum MeasuredSQL {
  static func text(_ sql: String) -> String {
    var text = sql
    text.replace(#/exists \(select \* from `(\w+)`.*? where `\w+`\.`\w+` = `\w+`\.`\w+` and /#) { match in
      "exists (\(match.1): "
    }
    text.replace(#/\(select `(\w+)` from `(\w+)` where [^)]*\)/#) { "`anime_themes`.`\($0.2)_\($0.1)`" }
    // One criterion alone needs none.
    text.replace(#/\((`\w+`\.`\w+` [^()]*? \?)\)/#) { match in
      match.1.contains(" or ") || match.1.contains(" in ") ? "\(match.0)" : "\(match.1)"
    }
    return text
  }
}
