import TamisModel

/// Records whose values come from a small pool for each field.
struct RecordGenerator {
  let resource: Resource
  var random: RandomSource
  private var pools: [String: [ReferenceValue]] = [:]
  /// Elements that are known by a number.
  private var elementCount = 0

  init(resource: Resource, random: RandomSource) {
    self.resource = resource
    self.random = random
    for field in resource.fields { pools[field.name] = pool(field) }
    for path in resource.relationPaths {
      for field in resource.fields(in: path) { pools["\(path).\(field.name)"] = pool(field) }
    }
  }

  private mutating func pool(_ field: Field) -> [ReferenceValue] {
    ValueGenerator.pool(field.type, count: field.isPrimaryKey ? 40 : random.within(3...7), &random)
  }

  /// No two have one primary key.
  mutating func records(count: Int) -> [JSONTree] {
    let numbers = random.shuffled(Array(0..<count))
    var seen: Set<[ReferenceValue]> = []
    var records: [JSONTree] = []
    var attempts = 0
    while records.count < count, attempts < 1_000 {
      attempts += 1
      var record = JSONTree.object([])
      var key: [ReferenceValue] = []
      for field in resource.fields {
        let value = value(field, number: numbers[records.count])
        if field.isPrimaryKey { key.append(value) }
        set(value, field, in: &record)
      }
      guard seen.insert(key).inserted else { continue }
      for relation in resource.relations { setElements(of: relation, relation.name, in: &record) }
      records.append(record)
    }
    return records
  }

  private mutating func value(_ field: Field, number: Int) -> ReferenceValue {
    if field.name == GeneratedResource.numberField { return .number(ReferenceNumber(number)) }
    if field.isNullable, random.chance(22) { return .null }
    if field.type == .json, random.chance(50) { return .json(ValueGenerator.document(depth: 0, &random)) }
    if field.isPrimaryKey { return keyValue(field) }
    return random.pick(pools[field.name] ?? [.null])
  }

  /// Keys of types with few values are numbered instead.
  private mutating func keyValue(_ field: Field) -> ReferenceValue {
    switch field.type {
    case .uuid:
      let digits = String(random.below(1 << 40), radix: 16)
      return .uuid(
        "6ba7b810-9dad-11d1-80b4-" + String(repeating: "0", count: 12 - digits.utf8.count) + digits)
    case .text where random.chance(50): return .text(Array("k\(random.below(200))".unicodeScalars))
    case .integer where random.chance(50): return .number(ReferenceNumber(random.below(200)))
    default: return ValueGenerator.value(field.type, &random)
    }
  }

  private mutating func set(_ value: ReferenceValue, _ field: Field, in record: inout JSONTree) {
    // Null is written as null or not at all.
    if value == .null, random.chance(50) { return }
    let json = ValueSpelling.json(value, field.type, offsetMinutes: resource.offsetMinutes, &random)
    record.set(json, at: field.recordPath)
  }

  /// - Parameter scope: the relation's path.
  private mutating func setElements(of relation: Relation, _ scope: String, in record: inout JSONTree) {
    guard case .nested(let path) = relation.source else { return }
    switch relation.cardinality {
    case .one:
      if random.chance(70) {
        record.set(element(relation, scope), at: path)
      } else if random.chance(50) {
        record.set(.null, at: path)
      }
    case .many:
      if random.chance(10) { return }
      if random.chance(5) { return record.set(.null, at: path) }
      record.set(.array((0..<random.below(4)).map { _ in element(relation, scope) }), at: path)
    }
  }

  private mutating func element(_ relation: Relation, _ scope: String) -> JSONTree {
    var element = JSONTree.object([])
    for field in relation.fields {
      let value = elementValue(field, scope)
      set(value, field, in: &element)
    }
    for inner in relation.relations { setElements(of: inner, scope + "." + inner.name, in: &element) }
    return element
  }

  private mutating func elementValue(_ field: Field, _ scope: String) -> ReferenceValue {
    if field.name == GeneratedResource.elementNumberField {
      elementCount += 1
      return .number(ReferenceNumber(elementCount))
    }
    if field.isNullable, random.chance(25) { return .null }
    return random.pick(pools["\(scope).\(field.name)"] ?? [.null])
  }
}
