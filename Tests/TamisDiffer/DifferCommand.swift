#if CommandLine
  import ArgumentParser
  import Foundation
  import TamisEngines

  /// `tamis-differ`
  struct DifferCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tamis-differ",
      abstract:
        "Random queries over random records on every engine, compared with the reference interpreter.",
      discussion: """
        A difference is made small and written as a golden, which `swift test` asks again on every engine. The \
        environment says which engines there are: TAMIS_POSTGRESQL, TAMIS_ENGINES, TAMIS_ENGINES_PYTHON, \
        TAMIS_MARIADB; Tests/engines starts them and sets these. The status is 1 after a difference.
        """)

    @Option(help: "The engines, such as sqlite,duckdb; all that are here, if none is named.")
    var engines = ""

    @Option(help: "How many random queries, half of them requests.")
    var queries = 5_000

    @Option(help: "Over how many random resources; one for each hundred queries, if not said.")
    var resources: Int?

    @Option(help: "Where the random numbers begin: the same seed asks the same.")
    var seed: UInt64 = 20_261_121

    @Option(help: "At most so many queries on a slow engine: --limit spark=500")
    var limit: [String] = []

    @Option(help: "After so many minutes no other resource is begun.")
    var minutes: Double?

    @Option(help: "The folder of goldens.")
    var goldens = DifferCommand.standardGoldens

    static let standardGoldens = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "TamisTests/Goldens/Differences").path

    func validate() throws {
      guard queries > 0, (resources ?? 1) > 0 else {
        throw ValidationError("--queries and --resources are at least 1.")
      }
      _ = try limits()
      for name in names where !LawEngines.available.contains(name) {
        let others = LawEngines.available.joined(separator: ", ")
        throw ValidationError("'\(name)' is not here; here are \(others).")
      }
    }

    func run() throws {
      let parties = names.compactMap(LawEngines.engine)
      let replayed = try replay(parties)
      var settings = LawSettings(
        seed: seed, resources: resources ?? max(1, queries / 100), queries: queries)
      settings.limits = try limits()
      settings.deadline = minutes.map { ContinuousClock.now + .seconds($0 * 60) }
      var run = LawRun(settings: settings, engines: parties)
      run.goesOn = false
      run.onDifference = { write(Golden($0)) }
      run.run()
      for difference in run.differences { say(difference + "\n") }
      say(run.tally.summary(engines: parties.map(\.name), seed: seed))
      say(EngineTable(run.tally, parties).text)
      if replayed + run.tally.differences > 0 { throw ExitCode.failure }
    }

    private var names: [String] {
      // The evaluator in memory always takes part.
      let asked = engines.split(separator: ",").map(String.init)
      let all = asked.isEmpty ? LawEngines.available : asked
      return all.contains("memory") ? all : ["memory"] + all
    }

    private func limits() throws -> [String: Int] {
      var limits: [String: Int] = [:]
      for text in limit {
        let parts = text.split(separator: "=")
        guard parts.count == 2, let count = Int(parts[1]), count > 0 else {
          throw ValidationError("--limit is an engine and a number: spark=500")
        }
        limits[LawEngines.displayName(String(parts[0]))] = count
      }
      return limits
    }

    // MARK: Goldens

    /// Asks what was found before; how many goldens do not hold.
    private func replay(_ parties: [any LawEngine]) throws -> Int {
      let files = GoldenReplay.files(in: goldens)
      var failed = 0
      for file in files {
        let faults = try GoldenReplay.read(goldens + "/" + file).faults(of: parties)
        for fault in faults { say("\(file): \(fault)") }
        failed += faults.isEmpty ? 0 : 1
      }
      say("\(files.count) goldens replayed, \(failed) of them do not hold")
      return failed
    }

    /// At once, since a run may be long, or ended from outside.
    private func write(_ golden: Golden) {
      let path = goldens + "/" + golden.fileName
      do {
        try FileManager.default.createDirectory(atPath: goldens, withIntermediateDirectories: true)
        try golden.text.write(toFile: path, atomically: true, encoding: .utf8)
        say("a difference, written to \(path)")
      } catch {
        say("a difference, not written to \(path): \(error)\n\(golden.text)")
      }
    }

    private func say(_ text: String) {
      FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
  }
#endif
