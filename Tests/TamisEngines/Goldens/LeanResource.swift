import TamisModel
import TamisResources
import TamisTesting

/// Takes parts from a resource, by its file.
enum LeanResource {
  /// What can do without one of its items.
  static let lists = ["parameters", "scopes", "defaultSort", "indexes", "relations", "fields"]

  static func count(_ list: String, of resource: Resource) -> Int {
    guard case .array(let items)? = JSONTree(parsing: ResourceFile.write(resource))?[list] else { return 0 }
    return items.count
  }

  /// Nil where the rest is no resource.
  static func removing(
    _ list: String, _ index: Int, from generated: GeneratedResource
  ) -> GeneratedResource? {
    guard var file = JSONTree(parsing: ResourceFile.write(generated.resource)),
      case .array(var items)? = file[list], items.indices.contains(index)
    else { return nil }
    items.remove(at: index)
    file.set(.array(items), at: [list])
    guard let resource = try? ResourceFile.read(file.description), resource.faults.isEmpty else { return nil }
    return GeneratedResource(
      seed: generated.seed, resource: resource, records: generated.records, scope: generated.scope)
  }

  /// Without the members of records that no field reads.
  static func pruned(_ generated: GeneratedResource) -> GeneratedResource {
    let resource = generated.resource
    var names = Set(resource.fields.compactMap(\.recordPath.first))
    for relation in resource.relations {
      switch relation.source {
      case .nested(let path): names.insert(path.first ?? relation.name)
      case .related: break
      }
    }
    let records = generated.records.map { record -> JSONTree in
      guard case .object(let members) = record else { return record }
      return .object(members.filter { names.contains($0.name) })
    }
    return GeneratedResource(
      seed: generated.seed, resource: resource, records: records, scope: generated.scope)
  }
}
