#if CommandLine
  import TamisCatalog
  import TamisResources
  import Testing

  @testable import TamisCommand

  /// A file's path works wherever a built-in resource's name does.
  struct ResourceFileTests {
    private let scratch: Scratch
    private let resource: String
    private let records: String

    init() throws {
      scratch = try Scratch()
      resource = try scratch.file("balances.json", ResourceFile.write(Catalog.blnkBalances))
      records = try scratch.file("r.ndjson", Sample.blnk)
    }

    @Test func compileAndSelect() {
      let query = "currency_eq=USD&sort=-balance"
      let built = Run(["compile", "--resource", "blnk/balances", "--sql", "postgresql", query])
      let read = Run(["compile", "--resource", resource, "--sql", "postgresql", query])
      #expect(built.status == .success && read.output == built.output)
      for engine in ["memory", "sqlite"] {
        let run = Run([
          "select", "--resource", resource, "--records", records, "--engine", engine, "--format", "ids",
          query,
        ])
        #expect(run.output == "b1\nb3\n", "\(run.errors)")
      }
    }

    @Test func lines() {
      let line = #"{"id":1,"resource":"\#(resource)","query":"currency_eq=EUR"}"#
      let run = Run(["select", "--lines", "--records", records], input: line + "\n")
      #expect(run.output.hasPrefix(#"{"id":1,"ids":["b2"]"#), "\(run.output)")
      let missing = Run(
        ["select", "--lines", "--records", records],
        input: #"{"id":2,"resource":"/no/such.json","query":""}"# + "\n")
      #expect(missing.output.contains("value.unknown-case"), "\(missing.output)")
    }

    @Test func show() {
      #expect(
        Run(["resources", "--show", "blnk/balances"]).output == ResourceFile.write(Catalog.blnkBalances))
      #expect(Run(["resources", "--show", resource]).output == ResourceFile.write(Catalog.blnkBalances))
      #expect(Run(["resources", "--show", "nope"]).status == .usage)
    }

    /// An edited file is read anew.
    @Test func repl() throws {
      let other = try scratch.file("other.json", ResourceFile.write(Catalog.gluBalances))
      let run = Run(
        ["repl"],
        input: """
          .resource \(resource)
          .records \(records)
          currency_eq=EUR&fields=balance_id
          .resource \(other)
          .sql sqlite
          page=0

          """)
      #expect(run.output.hasPrefix("balance_id\n----------\nb2\n(1 record)\n"), "\(run.output)")
      #expect(run.output.contains("error[page.out-of-bounds]"))
    }

    @Test func faultsStandAtTheirPlaces() throws {
      let file = try scratch.file(
        "faulty.json",
        """
        {
          "name": "x", "dialect": "suffix",
          "fields": [{"name": "id", "typ": "text"}]
        }

        """)
      let run = Run(["compile", "--resource", file, "--sql", "sqlite", ""])
      #expect(run.status == .refused)
      #expect(run.output.isEmpty)
      #expect(
        run.errors == """
          \(file):3:14: error[file.missing-member]: the member 'type' is missing
              "fields": [{"name": "id", "typ": "text"}]
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          \(file):3:29: error[file.unknown-member]: unknown member 'typ'
              "fields": [{"name": "id", "typ": "text"}]
                                        ^^^^^
            did you mean 'type'?

          """)
      let missing = Run(["compile", "--resource", "/no/such.json", "--sql", "sqlite", ""])
      #expect(missing.status == .inputOutput)
    }
  }
#endif
