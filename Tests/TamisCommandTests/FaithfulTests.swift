#if CommandLine
  import Foundation
  import Testing

  @testable import TamisCommand

  /// The faithful policy on the command line, tokens of pages, and members that are shown when they are asked for.
  struct FaithfulTests {
    private let scratch: Scratch
    private let file: String

    init() throws {
      scratch = try Scratch()
      file = try scratch.file("balances.ndjson", Sample.metronome)
    }

    private static let body = #"{"customer_id":"\#(Sample.customer)""#

    private func select(_ rest: String, _ more: String...) -> Run {
      Run(
        ["select", "--resource", "metronome/balances", "--records", file] + more + [Self.body + rest + "}"])
    }

    @Test func whatHasNoEffectIsAWarningWithItsPlace() {
      let run = select(#","colour":1"#, "--policy", "faithful", "--format", "ids")
      #expect(run.status == .success)
      #expect(run.output == Sample.first + "\n")
      let before = String(repeating: " ", count: Self.body.utf8.count + 3)
      #expect(
        run.errors == """
          warning[name.unknown-parameter]: unknown parameter 'colour'
            \(Self.body),"colour":1}
          \(before)^^^^^^^^^^

          """)
      let strict = select(#","colour":1"#, "--format", "ids")
      #expect(strict.status == .refused)
      #expect(strict.errors.hasPrefix("error[name.unknown-parameter]"))
    }

    @Test func aRefusalSaysWhatTheServerAnswers() {
      let run = select(#","limit":26"#, "--policy", "faithful")
      #expect(run.status == .refused)
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix("error[page.out-of-bounds]"))
      #expect(run.errors.hasSuffix("^^\n  note: Metronome answers 400\n"), "\(run.errors)")
    }

    @Test func linesCarryTheServersAnswer() throws {
      let line =
        #"{"id":1,"policy":"faithful","body":\#(Self.body),"limit":"x"}}"# + "\n"
        + #"{"id":2,"policy":"faithful","body":\#(Self.body),"colour":2}}"# + "\n"
      let run = Run(
        ["select", "--resource", "metronome/balances", "--records", file, "--lines"], input: line)
      let answers = run.outputLines
      try #require(answers.count == 2)
      #expect(answers[0].contains(#""serverAnswer":{"system":"Metronome","status":400,"message":null}"#))
      #expect(answers[1].contains(#""code":"name.unknown-parameter","severity":"warning""#))
    }

    @Test func theReplChangesItsPolicy() {
      let run = Run(
        ["repl"],
        input: """
          .resource metronome/balances
          .records \(file)
          \(Self.body),"fields":["type"]}
          .policy faithful
          \(Self.body),"offset":3}
          \(Self.body),"limit":0}
          .quit
          """)
      #expect(run.output.hasPrefix("type\n------\nCREDIT\n(1 record)\nwarning[name.unknown-parameter]"))
      #expect(run.output.hasSuffix("^\n  note: Metronome answers 400\n"), "\(run.output)")
    }

    // MARK: Tokens

    private func ids(_ json: Any?) -> [String] {
      (json as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    private func answer(_ run: Run) throws -> [String: Any] {
      #expect(run.status == .success, "\(run.errors)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test(arguments: ["memory", "sqlite"])
    func pagesAreWalkedByTokens(_ engine: String) throws {
      let more = ["--cursor-key", "a key", "--format", "json", "--engine", engine]
      func page(_ rest: String, _ options: [String]) throws -> [String: Any] {
        try answer(
          Run(
            ["select", "--resource", "metronome/balances", "--records", file] + more + options
              + [Self.body + #","limit":1,"include_contract_balances":true"# + rest + "}"]))
      }
      let first = try page("", [])
      #expect(ids(first["data"]) == [Sample.first])
      let token = try #require(first["next_page"] as? String)
      for second in [
        try page(#","next_page":"\#(token)""#, []), try page("", ["--beside", "next_page=\(token)"]),
      ] {
        #expect(ids(second["data"]) == [Sample.second])
        #expect(second["next_page"] is NSNull)
      }
      // Another key has not written it.
      let forged = Run([
        "select", "--resource", "metronome/balances", "--records", file, "--cursor-key", "another",
        Self.body + #","limit":1,"include_contract_balances":true,"next_page":"\#(token)"}"#,
      ])
      #expect(forged.errors.hasPrefix("error[page.forged-cursor]"))
    }

    @Test func aQueryStringStandsBesideABodyOnly() {
      let run = Run([
        "select", "--resource", "blnk/balances", "--records", file, "--beside", "limit=1", "limit=1",
      ])
      #expect(run.status == .refused)
      #expect(run.errors.hasPrefix("error[combination.conflicting-parameters]"))
      let wrong = select("", "--beside", "limt=1")
      #expect(wrong.errors.contains("\n  limt=1\n  ^^^^^^\n"), "\(wrong.errors)")
    }

    @Test func withoutAKeyThereAreNoTokens() {
      #expect(select("", "--format", "json").output.hasPrefix("[{"))
      #expect(select(#","next_page":"AAAA""#).errors.hasPrefix("error[setup.no-cursor-key]"))
    }

    // MARK: Members of the answer

    private static func shapes() throws -> [[String: Any]] {
      let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../TamisTests/Fixtures/metronome.shapes.ndjson")
      return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
    }

    @Test(arguments: ["strict", "faithful"])
    func membersAreShownWhenTheyAreAskedFor(_ policy: String) throws {
      let shapes = try Self.shapes()
      #expect(shapes.count == 3)
      for (index, item) in shapes.enumerated() {
        let records = try scratch.file(
          "shape\(index).ndjson",
          String(decoding: try JSONSerialization.data(withJSONObject: item["record"] ?? [:]), as: UTF8.self))
        let body = String(
          decoding: try JSONSerialization.data(withJSONObject: item["body"] ?? [:]), as: UTF8.self)
        for engine in ["memory", "sqlite"] {
          let run = Run([
            "select", "--resource", "metronome/balances", "--policy", policy, "--records", records,
            "--engine",
            engine, "--format", "json", body,
          ])
          #expect(run.status == .success, "\(run.errors)")
          let rows = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
          let row = try #require(rows?.first)
          for name in item["present"] as? [String] ?? [] { #expect(row[name] != nil, "\(name)") }
          for name in item["absent"] as? [String] ?? [] { #expect(row[name] == nil, "\(name)") }
          #expect((row["product"] as? [String: Any])?["name"] as? String == "Credits")
        }
      }
    }
  }
#endif
