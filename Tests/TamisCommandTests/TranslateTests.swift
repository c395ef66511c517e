#if CommandLine
  import Testing

  @testable import TamisCommand

  /// `tamis translate`: a request in another spelling.
  struct TranslateTests {
    @Test func everyDialect() {
      for (dialect, text) in [
        ("jsonapi", "filter[currency]=USD&filter[balance][gte]=5"),
        ("jsonapi-keys", "filter[currency]=USD&filter[balance-gte]=5"),
        ("suffix", "currency_eq=USD&balance_gte=5"), ("bracket", "currency=USD&balance[gte]=5"),
        ("mixed", "currency[eq]=USD&balance[gte]=5"),
        (
          "body",
          #"{"filters":[{"field":"currency","operator":"eq","value":"USD"},{"field":"balance","operator":"gte","value":5}]}"#
        ),
      ] {
        let run = Run([
          "translate", "--resource", "blnk/balances", "--to", dialect, "currency_eq=USD&balance_gte=5",
        ])
        #expect(run.status == .success)
        #expect(run.output == text + "\n")
        #expect(run.errors.isEmpty)
        let back = Run([
          "translate", "--resource", "blnk/balances", "--dialect", dialect, "--to", "suffix", text,
        ])
        #expect(back.output == "currency_eq=USD&balance_gte=5\n")
      }
    }

    @Test func refusals() {
      let run = Run([
        "translate", "--resource", "blnk/balances", "--to", "body", "currency_eq=USD&meta_data.tier_eq=gold",
      ])
      #expect(run.status == .refused)
      #expect(run.output.isEmpty)
      #expect(
        run.errors == """
          error[dialect.not-supported]: the query dialect 'body' can not say 'meta_data.tier = "gold"': a body \
          compares a key by the type of its value
            currency_eq=USD&meta_data.tier_eq=gold
                            ^^^^^^^^^^^^^^^^^^^^^^

          """)
      let wrong = Run(["translate", "--resource", "blnk/balances", "--to", "odata", "currency_eq=USD"])
      #expect(wrong.status == .usage)
      #expect(
        Run(["translate", "--resource", "blnk/balances", "--to", "suffix", "currency_eqq=1"]).status
          == .refused)
      #expect(Run(["translate", "--resource", "blnk/balances", "currency_eq=1"]).status == .usage)
    }

    @Test func inTheLoop() {
      let run = Run(
        ["repl", "--resource", "blnk/balances"],
        input: """
          .translate jsonapi
          or[0][currency_eq]=USD&or[1][balance_lt]=5
          .translate nope
          .sql sqlite
          currency_eq=USD
          .translate off
          .sql off
          currency_eq=USD

          """)
      #expect(
        run.output == """
          filter[or][0][currency]=USD&filter[or][1][balance][lt]=5
          error: unknown query dialect 'nope'; known: jsonapi, jsonapi-keys, suffix, bracket, body, mixed
          filter[currency]=USD
          error: there are no records: .records FILE, or .sql ENGINE

          """)
    }
  }
#endif
