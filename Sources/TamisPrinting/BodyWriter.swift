import TamisJSON
import TamisModel
import TamisPlanner
import TamisSyntax

/// Writes a query as a JSON body. What can not be said is collected, so that all of it is reported.
struct BodyWriter {
  let query: Query
  private var json = JSONWriter()
  private var places: [(range: Range<Int>, node: Int)] = []
  private var problems: [Diagnostic] = []
  private let speller: ClauseSpeller

  init(query: Query) {
    self.query = query
    speller = ClauseSpeller(query: query, spelling: .body, mayDeny: true)
  }

  private var resource: Resource { query.resource }
  private var refusal: Refusal { Refusal(query, .body) }

  mutating func write(_ parts: RequestParts) throws(QueryError) -> WrittenText {
    json.beginObject()
    writeFilters(parts.members)
    for entry in parts.given { writeParameter(resource.parameters[entry.parameter], entry.text) }
    writeOrder()
    writePage()
    writeAnswer()
    json.endObject()
    if let error = QueryError(problems) { throw error }
    return WrittenText(bytes: json.bytes, places: places)
  }

  // MARK: Filters

  private mutating func writeFilters(_ members: [Int]) {
    guard !members.isEmpty else { return }
    // A resource may have a parameter of that name.
    if resource.parameters.contains(where: { $0.name == "filters" }) {
      json.name("filter")
      return write(members)
    }
    json.name("filters")
    writeList(members)
  }

  private mutating func write(_ members: [Int]) {
    if members.count == 1 { return write(members[0], relation: nil) }
    json.beginObject()
    json.name("and")
    writeList(members)
    json.endObject()
  }

  private mutating func writeList(_ members: [Int]) {
    json.beginArray()
    for member in members { write(member, relation: nil) }
    json.endArray()
  }

  private mutating func write(_ member: Int, relation: Int?) {
    let node = query.nodes[member]
    switch node.kind {
    case .and, .always: writeGroup("and", member, relation)
    case .or, .never: writeGroup("or", member, relation)
    case .not: writeDenied { $0.write(member + 1, relation: relation) }
    case .any where node.isNegated: writeDenied { $0.writeQuantifier(member, node) }
    case .any: writeQuantifier(member, node)
    case .compare, .compareFields, .within, .member, .pattern, .isNull, .jsonContains, .matches:
      writeClause(member, prefix: "")
    }
  }

  /// The empty conjunction is TRUE, the empty disjunction FALSE.
  private mutating func writeGroup(_ word: String, _ member: Int, _ relation: Int?) {
    let isGroup = query.nodes[member].isGroup
    json.beginObject()
    json.name(word)
    json.beginArray()
    for inner in isGroup ? query.memberIndexes(of: member) : [] { write(inner, relation: relation) }
    json.endArray()
    json.endObject()
  }

  private mutating func writeDenied(_ write: (inout BodyWriter) -> Void) {
    json.beginObject()
    json.name("not")
    write(&self)
    json.endObject()
  }

  /// One clause names the element's field by its whole path.
  private mutating func writeQuantifier(_ member: Int, _ node: PredicateNode) {
    let relation = resource.relation(node.other.index)
    if relation.isHidden {
      problems.append(refusal.diagnostic(member, reason: "the relation is not for clients"))
      return json.null()
    }
    if node.minimum > 1 {
      problems.append(refusal.diagnostic(member, reason: Refusal.severalElements))
      return json.null()
    }
    guard let members = query.elementMembers(of: member) else {
      problems.append(refusal.diagnostic(member, reason: Refusal.withoutCondition))
      return json.null()
    }
    if members.count == 1 {
      let inner = query.nodes[members[0]]
      let isClause = inner.kind != .any && !inner.isGroup && inner.kind != .always && inner.kind != .never
      if isClause, let text = speller.text(of: inner), !text.isDenied {
        return writeClause(members[0], prefix: relation.name + ".")
      }
    }
    json.beginObject()
    json.name("any")
    json.string(relation.name)
    json.name("where")
    writeElement(members, node.other.index)
    json.endObject()
  }

