import TamisModel

/// The filters that a resource declares, with their names resolved: made once at start-up.
struct DeclaredFilterTable: Sendable {
  struct Property: Sendable {
    let name: String
    let subject: FilterSubject
    let iriPrefix: String?
    /// Whether its public name is not that of a field.
    let isAlias: Bool
  }

  struct Filter: Sendable {
    let kind: PropertyFilter.Kind
    let properties: [String: Property]
  }

  /// A parameter filter with the property that it tests.
  indirect enum Test: Sendable {
    case exact(Property)
    case text(Property, SearchStrategy)
    case comparison(Property)
    case or(Test)
    /// One after the other, as a group of its own.
    case group([Test])
    case sort(Property, SortOrder.Nulls?)
    case date(Property, DateNullStrategy)
    case exists(Property)
  }

  struct Parameter: Sendable {
    /// The segments of its key.
    let path: [String]
    let test: Test
    let nativeType: FilterParameter.NativeType?
    let defaultValue: String?
  }

  let filters: [Filter]
  let parameters: [Parameter]
  /// Names that a request may begin with, for suggestions.
  let names: [String]

  /// Nil where the resource declares none.
  init?(of resource: Resource) {
    if resource.filters.isEmpty, resource.filterParameters.isEmpty, resource.compatibility == nil {
      return nil
    }
    let builder = Builder(resource: resource)
    filters = resource.filters.map(builder.filter)
    parameters = resource.filterParameters.flatMap(builder.parameters)
    var seen: Set<String> = []
    names = (filters.flatMap { $0.properties.keys.sorted() } + parameters.map { $0.path[0] })
      .filter { seen.insert($0).inserted }
  }
}

private struct Builder {
  let resource: Resource

  func filter(_ filter: PropertyFilter) -> DeclaredFilterTable.Filter {
    let declared = filter.properties.isEmpty ? fields(where: filter.kind.suits) : filter.properties
    let properties = declared.compactMap(property).map { ($0.name, $0) }
    return DeclaredFilterTable.Filter(
      kind: filter.kind, properties: Dictionary(properties) { first, _ in first })
  }

  // API Platform: without a list, every field of the class itself.
  private func fields(where suits: (FieldType) -> Bool) -> [FilterProperty] {
    resource.fields.filter { !$0.isHidden && suits($0.type) }.map { FilterProperty($0.name) }
  }

  private func property(_ property: FilterProperty) -> DeclaredFilterTable.Property? {
    FilterSubject(property.field, of: resource).map {
      DeclaredFilterTable.Property(
        name: property.name, subject: $0, iriPrefix: property.iriPrefix,
        isAlias: property.name != property.field)
    }
  }

  // MARK: Parameters

  func parameters(_ parameter: FilterParameter) -> [DeclaredFilterTable.Parameter] {
    guard parameter.isTemplate else {
      let properties =
        parameter.properties.isEmpty ? [FilterProperty(parameter.path?.first ?? "")] : parameter.properties
      return make(parameter, parameter.path ?? [parameter.key], properties).map { [$0] } ?? []
    }
    let properties = parameter.properties.isEmpty ? fields { _ in true } : parameter.properties
    return properties.compactMap { make(parameter, parameter.path(for: $0), [$0]) }
  }

  private func make(
    _ parameter: FilterParameter, _ path: [String], _ properties: [FilterProperty]
  ) -> DeclaredFilterTable.Parameter? {
    test(parameter.filter, properties).map {
      DeclaredFilterTable.Parameter(
        path: path, test: $0, nativeType: parameter.nativeType, defaultValue: parameter.defaultValue)
    }
  }

  /// Recursion is bounded by the resource's validation.
  private func test(_ filter: ParameterFilter, _ properties: [FilterProperty]) -> DeclaredFilterTable.Test? {
    let first = properties.first.flatMap(property)
    switch filter {
    case .exact: return first.map { .exact($0) }
    case .text(let strategy): return first.map { .text($0, strategy) }
    case .comparison: return first.map { .comparison($0) }
    case .or(let inner): return test(inner, properties).map { .or($0) }
    case .freeText(let inner): return .group(properties.compactMap { test(inner, [$0]) })
    case .freeTextMap(let entries): return .group(entries.compactMap { test($0.filter, [$0.property]) })
    case .sort(let nulls): return first.map { .sort($0, nulls) }
    case .date(let nulls): return first.map { .date($0, nulls) }
    case .exists: return first.map { .exists($0) }
    }
  }
}
