#if CommandLine
  import Testing

  @testable import TamisCommand

  /// `tamis explain`: every step of a request, as text and as JSON.
  struct ExplainTests {
    @Test func text() {
      let run = Run([
        "explain", "--resource", "blnk/balances", "--sql", "postgresql",
        "currency_ne=USD&created_at_lt=2024-02&indicator_like=sav%25&fields=balance_id",
      ])
      #expect(run.status == .success)
      #expect(run.errors.isEmpty)
      #expect(
        run.output == #"""
          Request, suffix
            currency_ne=USD&created_at_lt=2024-02&indicator_like=sav%25&fields=balance_id
          Read
            criterion (suffix) 'currency_ne' = 'USD'  (bytes 0..15)
            criterion (suffix) 'created_at_lt' = '2024-02'  (bytes 16..37)
            criterion (suffix) 'indicator_like' = 'sav%'  (bytes 38..59)
            field 'balance_id'  (bytes 67..77)
          Meant
            (currency <> "USD" AND created_at < 2024-02-01T00:00:00.000000Z AND indicator LIKE "sav%")
          Normalised
            NOT to the leaves: nothing to do
            groups and constants: nothing to do
            clauses written twice: nothing to do
          Order
            created_at descending; balance_id descending
          Page
            10 records from 0
          Fields
            balance_id
          SQL, postgresql
            SELECT "balance_id" FROM "blnk"."balances" WHERE "currency" <> $1 AND "created_at" < $2 AND ("indicator" COLLATE "C" >= $3 AND "indicator" COLLATE "C" < $4) ORDER BY "created_at" DESC, "balance_id" COLLATE "C" DESC LIMIT $5 OFFSET $6
            1  text  "USD"
            2  timestamp  "2024-02-01T00:00:00.000000Z"
            3  text  "sav"
            4  text  "saw"
            5  integer  11
            6  integer  0
          Notes
            no page size was asked for: 10 records, the resource's default
            this prefix is a range of 'indicator', which an index can serve  (bytes 38..59)
            '2024-02' has the precision of a month: the interval [2024-02-01T00:00:00.000000Z, 2024-03-01T00:00:00.000000Z)  (bytes 16..37)
            no order was asked for, so the resource's default was applied
            the primary key ends the order, so that it is the same on every page

          """#)
    }

    @Test func json() {
      let run = Run([
        "explain", "--resource", "animethemes/balances", "--format", "json", "--sql", "sqlite",
        "filter[usage-gt]=5&filter[usage-lt]=3",
      ])
      #expect(run.status == .success)
      #expect(run.output.hasPrefix(#"{"resource":"balances","dialect":"jsonapi-keys","request":"#))
      #expect(run.output.contains(#""empty":true"#))
      #expect(run.output.contains(#"{"code":"empty","message":"no record can be selected: "#))
      #expect(run.output.contains(#""spans":[[0,18],[19,37]]"#))
      #expect(
        run.output.contains(#"{"code":"default-parameter","message":"the parameter \u0027trashed\u0027"#))
      #expect(run.output.contains(#"{"engine":"sqlite","sql":"SELECT "#))
      #expect(run.output.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 10 })
    }

    private static let indexed = #"""
      {"name": "notes", "dialect": "suffix", "requireIndex": ["filters"],
        "fields": [{"name": "id", "type": "integer", "primaryKey": true}, {"name": "owner", "type": "integer"},
          {"name": "text", "type": "text", "sortable": true}],
        "indexes": [{"name": "by_owner", "keys": ["owner", "id"]}]}
      """#

    /// A resource that declares indexes has a section about them, for each engine.
    @Test func indexes() throws {
      let scratch = try Scratch()
      let file = try scratch.file("notes.json", Self.indexed)
      let run = Run(["explain", "--resource", file, "owner_eq=3&text_contains=a%27b&sort=-text"])
      #expect(
        run.output.contains(
          """
          Indexes, postgresql
            filter owner = 3: by_owner, equality  (bytes 0..10)
            filter text LIKE "%a'b%": no index; the text may begin with anything  (bytes 11..30)
            order: sorted; no index has 'text'

          """), "\(run.output)")
      #expect(run.output.contains("Indexes, sqlite\n") && !run.output.contains("Indexes, mariadb"))
      let json = Run([
        "explain", "--resource", file, "--format", "json", "--sql", "sqlite",
        "owner_in=3,4&id_gt=1&sort=-text",
      ])
      let advice =
        #"indexes":{"filter_served":true,"order_served":false,"clauses":[{"clause":"owner IN (3, 4)","#
        + #""span":[0,12],"indexes":["by_owner"],"access":"list"},{"clause":"id \u003e 1","span":[13,20],"#
        + #""indexes":["the primary key"],"access":"range"}],"order":{"reason":"no index has \u0027text\u0027"}}"#
      #expect(json.output.contains(advice), "\(json.output)")
    }

    @Test func demandedIndexes() throws {
      let scratch = try Scratch()
      let file = try scratch.file("notes.json", Self.indexed)
      let run = Run(["compile", "--resource", file, "--sql", "sqlite", "text_contains=a&id_ne=5"])
      #expect(run.status == .refused)
      #expect(
        run.errors == """
          error[engine.no-index]: no index on SQLite serves this filter: the text may begin with anything; served: 'id' and 'owner'
            text_contains=a&id_ne=5
            ^^^^^^^^^^^^^^^

          """, "\(run.errors)")
    }

    /// Without `--sql` every engine is shown; what one can not do is part of the explanation.
    @Test func everyEngine() {
      let run = Run(["explain", "--resource", "blnk/balances", "indicator_like=_\u{FFFD}%25"])
      #expect(run.output.contains("SQL, postgresql\n  SELECT "))
      #expect(run.output.contains("SQL, sqlite\n  engine.not-supported: SQLite can not run "))
      #expect(run.output.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 10 })
    }

    @Test func refusals() {
      let refused = Run(["explain", "--resource", "blnk/balances", "curency_eq=USD"])
      #expect(refused.status == .refused)
      #expect(refused.errors.hasPrefix("error[name.unknown-field]: unknown field 'curency'"))
      let engine = Run(["explain", "--resource", "blnk/balances", "--sql", "oracle", "q"])
      #expect(engine.status == .usage)
      #expect(
        engine.errors
          == "error: unknown SQL engine 'oracle'; known: postgresql, sqlite, mariadb, duckdb, clickhouse, spark, "
          + "mysql, trino\n"
      )
    }

    @Test func theReplExplains() {
      let run = Run(
        ["repl"],
        input: """
          .explain currency_eq=USD
          .resource blnk/balances
          .sql sqlite
          .explain ?currency_eq=USD
          .explain currency_eqq=USD

          """)
      #expect(run.output.hasPrefix("error: choose a resource first: .resource NAME\nRequest, suffix\n"))
      #expect(run.output.contains("SQL, sqlite\n"))
      #expect(!run.output.contains("SQL, postgresql"))
      #expect(run.output.contains("error[name.unknown-operator]"))
    }
  }
#endif
