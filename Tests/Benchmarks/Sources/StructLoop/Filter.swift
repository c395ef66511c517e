import Tamis

/// One filter in three forms: a request, an ordinary loop written by hand, and a tree of closures.
struct Filter {
  var name: String
  var request: String
  var dialect = QueryDialect.suffix
  /// How many rows pass, by a loop that a programmer would write.
  var count: ([Balance]) -> Int
  /// Rows are handed over by value, as such trees do.
  var tree: (Balance) -> Bool
}

/// The leaves and connectives of a tree of closures over typed getters.
enum Tree {
  typealias Test = (Balance) -> Bool

  static func equal<Value: Equatable>(_ get: @escaping (Balance) -> Value, _ value: Value) -> Test {
    { get($0) == value }
  }
  static func atLeast<Value: Comparable>(_ get: @escaping (Balance) -> Value, _ value: Value) -> Test {
    { get($0) >= value }
  }
  static func atMost<Value: Comparable>(_ get: @escaping (Balance) -> Value, _ value: Value) -> Test {
    { get($0) <= value }
  }
  static func isIn(_ get: @escaping (Balance) -> String, _ values: Set<String>) -> Test {
    { values.contains(get($0)) }
  }
  static func and(_ tests: Test...) -> Test { { row in tests.allSatisfy { $0(row) } } }
  static func or(_ tests: Test...) -> Test { { row in tests.contains { $0(row) } } }
  static func not(_ test: @escaping Test) -> Test { { !test($0) } }
}

extension Filter {
  static func all(_ rows: [Balance]) -> [Filter] {
    let since = instant("2024-07-01")
    let ledgers = Set(rows.prefix(10).map(\.ledgerID))
    let (from, to) = (instant("2023-01-01"), instant("2024-01-01"))
    let (low, high): (Int64, Int64) = (200_000_000_000, 700_000_000_000)
    let excluded: Set<String> = ["USD", "EUR", "GBP"]
    return [
      Filter(
        name: "F1", request: "currency_eq=USD",
        count: { rows in
          var count = 0
          for row in rows where row.currency == "USD" { count += 1 }
          return count
        }, tree: Tree.equal({ $0.currency }, "USD")),
      Filter(
        name: "F2", request: "currency_eq=USD&created_at_gte=2024-07-01",
        count: { rows in
          var count = 0
          for row in rows where row.currency == "USD" && row.createdAt >= since { count += 1 }
          return count
        }, tree: Tree.and(Tree.equal({ $0.currency }, "USD"), Tree.atLeast({ $0.createdAt }, since))),
      Filter(
        name: "F3",
        request: "ledger_id_in=\(ledgers.sorted().joined(separator: ","))&balance_between=\(low)|\(high)"
          + "&created_at_gte=2023-01-01&created_at_lt=2024-01-01",
        count: { rows in
          var count = 0
          for row in rows
          where ledgers.contains(row.ledgerID) && row.balance >= low && row.balance <= high
            && row.createdAt >= from && row.createdAt < to
          { count += 1 }
          return count
        },
        tree: Tree.and(
          Tree.isIn({ $0.ledgerID }, ledgers), Tree.atLeast({ $0.balance }, low),
          Tree.atMost({ $0.balance }, high), Tree.atLeast({ $0.createdAt }, from),
          Tree.not(Tree.atLeast({ $0.createdAt }, to)))),
      Filter(
        name: "F4",
        request: #"{"filters":[{"or":[{"field":"indicator","operator":"like","value":"abc%"},"#
          + #"{"field":"identity_id","operator":"isnull"}]}]}"#,
        dialect: .body,
        count: { rows in
          var count = 0
          for row in rows where row.indicator?.hasPrefix("abc") == true || row.identityID == nil {
            count += 1
          }
          return count
        },
        tree: Tree.or({ $0.indicator?.hasPrefix("abc") == true }, { $0.identityID == nil })),
      Filter(
        name: "F5", request: "balance_id_ilike=%25A3f%25&currency_notin=USD,EUR,GBP",
        count: { rows in
          var count = 0
          for row in rows where containsA3F(row.balanceID) && !excluded.contains(row.currency) { count += 1 }
          return count
        },
        tree: Tree.and({ containsA3F($0.balanceID) }, Tree.not(Tree.isIn({ $0.currency }, excluded)))),
    ]
  }

  private static func instant(_ day: String) -> Timestamp {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    let days = CalendarDate(year: parts[0], month: parts[1], day: parts[2])?.daysSinceEpoch ?? 0
    return Timestamp(microseconds: days * 86_400_000_000)
  }
}

/// `a3f` in any case, byte by byte.
private func containsA3F(_ text: String) -> Bool {
  var state = 0
  for byte in text.utf8 {
    let folded = byte &- 65 < 26 ? byte | 0x20 : byte
    switch (state, folded) {
    case (2, UInt8(ascii: "f")): return true
    case (1, UInt8(ascii: "3")): state = 2
    case (_, UInt8(ascii: "a")): state = 1
    default: state = 0
    }
  }
  return false
}
