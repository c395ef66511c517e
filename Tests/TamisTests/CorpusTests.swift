import Foundation
import TamisCatalog
import TamisTesting
import Testing

/// The inputs that a fuzzer starts from, and those that it once found, keep the laws that it checks.
struct CorpusTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../Fuzz/Corpus").standardizedFileURL

  @Test func everyInputKeepsTheLaws() throws {
    let law = RequestLaw(resources: Catalog.all.map(\.resource))
    let files = try FileManager.default.contentsOfDirectory(
      at: Self.folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    #expect(files.count >= 10, "\(Self.folder.path) is not the corpus")
    for file in files {
      let violation = law.violation(of: Array(try Data(contentsOf: file)))
      #expect(violation == nil, "\(file.lastPathComponent)")
    }
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
