import ArgumentParser
import Foundation

/// Puts the faults of files into a copy of the project, each to be switched on by its number, and prints them as JSON
/// lines.
@main
struct MutateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "Mutate")

  @Option(help: "The project's folder.")
  var project: String

  @Option(
    help: "The copy's folder, where the files with their faults are written; without it they are only listed."
  )
  var copy: String?

  @Option(help: "A file with the numbers of faults to leave out.")
  var without: String?

  @Argument(help: "Files, from the project's folder.")
  var files: [String]

  func run() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let skipped = try skipped()
    var next = 1
    for file in files {
      let source = try String(contentsOf: URL(filePath: project).appending(path: file), encoding: .utf8)
      let (text, mutants) = try Mutator.mutate(source, file: file, firstNumber: next, without: skipped)
      next += mutants.count
      try write(Self.importing(text), to: file)
      for mutant in mutants { print(String(decoding: try encoder.encode(mutant), as: UTF8.self)) }
    }
    try write(Self.switchboard, to: "Sources/TamisModel/Mutation.swift")
  }

  private func skipped() throws -> Set<Int> {
    guard let without else { return [] }
    let text = try String(contentsOf: URL(filePath: without), encoding: .utf8)
    return Set(text.split(separator: " ").compactMap { Int($0) })
  }

  /// A file that is as it was keeps its time, and is not compiled again.
  private func write(_ text: String, to file: String) throws {
    guard let copy else { return }
    let path = URL(filePath: copy).appending(path: file)
    if let old = try? String(contentsOf: path, encoding: .utf8), old == text { return }
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: path, atomically: true, encoding: .utf8)
  }

  /// With the module that has the switch.
  private static func importing(_ text: String) -> String {
    text.contains("import TamisModel") ? text : "import TamisModel\n" + text
  }

  private static let switchboard = """
    import Glibc

    /// The fault that is switched on, by TAMIS_MUTANT.
    @usableFromInline package let activeMutant: Int =
      unsafe getenv("TAMIS_MUTANT").flatMap { unsafe Int(String(cString: $0)) } ?? 0

    @usableFromInline package func mutant(_ number: Int) -> Bool { activeMutant == number }
    """
}
