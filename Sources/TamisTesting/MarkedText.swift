public import TamisModel

/// A request with places marked in it: `count_eq=«abc»`. A test writes the fault where it is, not as two numbers.
public struct MarkedText: Hashable, Sendable {
  /// The text without its marks.
  public let text: String
  /// The marked places, in the order in which they begin.
  public let spans: [SourceSpan]

  /// Nil when a mark is left open or closes nothing. Marks may be nested.
  public init?(_ marked: String) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    var spans: [SourceSpan?] = []
    var places: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append(bytes.count)
        places.append(spans.count)
        spans.append(nil)
      case "»":
        guard let start = open.popLast(), let place = places.popLast() else { return nil }
        spans[place] = SourceSpan(start, bytes.count)
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
    guard open.isEmpty else { return nil }
    text = String(decoding: bytes, as: UTF8.self)
    self.spans = spans.compactMap { $0 }
  }

  /// Sets marks around places of a text: the other way round, for messages and comparisons.
  public static func mark(_ text: String, at spans: [SourceSpan]) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for index in 0...bytes.count {
      let ends = spans.count { $0.end == index && $0.count > 0 }
      for _ in 0..<ends { result += "»".utf8 }
      for span in spans where span.start == index { result += (span.count > 0 ? "«" : "«»").utf8 }
      if index < bytes.count { result.append(bytes[index]) }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
