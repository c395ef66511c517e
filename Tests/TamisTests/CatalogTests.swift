import Tamis
import TamisCatalog
import Testing

/// The built-in resources are sound, and each answers a request of its own kind.
struct CatalogTests {
  @Test func resourcesHaveNoFaults() {
    for entry in Catalog.all {
      #expect(entry.resource.faults.isEmpty, "\(entry.name)")
      #expect(QueryCompiler(resource: entry.resource).faults.isEmpty, "\(entry.name)")
    }
  }

  @Test func namesAreSortedAndFound() {
    let names = Catalog.all.map(\.name)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    #expect(names.contains("metronome/balances"))
    for entry in Catalog.all { #expect(Catalog.resource(named: entry.name) == entry.resource) }
    #expect(Catalog.resource(named: "balances") == nil)
  }

  private static let customer = "13117714-3f05-48e5-a6e9-a66093f13b4d"

  @Test(arguments: [
    ("animethemes/balances", "filter[service]=AWS", "(deleted_at IS NULL AND service = AWS)"),
    ("blnk/balances", "currency_eq=USD", #"currency = "USD""#),
    ("glu/balances", "amount[lt]=0", "amount < 0"),
    (
      "metronome/balances", #"{"customer_id":"\#(customer)","include_archived":true}"#,
      "(customer_id = \(customer) AND contract.id IS NULL)"
    ),
    (
      "metronome/balances",
      #"{"customer_id":"\#(customer)","include_archived":true,"include_contract_balances":true,"#
        + #""access_type":"spend"}"#,
      "(customer_id = \(customer) AND (access_schedule.access_type IS NULL OR "
        + "access_schedule.access_type = SPEND))"
    ),
    (
      "metronome/net-balance",
      #"{"customer_id":"\#(customer)","credit_type_id":"\#(customer)","#
        + #""filters":[{"ids":["\#(customer)"]},{"balance_types":["CREDIT"],"custom_fields":{"a b":"x"}}]}"#,
      "((access_schedule.access_type IS NULL OR access_schedule.access_type = SPEND) AND "
        + "(id IN (\(customer)) OR (type = CREDIT AND custom_fields.a b = \"x\")) AND "
        + "access_schedule.credit_type.id = \(customer) AND customer_id = \(customer))"
    ),
    (
      "metronome/credit-grants", #"{"customer_ids":["\#(customer)"],"credit_type_ids":[]}"#, "FALSE"
    ),
  ])
  func requests(_ name: String, _ request: String, _ expected: String) throws {
    let resource = try #require(Catalog.resource(named: name))
    let query = try QueryCompiler(resource: resource).compile(request).query
    let parts = Self.parts(query.predicate).sorted()
    #expect(parts == Self.parts(expected))
  }

  /// What is ANDed, whatever its order: defaults come where the planner puts them.
  private static func parts(_ predicate: Predicate) -> [String] {
    if case .and(let parts) = predicate { parts.map(\.description) } else { [predicate.description] }
  }

  private static func parts(_ expected: String) -> [String] {
    guard expected.hasPrefix("(") else { return [expected] }
    var depth = 0
    var parts = [""]
    for word in expected.dropFirst().dropLast().split(separator: " ") {
      if word == "AND", depth == 0 {
        parts.append("")
        continue
      }
      depth += word.filter { $0 == "(" }.count - word.filter { $0 == ")" }.count
      parts[parts.count - 1] += (parts[parts.count - 1].isEmpty ? "" : " ") + word
    }
    return parts.sorted()
  }

  @Test func hiddenFieldsAreNotForClients() {
    let compiler = QueryCompiler(resource: Catalog.metronomeBalances)
    let body =
      #"{"customer_id":"\#(Self.customer)","filters":[{"field":"contract_archived","operator":"eq","value":true}]}"#
    #expect(throws: QueryError.self) { try compiler.compile(body) }
  }
}
