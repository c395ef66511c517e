import TamisJSON
import TamisModel

extension ResourceFileReader {
  /// `{"deletionField": "deleted_at", "relatedPaths": [{"path": "images", "type": "image"}]}`
  mutating func readKeyChainRules(_ index: Int) -> KeyChainRules? {
    let flags = KeyChainRules.flags.map(\.name)
    guard
      let members = values.object(
        index, "an object of rules",
        known: flags + ["relatedTypes", "relatedPaths", "deletionField", "searchParameter", "sortNames"])
    else { return nil }
    var rules = KeyChainRules()
    for (name, path) in KeyChainRules.flags {
      if let flag = values.boolean(members[name]) { rules[keyPath: path] = flag }
    }
    rules.deletionField = values.string(members["deletionField"])
    if let name = values.string(members["searchParameter"]) { rules.searchParameter = name }
    rules.relatedTypes = values.items(members["relatedTypes"], "an array of types")
      .compactMap { readRelatedType($0) }
    rules.relatedPaths = values.items(members["relatedPaths"], "an array of paths")
      .compactMap { readRelatedPath($0) }
    for item in values.items(members["sortNames"], "an array of names") {
      let known = ["name", "field"]
      guard let pair = values.object(item, "a name to order by", known: known, required: known),
        let name = values.string(pair["name"]), let field = values.string(pair["field"])
      else { continue }
      rules.sortNames[name] = field
    }
    return rules
  }

  private mutating func readRelatedType(_ index: Int) -> KeyChainRules.RelatedType? {
    let known = ["name", "fields"]
    guard let members = values.object(index, "a type", known: known, required: known),
      let name = values.string(members["name"])
    else { return nil }
    return KeyChainRules.RelatedType(name, fields: readFields(members["fields"], in: name + "."))
  }

  /// A path that is not scoped can not be named by its type.
  private mutating func readRelatedPath(_ index: Int) -> KeyChainRules.RelatedPath? {
    guard
      let members = values.object(
        index, "a path", known: ["path", "type", "scoped"], required: ["path", "type"]),
      let path = values.string(members["path"]), let type = values.string(members["type"])
    else { return nil }
    let isScoped = values.boolean(members["scoped"]) ?? true
    return KeyChainRules.RelatedPath(path, type: type, isScoped: isScoped)
  }
}

extension KeyChainRules {
  /// The rules that are true or false, by what a file calls them.
  static var flags: [(name: String, path: WritableKeyPath<KeyChainRules, Bool>)] {
    [
      ("showsOneRecord", \.showsOneRecord), ("matchesTextInAnyCase", \.matchesTextInAnyCase),
      ("isSearchable", \.isSearchable),
    ]
  }
}
