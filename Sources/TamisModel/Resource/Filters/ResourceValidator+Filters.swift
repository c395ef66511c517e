/// What is wrong with the filters that a resource declares.
extension ResourceValidator {
  func filters() -> [String] {
    parts.filters.flatMap(check) + parts.filterParameters.flatMap(check) + repeatedKeys()
  }

  // MARK: Filters of properties

  private func check(_ filter: PropertyFilter) -> [String] {
    repeated(filter.properties.map(\.name)).map { "a filter has the property '\($0)' twice" }
      + filter.properties.flatMap { check($0, suits: filter.kind) }
  }

  private func check(_ property: FilterProperty, suits kind: PropertyFilter.Kind) -> [String] {
    let label = "the filter on '\(property.name)'"
    if case .exists = kind, relationTable.entries.contains(where: { $0.name == property.field }) { return [] }
    guard let (field, isRelated) = filterTarget(property.field) else {
      return ["\(label) names the unknown field '\(property.field)'"]
    }
    if case .order = kind, isRelated || !field.isSortable {
      return ["\(label) orders by '\(property.field)', which is not sortable"]
    }
    return kind.suits(field.type) ? [] : ["\(label) does not suit the type of '\(property.field)'"]
  }

  /// A field of the record, or of an element by its full name, and which of the two.
  private func filterTarget(_ name: String) -> (field: Field, isRelated: Bool)? {
    if let field = parts.fields.first(where: { $0.name == name }) { return (field, false) }
    for entry in relationTable.entries where name.hasPrefix(entry.name + ".") {
      let inner = name.dropFirst(entry.name.count + 1)
      if let field = entry.relation.fields.first(where: { $0.name == inner }) { return (field, true) }
    }
    return nil
  }

  // MARK: Parameters

  private func check(_ parameter: FilterParameter) -> [String] {
    let label = "the filter parameter '\(parameter.key)'"
    guard let path = parameter.path else { return ["\(label) has a key whose brackets do not match"] }
    if path.filter({ $0 == FilterParameter.placeholder }).count > 1 || path[0] == FilterParameter.placeholder
    {
      return ["\(label) has its placeholder at an impossible place"]
    }
    if parameter.properties.isEmpty, path.count > 1, !parameter.isTemplate {
      return ["\(label) has no properties"]
    }
    let properties =
      parameter.properties.isEmpty && !parameter.isTemplate && !parameter.filter.hasOwnProperties
      ? [FilterProperty(path[0])] : parameter.properties
    return check(parameter.filter, properties, label, depth: 0)
  }

  private func check(
    _ filter: ParameterFilter, _ properties: [FilterProperty], _ label: String, depth: Int
  ) -> [String] {
    if depth > 8 { return ["\(label) is nested too deep"] }
    switch filter {
    case .exact: return check(properties, label) { $0 != .json }
    case .text: return check(properties, label) { $0 == .text }
    case .comparison(let inner):
      return (inner == .exact ? [] : ["\(label) compares by a filter that has no equality"])
        + check(properties, label) { $0.hasOrder }
    case .or(let inner), .freeText(let inner):
      return check(inner, properties, label, depth: depth + 1)
    case .freeTextMap(let entries):
      return (entries.isEmpty ? ["\(label) has no properties"] : [])
        + entries.flatMap { check($0.filter, [$0.property], label, depth: depth + 1) }
    case .sort: return properties.flatMap { check($0, suits: .order(nulls: nil, emptyDirection: nil)) }
    case .date: return properties.flatMap { check($0, suits: .date(.none)) }
    case .exists: return properties.flatMap { check($0, suits: .exists) }
    }
  }

  private func check(
    _ properties: [FilterProperty], _ label: String, suits: (FieldType) -> Bool
  ) -> [String] {
    properties.compactMap { property in
      guard let (field, _) = filterTarget(property.field) else {
        return "\(label) names the unknown field '\(property.field)'"
      }
      return suits(field.type) ? nil : "\(label) does not suit the type of '\(property.field)'"
    }
  }

  private func repeatedKeys() -> [String] {
    let keys = parts.filterParameters.flatMap { parameter in
      parameter.isTemplate
        ? parameter.properties.map { parameter.path(for: $0).joined(separator: "[") } : [parameter.key]
    }
    return repeated(keys).map { "the filter parameter '\($0)' is declared twice" }
  }
}

extension PropertyFilter.Kind {
  /// Whether a field of the type can be filtered so.
  package func suits(_ type: FieldType) -> Bool {
    switch self {
    case .date: type == .date || type == .timestamp
    case .range, .numeric: type.isNumber
    case .boolean: type == .boolean
    case .enumeration: if case .enumeration = type { true } else { false }
    case .search(let strategy):
      strategy.place == .exact && !strategy.ignoresCase ? type != .json : type == .text
    case .exists: true
    case .order: type != .json
    }
  }
}

extension ParameterFilter {
  /// Whether it names its properties itself.
  package var hasOwnProperties: Bool {
    switch self {
    case .freeTextMap: true
    case .or(let inner), .freeText(let inner): inner.hasOwnProperties
    case .exact, .text, .comparison, .sort, .date, .exists: false
    }
  }
}

extension FieldType {
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .bigInteger, .decimal: true
    case .text, .boolean, .uuid, .date, .timestamp, .enumeration, .json: false
    }
  }

  fileprivate var hasOrder: Bool {
    switch self {
    case .integer, .bigInteger, .decimal, .text, .date, .timestamp: true
    case .boolean, .uuid, .enumeration, .json: false
    }
  }
}
