public import TamisModel

/// A record with every field's value read once; or an element of one.
public struct ReferenceRecord: Sendable {
  public let tree: JSONTree
  /// By field name.
  public let values: [String: ReferenceValue]
  /// By relation name.
  public let elements: [String: [ReferenceRecord]]
  let relations: [Relation]

  public init(_ tree: JSONTree, of resource: Resource) {
    self.init(tree, resource.fields, resource.relations, resource.offsetMinutes)
  }

  private init(_ tree: JSONTree, _ fields: [Field], _ relations: [Relation], _ offset: Int) {
    self.tree = tree
    self.relations = relations
    values = Self.read(fields, of: tree, offset)
    elements = Dictionary(
      uniqueKeysWithValues: relations.map { relation in
        let found = Self.elements(of: relation, in: tree)
        return (
          relation.name,
          found.map { ReferenceRecord($0, relation.fields, relation.relations, offset) }
        )
      })
  }

  /// The elements that count: those of which the relation's own condition holds.
  func counted(_ name: String) -> [ReferenceRecord] {
    guard let relation = relations.first(where: { $0.name == name }) else { return [] }
    return (elements[name] ?? []).filter { $0.truth(of: relation.condition, relation.fields) == .yes }
  }

  private func truth(of condition: Condition, _ fields: [Field]) -> Truth {
    func value(_ name: String) -> ReferenceValue { values[name] ?? .null }
    func literal(_ text: String, _ name: String) -> ReferenceValue {
      guard let field = fields.first(where: { $0.name == name }) else { return .null }
      return OperandReading.value(text, field.type, offsetMinutes: 0)
    }
    switch condition {
    case .always: return .yes
    case .never: return .no
    case .allOf(let parts): return .all(parts.map { truth(of: $0, fields) })
    case .anyOf(let parts): return .some(parts.map { truth(of: $0, fields) })
    case .not(let inner): return truth(of: inner, fields).negated
    case .isNull(let name): return Truth(value(name) == .null)
    case .isNotNull(let name): return Truth(value(name) != .null)
    case .isIn(let name, let texts):
      return .some(texts.map { ReferenceScope.truth(of: .equal, value(name), literal($0, name)) })
    case .compare(let name, let comparison, .literal(let text)):
      return ReferenceScope.truth(of: comparison, value(name), literal(text, name))
    case .compare(let name, let comparison, .field(let other)):
      return ReferenceScope.truth(of: comparison, value(name), value(other))
    // No element has an argument, or is asked for its own elements.
    case .compare(_, _, .argument), .isAmong, .any: return .unknown
    }
  }

  private static func read(_ fields: [Field], of tree: JSONTree, _ offset: Int) -> [String: ReferenceValue] {
    var values: [String: ReferenceValue] = [:]
    for field in fields {
      values[field.name] = ReferenceValue(
        tree.value(at: field.recordPath), as: field.type, offsetMinutes: offset)
    }
    return values
  }

  /// An array's items, or the one object of a to-one relation; anything else has no elements.
  private static func elements(of relation: Relation, in tree: JSONTree) -> [JSONTree] {
    guard case .nested(let path) = relation.source else { return [] }
    switch (tree.value(at: path), relation.cardinality) {
    case (.array(let items), .many): return items
    case (.some(.object(let members)), .one): return [.object(members)]
    default: return []
    }
  }
}
