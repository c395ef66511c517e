import Foundation
import TamisFuzzing
import TamisTesting
import Testing

/// The inputs that a fuzzer starts from, and those that it once found, keep the laws that it checks.
struct CorpusTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../Fuzz/Corpus").standardizedFileURL

  @Test(arguments: FuzzTarget.allCases)
  func everyInputKeepsTheLaws(_ target: FuzzTarget) throws {
    let folder = Self.folder.appending(path: target.rawValue)
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    #expect(!files.isEmpty, "\(folder.path) is empty")
    for file in files {
      let violation = target.violation(of: Array(try Data(contentsOf: file)))
      #expect(violation == nil, "\(target.rawValue)/\(file.lastPathComponent)")
    }
  }

  /// A folder of another name would be replayed by nobody.
  @Test func everyFolderIsATarget() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      at: Self.folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    #expect(Set(folders.map(\.lastPathComponent)) == Set(FuzzTarget.allCases.map(\.rawValue)))
  }

  /// What is new in the library is appended to the registry, so that it is fuzzed.
  @Test func theRegistryHasEverything() {
    #expect(FuzzRegistry.missing == [])
  }

  /// What a fuzzer begins with keeps the laws, too, and is made for every target. A third of it, which takes seconds.
  @Test(arguments: FuzzTarget.allCases)
  func randomInputsKeepTheLaws(_ target: FuzzTarget) {
    let material = FuzzMaterial()
    let inputs = material.inputs(for: target)
    #expect(inputs.count > 20)
    for input in stride(from: 0, to: inputs.count, by: 3).map({ inputs[$0] }) {
      let violation = target.violation(of: input)
      #expect(violation == nil, "\(String(decoding: input, as: UTF8.self))")
    }
    #expect(material.dictionary(for: target).split(separator: "\n").count > 100)
  }

  /// A law that nothing can break says nothing: what counts placeholders tells them apart.
  @Test(arguments: [
    ("SELECT $1, $2, $1", 2), ("SELECT ?, ?", 2), ("json_type(m, ?1) = json_extract(m, ?1) AND a = ?", 2),
    (#"SELECT "a?" FROM "b$1" WHERE c = '?'"#, 0),
  ])
  func placeholders(_ text: String, _ count: Int) {
    #expect(Placeholders.count(text) == count)
  }
}
