#if CommandLine
  import Foundation
  import TamisSQL
  import Testing

  @testable import TamisCommand

  /// What the command line says of engines, and the README's copy of its table.
  @Suite struct EnginesTests {
    private static let readme = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "README.md")
    private static let opening = "<!-- tamis engines --markdown -->\n"
    private static let closing = "<!-- end -->\n"

    /// `TAMIS_RECORD=1` writes the table anew.
    @Test func theTableOfTheReadmeIsTheEngines() throws {
      let text = try String(contentsOf: Self.readme, encoding: .utf8)
      let start = try #require(text.range(of: Self.opening))
      let end = try #require(text.range(of: Self.closing, range: start.upperBound..<text.endIndex))
      let table = Run(["engines", "--markdown"]).output
      if ProcessInfo.processInfo.environment["TAMIS_RECORD"] != nil {
        try (text[..<start.upperBound] + table + text[end.lowerBound...])
          .write(to: Self.readme, atomically: true, encoding: .utf8)
      }
      #expect(text[start.upperBound..<end.lowerBound] == table)
    }

    @Test func everyEngineSaysTheSameThings() {
      let names = SQLDialect.postgreSQL.capabilities.map(\.name)
      #expect(Set(names).count == names.count)
      for dialect in SQLDialect.all {
        #expect(dialect.capabilities.map(\.name) == names, "\(dialect.displayName)")
        #expect(dialect.capabilities.allSatisfy { !$0.value.isEmpty && !$0.value.contains("|") })
      }
    }

    @Test func enginesAreListed() {
      let run = Run(["engines"])
      #expect(run.status == .success)
      #expect(run.output.hasPrefix("postgresql  (PostgreSQL)\n  oldest version       13\n"))
      for dialect in SQLDialect.all {
        #expect(run.output.contains("\(dialect.name)  (\(dialect.displayName))\n"))
      }
    }
  }
#endif
