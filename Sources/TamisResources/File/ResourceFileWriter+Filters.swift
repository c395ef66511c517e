import TamisModel

extension ResourceFileWriter {
  // MARK: Filters of properties

  static func filter(_ filter: PropertyFilter) -> WrittenJSON {
    let properties = WrittenJSON.array(filter.properties.map(property))
    switch filter.kind {
    case .date(let nulls):
      return .members(["date": properties, "nulls": nulls == .none ? nil : .string(nulls.rawValue)])
    case .range: return .members(["range": properties])
    case .numeric: return .members(["numeric": properties])
    case .boolean: return .members(["boolean": properties])
    case .enumeration: return .members(["enumeration": properties])
    case .search(let strategy):
      return .members(["search": properties, "strategy": strategy == .exact ? nil : .string(strategy.name)])
    case .exists: return .members(["exists": properties])
    case .order(let nulls, let direction):
      return .members([
        "order": properties, "nulls": nulls.map { .string($0.rawValue) },
        "emptyDirection": direction.map { $0 == .ascending ? "ascending" : "descending" },
      ])
    }
  }

  private static func property(_ property: FilterProperty) -> WrittenJSON {
    if property.field == property.name, property.iriPrefix == nil { return .string(property.name) }
    return .members([
      "name": .string(property.name),
      "field": property.field == property.name ? nil : .string(property.field),
      "iri": property.iriPrefix.map(WrittenJSON.string),
    ])
  }

  // MARK: Parameters

  static func filterParameter(_ parameter: FilterParameter) -> WrittenJSON {
    .members([
      "key": .string(parameter.key),
      "filter": parameterFilter(parameter.filter),
      "properties": parameter.properties.isEmpty ? nil : .array(parameter.properties.map(property)),
      "cast": parameter.nativeType.map { .string($0.rawValue) },
      "default": parameter.defaultValue.map(WrittenJSON.string),
    ])
  }

  /// Recursion is bounded by the resource's validation.
  private static func parameterFilter(_ filter: ParameterFilter) -> WrittenJSON {
    switch filter {
    case .exact: "exact"
    case .text(let strategy): .members(["text": .string(strategy.name)])
    case .comparison(let inner): .members(["comparison": parameterFilter(inner)])
    case .or(let inner): .members(["or": parameterFilter(inner)])
    case .freeText(let inner): .members(["freeText": parameterFilter(inner)])
    case .freeTextMap(let entries):
      .members([
        "freeTextMap": .array(
          entries.map {
            .members(["property": property($0.property), "filter": parameterFilter($0.filter)])
          })
      ])
    case .sort(let nulls): nulls.map { .members(["sort": .string($0.rawValue)]) } ?? "sort"
    case .date(let nulls): nulls == .none ? "date" : .members(["date": .string(nulls.rawValue)])
    case .exists: "exists"
    }
  }

  // MARK: Compatibility

  /// Nil for a style that files do not say.
  static func compatibility(_ compatibility: Compatibility) -> WrittenJSON? {
    switch compatibility.reading {
    case .declaredFilters(let rules):
      .members(["system": .string(compatibility.system), "declaredFilters": self.rules(rules)])
    case .namedParameters(let rules):
      .members(["system": .string(compatibility.system), "namedParameters": self.rules(rules)])
    case .guessedSuffixes(let rules):
      .members(["system": .string(compatibility.system), "guessedSuffixes": self.rules(rules)])
    case .keyChain(let rules):
      .members(["system": .string(compatibility.system), "keyChain": self.rules(rules)])
    }
  }

  private static func rules(_ rules: NamedParameterRules) -> WrittenJSON {
    .members([
      "limit": .string(rules.limitName), "token": .string(rules.tokenName),
      "status": .integer(rules.refusalStatus),
    ])
  }

  private static func rules(_ rules: DeclaredFilterRules) -> WrittenJSON {
    let standard = DeclaredFilterRules()
    var members: [WrittenJSON.Member] = []
    for (name, path) in DeclaredFilterRules.names where rules[keyPath: path] != standard[keyPath: path] {
      members.append(WrittenJSON.Member(name: name, value: .string(rules[keyPath: path])))
    }
    for (name, path) in DeclaredFilterRules.flags where rules[keyPath: path] != standard[keyPath: path] {
      members.append(WrittenJSON.Member(name: name, value: .boolean(rules[keyPath: path])))
    }
    if rules.nulls != standard.nulls {
      members.append(WrittenJSON.Member(name: "nulls", value: .string(rules.nulls.rawValue)))
    }
    return .object(members)
  }
}
