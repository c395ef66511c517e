import TamisJSON
import TamisModel

/// A text of several records, cut into them.
enum RecordText {
  /// Stored records are the server's own: bounded only where recursion and offsets need it.
  static let limits: QueryLimits = {
    var limits = QueryLimits()
    limits.bodyBytes = 1 << 31
    limits.valueBytes = 1 << 31
    limits.depth = 200
    return limits
  }()

  /// The byte ranges of an array's items, or of lines that are not blank.
  static func pieces(_ json: [UInt8]) throws(QueryError) -> [Range<Int>] {
    guard let first = json.firstIndex(where: { !isBlank($0) }) else { return [] }
    guard json[first] == UInt8(ascii: "[") else { return lines(json) }
    let document = try JSONDocument.parse(json, limits: limits)
    return document.items(of: 0).map { document.nodes[$0].span.start..<document.nodes[$0].span.end }
  }

  private static func lines(_ json: [UInt8]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    while start < json.count {
      let end = json[start...].firstIndex(of: UInt8(ascii: "\n")) ?? json.count
      var trimmed = end
      while trimmed > start, isBlank(json[trimmed - 1]) { trimmed -= 1 }
      var first = start
      while first < trimmed, isBlank(json[first]) { first += 1 }
      if first < trimmed { result.append(first..<trimmed) }
      start = end + 1
    }
    return result
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\n")
  }
}