  private mutating func writeElement(_ members: [Int], _ relation: Int) {
    if members.count == 1 { return write(members[0], relation: relation) }
    json.beginObject()
    json.name("and")
    json.beginArray()
    for member in members { write(member, relation: relation) }
    json.endArray()
    json.endObject()
  }

  private mutating func writeClause(_ member: Int, prefix: String) {
    let node = query.nodes[member]
    let field = resource.field(node.field)
    guard node.kind != .compareFields, !field.isHidden, var text = speller.text(of: node) else {
      problems.append(refusal.diagnostic(member, reason: speller.reason(for: node)))
      return json.null()
    }
    if text.isDenied {
      text.isDenied = false
      return writeDenied { $0.write(text, member, prefix) }
    }
    write(text, member, prefix)
  }

  private mutating func write(_ text: ClauseText, _ member: Int, _ prefix: String) {
    let node = query.nodes[member]
    let start = json.bytes.count
    json.beginObject()
    json.name("field")
    json.string(prefix + ([resource.field(node.field).name] + query.keys(of: node)).joined(separator: "."))
    json.name("operator")
    json.string(text.operation.name)
    switch text.operation.arity {
    case .none, .flag: break
    case .one:
      json.name("value")
      if let operand = text.operands.first { write(operand) }
    case .two, .list:
      json.name("values")
      json.beginArray()
      for operand in text.operands { write(operand) }
      json.endArray()
    }
    json.endObject()
    places.append((start..<json.bytes.count, member))
  }

  private mutating func write(_ operand: ClauseText.Operand) {
    switch operand {
    case .text(let bytes): json.string(bytes)
    case .number(let bytes): json.number(bytes)
    case .boolean(let flag): json.boolean(flag)
    case .json(let bytes): json.raw(bytes)
    }
  }

  // MARK: Parameters

  private mutating func writeParameter(_ parameter: Parameter, _ text: String) {
    json.name(parameter.name)
    switch parameter.meaning {
    case .value(let type, _), .ignored(let type): writeArgument(type, text)
    case .choice: json.string(text)
    case .flag, .selecting: json.raw(text.utf8)
    // Never among what is given.
    case .list, .choices, .objects, .entries: json.null()
    }
  }

  private mutating func writeArgument(_ type: FieldType, _ text: String) {
    switch type {
    case .integer, .bigInteger, .decimal: json.number(text.utf8)
    case .boolean: json.raw(text.utf8)
    case .text, .uuid, .date, .timestamp, .enumeration, .json: json.string(text)
    }
  }

  // MARK: Order, page, answer

  private mutating func writeOrder() {
    guard let order = WrittenOrder(query) else {
      problems.append(refusal.part("this order", reason: "its keys or where null stands are not a client's"))
      return
    }
    if !order.keys.isEmpty { writeNames("sort", order.signed) }
  }

  private mutating func writePage() {
    guard let page = WrittenPage(query) else {
      problems.append(refusal.part("this page", reason: "the resource does not offer it"))
      return
    }
    for setting in page.settings {
      json.name(Self.name(of: setting.kind))
      json.integer(setting.value)
    }
  }

  private static func name(of kind: ParsedPageSetting.Kind) -> String {
    switch kind {
    case .limit: "limit"
    case .offset: "offset"
    case .number: "page"
    case .size: "size"
    case .cursor, .after, .before: "cursor"
    }
  }

  private mutating func writeAnswer() {
    if query.selection != resource.defaultSelection {
      if query.selection.isEmpty { problems.append(refusal.part("an answer without fields")) }
      writeNames("fields", query.selection.map { resource.field($0).name })
    }
    if query.inclusions.contains(where: { $0.predicate != .always }) {
      problems.append(refusal.part("a choice among related records to include"))
    }
    if !query.inclusion.isEmpty { writeNames("include", query.inclusion) }
  }

  private mutating func writeNames(_ name: String, _ names: [String]) {
    json.name(name)
    json.beginArray()
    for text in names { json.string(text) }
    json.endArray()
  }
}
