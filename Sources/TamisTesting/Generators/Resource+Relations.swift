package import TamisModel

extension Resource {
  /// The relations of the record, or of a relation's elements; a scope is named by its path, `items.parts`.
  package func relations(in scope: String?) -> [Relation] {
    var found = relations
    for name in (scope ?? "").split(separator: ".") {
      found = found.first { $0.name == name }?.relations ?? []
    }
    return found
  }

  package func relation(at scope: String) -> Relation? {
    let names = scope.split(separator: ".")
    let outer = names.dropLast().joined(separator: ".")
    return relations(in: outer.isEmpty ? nil : outer).first { $0.name == names.last ?? "" }
  }

  /// The fields of the record, or of a relation's elements.
  package func fields(in scope: String?) -> [Field] {
    scope.map { relation(at: $0)?.fields ?? [] } ?? fields
  }

  /// The paths of all relations, also of elements.
  package var relationPaths: [String] {
    func paths(_ relations: [Relation], _ prefix: String) -> [String] {
      relations.flatMap { [prefix + $0.name] + paths($0.relations, prefix + $0.name + ".") }
    }
    return paths(relations, "")
  }
}
