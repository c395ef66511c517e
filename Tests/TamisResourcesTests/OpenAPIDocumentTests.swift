import Tamis
import TamisCatalog
import TamisTesting
import Testing

@testable import TamisResources

/// What a document says is accepted, is.
struct OpenAPIDocumentTests {
  static let urlDialects = QueryDialect.allCases.filter { $0 != .body }

  private static let samples: [GeneratedResource] =
    (0..<15).map { GeneratedResource(seed: UInt64($0)) }

  private struct Tally {
    var accepted = 0
    var refused: [String] = []
  }

  @Test(arguments: urlDialects)
  func everyParameterIsAccepted(_ dialect: QueryDialect) {
    var tally = Tally()
    for entry in Catalog.all {
      check(Self.withoutChance(entry.resource), dialect, scope: [:], seed: 1, &tally)
    }
    check(
      FileSamples.everything, dialect, scope: ["tenant": "2f1e4fc0-81fd-41da-9156-00036aff0ed1"], seed: 2,
      &tally)
    for sample in Self.samples {
      check(sample.resource, dialect, scope: sample.scope, seed: sample.seed, &tally)
    }
    #expect(tally.refused.count == 0, "\(tally.refused.prefix(10).joined(separator: "\n"))")
    #expect(tally.accepted > 1_500)
  }

  private func check(
    _ resource: Resource, _ dialect: QueryDialect, scope: [String: String], seed: UInt64, _ tally: inout Tally
  ) {
    let compiler = QueryCompiler(resource: resource, engines: [])
    let parameters = OpenAPIDocument(resource: resource, dialect: dialect).parameters
    var sampler = SchemaSampler(document: .null, random: RandomSource(seed: seed))
    let required = parameters.filter(\.isRequired).flatMap { pairs($0, &sampler) }
    for parameter in parameters where !isCursor(parameter) {
      for _ in 0..<4 {
        let own = parameter.isRequired ? [] : pairs(parameter, &sampler)
        let query = (required + own).joined(separator: "&")
        do {
          _ = try compiler.compile(query, dialect: dialect, scope: scope)
          tally.accepted += 1
        } catch {
          tally.refused.append("\(dialect) \(query): \(error)")
        }
      }
    }
  }

  /// A random order stands alone, and needs the server's seed.
  private static func withoutChance(_ resource: Resource) -> Resource {
    resource.paged(resource.paging, allowsRandomOrder: false)
  }

  @Test func randomOrdersHaveNoDirection() {
    let words = OpenAPIDocument(resource: Catalog.animeThemesBalances).parameters
      .first { $0.name == "sort" }?.schema["items"]?["enum"]
    guard case .array(let names)? = words else { return #expect(Bool(false), "no enumeration") }
    #expect(names.contains("random") && !names.contains("-random"))
    let bracket = OpenAPIDocument(resource: Catalog.animeThemesBalances, dialect: .bracket).parameters
      .first { $0.name == "order[random]" }
    #expect(bracket?.schema["enum"] == ["asc"])
  }

  @Test func cursorsHaveTheirNames() {
    let names = QueryDialect.allCases.filter { $0 != .body }.map { dialect in
      OpenAPIDocument(resource: Catalog.metronomeBalances, dialect: dialect).parameters.map(\.name)
        .filter { ["limit", "cursor", "itemsPerPage"].contains($0) || $0.hasPrefix("page") }
    }
    #expect(
      names == [
        ["page[size]", "page[after]", "page[before]"], ["page[size]", "page[after]", "page[before]"],
        ["limit", "cursor"], ["itemsPerPage", "cursor"], ["limit", "cursor"],
      ])
  }

  /// What only the server can have written.
  private func isCursor(_ parameter: DocumentedParameter) -> Bool {
    ["cursor", "page[after]", "page[before]"].contains(parameter.name)
  }

  private func pairs(_ parameter: DocumentedParameter, _ sampler: inout SchemaSampler) -> [String] {
    QuerySpelling.pairs(parameter, parameter.example ?? sampler.value(parameter.schema))
  }

