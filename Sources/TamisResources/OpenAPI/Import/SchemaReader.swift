import TamisJSON
import TamisModel

/// What a schema says of a value, with references followed and `allOf` merged.
struct SchemaFacts {
  /// Empty when the schema does not say.
  var types: Set<String> = []
  var isNullable = false
  var format: String?
  /// Places of the enumerated values.
  var cases: [Int]?
  var properties: [(name: String, node: Int)] = []
  var items: Int?
  var multipleOf: String?
  var maximum: String?
  var minimum: String?
  var fallback: Int?
  /// It is one of several things that have nothing in common here.
  var hasAlternatives = false

  func property(_ name: String) -> Int? { properties.first { $0.name == name }?.node }
}

/// Reads schemas of a document. References may lead round in circles, and a small document can name a large one
/// many times: each reading is bounded by a depth, and all of them together by a number of steps.
struct SchemaReader {
  let document: JSONDocument
  private(set) var unresolved: [String] = []
  private var steps = 200_000
  private var active: Set<Int> = []

  private static let deepest = 40

  init(document: JSONDocument) {
    self.document = document
  }

  mutating func facts(_ node: Int) -> SchemaFacts {
    var facts = SchemaFacts()
    merge(node, into: &facts, depth: 0)
    return facts
  }

  /// The value that a reference means, or the value itself.
  mutating func resolve(_ node: Int) -> Int? {
    var node = node
    for _ in 0..<Self.deepest {
      guard let reference = string("$ref", of: node) else { return node }
      guard let target = target(reference) else { return nil }
      node = target
    }
    return nil
  }

  func string(_ name: String, of node: Int) -> String? {
    guard let member = document.member(name, of: node), document.nodes[member].kind == .string else {
      return nil
    }
    return document.string(at: member)
  }

  func number(_ name: String, of node: Int) -> String? {
    guard let member = document.member(name, of: node), document.nodes[member].kind == .number else {
      return nil
    }
    return document.string(at: member)
  }

  // MARK: Merging

  private mutating func merge(_ node: Int, into facts: inout SchemaFacts, depth: Int) {
    steps -= 1
    guard steps > 0, depth < Self.deepest, document.nodes[node].kind == .object,
      active.insert(node).inserted
    else { return }
    defer { active.remove(node) }
    if let reference = string("$ref", of: node), let target = target(reference) {
      merge(target, into: &facts, depth: depth + 1)
    }
    readTypes(node, into: &facts)
    readWords(node, into: &facts)
    readProperties(node, into: &facts)
    for part in items("allOf", of: node) { merge(part, into: &facts, depth: depth + 1) }
    readAlternatives(node, into: &facts, depth: depth)
  }

  private func items(_ name: String, of node: Int) -> [Int] {
    document.member(name, of: node).map { document.items(of: $0) } ?? []
  }

  private func readTypes(_ node: Int, into facts: inout SchemaFacts) {
    guard let member = document.member("type", of: node) else { return }
    let names = document.nodes[member].kind == .string ? [member] : document.items(of: member)
    for name in names {
      let text = document.string(at: name)
      if text == "null" { facts.isNullable = true } else { facts.types.insert(text) }
    }
    // OpenAPI 3.0 has a member of its own for it.
    if let flag = document.member("nullable", of: node), document.nodes[flag].kind == .true {
      facts.isNullable = true
    }
  }

  private func readWords(_ node: Int, into facts: inout SchemaFacts) {
    facts.format = facts.format ?? string("format", of: node)
    facts.multipleOf = facts.multipleOf ?? number("multipleOf", of: node)
    facts.minimum = facts.minimum ?? number("minimum", of: node)
    facts.maximum = facts.maximum ?? number("maximum", of: node)
    facts.fallback = facts.fallback ?? document.member("default", of: node)
    facts.items = facts.items ?? document.member("items", of: node)
    guard facts.cases == nil else { return }
    if let list = document.member("enum", of: node) {
      let values = document.items(of: list)
      facts.cases = values.filter { document.nodes[$0].kind != .null }
      if facts.cases?.count != values.count { facts.isNullable = true }
    } else if let constant = document.member("const", of: node) {
      facts.cases = [constant]
    }
  }

  private func readProperties(_ node: Int, into facts: inout SchemaFacts) {
    guard let properties = document.member("properties", of: node) else { return }
    var known = Set(facts.properties.map(\.name))
    for member in document.members(of: properties).prefix(ResourceFile.itemLimit) {
      let name = document.string(at: member.name)
      if known.insert(name).inserted { facts.properties.append((name, member.value)) }
    }
  }

  /// `anyOf` with null is a nullable value; several other alternatives are none that a field could have.
  private mutating func readAlternatives(_ node: Int, into facts: inout SchemaFacts, depth: Int) {
    for keyword in ["anyOf", "oneOf"] {
      let all = items(keyword, of: node)
      let others = all.filter { string("type", of: $0) != "null" }
      if others.count < all.count { facts.isNullable = true }
      if others.count == 1, let only = others.first {
        merge(only, into: &facts, depth: depth + 1)
      } else if others.count > 1, facts.types.isEmpty || facts.types == ["object"] {
        facts.hasAlternatives = true
      }
    }
  }

  // MARK: References

  /// `#/components/schemas/Balance`; other documents are not read.
  private mutating func target(_ reference: String) -> Int? {
    guard reference.hasPrefix("#"), let found = place(reference.dropFirst()) else {
      if unresolved.count < 32, !unresolved.contains(reference) { unresolved.append(reference) }
      return nil
    }
    return found
  }

  private func place(_ pointer: Substring) -> Int? {
    var node = 0
    for piece in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = Self.unescape(piece)
      switch document.nodes[node].kind {
      case .object:
        guard let next = document.member(name, of: node) else { return nil }
        node = next
      case .array:
        let items = document.items(of: node)
        guard let index = Int(name), items.indices.contains(index) else { return nil }
        node = items[index]
      case .null, .true, .false, .number, .string: return nil
      }
    }
    return node
  }

  /// Percent escapes of the fragment, then those of the pointer.
  private static func unescape(_ piece: Substring) -> [UInt8] {
    let bytes = Array(piece.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let hasDigits = bytes[index] == UInt8(ascii: "%") && index + 2 < bytes.count
      if hasDigits, let high = UTF8Scan.hexadecimalDigit(bytes[index + 1]),
        let low = UTF8Scan.hexadecimalDigit(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    let text = String(decoding: decoded, as: UTF8.self)
    return Array(text.replacing("~1", with: "/").replacing("~0", with: "~").utf8)
  }
}

extension Int {
  fileprivate init?(_ bytes: [UInt8]) { self.init(String(decoding: bytes, as: UTF8.self)) }
}
