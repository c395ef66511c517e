/// How a search filter compares text.
public struct SearchStrategy: Hashable, Sendable {
  public enum Place: String, Hashable, Sendable, CaseIterable {
    /// The whole text.
    case exact
    /// Anywhere in it.
    case partial
    case start
    case end
    /// At its start, or after a blank.
    case wordStart = "word_start"
  }

  public var place: Place
  /// A–Z and a–z are equal; every other character is exact.
  public var ignoresCase: Bool

  public init(_ place: Place, ignoresCase: Bool = false) {
    self.place = place
    self.ignoresCase = ignoresCase
  }

  public static let exact = SearchStrategy(.exact)
  public static let partial = SearchStrategy(.partial)
  public static let start = SearchStrategy(.start)
  public static let end = SearchStrategy(.end)
  public static let wordStart = SearchStrategy(.wordStart)

  /// The same in any ASCII case: `.partial.ignoringCase`.
  public var ignoringCase: SearchStrategy { SearchStrategy(place, ignoresCase: true) }

  /// `partial`, `iword_start`: as API Platform names them.
  public init?(name: String) {
    if let place = Place(rawValue: name) {
      self.init(place)
    } else if name.utf8.first == UInt8(ascii: "i"), let place = Place(rawValue: String(name.dropFirst())) {
      self.init(place, ignoresCase: true)
    } else {
      return nil
    }
  }

  public var name: String { (ignoresCase ? "i" : "") + place.rawValue }
}
