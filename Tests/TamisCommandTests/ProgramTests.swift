#if CommandLine
  import Foundation
  import Testing

  /// The built program: exit statuses, pipes, and answers that do not wait for the end of the input.
  struct ProgramTests {
    /// Next to the tests' own program.
    private static let program: URL = {
      var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      while folder.path != "/",
        !FileManager.default.isExecutableFile(atPath: folder.appendingPathComponent("tamis").path)
      {
        folder.deleteLastPathComponent()
      }
      return folder.appendingPathComponent("tamis")
    }()

    private static func process(_ arguments: [String]) -> (Process, input: Pipe, output: Pipe, errors: Pipe) {
      let process = Process()
      process.executableURL = program
      process.arguments = arguments
      let (input, output, errors) = (Pipe(), Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      process.standardError = errors
      return (process, input, output, errors)
    }

    private static func run(_ arguments: [String], input text: String = "") throws -> (Int32, String, String)
    {
      let (process, input, output, errors) = process(arguments)
      try process.run()
      input.fileHandleForWriting.write(Data(text.utf8))
      try input.fileHandleForWriting.close()
      let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, answer, complaint)
    }

    @Test func exitStatuses() throws {
      let scratch = try Scratch()
      let file = try scratch.file("r.ndjson", Sample.blnk)
      let select = ["select", "--resource", "blnk/balances", "--records", file, "--format", "ids"]
      let found = try Self.run(select + ["currency_eq=EUR"])
      #expect(found.0 == 0 && found.1 == "b2\n" && found.2.isEmpty)
      let refused = try Self.run(select + ["currency_eq=EUR&x"])
      #expect(refused.0 == 1 && refused.1.isEmpty && refused.2.hasPrefix("error[name.unknown-parameter]"))
      let misused = try Self.run(["select", "--nope"])
      #expect(misused.0 == 2 && misused.1.isEmpty && misused.2.hasPrefix("Error: Unknown option '--nope'"))
      let missing = try Self.run([
        "select", "--resource", "blnk/balances", "--records", file + "x", "currency_eq=EUR",
      ])
      #expect(missing.0 == 3 && missing.1.isEmpty && missing.2.contains("No such file or directory"))
    }

    @Test func listsResources() throws {
      let (status, output, _) = try Self.run(["resources"])
      #expect(status == 0)
      for name in ["animethemes/balances", "blnk/balances", "glu/balances", "metronome/balances"] {
        #expect(output.contains(name + "  ("))
      }
      #expect(output.contains("month_to_date_balance  decimal(8,2), sortable\n"))
      #expect(!output.contains("contract_archived"))
    }

    @Test func eachLineIsAnsweredBeforeTheNextIsWritten() throws {
      let (process, input, output, _) = Self.process([
        "compile", "--lines", "--sql", "sqlite", "--resource", "glu/balances",
      ])
      try process.run()
      for number in 0..<3 {
        input.fileHandleForWriting.write(Data(#"{"id":\#(number),"query":"page=1"}"#.utf8 + [10]))
        var answer = Data()
        while answer.last != 10 { answer += output.fileHandleForReading.availableData }
        #expect(String(decoding: answer, as: UTF8.self).hasPrefix(#"{"id":\#(number),"sql":"#))
      }
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }

    @Test func aBrokenPipeEndsIt() throws {
      let (process, input, output, errors) = Self.process([
        "compile", "--lines", "--sql", "sqlite", "--resource", "glu/balances",
      ])
      try process.run()
      try output.fileHandleForReading.close()
      input.fileHandleForWriting.write(Data(#"{"id":1,"query":"page=1"}"#.utf8 + [10]))
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 3)
      #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
      withExtendedLifetime(input) {}
    }

    @Test func aPipedReplHasNoPrompt() throws {
      let (status, output, errors) = try Self.run(["repl"], input: ".resource x\n.quit\n")
      #expect(status == 0)
      #expect(errors.isEmpty)
      #expect(output.hasPrefix("error: unknown resource 'x'; known: "))
    }
  }
#endif
