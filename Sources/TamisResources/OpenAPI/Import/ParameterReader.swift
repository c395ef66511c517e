import TamisJSON
import TamisModel
import TamisPlanner
import TamisSyntax

/// What the parameters of an operation say: which fields have which operators, what sorts, and how pages are cut.
struct ParameterReader {
  var properties: PropertyReader
  var fields: [FieldDraft]
  var relations: [RelationDraft]
  var resourceType: String
  var pages = PageDraft()
  var required: [Parameter] = []
  var defaultSort: [SortOrder] = []
  /// The dialects that read every parameter so far.
  private(set) var dialects: [QueryDialect] = [.bracket, .jsonAPI, .jsonAPIKeys, .suffix, .mixed]

  init(properties: PropertyReader, resourceType: String) {
    self.properties = properties
    fields = properties.fields
    relations = properties.relations
    self.resourceType = resourceType
  }

  mutating func note(_ subject: String, _ text: String) {
    properties.notes.append(ImportNote(subject, text))
  }

  /// Of several dialects that read everything the first; none does where spellings are mixed that no dialect mixes.
  var dialect: QueryDialect { dialects.first ?? .mixed }

  private mutating func needs(_ able: [QueryDialect]) {
    let both = dialects.filter(able.contains)
    dialects = both.isEmpty ? [.mixed] : both
  }

  // MARK: One parameter

  mutating func read(_ parameter: ImportedParameter) {
    let name = parameter.name
    switch (name.root, name.brackets.count) {
    case ("filter", 1...): readFilter(parameter)
    case ("sort", 0), ("sort", 1): readSort(parameter)
    case ("page", 0), ("itemsPerPage", 0), ("cursor", 0):
      needs([.bracket, .mixed])
      pages.read(name.root, parameter.schema, schemas: properties.schemas)
    case ("page", 1):
      needs([.jsonAPI, .jsonAPIKeys, .mixed])
      if !pages.read(name.brackets[0], parameter.schema, schemas: properties.schemas) { unknown(name) }
    case ("limit", 0), ("offset", 0):
      needs([.suffix, .mixed])
      pages.read(name.root, parameter.schema, schemas: properties.schemas)
    case ("fields", 1): needs([.jsonAPI, .jsonAPIKeys, .mixed])
    case ("fields", 0), ("logical_operator", 0): needs([.suffix, .mixed])
    case ("include", 0): needs([.jsonAPI, .jsonAPIKeys, .suffix, .mixed])
    case ("order", 1):
      needs([.bracket, .mixed])
      sortable(name.brackets[0], name)
    case ("exists", 1):
      needs([.bracket, .mixed])
      allow(.exists, on: name.brackets[0], parameter)
    case ("pagination", 0), ("partial", 0):
      note(name.text, "the client can not turn pages off")
    default: readField(parameter)
    }
  }

  private mutating func unknown(_ name: ParameterName) {
    note(name.text, "not understood, and so not accepted")
  }

  // MARK: Fields

  private mutating func readField(_ parameter: ImportedParameter) {
    let name = parameter.name
    switch name.brackets.count {
    case 0: readPlain(parameter)
    case 1 where name.brackets[0].isEmpty:
      needs([.bracket, .mixed])
      allow(.equal, on: name.root, parameter)
      allow(.isIn, on: name.root, parameter)
    case 1:
      guard let operation = operation(name.brackets[0], .bracket) else { return unknown(name) }
      needs([.bracket, .mixed])
      adoptDate(name.root, word: name.brackets[0])
      allow(operation, on: name.root, parameter)
    default: unknown(name)
    }
  }

  /// `currency=USD`, or `currency_eq=USD` when the name splits into a field and an operator.
  private mutating func readPlain(_ parameter: ImportedParameter) {
    let name = parameter.name.root
    if knows(name) {
      if parameter.isRequired { return require(name, parameter) }
      needs([.bracket, .mixed])
      return allow(.equal, on: name, parameter)
    }
    guard let (field, operation) = split(name, at: UInt8(ascii: "_"), .suffix) else {
      return unknown(parameter.name)
    }
    needs([.suffix, .mixed])
    allow(operation, on: field, parameter)
  }

  private mutating func readFilter(_ parameter: ImportedParameter) {
    var brackets = parameter.name.brackets[...]
    if brackets.count > 1, brackets.first == resourceType, !knows(resourceType) {
      brackets = brackets.dropFirst()
    }
    guard let field = brackets.first, brackets.count <= 2 else { return unknown(parameter.name) }
    if brackets.count == 2 {
      needs([.jsonAPI, .mixed])
      guard let operation = operation(brackets.last ?? "", .jsonAPI) else { return unknown(parameter.name) }
      return allow(operation, on: field, parameter)
    }
    if !knows(field), let (keyed, operation) = split(field, at: UInt8(ascii: "-"), .jsonAPIKeys) {
      needs([.jsonAPIKeys])
      return allow(operation, on: keyed, parameter)
    }
    needs([.jsonAPI, .jsonAPIKeys, .mixed])
    if parameter.isRequired, knows(field) { return require(field, parameter) }
    allow(.equal, on: field, parameter)
    // A value with commas is a list.
    if parameter.schema.types == ["array"] { allow(.isIn, on: field, parameter) }
  }

