public import TamisModel

/// A request in the style of a real server, with the places of its parameters.
public struct FaithfulRequest: Sendable {
  /// One pair of a query string, or one member of a body.
  public struct Leaf: Sendable {
    /// Before any encoding.
    public var name: String
    /// Name and value, in the request's bytes.
    public var span: SourceSpan
    /// Whether it is about the page, the order or the answer, rather than about which records there are.
    public var isSetting: Bool
  }

  public var dialect: QueryDialect
  public var text: String
  public var leaves: [Leaf]

  /// Written piece by piece.
  struct Builder {
    private(set) var text = ""
    private(set) var leaves: [Leaf] = []

    mutating func write(_ piece: String) { text += piece }

    mutating func leaf(_ name: String, _ piece: String, isSetting: Bool) {
      let start = text.utf8.count
      text += piece
      leaves.append(Leaf(name: name, span: SourceSpan(start, text.utf8.count), isSetting: isSetting))
    }

    func request(_ dialect: QueryDialect) -> FaithfulRequest {
      FaithfulRequest(dialect: dialect, text: text, leaves: leaves)
    }
  }
}
