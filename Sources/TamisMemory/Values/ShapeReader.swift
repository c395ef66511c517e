import TamisModel

/// Looks a shape's lines up in its resource.
struct ShapeReader {
  private let resource: Resource
  private let typeName: String
  private(set) var faults: [String]
  private(set) var fields: [(any BoundColumn)?]
  private(set) var relations: [(any BoundRelation)?]
  /// Fields and relations that some line names, with a fault or without.
  private var seenFields: Set<Int> = []
  private var seenRelations: Set<Int> = []

  init(_ resource: Resource, typeName: String) {
    self.resource = resource
    self.typeName = typeName
    faults = resource.faults
    fields = Array(repeating: nil, count: resource.fieldCount)
    relations = Array(repeating: nil, count: resource.relationEntries.count)
  }

  mutating func read(_ bindings: [RowBindingContent]) {
    read(bindings, inRelation: nil)
    for index in 0..<resource.rootFieldCount where !seenFields.contains(index) {
      faults.append(
        "the field '\(resource.field(FieldID(index)).name)' is bound to no property of \(typeName)")
    }
    // What elements have themselves can not be bound: a query that asks for it is refused.
    for index in resource.relations(inside: nil) where !seenRelations.contains(index) {
      faults.append("the relation '\(resource.relation(index).name)' is bound to no property of \(typeName)")
    }
  }

  private mutating func read(_ bindings: [RowBindingContent], inRelation relation: Int?) {
    for binding in bindings {
      switch binding {
      case .field(let field): read(field, inRelation: relation)
      case .relation(let inner): read(inner, isNested: relation != nil)
      case .unbound(let name): leaveOut(name, inRelation: relation)
      }
    }
  }

  private func label(_ name: String, _ relation: Int?) -> String {
    relation.map { resource.relationName($0) + "." + name } ?? name
  }

  private mutating func read(_ binding: FieldBinding, inRelation relation: Int?) {
    let label = label(binding.name, relation)
    guard let id = resource.field(named: binding.name, inRelation: relation) else {
      return faults.append("the resource '\(resource.name)' has no field '\(label)'")
    }
    guard seenFields.insert(id.index).inserted else {
      return faults.append("the field '\(label)' is bound more than once")
    }
    let field = resource.field(id)
    guard binding.represents(field.type) else {
      return faults.append(
        "the field '\(label)', \(field.type.noun), can not be held by a property of type \(binding.typeName)")
    }
    guard field.isNullable || !binding.isOptional else {
      return faults.append(
        "the field '\(label)' is never null, but its property is optional (\(binding.typeName))")
    }
    fields[id.index] = binding.column(CellEncoder(field, resource: resource))
  }

  private mutating func leaveOut(_ name: String, inRelation relation: Int?) {
    if let id = resource.field(named: name, inRelation: relation) {
      guard seenFields.insert(id.index).inserted else {
        return faults.append("the field '\(label(name, relation))' is bound more than once")
      }
      guard !resource.field(id).isPrimaryKey || relation != nil else {
        return faults.append("the primary key '\(name)' must be bound: every order ends with it")
      }
    } else if relation == nil, let index = resource.relation(named: name) {
      seenRelations.insert(index)
    } else {
      faults.append("the resource '\(resource.name)' has no field '\(label(name, relation))'")
    }
  }

  private mutating func read(_ binding: RelationBinding, isNested: Bool) {
    guard !isNested, let index = resource.relation(named: binding.name) else {
      return faults.append("the resource '\(resource.name)' has no relation '\(binding.name)'")
    }
    guard seenRelations.insert(index).inserted else {
      return faults.append("the relation '\(binding.name)' is bound more than once")
    }
    read(binding.bindings, inRelation: index)
    for field in resource.fieldRange(ofRelation: index) where !seenFields.contains(field) {
      let name = label(resource.field(FieldID(field)).name, index)
      faults.append("the field '\(name)' is bound to no property of \(binding.typeName)")
    }
    guard resource.relation(index).cardinality == binding.cardinality else {
      return faults.append(
        "the relation '\(binding.name)' is to \(Self.noun(resource.relation(index).cardinality)), "
          + "but bound to \(Self.noun(binding.cardinality))")
    }
    relations[index] = binding.relation
  }

  private static func noun(_ cardinality: Relation.Cardinality) -> String {
    switch cardinality {
    case .one: "one"
    case .many: "many"
    }
  }
}
