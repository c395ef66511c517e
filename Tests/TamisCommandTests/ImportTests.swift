#if CommandLine
  import GRDB
  import TamisModel
  import TamisResources
  import Testing

  @testable import TamisCommand

  /// Resources from outside, and out again.
  struct ImportTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func openAPIComesBackAsAResource() throws {
      let written = Run(["openapi", "--resource", "glu/balances", "--path", "/api/balances"])
      #expect(written.status == .success)
      #expect(written.output.hasPrefix("{\n  \"openapi\": \"3.1.0\","))
      let document = try scratch.file("api.json", written.output)
      let read = Run(["import", "openapi", document, "--path", "/api/balances", "--sort=-happenedAt"])
      #expect(read.status == .success)
      #expect(read.errors.hasPrefix("note: "))
      let resource = try ResourceFile.read(read.output)
      #expect(resource.dialect == .bracket)
      #expect(resource.defaultSort == [.descending("happenedAt")])
      let file = try scratch.file("balances.json", read.output)
      let run = Run(["compile", "--resource", file, "--sql", "sqlite", "amount[between]=-600..500"])
      #expect(run.output.contains(#""amount" >= ?"#), "\(run.output)\(run.errors)")
    }

    /// A file of somebody else's becomes a resource, and the resource selects from the file.
    @Test func sqliteTablesAreSelectedFrom() throws {
      let database = scratch.path("shop.sqlite")
      let queue = try DatabaseQueue(path: database)
      try queue.writeWithoutTransaction {
        try $0.execute(
          sql: """
            CREATE TABLE sale (id INTEGER PRIMARY KEY, title TEXT, cents INTEGER, weight REAL, "order" INTEGER) STRICT;
            INSERT INTO sale VALUES (1, 'tea', 250, 0.5, 3), (2, 'Rum', 990, 1, 2), (3, NULL, NULL, NULL, NULL);
            """)
      }
      let imported = Run(["import", "sqlite", database, "sale", "--dialect", "bracket", "--name", "sales"])
      #expect(imported.status == .success, "\(imported.errors)")
      #expect(
        imported.errors == """
          note: weight: left out: binary floating point is not exact
          note: order: a name that the query dialects reserve: the field is 'order_'

          """)
      let file = try scratch.file("sales.json", imported.output)
      let run = Run([
        "select", "--resource", file, "--database", database, "--format", "ndjson",
        "cents[gt]=100&order[title]=desc",
      ])
      #expect(
        run.output == """
          {"id":1,"title":"tea","cents":250,"order_":3}
          {"id":2,"title":"Rum","cents":990,"order_":2}

          """, "\(run.errors)")
      let missing = Run(["import", "sqlite", database, "nope"])
      #expect(missing.status == .refused)
      #expect(missing.errors == "error[file.not-found]: there is no table 'nope'\n")
      #expect(Run(["import", "sqlite", "/no/such.sqlite", "t"]).status == .inputOutput)
    }

    @Test func anotherDialect() {
      let run = Run(["openapi", "--resource", "glu/balances", "--dialect", "suffix"])
      #expect(run.output.contains(#""name": "amount_between""#))
      #expect(Run(["openapi", "--resource", "glu/balances", "--dialect", "x"]).status == .usage)
      #expect(Run(["openapi", "--resource", "metronome/balances"]).output.contains(#""requestBody""#))
    }

    @Test func faultsStandAtTheirPlaces() throws {
      let document = try scratch.file(
        "api.json", "{\"openapi\": \"3.1.0\",\n \"paths\": {\"/api/balance\": {}}}")
      let run = Run(["import", "openapi", document, "--path", "/api/balances"])
      #expect(run.status == .refused)
      #expect(run.output.isEmpty)
      #expect(
        run.errors.hasPrefix("\(document):2:11: error[file.not-found]: there is no path '/api/balances'\n"),
        "\(run.errors)")
      #expect(run.errors.hasSuffix("did you mean '/api/balance'?\n"))
    }
  }
#endif
