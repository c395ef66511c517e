/// What the real server answers where this one refuses a request under the faithful policy.
public struct ServerAnswer: Hashable, Sendable {
  /// The server's name: "AnimeThemes".
  public var system: String
  /// Its HTTP status. One of 500 and above is told, not repeated: a request is no reason to fail.
  public var status: Int
  /// Its wording, where it has one: `The filter.usage must be a number.`
  public var message: String?
  /// What it files its wording under, where it does: `filter.usage`.
  public var attribute: String?

  public init(_ system: String, status: Int, message: String? = nil, attribute: String? = nil) {
    self.system = system
    self.status = status
    self.message = message
    self.attribute = attribute
  }

  /// `AnimeThemes answers 422: The filter.usage must be a number.`
  public var note: String {
    "\(system) answers \(status)" + (message.map { ": " + $0 } ?? "")
  }
}
