#if CommandLine
  import Testing

  @testable import TamisCommand

  /// `tamis select` with one request.
  struct SelectTests {
    private let scratch: Scratch
    private let file: String

    init() throws {
      scratch = try Scratch()
      file = try scratch.file("balances.ndjson", Sample.blnk + "\n\n")
    }

    private func select(_ query: String, _ more: String...) -> Run {
      Run(["select", "--resource", "blnk/balances", "--records", file] + more + [query])
    }

    private static let two = "currency_eq=USD&fields=balance_id,balance,meta_data"

    @Test func idsAreOneALine() {
      let run = select("currency_eq=USD", "--format", "ids")
      #expect(run.status == .success)
      #expect(run.output == "b3\nb1\n")
      #expect(run.errors.isEmpty)
    }

    @Test func aPageIsCut() {
      #expect(select("limit=1&offset=1", "--format", "ids").output == "b2\n")
    }

    @Test func objectsHoldTheSelection() throws {
      let query = #"{"fields":["balance_id","balance","meta_data"],"sort":["balance"]}"#
      let objects = [
        #"{"balance_id":"b3","balance":-5,"meta_data":{"tier":null}}"#,
        #"{"balance_id":"b1","balance":100,"meta_data":{"tier":"gold"}}"#,
        #"{"balance_id":"b2","balance":9007199254740993,"meta_data":null}"#,
      ]
      let lines = select(query, "--dialect", "body", "--format", "ndjson")
      #expect(lines.output == objects.map { $0 + "\n" }.joined())
      let array = select(query, "--dialect", "body", "--format", "json")
      #expect(array.output == "[" + objects.joined(separator: ",") + "]\n")
    }

    @Test func tablesAreAligned() {
      let query = #"{"fields":["balance_id","balance","meta_data"],"sort":["balance"]}"#
      #expect(
        select(query, "--dialect", "body").output == """
          balance_id  balance           meta_data
          ----------  ----------------  ---------------
          b3                        -5  {"tier":null}
          b1                       100  {"tier":"gold"}
          b2          9007199254740993
          (3 records)

          """)
    }

    @Test func aRefusalShowsThePlace() {
      let run = select("currency_eq=USD&balance_gt=abc&limit=0")
      #expect(run.status == .refused)
      #expect(run.output.isEmpty)
      #expect(
        run.errors == """
          error[value.invalid]: 'abc' is not an integer
            currency_eq=USD&balance_gt=abc&limit=0
                                       ^^^
          error[page.out-of-bounds]: 'limit' must be a whole number from 1 to 1000, not '0'
            currency_eq=USD&balance_gt=abc&limit=0
                                                 ^

          """)
    }

    /// Blnk: a parameter without an operator filters nothing.
    @Test func faithful() {
      let run = select("currency=USD", "--policy", "faithful", "--format", "ids")
      let all = select("", "--format", "ids")
      #expect(run.status == .success)
      #expect(run.output == all.output)
      #expect(run.errors.hasPrefix("warning[name.missing-operator]"))
    }

    /// Without a word on how the real server reads requests there is nothing to be faithful to.
    @Test func faithfulNeedsAServerToFollow() throws {
      let resource = try scratch.file(
        "things.json",
        #"{"name":"things","dialect":"suffix","fields":[{"name":"id","type":"integer","primaryKey":true}]}"#)
      let records = try scratch.file("things.ndjson", "{\"id\":1}\n")
      let run = Run([
        "select", "--resource", resource, "--records", records, "--policy", "faithful", "id_eq=1",
      ])
      #expect(run.status == .refused)
      #expect(run.errors.hasPrefix("error[setup.policy-unavailable]"))
    }

    // MARK: Wrong use

    @Test(arguments: [
      (["select", "--resource", "nope", "--records", "f", "q"], "error: unknown resource 'nope'; known: "),
      (["select", "--records", "f", "q"], "error: --resource is needed; known: animethemes/anime, "),
      (["select", "--resource", "blnk/balances", "q"], "error: --records or --database is needed\n"),
      (["select", "--resource", "blnk/balances", "--records", "f"], "error: QUERY is missing\n"),
      (
        ["select", "--resource", "blnk/balances", "--records", "f", "--engine", "oracle", "q"],
        "error: unknown engine 'oracle'; known: memory, sqlite\n"
      ),
      (
        ["select", "--resource", "blnk/balances", "--records", "f", "--format", "xml", "q"],
        "error: unknown format 'xml'; known: table, ndjson, json, ids\n"
      ),
      (
        ["select", "--resource", "blnk/balances", "--records", "f", "--dialect", "odata", "q"],
        "error: unknown query dialect 'odata'; known: jsonapi, "
      ),
      (
        ["select", "--resource", "blnk/balances", "--records", "f", "--policy", "lax", "q"],
        "error: unknown policy 'lax'; known: strict, faithful\n"
      ),
      (
        ["select", "--resource", "blnk/balances", "--records", "f", "--database", "g", "q"],
        "error: --records can not be given with --database\n"
      ),
      (
        ["select", "--resource", "blnk/balances", "--database", "g", "--engine", "memory", "q"],
        "error: --engine memory needs --records\n"
      ),
      (["select", "--lines", "q"], "error: QUERY can not be given with --lines\n"),
      (["select", "--colour"], "Error: Unknown option '--colour'\n"),
      (["selct"], "Error: "),
    ])
    func wrongUse(_ arguments: [String], _ message: String) {
      let run = Run(arguments)
      #expect(run.status == .usage)
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix(message), "\(run.errors)")
    }

    @Test(arguments: [
      ([], "SUBCOMMANDS:"), (["--help"], "SUBCOMMANDS:"), (["help"], "SUBCOMMANDS:"),
      (["select", "--help"], "USAGE: tamis select "), (["help", "compile"], "USAGE: tamis compile "),
    ])
    func helpIsAnAnswer(_ arguments: [String], _ expected: String) {
      let run = Run(arguments)
      #expect(run.status == .success)
      #expect(run.output.contains(expected), "\(run.output)")
    }

    // MARK: Files

    @Test func filesThatCanNotBeRead() throws {
      for path in [scratch.path("missing.ndjson"), scratch.path("")] {
        let run = Run(["select", "--resource", "blnk/balances", "--records", path, "currency_eq=USD"])
        #expect(run.status == .inputOutput)
        #expect(run.errors.hasPrefix("error: \(path): "))
      }
    }

    @Test func recordsThatAreNone() throws {
      let bad = try scratch.file("bad.ndjson", Sample.blnk + "\n\n{\"balance_id\":\n")
      let run = Run(["select", "--resource", "blnk/balances", "--records", bad, "currency_eq=USD"])
      #expect(run.status == .inputOutput)
      #expect(run.errors == "error: \(bad):5:15: not valid JSON: expected a value\n")
    }

    @Test func aBadRequestIsToldBeforeABadFile() {
      let run = Run(["select", "--resource", "blnk/balances", "--records", "/missing", "x"])
      #expect(run.status == .refused)
    }
  }
#endif
