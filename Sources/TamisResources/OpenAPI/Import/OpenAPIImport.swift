import TamisJSON
public import TamisModel
import TamisPlanner

/// A list endpoint that an OpenAPI 3.1 document describes, as a resource: its parameters become fields with operators,
/// orders and pages, its answer gives the fields' types.
///
///     let imported = try OpenAPIImport.resource(from: bytes, path: "/api/balances")
///     for note in imported.notes { print(note) }
///
/// Understood are the parameters of API Platform (`createdAt[after]`, `type[]`, `order[…]`, `exists[…]`), JSON:API
/// (`filter[…][…]`, `filter[usage-gte]`, `sort`, `page[…]`) and suffixes (`amount_gte`), and answers that are arrays,
/// Hydra or other collection objects, or JSON:API documents. What a document can not say has to be told: see
/// `ImportOptions`.
public enum OpenAPIImport {
  /// - Throws: what is wrong with the document, with its place: not JSON, no such path, no `GET`, no schema of a
  ///   record, no primary key.
  public static func resource(
    from document: [UInt8], path: String, options: ImportOptions = ImportOptions()
  ) throws(QueryError) -> ImportedResource {
    guard document.count <= byteLimit else {
      throw QueryError(Diagnostic(.tooManyBytes(limit: byteLimit), SourceSpan(byteLimit, document.count)))
    }
    var limits = QueryLimits()
    limits.depth = 200
    let json = try JSONDocument.parse(document, limits: limits)
    var session = ImportSession(document: json, options: options, path: path)
    return try session.run()
  }

  private static let byteLimit = 64 << 20
}

/// The steps of one import.
private struct ImportSession {
  let document: JSONDocument
  let options: ImportOptions
  let path: String
  var schemas: SchemaReader

  init(document: JSONDocument, options: ImportOptions, path: String) {
    self.document = document
    self.options = options
    self.path = path
    schemas = SchemaReader(document: document)
  }

  mutating func run() throws(QueryError) -> ImportedResource {
    try checkVersion()
    let item = try pathItem()
    guard let operation = document.member("get", of: item) else { throw fault("operation", "get", item) }
    var responses = ResponseReader(schemas: schemas)
    guard let record = responses.item(of: operation) else {
      throw fault("schema of a record in the answer of", path, operation)
    }
    var properties = PropertyReader(schemas: responses.schemas)
    properties.read(record.facts, at: record.path)
    let name = options.name ?? Self.name(of: path)
    var reader = ParameterReader(properties: properties, resourceType: record.type ?? name)
    if let identifier = record.identifier { addIdentifier(identifier, to: &reader) }
    for parameter in parameters(item, operation, &reader) { reader.read(parameter) }
    return try finish(&reader, name, item)
  }

  private func checkVersion() throws(QueryError) {
    guard let version = document.member("openapi", of: 0) else {
      throw QueryError(Diagnostic(.missingMember(name: "openapi"), document.nodes[0].span))
    }
    if !document.string(at: version).hasPrefix("3.") {
      throw QueryError(
        Diagnostic(
          .unknownCase(text: document.string(at: version), cases: ["3.0", "3.1"]),
          document.nodes[version].span))
    }
  }

  private func fault(_ kind: String, _ name: String, _ node: Int, suggestion: String? = nil) -> QueryError {
    QueryError(
      Diagnostic(
        .notFound(kind: kind, name: name), document.nodes[node].span, parameter: document.pointer(to: node),
        suggestion: suggestion))
  }

  private mutating func pathItem() throws(QueryError) -> Int {
    guard let paths = document.member("paths", of: 0) else { throw fault("path", path, 0) }
    guard let item = document.member(path, of: paths) else {
      let known = document.members(of: paths).map { document.string(at: $0.name) }
      throw fault("path", path, paths, suggestion: NearestName.find(path, among: known))
    }
    guard let resolved = schemas.resolve(item) else { throw fault("target of the path", path, item) }
    return resolved
  }

  /// The last segment that is no parameter.
  private static func name(of path: String) -> String {
    path.split(separator: "/").last { !$0.contains("{") }.map(String.init) ?? "records"
  }

  // MARK: Parameters

  /// Those of the path, and those of the operation, which replace them.
  private mutating func parameters(
    _ item: Int, _ operation: Int, _ reader: inout ParameterReader
  ) -> [ImportedParameter] {
    var found: [(name: String, node: Int)] = []
    for owner in [item, operation] {
      guard let list = document.member("parameters", of: owner) else { continue }
      for place in document.items(of: list).prefix(ResourceFile.itemLimit) {
        guard let node = schemas.resolve(place), let name = schemas.string("name", of: node) else { continue }
        let location = schemas.string("in", of: node) ?? "query"
        if location == "path" { reader.note(name, "a part of the path: give it to a scope or a parameter") }
        guard location == "query" else { continue }
        found.removeAll { $0.name == name }
        found.append((name, node))
      }
    }
    return found.flatMap { read($0.name, $0.node, &reader) }
  }

