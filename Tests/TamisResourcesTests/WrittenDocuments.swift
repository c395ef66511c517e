import Foundation
import TamisCatalog
import TamisModel
import TamisResources
import TamisTesting
import Testing

/// Writes documents for `Tests/check-documents`, which lets tools of others judge them.
struct WrittenDocuments {
  private static let folder = ProcessInfo.processInfo.environment["TAMIS_DOCUMENTS"]

  static let resources: [(name: String, resource: Resource)] =
    Catalog.all.map { ($0.name.replacing("/", with: "-"), $0.resource) } + [
      ("everything", FileSamples.everything)
    ]
    + (0..<40).map { ("random-\($0)", GeneratedResource(seed: UInt64($0)).resource) }

  private static func write(_ text: String, _ name: String) throws {
    let file = URL(fileURLWithPath: try #require(folder)).appendingPathComponent(name)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  @Test(.enabled(if: folder != nil))
  func resourceFiles() throws {
    for (name, resource) in Self.resources {
      try Self.write(ResourceFile.write(resource), "\(name).resource.json")
    }
  }

  @Test(.enabled(if: folder != nil), arguments: QueryDialect.allCases)
  func openAPIDocuments(_ dialect: QueryDialect) throws {
    for (name, resource) in Self.resources.prefix(9) {
      try Self.write(
        OpenAPIDocument(resource: resource, dialect: dialect).text, "\(name).\(dialect.rawValue).openapi.json"
      )
    }
  }

  /// Files that the schema is to refuse, too.
  @Test(.enabled(if: folder != nil))
  func faultyFiles() throws {
    // What the schema does not see: bytes, names given twice, and what the parts of a resource say of each other.
    let cases = ResourceFileFaultTests.cases.filter {
      !["syntax.invalid-json", "syntax.duplicate-member", "syntax.nul-byte"].contains($0.code)
        && $0.code != "setup.invalid-resource"
    }
    for (index, example) in cases.enumerated() {
      try Self.write(example.file, "\(index).faulty.json")
    }
  }
}
