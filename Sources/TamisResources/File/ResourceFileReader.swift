import TamisJSON
import TamisModel
import TamisPlanner

/// Reads a resource from its file. What is wrong with one part does not hide what is wrong with another.
struct ResourceFileReader {
  var values: ObjectReader
  /// Where fields, relations, parameters and scopes are declared, and where conditions and orders name them.
  var declarations: [String: SourceSpan] = [:]
  var mentions: [String: SourceSpan] = [:]

  private static let limits: QueryLimits = {
    var limits = QueryLimits()
    limits.depth = 200
    return limits
  }()

  init(_ json: [UInt8]) throws(QueryError) {
    guard json.count <= ResourceFile.byteLimit else {
      throw QueryError(
        Diagnostic(
          .tooManyBytes(limit: ResourceFile.byteLimit), SourceSpan(ResourceFile.byteLimit, json.count)))
    }
    values = ObjectReader(document: try JSONDocument.parse(json, limits: Self.limits))
  }

  mutating func read() throws(QueryError) -> Resource {
    let resource = self.resource()
    if let resource, !values.bag.hasErrors {
      for fault in Planner(resource: resource).faults {
        values.bag.report(.invalidResource(faults: [fault]), place(of: fault))
      }
    }
    if let error = QueryError(values.bag.diagnostics) { throw error }
    guard let resource else { throw QueryError(Diagnostic(.missingMember(name: "name"), SourceSpan(0, 0))) }
    return resource
  }

  /// The place that a fault's sentence names, or the file's first byte.
  private func place(of fault: String) -> SourceSpan {
    let pieces = fault.split(separator: "'", omittingEmptySubsequences: false)
    let names = pieces.indices.filter { $0 % 2 == 1 }.map { String(pieces[$0]) }
    if fault.contains(" names ") || fault.contains(" has no relation "),
      let span = names.reversed().lazy.compactMap({ mentions[$0] }).first
    {
      return span
    }
    return names.lazy.compactMap { declarations[$0] }.first ?? SourceSpan(0, 1)
  }

  // MARK: The resource

  static let members = [
    "$schema", "name", "type", "table", "dialect", "paging", "defaultSort", "allowsRandomOrder",
    "offsetMinutes", "groups", "limits", "fields", "relations", "parameters", "scopes",
    "filters", "filterParameters", "virtualFields", "indexes", "requireIndex", "compatibility",
  ]

  private mutating func resource() -> Resource? {
    guard
      let file = values.object(
        0, "a resource", known: Self.members, required: ["name", "dialect", "fields"])
    else { return nil }
    _ = values.string(file["$schema"])
    let name = values.string(file["name"]) ?? ""
    let type = values.string(file["type"])
    let table = values.string(file["table"])
    let dialect: QueryDialect? = values.word(file["dialect"])
    let paging = file["paging"].flatMap { readPaging($0) } ?? .standard
    let order = values.items(file["defaultSort"], "an array of names").compactMap { readSortOrder($0) }
    let allowsRandomOrder = values.boolean(file["allowsRandomOrder"]) ?? false
    let offset = values.integer(file["offsetMinutes"]) ?? 0
    let groups = values.boolean(file["groups"]) ?? true
    let limits = readLimits(file["limits"])
    let elements = readElements(file)
    let demand = readIndexDemand(file["requireIndex"])
    let compatibility = file["compatibility"].flatMap { readCompatibility($0) }
    guard let dialect else { return nil }
    return Resource(
      name, type: type, table: table, dialect: dialect, paging: paging, defaultSort: order,
      allowsRandomOrder: allowsRandomOrder, limits: limits, offsetMinutes: offset, groups: groups,
      compatibility: compatibility, requireIndex: demand
    ) { elements }
  }

  private mutating func readElements(_ file: ObjectReader.Members) -> [ResourceElement] {
    let fields = readFields(file["fields"], in: "")
    let relations = values.items(file["relations"], "an array of relations").compactMap { readRelation($0) }
    let parameters = values.items(file["parameters"], "an array of parameters")
      .compactMap { readParameter($0) }
    let scopes = values.items(file["scopes"], "an array of scopes").compactMap { readScope($0) }
    let filters = values.items(file["filters"], "an array of filters").compactMap { readFilter($0) }
    let filterParameters = values.items(file["filterParameters"], "an array of filter parameters")
      .compactMap { readFilterParameter($0) }
    let virtuals = values.items(file["virtualFields"], "an array of virtual fields")
      .compactMap { readVirtualField($0) }
    let indexes = values.items(file["indexes"], "an array of indexes").compactMap { readIndex($0) }
    return fields.map(ResourceElement.field) + relations.map(ResourceElement.relation)
      + parameters.map(ResourceElement.parameter) + scopes.map(ResourceElement.scope)
      + filters.map(ResourceElement.filter) + filterParameters.map(ResourceElement.filterParameter)
      + virtuals.map(ResourceElement.virtual) + indexes.map(ResourceElement.index)
  }

