import TamisModel

/// Operands drawn from the records' own values and from what lies just beside them, so that most clauses select
/// some records and not all.
struct OperandPool {
  let resource: Resource
  let records: [ReferenceRecord]

  init(resource: Resource, records: [JSONTree]) {
    self.resource = resource
    self.records = records.map { ReferenceRecord($0, of: resource) }
  }

  func field(_ path: FieldPath, relation: String?) -> Field? {
    resource.fields(in: relation).first { $0.name == path.field }
  }

  /// What the records hold at a path, without nulls.
  func present(_ path: FieldPath, relation: String?) -> [ReferenceValue] {
    var owners = records
    for name in (relation ?? "").split(separator: ".") {
      owners = owners.flatMap { $0.elements[String(name)] ?? [] }
    }
    return owners.map { ReferenceScope($0).value(at: path) }.filter { $0 != .null }
  }

  func value(_ path: FieldPath, relation: String?, _ random: inout RandomSource) -> ReferenceValue {
    let present = present(path, relation: relation)
    let type = field(path, relation: relation)?.type ?? .text
    let isJSON = type == .json
    if present.isEmpty || random.chance(4) {
      return isJSON
        ? .text(Array(random.pick(ValueGenerator.documentTexts).unicodeScalars))
        : ValueGenerator.value(type, &random)
    }
    let value = random.pick(present)
    return random.chance(25) && !isJSON ? ValueGenerator.neighbour(value, type, &random) : value
  }

  /// Two bounds, mostly in order, at times equal or reversed.
  func bounds(_ path: FieldPath, relation: String?, _ random: inout RandomSource) -> (
    ReferenceValue, ReferenceValue
  ) {
    let first = value(path, relation: relation, &random)
    if random.chance(8) { return (first, first) }
    let second = value(path, relation: relation, &random)
    let isReversed = (first.order(second) ?? 0) > 0
    return isReversed != random.chance(6) ? (second, first) : (first, second)
  }

  /// Keys that occur in the records' documents, and some that do not.
  func keys(_ field: Field, _ random: inout RandomSource) -> [String] {
    let levels = if case .identifiers(let levels) = field.keyRule { levels } else { 1 }
    var keys = [random.pick(ValueGenerator.keys)]
    if levels > 1, random.chance(30) { keys.append(random.pick(ValueGenerator.keys)) }
    return keys
  }

  /// A document, or a part of one, that some record's document may contain.
  func document(_ path: FieldPath, relation: String?, _ random: inout RandomSource) -> JSONTree {
    let documents = records.compactMap { record -> JSONTree? in
      guard case .json(let tree) = record.values[path.field] ?? .null else { return nil }
      return tree.value(at: path.keys)
    }.filter { $0 != .null }
    guard !documents.isEmpty else { return .object([]) }
    return part(of: random.pick(documents), &random)
  }

  private func part(of tree: JSONTree, _ random: inout RandomSource) -> JSONTree {
    switch tree {
    case .object(let members):
      .object(
        random.some(random.within(0...2), of: members).map {
          JSONTree.Member($0.name, random.chance(60) ? $0.value : part(of: $0.value, &random))
        })
    case .array(let items):
      random.chance(20) && !items.isEmpty
        ? random.pick(items) : .array(random.some(random.within(0...2), of: items))
    case .null, .boolean, .number, .string: tree
    }
  }
}
