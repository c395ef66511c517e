import Tamis
import TamisMemory
import TamisTesting

/// A resource with records, and compilers for its requests.
struct FuzzGround: Sendable {
  let name: String
  let generated: GeneratedResource
  let strict: QueryCompiler
  /// Nil where nothing says how a real server reads the resource's requests.
  let faithful: QueryCompiler?

  var resource: Resource { generated.resource }
  var scope: [String: String] { generated.scope }

  init(name: String, _ generated: GeneratedResource) {
    self.name = name
    let resource = generated.resource
    let reader = RecordReader(resource: resource)
    // A random record of the catalogue may lack an element that has to be there.
    let places = generated.records.indices.filter { place in
      (try? reader.read(generated.records[place].description)) != nil
    }
    self.generated = generated.keeping(places)
    strict = QueryCompiler(resource: resource)
    faithful = resource.compatibility == nil ? nil : QueryCompiler(resource: resource, policy: .faithful)
  }

  /// The strict one where there is no other.
  func compiler(_ policy: Policy) -> QueryCompiler {
    switch policy {
    case .strict: strict
    case .faithful: faithful ?? strict
    }
  }
}
