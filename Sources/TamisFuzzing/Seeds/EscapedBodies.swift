import TamisTesting

/// Bodies in whose strings every escape of JSON stands, which a fuzzer seldom puts where a text may have them.
enum EscapedBodies {
  /// Stands for the escapes while the tree is written.
  private static let mark = "\u{E000}"
  private static let escapes = #"\b\f\n\r\t\"\\\/\u00e9\u000A\ud83d\ude00"#

  /// One for each of the first strings, names left alone.
  static func texts(of body: [UInt8]) -> [[UInt8]] {
    guard let tree = JSONTree(parsing: String(decoding: body, as: UTF8.self)) else { return [] }
    return (0..<6).compactMap { place in
      var rest = place
      let marked = marked(tree, &rest)
      guard rest < 0 else { return nil }
      return Array(marked.description.replacing(mark, with: escapes).utf8)
    }
  }

  /// - Parameter rest: how many strings come before the one that is marked.
  private static func marked(_ tree: JSONTree, _ rest: inout Int) -> JSONTree {
    switch tree {
    case .string(let text):
      rest -= 1
      return rest == -1 ? .string(text + mark) : tree
    case .array(let items): return .array(items.map { marked($0, &rest) })
    case .object(let members):
      return .object(members.map { JSONTree.Member($0.name, marked($0.value, &rest)) })
    case .null, .boolean, .number: return tree
    }
  }
}
