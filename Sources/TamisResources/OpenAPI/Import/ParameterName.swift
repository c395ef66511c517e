/// A parameter's name in its pieces: `filter[usage][gte]` is `filter`, `usage`, `gte`.
struct ParameterName: Hashable {
  var root: String
  var brackets: [String]

  /// Nil when brackets do not match.
  init?(_ text: String) {
    let pieces = text.split(separator: "[", omittingEmptySubsequences: false)
    root = pieces.first.map(String.init) ?? ""
    brackets = []
    guard !root.isEmpty, !root.contains("]") else { return nil }
    for piece in pieces.dropFirst() {
      guard piece.utf8.last == UInt8(ascii: "]"), !piece.dropLast().contains("]") else { return nil }
      brackets.append(String(piece.dropLast()))
    }
  }

  var text: String { root + brackets.map { "[\($0)]" }.joined() }
}

/// One parameter of the operation; an object that is sent as `name[member]` is one for each member.
struct ImportedParameter {
  var name: ParameterName
  var schema: SchemaFacts
  var isRequired: Bool
}