  private mutating func read(
    _ name: String, _ node: Int, _ reader: inout ParameterReader
  ) -> [ImportedParameter] {
    guard let pieces = ParameterName(name) else {
      reader.note(name, "brackets that do not match")
      return []
    }
    let schema = document.member("schema", of: node).map { schemas.facts($0) } ?? SchemaFacts()
    let isRequired = document.member("required", of: node).map { document.nodes[$0].kind == .true } ?? false
    let parameter = ImportedParameter(name: pieces, schema: schema, isRequired: isRequired)
    let isDeep = schema.types == ["object"] && !schema.properties.isEmpty
    return isDeep ? members(of: parameter, depth: 0) : [parameter]
  }

  /// `deepObject`: each member is a parameter with one bracket more.
  private mutating func members(of parameter: ImportedParameter, depth: Int) -> [ImportedParameter] {
    var result: [ImportedParameter] = []
    for (name, node) in parameter.schema.properties {
      var inner = parameter
      inner.name.brackets.append(name)
      inner.schema = schemas.facts(node)
      let isDeep = inner.schema.types == ["object"] && !inner.schema.properties.isEmpty && depth < 2
      result += isDeep ? members(of: inner, depth: depth + 1) : [inner]
    }
    return result
  }

  private mutating func addIdentifier(_ node: Int, to reader: inout ParameterReader) {
    guard !reader.fields.contains(where: { $0.name == "id" }),
      let draft = reader.properties.draft("id", schemas.facts(node))
    else { return }
    reader.fields.insert(draft, at: 0)
  }

  // MARK: The resource

  private mutating func finish(
    _ reader: inout ParameterReader, _ name: String, _ item: Int
  ) throws(QueryError) -> ImportedResource {
    try chooseKey(&reader, name)
    hideReserved(&reader)
    let (paging, assumptions) = reader.pages.paging()
    let order = options.defaultSort.isEmpty ? reader.defaultSort : options.defaultSort
    let fields = reader.fields.map { $0.field() }
    let relations = reader.relations.map(\.relation)
    let parameters = reader.required.map { ResourceElement.parameter($0) }
    let resource = Resource(
      name, type: reader.resourceType, dialect: options.dialect ?? reader.dialect, paging: paging,
      defaultSort: order, groups: ReservedFieldName.leavesGroups(fields, relations)
    ) {
      fields
      relations.map { ResourceElement.relation($0) }
      parameters
    }
    var notes = reader.properties.notes + assumptions
    for reference in reader.properties.schemas.unresolved + schemas.unresolved {
      notes.append(ImportNote(reference, "leads nowhere in this document"))
    }
    if order.isEmpty {
      notes.append(ImportNote("order", "the document does not say: the primary key's is assumed"))
    }
    try check(resource, item)
    return ImportedResource(resource: resource, notes: notes)
  }

  private func check(_ resource: Resource, _ item: Int) throws(QueryError) {
    let faults = Planner(resource: resource).faults
    if faults.isEmpty { return }
    throw QueryError(Diagnostic(.invalidResource(faults: faults), document.nodes[item].span))
  }

  /// The key that was given, a usual name, or what the path of one record names.
  private func chooseKey(_ reader: inout ParameterReader, _ name: String) throws(QueryError) {
    let singular = name.hasSuffix("s") ? String(name.dropLast()) : name
    let usual = ["id", "uuid", "_id", "\(singular)_id", "\(singular)Id", pathParameter].compactMap { $0 }
    let candidates = options.key.map { [$0] } ?? usual
    let fields = reader.fields
    let index = candidates.lazy.compactMap { candidate in
      fields.firstIndex { $0.name == candidate && $0.type != .json }
    }.first
    guard let index else {
      let known = reader.fields.map(\.name)
      throw fault(
        "primary key", options.key ?? "id", 0,
        suggestion: options.key.flatMap { NearestName.find($0, among: known) })
    }
    if reader.fields[index].isNullable {
      reader.note(reader.fields[index].name, "the primary key, and so never null")
    }
    reader.fields[index].isPrimaryKey = true
  }

  /// `/api/balances/{balance_id}` names the key of `/api/balances`.
  private var pathParameter: String? {
    guard let paths = document.member("paths", of: 0) else { return nil }
    let prefix = path + "/{"
    return document.members(of: paths).lazy.map { document.string(at: $0.name) }
      .first { $0.hasPrefix(prefix) && $0.hasSuffix("}") }
      .map { String($0.dropFirst(prefix.count).dropLast()) }
  }

  /// A bracket of the dialects has a meaning of its own that a field of that name would hide.
  private func hideReserved(_ reader: inout ParameterReader) {
    for index in reader.fields.indices where ReservedFieldName.words.contains(reader.fields[index].name) {
      reader.fields[index].isHidden = true
      reader.note(reader.fields[index].name, "a name that the query dialects reserve: the field is hidden")
    }
  }
}
