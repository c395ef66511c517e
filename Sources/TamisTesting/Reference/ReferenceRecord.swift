public import TamisModel

/// A record with every field's value read once.
public struct ReferenceRecord: Sendable {
  public let tree: JSONTree
  /// By field name.
  public let values: [String: ReferenceValue]
  /// By relation name: its elements' fields.
  public let elements: [String: [[String: ReferenceValue]]]

  public init(_ tree: JSONTree, of resource: Resource) {
    self.tree = tree
    let offset = resource.offsetMinutes
    values = Self.read(resource.fields, of: tree, offset)
    elements = Dictionary(
      uniqueKeysWithValues: resource.relations.map { relation in
        (
          relation.name,
          Self.elements(of: relation, in: tree).map { Self.read(relation.fields, of: $0, offset) }
        )
      })
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
