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

  init(_ field: Field, relation: Int?, isRelationHidden: Bool) {
    type = TypeClass(field.type)
    operators = field.operators
    self.relation = relation
    isVisible = !field.isHidden && !isRelationHidden
    isSortable = field.isSortable
    switch field.keyRule {
    case .none: keyLevels = 0
    case .identifiers(let levels): keyLevels = levels
    }
  }

  static func table(of resource: Resource) -> [FieldFacts] {
    (0..<resource.fieldCount).map { index in
      let id = FieldID(index)
      let relation = resource.relationIndex(of: id)
      let isHidden = relation.map { resource.relation($0).isHidden } ?? false
      return FieldFacts(resource.field(id), relation: relation, isRelationHidden: isHidden)
    }
  }
}
