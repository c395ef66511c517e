import TamisModel

/// One `name=value` pair: its name as path segments, decoded, its value not yet.
struct LexedParameter {
  /// `filter[usage][gte]` has the root `filter` and the segments `usage`, `gte`.
  var root: ParsedText
  /// Brackets after the root, in the query's `segments`.
  var firstSegment: Int
  var segmentCount: Int
  /// The whole name as written.
  var nameSpan: SourceSpan
  /// The value's bytes; nil when there is no `=`.
  var value: Range<Int>?
  /// The whole pair.
  var span: SourceSpan
}

/// Cuts a query string into pairs, and names into segments. A bracket may be written as `%5B`: servers decode
/// names before they look at brackets.
struct ParameterLexer {
  private(set) var index = 0
  private let limits: QueryLimits

  init(limits: QueryLimits) {
    self.limits = limits
  }

  /// The next pair that is not empty; nil at the end.
  // query = [ pair ] *( "&" [ pair ] )
  mutating func next(_ source: Span<UInt8>) -> (name: Range<Int>, value: Range<Int>?)? {
    while index < source.count {
      let start = index
      var equals: Int?
      while index < source.count, source[index] != UInt8(ascii: "&") {
        if equals == nil, source[index] == UInt8(ascii: "=") { equals = index }
        index += 1
      }
      let end = index
      index += 1
      if start == end { continue }
      return (start..<(equals ?? end), equals.map { $0 + 1..<end })
    }
    return nil
  }

  // name = root *( "[" *char "]" )
  /// Reads a name into segments. Nil, and a report, when the brackets do not match or there is no root.
  func readName(
    _ source: Span<UInt8>, _ name: Range<Int>, into query: inout ParsedQuery,
    reporting bag: inout DiagnosticBag
  ) -> (root: ParsedText, firstSegment: Int, count: Int)? {
    guard !name.isEmpty else {
      bag.report(.emptyName, SourceSpan(name.lowerBound, name.lowerBound + 1))
      return nil
    }
    var index = findBracket(source, from: name.lowerBound, to: name.upperBound)
    if let closing = closingBracket(source, name.lowerBound..<index) {
      bag.report(.malformedBrackets, closing)
      return nil
    }
    guard index > name.lowerBound else {
      bag.report(.malformedBrackets, SourceSpan(index, name.upperBound))
      return nil
    }
    let root = PercentDecoder.decode(
      source, name.lowerBound..<index, into: &query.buffer, reporting: &bag)
    let first = query.segments.count
    while index < name.upperBound {
      guard query.segments.count - first < limits.depth else {
        bag.report(.tooDeep(limit: limits.depth), SourceSpan(index, index + 1))
        return nil
      }
      guard let next = readSegment(source, index, name.upperBound, &query, &bag) else { return nil }
      index = next
    }
    return (root, first, query.segments.count - first)
  }

  /// Reads `[…]` and gives the place after it.
  private func readSegment(
    _ source: Span<UInt8>, _ start: Int, _ end: Int, _ query: inout ParsedQuery, _ bag: inout DiagnosticBag
  ) -> Int? {
    let opening = bracketWidth(source, start, end, UInt8(ascii: "["))
    guard opening > 0 else {
      bag.report(.malformedBrackets, SourceSpan(start, end))
      return nil
    }
    var index = start + opening
    while index < end {
      let closing = bracketWidth(source, index, end, UInt8(ascii: "]"))
      if closing > 0 {
        query.segments.append(
          PercentDecoder.decode(source, start + opening..<index, into: &query.buffer, reporting: &bag))
        return index + closing
      }
      if bracketWidth(source, index, end, UInt8(ascii: "[")) > 0 { break }
      index += 1
    }
    bag.report(.malformedBrackets, SourceSpan(start, end))
    return nil
  }

  private func findBracket(_ source: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, bracketWidth(source, index, end, UInt8(ascii: "[")) == 0 { index += 1 }
    return index
  }

  /// A `]` where none was opened.
  private func closingBracket(_ source: Span<UInt8>, _ range: Range<Int>) -> SourceSpan? {
    for index in range {
      let width = bracketWidth(source, index, range.upperBound, UInt8(ascii: "]"))
      if width > 0 { return SourceSpan(index, index + width) }
    }
    return nil
  }

  /// 1 for a bracket, 3 for an escaped one, 0 for neither.
  private func bracketWidth(_ source: Span<UInt8>, _ index: Int, _ end: Int, _ bracket: UInt8) -> Int {
    let byte = source[index]
    if byte == bracket { return 1 }
    guard byte == UInt8(ascii: "%"), index + 2 < end, source[index + 1] == UInt8(ascii: "5") else { return 0 }
    let letter: UInt8 = bracket == UInt8(ascii: "[") ? UInt8(ascii: "b") : UInt8(ascii: "d")
    return source[index + 2] | 0x20 == letter ? 3 : 0
  }
}
