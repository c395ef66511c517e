import TamisModel

/// What planning asks of a field for every criterion, without touching the field's own strings.
struct FieldFacts: Sendable {
  enum TypeClass: UInt8, Sendable {
    case text
    case integer
    case decimal
    case boolean
    case uuid
    case date
    case timestamp
    case enumeration
    case json

    init(_ type: FieldType) {
      switch type {
      case .text: self = .text
      case .integer: self = .integer
      case .bigInteger, .decimal: self = .decimal
      case .boolean: self = .boolean
      case .uuid: self = .uuid
      case .date: self = .date
      case .timestamp: self = .timestamp
      case .enumeration: self = .enumeration
      case .json: self = .json
      }
    }
  }

  let type: TypeClass
  let operators: OperatorSet
  /// Index of the relation whose element the field belongs to.
  let relation: Int?
  let isVisible: Bool
  let isSortable: Bool
  /// How many levels of keys a client may write after a JSON field.
  let keyLevels: Int
  /// Index of the virtual field that this is.
  let virtual: Int?

  init(_ field: Field, relation: Int?, isRelationHidden: Bool, virtual: Int? = nil) {
    type = TypeClass(field.type)
    operators = field.operators
    self.relation = relation
    self.virtual = virtual
    isVisible = !field.isHidden && !isRelationHidden
    isSortable = field.isSortable
    switch field.keyRule {
    case .none: keyLevels = 0
    case .identifiers(let levels): keyLevels = levels
    }
  }

  /// The fields', then the virtual fields'.
  static func table(of resource: Resource) -> [FieldFacts] {
    fields(of: resource)
      + resource.virtualFields.indices.map { index in
        let field = resource.field(FieldID(resource.fieldCount + index))
        return FieldFacts(field, relation: nil, isRelationHidden: false, virtual: index)
      }
  }

  private static func fields(of resource: Resource) -> [FieldFacts] {
    (0..<resource.fieldCount).map { index in
      let id = FieldID(index)
      let relation = resource.relationIndex(of: id)
      let isHidden = relation.map { resource.relationEntry($0).isHidden } ?? false
      return FieldFacts(resource.field(id), relation: relation, isRelationHidden: isHidden)
    }
  }
}