  @Test func everyBodyIsAccepted() {
    var refused: [String] = []
    var accepted = 0
    let resources =
      Catalog.all.map { (Self.withoutChance($0.resource), [String: String]()) }
      + Self.samples.map { ($0.resource, $0.scope) }
    for (index, (resource, scope)) in resources.enumerated() {
      let compiler = QueryCompiler(resource: resource, engines: [])
      let document = OpenAPIDocument(resource: resource, dialect: .body).document
      var sampler = SchemaSampler(document: document, random: RandomSource(seed: UInt64(index)))
      for _ in 0..<60 {
        let body = JSONLayout.text(withoutCursor(sampler.value(OpenAPIDocument.reference("Request"))))
        do {
          _ = try compiler.compile(body, dialect: .body, scope: scope)
          accepted += 1
        } catch {
          refused.append("\(body): \(error)")
        }
      }
    }
    #expect(refused.count == 0, "\(refused.prefix(5).joined(separator: "\n"))")
    #expect(accepted > 1_000)
  }

  private func withoutCursor(_ body: WrittenJSON) -> WrittenJSON {
    guard case .object(let members) = body else { return body }
    return .object(members.filter { $0.name != "cursor" })
  }

  /// Every field and operator that the resource allows has a parameter.
  @Test func everyOperatorIsThere() {
    let resource = Resource("things", dialect: .bracket) {
      Field("id", .integer).primaryKey()
      Field("at", .timestamp).nullable()
      Field("name", .text).operators([.like])
      Field("secret", .text).hidden()
    }
    let expected: [QueryDialect: [String]] = [
      .bracket: [
        "id", "id[ne]", "id[lt]", "id[lte]", "id[gt]", "id[gte]", "id[]", "id[notin]", "id[between]",
        "id[notbetween]", "at", "at[ne]", "at[strictly_before]", "at[before]", "at[strictly_after]",
        "at[after]",
        "at[]", "at[notin]", "at[between]", "at[notbetween]", "at[isnull]", "at[isnotnull]", "exists[at]",
        "name[like]", "order[id]",
      ],
      .suffix: [
        "id_eq", "id_ne", "id_lt", "id_lte", "id_gt", "id_gte", "id_in", "id_notin", "id_between",
        "id_notbetween",
        "at_eq", "at_ne", "at_lt", "at_lte", "at_gt", "at_gte", "at_in", "at_notin", "at_between",
        "at_notbetween",
        "at_isnull", "at_isnotnull", "name_like", "sort", "limit", "offset", "fields", "logical_operator",
      ],
      .jsonAPI: [
        "filter[id]", "filter[id][ne]", "filter[id][lt]", "filter[id][lte]", "filter[id][gt]",
        "filter[id][gte]",
        "filter[id][in]", "filter[id][notin]", "filter[id][between]", "filter[id][notbetween]", "filter[at]",
        "filter[at][ne]", "filter[at][lt]", "filter[at][lte]", "filter[at][gt]", "filter[at][gte]",
        "filter[at][in]", "filter[at][notin]", "filter[at][between]", "filter[at][notbetween]",
        "filter[at][isnull]", "filter[at][isnotnull]", "filter[name][like]", "sort", "page[limit]",
        "page[offset]", "fields[things]",
      ],
    ]
    for (dialect, names) in expected {
      #expect(OpenAPIDocument(resource: resource, dialect: dialect).parameters.map(\.name) == names)
    }
  }

  @Test func parametersSayHowListsAreWritten() {
    let text = OpenAPIDocument(resource: Catalog.gluBalances).parametersText
    #expect(text.contains(#""name": "type[]""#))
    let lists = OpenAPIDocument(resource: Catalog.gluBalances).parameters.filter { $0.name == "type[]" }
    #expect(lists.first?.json["explode"] == true)
    let commas = OpenAPIDocument(resource: Catalog.blnkBalances).parameters.filter {
      $0.name == "currency_in"
    }
    #expect(commas.first?.json["explode"] == false)
    #expect(commas.first?.json["style"] == "form")
    let bars = OpenAPIDocument(resource: Catalog.blnkBalances).parameters.filter {
      $0.name == "balance_between"
    }
    #expect(bars.first?.json["style"] == "pipeDelimited")
  }

  @Test func pagesHaveTheirBounds() {
    let parameters = OpenAPIDocument(resource: Catalog.animeThemesBalances).parameters
    let size = parameters.first { $0.name == "page[size]" }
    #expect(size?.schema == .members(["type": "integer", "minimum": 1, "maximum": 100, "default": 15]))
    #expect(parameters.first { $0.name == "filter[trashed]" }?.schema["default"] == "without")
  }
}
