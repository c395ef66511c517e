import TamisJSON
import TamisModel

/// Finds the schema of one record in an operation's answer: inside an array, a Hydra or other collection object, or a
/// JSON:API document.
struct ResponseReader {
  var schemas: SchemaReader

  struct Item {
    var facts: SchemaFacts
    /// Where the attributes stand inside a record.
    var path: [String] = []
    /// The identifier's schema, where it stands beside the attributes.
    var identifier: Int?
    /// The type's name in a JSON:API document.
    var type: String?
  }

  private static let mediaTypes = [
    "application/ld+json", "application/vnd.api+json", "application/json", "application/hal+json",
  ]
  private static let memberNames = ["hydra:member", "member", "data", "items", "results", "_embedded"]

  mutating func item(of operation: Int) -> Item? {
    guard let schema = schema(of: operation) else { return nil }
    let facts = schemas.facts(schema)
    if let items = facts.items { return record(schemas.facts(items)) }
    return collection(facts)
  }

  private mutating func schema(of operation: Int) -> Int? {
    let document = schemas.document
    guard let responses = document.member("responses", of: operation) else { return nil }
    let named = document.members(of: responses)
    let success =
      named.first { document.string(at: $0.name) == "200" }
      ?? named.first { document.string(at: $0.name).hasPrefix("2") }
    guard let success, let response = schemas.resolve(success.value),
      let content = document.member("content", of: response)
    else { return nil }
    let media = document.members(of: content)
    let preferred = Self.mediaTypes.lazy.compactMap { name in
      media.first { document.string(at: $0.name).hasPrefix(name) }
    }.first
    return (preferred ?? media.first).flatMap { document.member("schema", of: $0.value) }
  }

  /// The member with a known name, or the only one that is an array of objects.
  private mutating func collection(_ facts: SchemaFacts) -> Item? {
    for name in Self.memberNames {
      guard let node = facts.property(name) else { continue }
      let member = schemas.facts(node)
      if let items = member.items { return record(schemas.facts(items)) }
      if name == "_embedded", let inner = member.properties.first.flatMap({ schemas.facts($0.node).items }) {
        return record(schemas.facts(inner))
      }
    }
    var found: [SchemaFacts] = []
    for property in facts.properties {
      guard let items = schemas.facts(property.node).items else { continue }
      let element = schemas.facts(items)
      if !element.properties.isEmpty { found.append(element) }
    }
    return found.count == 1 ? record(found[0]) : nil
  }

  private mutating func record(_ facts: SchemaFacts) -> Item? {
    guard let attributes = facts.property("attributes"), facts.property("type") != nil else {
      return facts.properties.isEmpty ? nil : Item(facts: facts)
    }
    let type = facts.property("type").map { schemas.facts($0) }
    let name = type?.cases?.first.map { schemas.document.string(at: $0) }
    return Item(
      facts: schemas.facts(attributes), path: ["attributes"], identifier: facts.property("id"), type: name)
  }
}
