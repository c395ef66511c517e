/// Paths inside JSON documents, as SQLite spells them: `$."a"."b"`.
enum JSONPath {
  /// Nil when a key cannot be spelled: SQLite's paths have no escape, and compare keys as the document writes them.
  static func text(_ keys: some Sequence<String>) -> String? {
    var output = Array("$".utf8)
    for key in keys {
      guard isPlain(key) else { return nil }
      output += ".\"".utf8
      output += key.utf8
      output.append(UInt8(ascii: "\""))
    }
    return String(decoding: output, as: UTF8.self)
  }

  static func isPlain(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }
}
