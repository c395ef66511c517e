public import Tamis
import TamisCatalog

/// The work that is measured: a raw query string to PostgreSQL text and typed bindings, everything between.
public struct BenchmarkQuery: Sendable {
  public let name: String
  public let text: String
  /// Nanoseconds and allocations of the Go server that speaks this dialect, measured on the same kind of machine.
  public let peerNanoseconds: Double
  public let peerAllocations: Int

  public static let all = [
    BenchmarkQuery(
      name: "q1", text: "currency_eq=USD", peerNanoseconds: 3056, peerAllocations: 75),
    BenchmarkQuery(
      name: "q3", text: "ledger_id_in=ldg_123,ldg_456&currency_eq=USD&created_at_gte=2024-01-01",
      peerNanoseconds: 8928, peerAllocations: 229),
    BenchmarkQuery(
      name: "q10",
      text: "currency_eq=USD&ledger_id_in=ldg_123,ldg_456&identity_id_isnotnull=true&balance_gte=1000"
        + "&balance_lt=5000000&credit_balance_gt=0&inflight_balance_eq=0&indicator_like=savings%25"
        + "&created_at_between=2024-01-01|2024-12-31&meta_data.tier_eq=gold",
      peerNanoseconds: 19409, peerAllocations: 419),
  ]

  /// As servers have it: the statement's text is at hand from the second query of a shape on.
  public static let compiler = QueryCompiler(resource: Catalog.blnkBalances)
  /// Every statement is written anew.
  public static let forgetful = QueryCompiler(resource: Catalog.blnkBalances, cachedShapes: 0)

  /// One compilation; the result's size keeps the optimiser honest.
  @inline(never)
  public func compile(with compiler: QueryCompiler) throws -> Int {
    let statement = try compiler.compile(text).statement(for: .postgreSQL)
    return statement.text.utf8.count + statement.bindings.count
  }
}
