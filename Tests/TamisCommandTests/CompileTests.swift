#if CommandLine
  import TamisReport
  import TamisSQL
  import Testing

  @testable import TamisCommand

  /// `tamis compile`: the statement and its bindings.
  struct CompileTests {
    private static func compile(_ arguments: String...) -> Run {
      Run(["compile", "--resource", "glu/balances"] + arguments)
    }

    private static let columns = """
      "id", "created_at" AS "createdAt", "updated_at" AS "updatedAt", "type", "amount", \
      "happened_at" AS "happenedAt", "expires_at" AS "expiresAt", "location", "reversed", \
      "mews_payment" AS "mewsPayment", "stored_credit_account" AS "storedCreditAccount"
      """

    @Test func textNumbersItsBindings() {
      let run = Self.compile("--sql", "postgresql", "type[]=Topup&type[]=Refund%20failed&amount[lt]=0")
      #expect(run.status == .success)
      #expect(run.errors.isEmpty)
      #expect(
        run.output == """
          SELECT \(Self.columns) FROM "balances" WHERE "type" = ANY ($1) AND "amount" < $2::bigint \
          ORDER BY "happened_at" DESC, "id" DESC LIMIT $3 OFFSET $4
          1  array  ["Topup","Refund failed"]
          2  integer  0
          3  integer  31
          4  integer  0

          """)
    }

    @Test func jsonHoldsTypedBindings() {
      let run = Self.compile("--sql", "sqlite", "--format", "json", "createdAt[before]=2024-01-02T03:04:05Z")
      #expect(run.status == .success)
      #expect(
        run.output.hasSuffix(
          #""bindings":[{"type":"integer","value":1704164646000000},{"type":"integer","value":31},"#
            + #"{"type":"integer","value":0}]}"# + "\n"))
      #expect(run.output.hasPrefix(#"{"sql":"SELECT \"id\", "#))
      let native = Self.compile(
        "--sql", "postgresql", "--format", "json", "createdAt[before]=2024-01-02T03:04:05Z")
      #expect(native.output.contains(#"{"type":"timestamp","value":"2024-01-02T03:04:06.000000Z"}"#))
    }

    @Test func aRefusalShowsThePlace() {
      let run = Self.compile("--sql", "sqlite", "amont[lt]=0")
      #expect(run.status == .refused)
      #expect(
        run.errors == """
          error[name.unknown-field]: unknown field 'amont'
            amont[lt]=0
            ^^^^^
            did you mean 'amount'?

          """)
    }

    @Test(arguments: [
      (
        ["--sql", "oracle", "q"],
        "error: unknown SQL engine 'oracle'; known: postgresql, sqlite, mariadb, duckdb, clickhouse, spark, "
          + "mysql, trino\n"
      ),
      (["--sql", "sqlite", "--format", "xml", "q"], "error: unknown format 'xml'; known: text, json\n"),
      (["--sql", "sqlite"], "error: QUERY is missing\n"),
      (
        ["--sql", "sqlite", "--lines", "--format", "json"], "error: --format can not be given with --lines\n"
      ),
      (["q"], "Error: Missing expected argument '--sql <sql>'\n"),
    ])
    func wrongUse(_ arguments: [String], _ message: String) {
      let run = Run(["compile", "--resource", "glu/balances"] + arguments)
      #expect(run.status == .usage)
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix(message), "\(run.errors)")
    }

    @Test func linesGiveStatements() {
      let run = Run(
        ["compile", "--lines", "--sql", "sqlite", "--resource", "glu/balances"],
        input: """
          {"id":1,"query":"page=2","records":[]}
          {"id":[2],"query":"page=0"}
          {"id":"x","resource":"metronome/balances","body":{}}

          """)
      #expect(run.status == .success)
      #expect(run.outputLines.count == 3)
      #expect(run.outputLines[0].hasPrefix(#"{"id":1,"sql":"SELECT \"id\", "#))
      #expect(
        run.outputLines[0].hasSuffix(
          #""bindings":[{"type":"integer","value":31},{"type":"integer","value":30}]}"#))
      #expect(run.outputLines[1].contains(#""code":"page.out-of-bounds","severity":"error""#))
      #expect(run.outputLines[1].contains(#""parameter":"page","span":[5,6],"#))
      #expect(run.outputLines[2].contains(#""code":"combination.missing-parameter""#))
      #expect(run.outputLines[2].contains(#""parameter":"customer_id""#))
    }

    @Test func theReplShowsStatements() {
      let run = Run(
        ["repl", "--resource", "glu/balances"], input: ".sql sqlite\n?page=2\n.sql off\npage=2\n")
      #expect(
        run.output == """
          SELECT \(Self.columns) FROM "balances" ORDER BY "happened_at" DESC, "id" DESC LIMIT ? OFFSET ?
          1  integer  31
          2  integer  30
          error: there are no records: .records FILE, or .sql ENGINE

          """)
    }

    @Test func bindingsAsJSON() {
      let bindings: [(SQLBinding, String)] = [
        (.null, "null null"), (.integer(-5), "integer -5"), (.boolean(true), "boolean true"),
        (.text("a\"\n"), #"text "a\"\n""#), (.decimal("12.5"), #"decimal "12.5""#),
        (.timestamp(0), #"timestamp "1970-01-01T00:00:00.000000Z""#), (.date(1), #"date "1970-01-02""#),
        (.uuid("x"), #"uuid "x""#), (.bytes([0, 255, 16]), #"bytes "00ff10""#),
        (.json("{}"), #"json "{}""#), (.array([.text("a"), .integer(1)]), #"array ["a",1]"#),
      ]
      for (binding, expected) in bindings {
        let text = BindingText(binding)
        #expect(text.type + " " + String(decoding: text.json, as: UTF8.self) == expected)
      }
    }
  }
#endif
