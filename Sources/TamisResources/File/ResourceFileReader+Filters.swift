import TamisJSON
import TamisModel

extension ResourceFileReader {
  // MARK: Filters of properties

  static let filterKinds = [
    "date", "range", "numeric", "boolean", "enumeration", "search", "exists", "order",
  ]

  mutating func readFilter(_ index: Int) -> PropertyFilter? {
    let known = Self.filterKinds + ["nulls", "strategy", "emptyDirection"]
    guard let members = values.object(index, "a filter", known: known),
      let kind = values.only(Self.filterKinds, of: members)
    else { return nil }
    let properties = readProperties(members[kind])
    return readKind(kind, members).map { PropertyFilter($0, properties) }
  }

  private mutating func readKind(
    _ kind: String, _ members: ObjectReader.Members
  ) -> PropertyFilter.Kind? {
    let allowed: [String]
    switch kind {
    case "date": allowed = ["nulls"]
    case "search": allowed = ["strategy"]
    case "order": allowed = ["nulls", "emptyDirection"]
    default: allowed = []
    }
    for name in ["nulls", "strategy", "emptyDirection"] where !allowed.contains(name) {
      if let index = members[name] { values.report(.unknownMember(name: name), index) }
    }
    switch kind {
    case "date": return .date(values.word(members["nulls"]) ?? .none)
    case "range": return .range
    case "numeric": return .numeric
    case "boolean": return .boolean
    case "enumeration": return .enumeration
    case "search": return .search(members["strategy"].flatMap { readStrategy($0) } ?? .exact)
    case "exists": return .exists
    default:
      let direction: Direction? = values.word(members["emptyDirection"])
      return .order(
        nulls: values.word(members["nulls"]),
        emptyDirection: direction.map { $0 == .ascending ? .ascending : .descending })
    }
  }

  private mutating func readStrategy(_ index: Int) -> SearchStrategy? {
    guard let text = values.string(index) else { return nil }
    if let strategy = SearchStrategy(name: text) { return strategy }
    let names = SearchStrategy.Place.allCases.flatMap { [$0.rawValue, "i" + $0.rawValue] }
    values.report(.unknownCase(text: text, cases: names), index)
    return nil
  }

  // MARK: Properties

  private mutating func readProperties(_ index: Int?) -> [FilterProperty] {
    values.items(index, "an array of properties").compactMap { readProperty($0) }
  }

  /// `"amount"`, or an object where the name is not the field's.
  private mutating func readProperty(_ index: Int) -> FilterProperty? {
    if values.document.nodes[index].kind == .string {
      return mention(index).map { FilterProperty($0) }
    }
    guard
      let members = values.object(
        index, "a property's name", known: ["name", "field", "iri"], required: ["name"]),
      let name = values.string(members["name"])
    else { return nil }
    return FilterProperty(name, field: mention(members["field"]), iri: values.string(members["iri"]))
  }

  // MARK: Parameters

  mutating func readFilterParameter(_ index: Int) -> FilterParameter? {
    guard
      let members = values.object(
        index, "a filter parameter", known: ["key", "filter", "properties", "cast", "default"],
        required: ["key", "filter"])
    else { return nil }
    let key = declare(members["key"])
    let filter = members["filter"].flatMap { readParameterFilter($0) }
    let properties = readProperties(members["properties"])
    let cast: FilterParameter.NativeType? = values.word(members["cast"])
    let fallback = values.string(members["default"])
    guard let key, let filter else { return nil }
    var parameter = FilterParameter(key, filter, properties)
    parameter.nativeType = cast
    parameter.defaultValue = fallback
    return parameter
  }

  private enum PlainFilter: String, CaseIterable {
    case exact, sort, date, exists
  }

  private static let parameterFilterKinds = [
    "text", "comparison", "or", "freeText", "freeTextMap", "sort", "date",
  ]

  /// Recursion is bounded by the depth of the JSON.
  private mutating func readParameterFilter(_ index: Int) -> ParameterFilter? {
    if values.document.nodes[index].kind == .string {
      guard let word: PlainFilter = values.word(index) else { return nil }
      switch word {
      case .exact: return .exact
      case .sort: return .sort(nil)
      case .date: return .date(.none)
      case .exists: return .exists
      }
    }
    guard let members = values.object(index, "a filter", known: Self.parameterFilterKinds),
      let kind = values.only(Self.parameterFilterKinds, of: members), let inner = members[kind]
    else { return nil }
    switch kind {
    case "text": return readStrategy(inner).map { .text($0) }
    case "comparison": return readParameterFilter(inner).map { .comparison($0) }
    case "or": return readParameterFilter(inner).map { .or($0) }
    case "freeText": return readParameterFilter(inner).map { .freeText($0) }
    case "freeTextMap":
      return .freeTextMap(
        values.items(inner, "an array of properties and filters").compactMap { readFreeText($0) })
    case "sort": return .sort(values.word(inner))
    default: return .date(values.word(inner) ?? .none)
    }
  }

  private mutating func readFreeText(_ index: Int) -> FreeTextEntry? {
    let names = ["property", "filter"]
    guard let members = values.object(index, "a property and its filter", known: names, required: names)
    else { return nil }
    let property = members["property"].flatMap { readProperty($0) }
    let filter = members["filter"].flatMap { readParameterFilter($0) }
    guard let property, let filter else { return nil }
    return FreeTextEntry(property, filter)
  }
}
