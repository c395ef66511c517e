public import TamisModel

/// A random resource with random records, made from one seed.
public struct GeneratedResource: Sendable {
  public let seed: UInt64
  public let resource: Resource
  /// The records, each an object. Their order is not that of any key.
  public let records: [JSONTree]
  /// The values of the resource's scopes.
  public let scope: [String: String]
  /// A field that numbers the records from 0: every record's identity in all answers.
  public static let numberField = "row_number"
  /// The key of elements to which other tables refer.
  static let elementNumberField = "eid"

  /// The same resource over fewer records.
  public func keeping(_ places: [Int]) -> GeneratedResource {
    GeneratedResource(seed: seed, resource: resource, records: places.map { records[$0] }, scope: scope)
  }

  /// A record's primary key as a database gives it; several fields are joined by bars.
  public func primaryKey(ofRecord place: Int) -> String {
    let record = ReferenceRecord(records[place], of: resource)
    return resource.fields.filter(\.isPrimaryKey)
      .map { field in
        record.values[field.name].map {
          OperandSpelling.plain($0, offsetMinutes: resource.offsetMinutes)
        } ?? "NULL"
      }
      .joined(separator: "|")
  }

  package init(seed: UInt64, resource: Resource, records: [JSONTree], scope: [String: String]) {
    self.seed = seed
    self.resource = resource
    self.records = records
    self.scope = scope
  }

  public init(seed: UInt64) {
    var random = RandomSource(seed: seed)
    var generator = ResourceGenerator(random: random.fork())
    self.init(seed: seed, resource: generator.resource(), &random)
  }

  /// Random records of a given resource, which has the field that numbers them.
  public init(seed: UInt64, resource: Resource) {
    var random = RandomSource(seed: seed)
    self.init(seed: seed, resource: resource, &random)
  }

  private init(seed: UInt64, resource: Resource, _ random: inout RandomSource) {
    var recordGenerator = RecordGenerator(resource: resource, random: random.fork())
    let records = recordGenerator.records(count: random.within(12...30))
    self.init(seed: seed, resource: resource, records: records, scope: [:])
    self = withScope(&random)
  }

  private func withScope(_ random: inout RandomSource) -> GeneratedResource {
    var values: [String: String] = [:]
    for scope in resource.scopes {
      guard case .compare(let field, _, .argument) = scope.condition else { continue }
      let pool = OperandPool(resource: resource, records: records)
      values[scope.name] = OperandSpelling.plain(
        pool.value(FieldPath(field), relation: nil, &random), offsetMinutes: resource.offsetMinutes)
    }
    return GeneratedResource(seed: seed, resource: resource, records: records, scope: values)
  }
}
