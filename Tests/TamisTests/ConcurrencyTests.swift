import Tamis
import TamisCatalog
import TamisTesting
import Testing

/// One compiler, made at start-up, serves many requests at a time: what they share (statements by their shape,
/// compiled regular expressions, room to match in) gives each the answer that it gets alone.
///
/// `Tests/run --sanitize` runs these under ThreadSanitizer.
@Suite struct ConcurrencyTests {
  private static let requests: [String] =
    ["USD", "EUR", "GBP", "a", "b"].flatMap { currency in
      (0..<6).flatMap { number in
        [
          "currency_eq=\(currency)&balance_gte=\(number)",
          "indicator_matches=^s\(currency)[\(number)-9]*$&sort=-created_at",
          "currency_in=\(currency),x\(number)&created_at_gte=2024-0\(number % 9 + 1)-01&limit=\(number + 1)",
          "meta_data.tier_eq=\(currency)&ledger_id_isnull=", "balance_gte=\(currency)&nobody_eq=\(number)",
        ]
      }
    }

  /// Everything that a server asks for, in one line.
  private struct Server: Sendable {
    let compiler: QueryCompiler
    let records: RecordSet

    func answer(_ request: String) -> String {
      do throws(QueryError) {
        let query = try compiler.compile(request)
        let statements = SQLDialect.all.map { engine in
          Result { () throws(QueryError) in try query.statement(for: engine) }
        }
        return "\(try query.select(from: records)) \(statements)"
      } catch {
        return "\(error)"
      }
    }
  }

  /// So few statements are kept that they are thrown out and written again all the time.
  private static func server(cachedShapes: Int) throws -> Server {
    let resource = Catalog.blnkBalances
    let records = GeneratedResource(seed: 3, resource: resource).records
    return Server(
      compiler: QueryCompiler(resource: resource, cachedShapes: cachedShapes),
      records: try RecordReader(resource: resource).readAll(
        Array(records.map(\.description).joined(separator: "\n").utf8)))
  }

  @Test(arguments: [2, 256])
  func everyRequestGetsItsOwnAnswer(_ cachedShapes: Int) async throws {
    let alone = try Self.server(cachedShapes: 0)
    let expected = Self.requests.map { alone.answer($0) }
    #expect(Set(expected).count > Self.requests.count / 2)
    let shared = try Self.server(cachedShapes: cachedShapes)
    let differences = await withTaskGroup(of: [String].self) { group in
      for worker in 0..<8 {
        group.addTask {
          Self.requests.indices.compactMap { index in
            let place = (index + worker * 7) % Self.requests.count
            return shared.answer(Self.requests[place]) == expected[place] ? nil : Self.requests[place]
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(differences == [])
  }
}