  /// A known field before the mark and an operator after it, the longest field first.
  private func split(
    _ name: String, at mark: UInt8, _ spelling: ParsedSpelling
  ) -> (field: String, operation: Operator)? {
    let bytes = Array(name.utf8)
    for index in bytes.indices.reversed() where bytes[index] == mark {
      let field = String(decoding: bytes[..<index], as: UTF8.self)
      let word = String(decoding: bytes[(index + 1)...], as: UTF8.self)
      guard knows(field) else { continue }
      if let operation = operation(word, spelling) { return (field, operation) }
      // AnimeThemes: `-not` takes a list.
      if spelling == .jsonAPIKeys, word == "not" { return (field, .isNotIn) }
    }
    return nil
  }

  private func operation(_ word: String, _ spelling: ParsedSpelling) -> Operator? {
    let bytes = Array(word.utf8)
    return OperatorSpellings.of(spelling).operation(bytes, 0..<bytes.count)
  }

  // MARK: What is allowed

  private func knows(_ name: String) -> Bool {
    fields.contains { $0.name == name } || element(name) != nil
  }

  /// The places of a relation and its field: `items.amount`.
  private func element(_ name: String) -> (relation: Int, field: Int)? {
    for (index, relation) in relations.enumerated() where name.hasPrefix(relation.name + ".") {
      let inner = String(name.dropFirst(relation.name.count + 1))
      if let field = relation.fields.firstIndex(where: { $0.name == inner }) { return (index, field) }
    }
    return nil
  }

  private mutating func allow(_ operation: Operator, on name: String, _ parameter: ImportedParameter) {
    if let place = element(name) {
      var draft = relations[place.relation].fields[place.field]
      add(operation, to: &draft, parameter)
      relations[place.relation].fields[place.field] = draft
      return
    }
    if !knows(name), !declare(name, parameter) { return }
    guard let index = fields.firstIndex(where: { $0.name == name }) else { return }
    var draft = fields[index]
    add(operation, to: &draft, parameter)
    fields[index] = draft
  }

  private mutating func add(_ operation: Operator, to draft: inout FieldDraft, _ parameter: ImportedParameter)
  {
    guard draft.type != .json, OperatorSet.possible(for: draft.type).contains(operation) else {
      return note(parameter.name.text, "'\(operation.name)' has no meaning for \(draft.type.noun) values")
    }
    draft.operators = draft.operators.union(OperatorSet([operation]))
  }

  /// A filter by something that answers do not show: its own schema says what it is.
  private mutating func declare(_ name: String, _ parameter: ImportedParameter) -> Bool {
    var schema = parameter.schema
    if schema.types == ["array"], let items = schema.items { schema = properties.schemas.facts(items) }
    guard !name.isEmpty, var draft = properties.draft(name, schema), draft.type != .json else {
      unknown(parameter.name)
      return false
    }
    draft.isNullable = true
    draft.isMissingInAnswers = true
    fields.append(draft)
    note(name, "only a filter names it: its type is the filter's, and it may be null")
    return true
  }

  /// API Platform documents date filters, and often dates, as plain text: the filter's words tell them.
  private mutating func adoptDate(_ name: String, word: String) {
    guard ["before", "after", "strictly_before", "strictly_after"].contains(word),
      let index = fields.firstIndex(where: { $0.name == name && $0.type == .text && $0.isPlainText })
    else { return }
    fields[index].type = .timestamp
    note(name, "text with filters for dates: taken as a timestamp")
  }

  private mutating func require(_ name: String, _ parameter: ImportedParameter) {
    guard let draft = fields.first(where: { $0.name == name }) else { return unknown(parameter.name) }
    required.append(Parameter(name, .value(draft.type, .compare(name, .equal, .argument))).required())
  }

  // MARK: Order

  private mutating func sortable(_ name: String, _ parameter: ParameterName) {
    guard let index = fields.firstIndex(where: { $0.name == name && $0.type != .json }) else {
      return note(parameter.text, "sorts by something that answers do not show")
    }
    fields[index].isSortable = true
  }

  private mutating func readSort(_ parameter: ImportedParameter) {
    needs([.jsonAPI, .jsonAPIKeys, .suffix, .mixed])
    let items = parameter.schema.items.map { properties.schemas.facts($0) }
    let document = properties.schemas.document
    let names = (items?.cases ?? parameter.schema.cases ?? []).map { document.string(at: $0) }
    if names.isEmpty {
      note("sort", "the document does not say by what: every field that has an order sorts")
      for index in fields.indices where fields[index].type != .json { fields[index].isSortable = true }
    }
    for name in Set(names.map(Self.unsigned)).sorted() { sortable(name, parameter.name) }
    readDefaultSort(parameter.schema.fallback)
  }

  private mutating func readDefaultSort(_ node: Int?) {
    guard let node else { return }
    let document = properties.schemas.document
    let texts =
      document.nodes[node].kind == .string
      ? document.string(at: node).split(separator: ",").map(String.init)
      : document.items(of: node).map { document.string(at: $0) }
    defaultSort = texts.filter { knows(Self.unsigned($0)) }.map { text in
      text.utf8.first == UInt8(ascii: "-") ? .descending(Self.unsigned(text)) : .ascending(text)
    }
  }

  private static func unsigned(_ name: String) -> String {
    name.utf8.first == UInt8(ascii: "-") ? String(name.dropFirst()) : name
  }
}
