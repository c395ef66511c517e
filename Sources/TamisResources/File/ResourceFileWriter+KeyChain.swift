import TamisModel

extension ResourceFileWriter {
  static func rules(_ rules: KeyChainRules) -> WrittenJSON {
    let standard = KeyChainRules()
    var object = WrittenJSON.members([
      "relatedTypes": rules.relatedTypes.isEmpty ? nil : .array(rules.relatedTypes.map(relatedType)),
      "relatedPaths": rules.relatedPaths.isEmpty ? nil : .array(rules.relatedPaths.map(relatedPath)),
      "deletionField": rules.deletionField.map { .string($0) },
      "searchParameter": rules.searchParameter == standard.searchParameter
        ? nil : .string(rules.searchParameter),
      "sortNames": rules.sortNames.isEmpty
        ? nil : .array(rules.sortNames.sorted { $0.key < $1.key }.map(sortName)),
    ])
    for (name, path) in KeyChainRules.flags where rules[keyPath: path] {
      object = object.adding(name, .boolean(true))
    }
    return object
  }

  private static func relatedType(_ type: KeyChainRules.RelatedType) -> WrittenJSON {
    .members(["name": .string(type.name), "fields": .array(type.fields.map(field))])
  }

  private static func relatedPath(_ path: KeyChainRules.RelatedPath) -> WrittenJSON {
    .members([
      "path": .string(path.path), "type": .string(path.type), "scoped": path.isScoped ? nil : false,
    ])
  }

  private static func sortName(_ pair: (key: String, value: String)) -> WrittenJSON {
    .members(["name": .string(pair.key), "field": .string(pair.value)])
  }
}
