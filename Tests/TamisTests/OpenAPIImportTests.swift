import Tamis
import TamisCatalog
import TamisResources
import Testing

/// A resource from a document shaped like Glu's behaves as the one that was written by hand.
struct OpenAPIImportTests {
  @Test func sameOutcomesAsTheCatalogue() throws {
    let document = try CaseFiles.bytes("Fixtures/glu-balances.openapi.json")
    // That the most recent comes first, only prose says.
    let imported = try OpenAPIImport.resource(
      from: document, path: "/api/balances", options: ImportOptions(defaultSort: [.descending("happenedAt")]))
    let byHand = try Outcomes(Catalog.gluBalances)
    let fromDocument = try Outcomes(imported.resource)
    let requests = try CaseFiles.requests("glu")
    #expect(requests.count > 60)
    var answered = 0
    // What the resource offers beyond Glu's own parameters, no document of Glu's says.
    for request in requests where request.widening == nil {
      let expected = byHand.outcome(request.source)
      #expect(fromDocument.outcome(request.source) == expected, "\(request.source)")
      if case .records = expected { answered += 1 }
    }
    #expect(answered > 20)
    #expect(
      imported.notes.map(\.description) == [
        "@id, @type: a keyword of JSON-LD, not a field",
        "page: the size of a page is not said: 30 is assumed",
      ])
  }

  private enum Outcome: Equatable {
    case records([String])
    case refused([String])
  }

  private struct Outcomes {
    let compiler: QueryCompiler
    let records: RecordSet

    init(_ resource: Resource) throws {
      compiler = QueryCompiler(resource: resource)
      records = try RecordReader(resource: resource)
        .readAll(CaseFiles.bytes("Fixtures/glu-balances.records.ndjson"))
    }

    func outcome(_ query: String) -> Outcome {
      do {
        let compiled = try compiler.compile(query)
        return .records(try compiled.select(from: records).indices.map { records[$0].primaryKeyJSON })
      } catch {
        return .refused(error.diagnostics.map { "\($0.code) \($0.span.start)..<\($0.span.end)" })
      }
    }
  }
}