  // MARK: Pages, order, limits

  private mutating func readPaging(_ index: Int) -> Paging? {
    let known = ["kind", "defaultLimit", "maximumLimit", "defaultSize", "maximumSize"]
    guard
      let paging = values.object(
        index, "an object with the kind of paging", known: known, required: ["kind"]),
      let kind: PagingKind = values.word(paging["kind"])
    else { return nil }
    switch kind {
    case .limitOffset:
      return readBounds(paging).map { .limitOffset(defaultLimit: $0.size, maximumLimit: $0.maximum) }
    case .cursor: return readBounds(paging).map { .cursor(defaultLimit: $0.size, maximumLimit: $0.maximum) }
    case .pages:
      refuse(["defaultLimit", "maximumLimit"], of: paging, known: ["defaultSize", "maximumSize"])
      guard let size = requiredInteger("defaultSize", of: paging) else { return nil }
      return .pages(defaultSize: size, maximumSize: values.integer(paging["maximumSize"]))
    }
  }

  private mutating func readBounds(_ paging: ObjectReader.Members) -> (size: Int, maximum: Int)? {
    refuse(["defaultSize", "maximumSize"], of: paging, known: ["defaultLimit", "maximumLimit"])
    let size = requiredInteger("defaultLimit", of: paging)
    let maximum = requiredInteger("maximumLimit", of: paging)
    guard let size, let maximum else { return nil }
    return (size, maximum)
  }

  /// Members of another kind of the object.
  private mutating func refuse(_ names: [String], of members: ObjectReader.Members, known: [String]) {
    for name in names {
      guard let index = members[name] else { continue }
      values.report(
        .unknownMember(name: name), index, suggestion: NearestName.find(name, among: known))
    }
  }

  private mutating func requiredInteger(_ name: String, of members: ObjectReader.Members) -> Int? {
    guard let index = members[name] else {
      values.report(.missingMember(name: name), members.index)
      return nil
    }
    return values.integer(index)
  }

  enum Direction: String, CaseIterable {
    case ascending, descending
  }

  private mutating func readSortOrder(_ index: Int) -> SortOrder? {
    if values.document.nodes[index].kind == .string {
      let text = values.document.string(at: index)
      let isDescending = text.utf8.first == UInt8(ascii: "-")
      let field = isDescending ? String(text.dropFirst()) : text
      mentions[field] = values.document.nodes[index].span
      return isDescending ? .descending(field) : .ascending(field)
    }
    guard
      let order = values.object(
        index, "a field's name", known: ["field", "direction", "nulls"], required: ["field", "direction"]),
      let field = values.string(order["field"]), let direction: Direction = values.word(order["direction"])
    else { return nil }
    mentions[field] = values.document.nodes[index].span
    let nulls: SortOrder.Nulls = values.word(order["nulls"]) ?? .largest
    return SortOrder(
      field: field, direction: direction == .descending ? .descending : .ascending, nulls: nulls)
  }

  private mutating func readLimits(_ index: Int?) -> QueryLimits {
    var limits = QueryLimits()
    guard let index,
      let members = values.object(index, "an object of limits", known: LimitName.allCases.map(\.rawValue))
    else { return limits }
    for name in LimitName.allCases {
      if let value = values.integer(members[name.rawValue]) { limits[keyPath: name.path] = value }
    }
    return limits
  }

  // MARK: What fields and conditions need

  /// A name that is declared here.
  mutating func declare(_ index: Int?, in owner: String = "") -> String? {
    guard let name = values.string(index) else { return nil }
    declarations[owner + name] = index.map { values.document.nodes[$0].span }
    return name
  }

  /// A name that is used here.
  mutating func mention(_ index: Int?) -> String? {
    guard let name = values.string(index) else { return nil }
    mentions[name] = index.map { values.document.nodes[$0].span }
    return name
  }
}
