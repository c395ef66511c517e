import TamisJSON
import TamisModel

/// Turns the properties of an item's schema into fields and relations.
struct PropertyReader {
  var schemas: SchemaReader
  private(set) var fields: [FieldDraft] = []
  private(set) var relations: [RelationDraft] = []
  var notes: [ImportNote] = []

  /// Objects inside objects are looked into so far.
  private static let deepest = 3
  private static let fieldLimit = 1_000

  init(schemas: SchemaReader) {
    self.schemas = schemas
  }

  mutating func read(_ item: SchemaFacts, at path: [String] = []) {
    let keywords = item.properties.map(\.name).filter { $0.utf8.first == UInt8(ascii: "@") }
    if !keywords.isEmpty {
      notes.append(ImportNote(keywords.joined(separator: ", "), "a keyword of JSON-LD, not a field"))
    }
    for (name, node) in item.properties where name.utf8.first != UInt8(ascii: "@") {
      read(name, node, path: path + [name], prefix: [], depth: 0)
    }
  }

  private mutating func read(_ name: String, _ node: Int, path: [String], prefix: [String], depth: Int) {
    guard fields.count < Self.fieldLimit else { return }
    let facts = schemas.facts(node)
    let fullName = (prefix + [name]).joined(separator: ".")
    if facts.types == ["array"] { return readArray(fullName, facts, path) }
    if facts.types.isSubset(of: ["object"]), !facts.properties.isEmpty, depth < Self.deepest {
      for (inner, place) in facts.properties where inner.utf8.first != UInt8(ascii: "@") {
        read(inner, place, path: path + [inner], prefix: prefix + [name], depth: depth + 1)
      }
      // What stands in a part that may be missing may be missing.
      return markNullable(below: path, facts.isNullable)
    }
    guard var draft = draft(fullName, facts) else { return }
    draft.path = path
    fields.append(draft)
  }

  private mutating func markNullable(below path: [String], _ isNullable: Bool) {
    guard isNullable else { return }
    for index in fields.indices where fields[index].path.starts(with: path) {
      fields[index].isNullable = true
    }
  }

  /// Objects in an array are a relation's elements.
  private mutating func readArray(_ name: String, _ facts: SchemaFacts, _ path: [String]) {
    let element = facts.items.map { schemas.facts($0) } ?? SchemaFacts()
    let members = element.properties.filter { $0.name.utf8.first != UInt8(ascii: "@") }
    var drafts: [FieldDraft] = []
    for (inner, node) in members {
      let facts = schemas.facts(node)
      if facts.types == ["array"] || facts.types == ["object"] {
        notes.append(ImportNote("\(name).\(inner)", "nested too deep for an element's field"))
      } else if var draft = draft(inner, facts) {
        draft.path = [inner]
        drafts.append(draft)
      }
    }
    if drafts.isEmpty {
      notes.append(
        ImportNote(name, "an array of other things than objects; a JSON value that is not filtered"))
      fields.append(FieldDraft(name: name, type: .json, isNullable: true, path: path))
    } else {
      relations.append(RelationDraft(name: name, path: path, fields: drafts))
    }
  }

  // MARK: Types

  /// A field of the schema's type. What has no type of its own is a JSON value.
  mutating func draft(_ name: String, _ facts: SchemaFacts) -> FieldDraft? {
    var draft = FieldDraft(name: name, type: .json, isNullable: facts.isNullable, path: [name])
    if let cases = facts.cases, let enumeration = enumeration(cases) {
      draft.type = .enumeration(enumeration)
      return draft
    }
    if facts.hasAlternatives || facts.types.count > 1 {
      notes.append(ImportNote(name, "a value of several types; a JSON value that is not filtered"))
      draft.isNullable = true
      return draft
    }
    switch facts.types.first {
    case "string": draft.type = text(name, facts, &draft.isPlainText)
    case "integer": draft.type = integer(facts)
    case "number": draft.type = number(name, facts)
    case "boolean": draft.type = .boolean
    default:
      notes.append(ImportNote(name, "a value without a type of its own; a JSON value that is not filtered"))
      draft.isNullable = true
    }
    return draft
  }

  private mutating func text(_ name: String, _ facts: SchemaFacts, _ isPlain: inout Bool) -> FieldType {
    switch facts.format {
    case "date-time": return .timestamp
    case "date": return .date
    case "uuid": return .uuid
    case "decimal": return decimal(name, facts)
    case nil:
      isPlain = true
      return .text
    default: return .text
    }
  }

  private func integer(_ facts: SchemaFacts) -> FieldType {
    let bounds = [facts.minimum, facts.maximum].compactMap { $0 }
    let isLarge = bounds.contains { Decimal($0).map { Int64($0.text) == nil } ?? true }
    return facts.format == "bigint" || isLarge ? .bigInteger : .integer
  }

  private mutating func number(_ name: String, _ facts: SchemaFacts) -> FieldType {
    facts.multipleOf == "1" ? .bigInteger : decimal(name, facts)
  }

  /// `multipleOf: 0.01` has two digits after the point; without it a width is assumed.
  private mutating func decimal(_ name: String, _ facts: SchemaFacts) -> FieldType {
    if let step = facts.multipleOf.flatMap({ Decimal($0) })?.text, let dot = step.utf8.firstIndex(of: 0x2E) {
      let scale = step.utf8.distance(from: dot, to: step.utf8.endIndex) - 1
      if (1...38).contains(scale) { return .decimal(precision: 38, scale: scale) }
    }
    notes.append(
      ImportNote(name, "a number of unknown width, taken as decimal with 12 digits after the point"))
    return .decimal(precision: 38, scale: 12)
  }

  /// Nil for cases that are not all text or all whole numbers.
  private func enumeration(_ nodes: [Int]) -> Enumeration? {
    let document = schemas.document
    var cases: [Enumeration.Case] = []
    for node in nodes.prefix(ResourceFile.caseLimit) {
      let text = document.string(at: node)
      switch document.nodes[node].kind {
      case .string: cases.append(Enumeration.Case(text, stored: .text(text)))
      case .number:
        guard let number = Int64(text) else { return nil }
        cases.append(Enumeration.Case(text, stored: .integer(number)))
      case .null, .true, .false, .array, .object: return nil
      }
    }
    let isMixed = Set(nodes.map { document.nodes[$0].kind }).count > 1
    let isUnique = Set(cases.map(\.name)).count == cases.count
    return cases.isEmpty || isMixed || !isUnique ? nil : Enumeration(cases)
  }
}
