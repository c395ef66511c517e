#if CommandLine
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
