import TamisModel
import TamisTesting

/// A request to begin with, and records that go with it.
struct FuzzRequest {
  var ground: Int
  var dialect: QueryDialect
  var text: [UInt8]
  /// The query string beside a body.
  var beside: [UInt8] = []
  var records: [String] = []

  /// Names of page settings, which a resource that is paged in another way refuses.
  private static let pageNames = ["page", "limit", "offset", "size", "itemsPerPage", "cursor", "next_page"]

  /// The same without the settings of its page.
  var withoutPage: [UInt8] {
    guard dialect == .body else {
      let pairs = text.split(separator: UInt8(ascii: "&")).filter { pair in
        !Self.pageNames.contains { pair.starts(with: $0.utf8) }
      }
      return Array(pairs.joined(separator: "&".utf8))
    }
    guard case .object(let members)? = JSONTree(parsing: String(decoding: text, as: UTF8.self)) else {
      return text
    }
    return Array(JSONTree.object(members.filter { !Self.pageNames.contains($0.name) }).description.utf8)
  }
}
