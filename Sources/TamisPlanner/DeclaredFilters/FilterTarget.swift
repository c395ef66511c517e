import TamisModel

/// A field that a declared filter tests, and the relations that lead to it.
struct FilterTarget: Sendable {
  let field: FieldID
  /// Indexes of relations, from the record on; empty for a field of the record.
  let path: [Int]
  let type: FieldFacts.TypeClass
  let isNullable: Bool
  let enumeration: Enumeration?

  init(_ id: FieldID, path: [Int], of resource: Resource) {
    let field = resource.field(id)
    self.field = id
    self.path = path
    type = FieldFacts.TypeClass(field.type)
    isNullable = field.isNullable
    enumeration = field.enumeration
  }
}

/// What a property of a declared filter stands for.
enum FilterSubject: Sendable {
  case field(FilterTarget)
  /// The last of these relations, which has elements or not.
  case relation(path: [Int])

  /// Nil for a name that the resource does not have, which is a fault of the resource already.
  init?(_ name: String, of resource: Resource) {
    let bytes = Array(name.utf8)
    if let id = resource.field(named: bytes, 0..<bytes.count) {
      let path = resource.relationIndex(of: id).map { resource.relationPath(to: $0) } ?? []
      self = .field(FilterTarget(id, path: path, of: resource))
    } else if let relation = resource.relation(named: name) {
      self = .relation(path: resource.relationPath(to: relation))
    } else {
      return nil
    }
  }

  /// The relations that have to be entered to test it.
  var joins: [Int] {
    switch self {
    case .field(let target): target.path
    case .relation(let path): Array(path.dropLast())
    }
  }
}
