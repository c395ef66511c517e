import Hummingbird
import Tamis

/// The list of Blnk with its statement written out by hand: what the compiler costs is the difference. Statement,
/// rows and body are those that the list at `/balances` has for this one request:
///
///     currency_eq=USD&balance_gte=100&created_at_lt=2024-02
enum Baseline {
  static let path = "/baseline/balances"
  static let request = "currency_eq=USD&balance_gte=100&created_at_lt=2024-02"

  static func add(to router: Router<some RequestContext>, _ lists: [BalanceList]) throws {
    guard let list = lists.first(where: { $0.route.path == "/balances" }) else { return }
    let database = list.database
    guard database.dialect == .sqlite else { return }
    // Only the answer's form is taken from the compiled query.
    let query = try list.endpoint.compiler.compile(request)
    let compiled = try query.statement(for: .sqlite)
    guard compiled.text == statement, compiled.bindings == bindings else {
      throw DatabaseFault(description: "the compiler gives another statement: \(compiled)")
    }
    router.get(RouterPath(path)) { _, _ in
      let rows = try await database.rows(statement, bindings)
      let reader = SQLRowReader(query.query, dialect: .sqlite)
      let facts = PageFacts(request: request, address: "/balances", hasMore: rows.count > 10)
      return query.answer(rows: rows.prefix(10).map { ResponseRow(reader.values(of: $0)) }, page: facts)
    }
  }

  private static let statement = """
    SELECT "balance_id", "ledger_id", "identity_id", "indicator", "currency", "balance", "credit_balance", \
    "debit_balance", "inflight_balance", "inflight_credit_balance", "inflight_debit_balance", "created_at", \
    "meta_data" FROM "blnk"."balances" WHERE "currency" = ? AND "balance" >= ? AND "created_at" < ? \
    ORDER BY "created_at" DESC, "balance_id" DESC LIMIT ? OFFSET ?
    """

  private static let bindings: [SQLBinding] = [
    .text("USD"), .text("10003100"), .integer(1_706_745_600_000_000), .integer(11), .integer(0),
  ]
}
