import TamisTesting

@testable import TamisResources

/// Makes values that a schema describes, knowing nothing but the schema.
struct SchemaSampler {
  let components: WrittenJSON
  var random: RandomSource

  init(document: WrittenJSON, random: RandomSource) {
    components = document["components"]?["schemas"] ?? .null
    self.random = random
  }

  mutating func value(_ schema: WrittenJSON, depth: Int = 0) -> WrittenJSON {
    if case .string(let reference)? = schema["$ref"] {
      let name = String(reference.dropFirst("#/components/schemas/".count))
      return value(components[name] ?? .null, depth: depth)
    }
    if let constant = schema["const"] { return constant }
    if case .array(let words)? = schema["enum"] { return random.pick(words) }
    if case .array(let choices)? = schema["anyOf"] { return value(choice(choices, depth), depth: depth) }
    if case .array(let examples)? = schema["examples"] { return random.pick(examples) }
    switch schema["type"] {
    case .string(let type)?: return value(type, schema, depth)
    case .array(let types)?:
      guard case .string(let type) = random.pick(types) else { return .null }
      return value(type, schema, depth)
    default: return text(schema)
    }
  }

  /// Deep inside, what does not nest further.
  private mutating func choice(_ choices: [WrittenJSON], _ depth: Int) -> WrittenJSON {
    let flat = choices.filter { $0["properties"]?["operator"] != nil }
    return depth > 2 && !flat.isEmpty ? random.pick(flat) : random.pick(choices)
  }

  private mutating func value(_ type: String, _ schema: WrittenJSON, _ depth: Int) -> WrittenJSON {
    switch type {
    case "integer": return integer(schema)
    case "number": return .number(random.pick(["12.5", "-3", "0", "1e2"]))
    case "boolean": return .boolean(random.chance(50))
    case "array": return array(schema, depth)
    case "object": return object(schema, depth)
    default: return text(schema)
    }
  }

  private mutating func text(_ schema: WrittenJSON) -> WrittenJSON {
    // The one form of values that the samples have.
    if schema["pattern"] == "^(?:c_[0-9]+)$" { return random.pick(["c_1", "c_29"]) }
    return switch schema["format"] {
    case "uuid"?: "2f1e4fc0-81fd-41da-9156-00036aff0ed1"
    case "date"?: "2024-02-29"
    case "date-time"?: random.pick(["2024-02-01T10:30:45+02:00", "2024-02-01T10:30:45.123456Z"])
    default: random.pick(["a", "a,b é", "50%25", "x&y=z", "+1", "a|b", "1..2"])
    }
  }

  private mutating func integer(_ schema: WrittenJSON) -> WrittenJSON {
    var choices = ["3"]
    if case .number(let text)? = schema["minimum"] { choices.append(text) }
    if case .number(let text)? = schema["maximum"] { choices.append(text) }
    return .number(random.pick(choices.filter { schema["minimum"] == nil || !isBelow($0, schema) }))
  }

  private func isBelow(_ text: String, _ schema: WrittenJSON) -> Bool {
    guard let number = Int64(text), case .number(let bound)? = schema["maximum"] else { return false }
    return number > Int64(bound) ?? .max
  }

  private mutating func array(_ schema: WrittenJSON, _ depth: Int) -> WrittenJSON {
    var minimum = 0
    if case .number(let text)? = schema["minItems"] { minimum = Int(text) ?? 0 }
    var maximum = 3
    if case .number(let text)? = schema["maxItems"] { maximum = min(3, Int(text) ?? 3) }
    // Names that differ by a sign alone are one name.
    if schema["uniqueItems"] != nil { maximum = 1 }
    let count = random.within(minimum...max(minimum, maximum))
    return .array((0..<count).map { _ in value(schema["items"] ?? .null, depth: depth + 1) })
  }

  /// Lists of names that do not stand together.
  private func excludedNames(_ schema: WrittenJSON) -> [[WrittenJSON]] {
    if case .array(let names)? = schema["not"]?["required"] { return [names] }
    guard case .array(let choices)? = schema["not"]?["anyOf"] else { return [] }
    return choices.compactMap { if case .array(let names)? = $0["required"] { names } else { nil } }
  }

  private mutating func object(_ schema: WrittenJSON, _ depth: Int) -> WrittenJSON {
    guard case .object(let properties)? = schema["properties"] else {
      let isMap = schema["additionalProperties"]?["type"] != nil
      return .members(["a": isMap ? value(schema["additionalProperties"] ?? .null, depth: depth + 1) : 1])
    }
    var required: [WrittenJSON] = []
    if case .array(let names)? = schema["required"] { required = names }
    var members = properties.filter { required.contains(.string($0.name)) || random.chance(30) }
    for excluded in excludedNames(schema)
    where excluded.allSatisfy({ name in members.contains { .string($0.name) == name } }) {
      members.removeAll { .string($0.name) == excluded.last }
    }
    return .object(
      members.map { WrittenJSON.Member(name: $0.name, value: value($0.value, depth: depth + 1)) })
  }
}

extension WrittenJSON {
  subscript(_ name: String) -> WrittenJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
}

/// Writes sampled values as OpenAPI says that clients do.
enum QuerySpelling {
  static func pairs(_ parameter: DocumentedParameter, _ value: WrittenJSON) -> [String] {
    let name = encode(parameter.name)
    switch (parameter.style, value) {
    case (.members, .object(let members)): return members.map { "\(encode($0.name))=\(scalar($0.value))" }
    case (.repeated, .array(let items)): return items.map { "\(name)=\(scalar($0))" }
    case (.commas, .array(let items)): return ["\(name)=" + items.map(scalar).joined(separator: ",")]
    case (.bars, .array(let items)): return ["\(name)=" + items.map(scalar).joined(separator: "|")]
    default: return ["\(name)=\(scalar(value))"]
    }
  }

  private static func scalar(_ value: WrittenJSON) -> String {
    switch value {
    case .string(let text): encode(text)
    case .number(let text): text
    case .boolean(let flag): flag ? "true" : "false"
    case .null, .array, .object: "null"
    }
  }

  private static func encode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let isLetter = (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
      if isLetter || "-._~[]".utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
