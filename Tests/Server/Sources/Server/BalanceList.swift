import Hummingbird
import Tamis
import TamisHummingbird

/// One list: where it is, how it speaks, and the database that holds its records.
struct BalanceList: Sendable {
  let route: Route
  let endpoint: ListEndpoint
  let database: any Database
  /// What `sort=random` orders by.
  let seed: UInt64

  /// The handler. This is all that a list takes.
  @Sendable func answer(_ request: Request, _ context: some RequestContext) async throws -> HTTPAnswer {
    let list = try await endpoint.read(request, context, randomSeed: seed)
    let rows = try await database.rows(list.statement(for: database.dialect))
    let elements = try await database.elements(for: list.query.query, rows)
    let total = list.wantsCount ? try await database.count(list.countStatement(for: database.dialect)) : nil
    return try list.answer(rows, from: database.dialect, elements: elements, total: total)
  }
}

/// A path, and the one method that it has.
struct Route: Sendable {
  let path: String
  let method: HTTPRequest.Method
  /// How its errors are written.
  let errors: ErrorForm
}
