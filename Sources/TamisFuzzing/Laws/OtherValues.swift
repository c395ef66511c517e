import TamisModel

/// The same query with other letters and digits in its values, and another page: what must not show in a statement.
enum OtherValues {
  static func changed(_ query: Query) -> Query {
    var buffer = query.buffer
    var operands = query.operands.map { ($0, true) }
    for node in query.nodes {
      // The translation of a regular expression reads its letters.
      if node.kind == .matches || node.kind == .jsonContains { continue }
      operands += query.operands(of: node).map { ($0, true) }
    }
    let kept = query.nodes.filter { $0.kind == .matches || $0.kind == .jsonContains }
      .flatMap { query.operands(of: $0) }
    for (operand, _) in operands where isChanged(operand) && !kept.contains(operand) {
      for index in operand.range.clamped(to: buffer.indices) { buffer[index] = query.buffer[index].turned }
    }
    return Query(
      resource: query.resource, buffer: buffer, nodes: query.nodes, operands: query.operands,
      page: Page(limit: query.page.limit &+ 1, offset: query.page.offset &+ 1), choices: query.content.choices
    )
  }

  /// A UUID's letters are digits, and a document's may be a word of JSON.
  private static func isChanged(_ operand: Operand) -> Bool {
    switch operand.kind {
    case .text, .decimal, .pattern, .path: true
    case .uuid, .json, .integer, .boolean, .date, .timestamp, .enumerationCase, .argument, .patternPlace:
      false
    }
  }
}

extension UInt8 {
  /// The next letter or digit; what is neither stays.
  fileprivate var turned: UInt8 {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "y"), UInt8(ascii: "A")...UInt8(ascii: "Y"),
      UInt8(ascii: "1")...UInt8(ascii: "8"):
      self + 1
    case UInt8(ascii: "z"), UInt8(ascii: "Z"): self - 25
    case UInt8(ascii: "9"): UInt8(ascii: "1")
    default: self
    }
  }
}
