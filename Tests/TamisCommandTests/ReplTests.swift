#if CommandLine
  import TamisCatalog
  import Testing

  @testable import TamisCommand

  /// `tamis repl`: commands and requests, and a conversation that survives mistakes.
  struct ReplTests {
    @Test func transcript() throws {
      let scratch = try Scratch()
      let file = try scratch.file("r.ndjson", Sample.blnk)
      let run = Run(
        ["repl"],
        input: """
          currency_eq=USD
          .resource nope
          .resource blnk/balances
          currency_eq=USD
          .records \(file)

          .dialect body
          {"fields":["balance_id","currency"],"sort":["balance"],"limit":2}
          .dialect
          currency_eqq=USD
          .records /missing
          .frobnicate
          .quit
          currency_eq=EUR

          """)
      #expect(run.status == .success)
      #expect(run.errors.isEmpty)
      #expect(
        run.output == """
          error: choose a resource first: .resource NAME
          error: unknown resource 'nope'; known: \(Catalog.all.map(\.name).joined(separator: ", "))
          error: there are no records: .records FILE, or .sql ENGINE
          balance_id  currency
          ----------  --------
          b3          USD
          b1          USD
          (2 records)
          error[name.unknown-operator]: unknown operator 'eqq'
            currency_eqq=USD
            ^^^^^^^^^^^^
            did you mean 'currency_eq'?
          error: /missing: No such file or directory
          error: unknown command '.frobnicate'; known: .resource, .dialect, .policy, .records, .sql, .translate, .explain, .help, .quit

          """)
    }

    @Test func aPromptOnlyForPeople() {
      let people = Run(["repl"], input: ".quit\n", isInteractive: true)
      #expect(people.output == "tamis> ")
      let end = Run(["repl"], input: "", isInteractive: true)
      #expect(end.output == "tamis> \n")
      #expect(Run(["repl"], input: ".quit\n").output.isEmpty)
    }

    @Test func helpNamesEveryCommand() {
      let help = Run(["repl"], input: ".help\n").output
      for command in [".resource", ".dialect", ".policy", ".records", ".sql", ".explain", ".help", ".quit"] {
        #expect(help.contains(command))
      }
    }

    @Test func aQuestionMarkMayStandFirst() throws {
      let scratch = try Scratch()
      let file = try scratch.file("r.ndjson", Sample.blnk)
      let run = Run(
        ["repl", "--resource", "blnk/balances"], input: ".records \(file)\n?limit=abc\n?\n")
      #expect(run.output.hasPrefix("error[page.out-of-bounds]"))
      #expect(run.output.hasSuffix("(3 records)\n"))
    }
  }
#endif
