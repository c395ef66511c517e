import Tamis
import TamisCatalog
import Testing

/// What a guessed value becomes, and what it selects among rows that tell one reading from another.
struct BlnkMeaningTests {
  private func predicate(_ request: String, of collection: String = "balances") throws -> String {
    let resource = try #require(Catalog.resource(named: "blnk/\(collection)"))
    let isBody = request.hasPrefix("{")
    return try QueryCompiler(resource: resource, policy: .faithful)
      .compile(request, dialect: isBody ? .body : nil).query.predicate.description
  }

  @Test(arguments: [
    // Numbers become their digits in a text column.
    ("indicator_eq=007", #"indicator = "7""#), ("indicator_eq=%2B7", #"indicator = "7""#),
    ("indicator_eq=-0", #"indicator = "0""#), ("indicator_eq=-0.0", #"indicator = "-0""#),
    ("indicator_eq=1_000", #"indicator = "1000""#), ("indicator_eq=1__0", #"indicator = "1__0""#),
    ("indicator_eq=_1", #"indicator = "_1""#), ("indicator_eq=1e3", #"indicator = "1000""#),
    ("indicator_eq=.5", #"indicator = "0.5""#), ("indicator_eq=5.", #"indicator = "5""#),
    ("indicator_eq=0x1p4", #"indicator = "16""#), ("indicator_eq=0x1.8p-1", #"indicator = "0.75""#),
    ("indicator_eq=0x_1p0_1", #"indicator = "2""#), ("indicator_eq=0x10", #"indicator = "0x10""#),
    ("indicator_eq=nan", #"indicator = "NaN""#), ("indicator_eq=-NaN", #"indicator = "-NaN""#),
    ("indicator_eq=infinity", #"indicator = "+Inf""#), ("indicator_eq=-INF", #"indicator = "-Inf""#),
    ("indicator_eq=1e309", #"indicator = "1e309""#), ("indicator_eq=0x1p1024", #"indicator = "0x1p1024""#),
    ("indicator_eq=12345678901234567890123", #"indicator = "12345678901234567890123""#),
    ("indicator_eq=TRUE", #"indicator = "TRUE""#), ("indicator_in=1.0, a", #"indicator IN ("1", "a")"#),
    // Times: an equality is widened on the wall clock, whatever the zone; nothing else is.
    (
      "indicator_eq=2024-01-01",
      #"indicator IN ["2024-01-01 00:00:00Z", "2024-01-02 00:00:00Z")"#
    ),
    (
      "indicator_eq=0000-01-01",
      #"indicator IN ["0001-01-01 00:00:00Z BC", "0001-01-02 00:00:00Z BC")"#
    ),
    ("indicator_gt=2024-01-01T02:00:00%2B02:00", #"indicator > "2024-01-01 02:00:00+02:00""#),
    (
      "created_at_eq=2024-01-15T10:30",
      "created_at IN [2024-01-15T10:30:00.000000Z, 2024-01-15T10:31:00.000000Z)"
    ),
    (
      "created_at_eq=2024-01-15T23:30:45.1234%2B02:00",
      "created_at IN [2024-01-15T23:30:45.123000Z, 2024-01-15T23:30:45.124000Z)"
    ),
    (
      "created_at_eq=2024-01-15%205:30:45,123456",
      "created_at IN [2024-01-15T05:30:45.000000Z, 2024-01-15T05:30:46.000000Z)"
    ),
    (
      "created_at_eq=2024-01-15T10:30:45.123456",
      "created_at IN [2024-01-15T10:30:45.123456Z, 2024-01-15T10:30:45.123457Z)"
    ),
    (
      "created_at_eq=2024-01-15T10:30:45.12345",
      "created_at IN [2024-01-15T10:30:45.123000Z, 2024-01-15T10:30:45.124000Z)"
    ),
    ("created_at_ne=2024-01-01", "created_at <> 2024-01-01T00:00:00.000000Z"),
    ("created_at_gt=2024-01-15T10:30:45.1234567", "created_at > 2024-01-15T10:30:45.123457Z"),
    ("created_at_gte=0000-01-01", "created_at IS NOT NULL"), ("created_at_lt=0000-01-01", "FALSE"),
    ("created_at_eq=2024-01-15T10:30-05", "created_at = 2024-01-15T10:30:00.000000Z"),
    // Numeric columns.
    ("balance_gt=%20 5 ", "balance > 5"), ("balance_eq=0x10p0", "balance = 16"),
    ("balance_eq=0x0p0", "balance = 0"), ("balance_eq=0x1p64", "balance = 18446744073709551616"),
    // Bodies: nothing is guessed.
    (
      #"{"filters":[{"field":"created_at","operator":"eq","value":"2024-01-15"}]}"#,
      "created_at = 2024-01-15T00:00:00.000000Z"
    ),
    (#"{"filters":[{"field":"indicator","operator":"eq","value":1.50}]}"#, #"indicator = "1.5""#),
    (#"{"filters":[{"field":"indicator","operator":"eq","value":-0}]}"#, #"indicator = "-0""#),
    (
      #"{"FILTERS":[{"Field":"balance","OPERATOR":"gt","value":1,"VALUE":9007199254740993}]} junk"#,
      "balance > 9007199254740993"
    ),
    (#"{"filters":[{"field":"indicator","operator":"in","values":[null]}]}"#, "FALSE"),
    ("null", "TRUE"),
    // Patterns: a backslash makes anything literal.
    (#"currency_like=%5CU%25"#, #"currency LIKE "U%""#),
  ])
  func balances(_ request: String, _ expected: String) throws {
    if request == "null" {
      let compiler = QueryCompiler(resource: Catalog.blnkBalances, policy: .faithful)
      #expect(try compiler.compile("null", dialect: .body).query.predicate.description == expected)
    } else {
      #expect(try predicate(request) == expected, "\(request)")
    }
  }

  @Test(arguments: [
    ("balance_id_eq=b1", #"(source = "b1" OR destination = "b1")"#),
    ("balance_id_ne=b1", #"(source <> "b1" AND destination <> "b1")"#),
    ("balance_id_isnull=", "(source IS NULL AND destination IS NULL)"),
    ("balance_id_isnotnull=", "(source IS NOT NULL OR destination IS NOT NULL)"),
    (
      "indicator_ne=7",
      #"(ANY source_balance: indicator <> "7" OR ANY destination_balance: indicator <> "7")"#
    ),
    ("precision_eq=1e2", "precision = 100"),
  ])
  func transactions(_ request: String, _ expected: String) throws {
    #expect(try predicate(request, of: "transactions") == expected)
    // The names mean the same under the strict policy.
    let strict = try QueryCompiler(resource: Catalog.blnkTransactions).compile(request).query
    #expect(strict.predicate.description == expected)
  }

  @Test(arguments: [
    ("dob_eq=1990-01-01T10:30", "dob IN [1990-01-01, 1990-01-01)"),
    ("dob_gt=1990-01-01T23:00:00-05:00", "dob > 1990-01-01"),
  ])
  func identities(_ request: String, _ expected: String) throws {
    #expect(try predicate(request, of: "identities") == expected)
  }

  // MARK: Rows

  private static let documents = [
    #"{"s":20}"#, #"{"s":"20"}"#, #"{"s":"+020.50"}"#, #"{"s":"1e3"}"#, #"{"s":"abc"}"#, #"{"s":true}"#,
    #"{"s":["20"]}"#, #"{"s":{"k":20}}"#, #"{"s":null}"#, "{}", "null", #"{"s":"-0.5"}"#,
    #"{"s":"2024-01-15"}"#, #"{"s":"2024-01-15T10:30:00+02:00"}"#, #"{"s":"2024-01-15 10:30:45.5"}"#,
    #"{"s":"2024-02-30"}"#, #"{"s":"."}"#, #"{"s":""}"#, #"{"s":"2024-01-15 10:30:00.120"}"#,
  ]

  private func replay() throws -> BlnkReplay {
    let lines = Self.documents.enumerated().map { index, meta in
      #"{"balance_id":"r\#(index)","ledger_id":"l","currency":"USD","balance":"0","credit_balance":"0","#
        + #""debit_balance":"0","inflight_balance":"0","inflight_credit_balance":"0","#
        + #""inflight_debit_balance":"0","created_at":"2024-01-01T00:00:00Z","meta_data":\#(meta)}"#
    }
    return try BlnkReplay(Catalog.blnkBalances, records: Array(lines.joined(separator: "\n").utf8))
  }

  @Test func keysInsideDocuments() throws {
    let replay = try replay()
    for (query, expected) in [
      ("meta_data.s_eq=20", [0]), ("meta_data.s_in=20,abc", [0, 1, 4]),
      ("meta_data.s_ne=20", [2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17, 18]),
      ("meta_data.s_ne=true", [0, 1, 2, 3, 4, 6, 7, 11, 12, 13, 14, 15, 16, 17, 18]),
      ("meta_data.s_gt=20", [2]), ("meta_data.s_gte=20", [0, 1, 2]), ("meta_data.s_lt=0", [11]),
      ("meta_data.s_between=-1|20.5", [0, 1, 2, 11]), ("meta_data.s_isnull=false", [8, 9, 10]),
      ("meta_data.s_eq=2024-01-15", [12, 13, 14, 18]), ("meta_data.s_eq=2024-01-15T10:30", [13, 14, 18]),
      ("meta_data.s_eq=2024-01-15T10:30:00", [13, 18]), ("meta_data.s_eq=2024-01-15T10:30:00.120", [18]),
      ("meta_data.s_eq=2024-01-15T10:30:00.121", []),
      ("meta_data.s_eq=2024-01-15T00:00", [12]), ("meta_data.s_eq=2024-01-15T10:30:45", [14]),
      ("meta_data.s_eq=2024-01-15T10:30:45.500", [14]), ("meta_data.s_eq=2024-01-15T10:30:45.499", []),
      ("meta_data_eq={}", [9]), ("meta_data_isnull=", [10]),
      ("meta_data.s_like=2%25", [0, 1, 12, 13, 14, 15, 18]),
    ] as [(String, [Int])] {
      let compiled = try replay.compiler.compile(query + "&limit=100")
      let found = try replay.ids(compiled, query)
      #expect(Set(found) == Set(expected.map { "r\($0)" }), "\(query)")
    }
  }
}
