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
  /// Nothing to decode in the value.
  var hasPlainValue: Bool
  /// The whole pair.
  var span: SourceSpan
}

/// A pair as bytes of the source.
struct LexedPair {
  var start: Int
  var nameEnd: Int
  var end: Int
  /// Neither brackets nor anything to decode in the name.
  var hasPlainName: Bool
  /// Nothing to decode in the value.
  var hasPlainValue: Bool

  var name: Range<Int> { start..<nameEnd }
  /// Nil when there is no `=`.
  var value: Range<Int>? { nameEnd < end ? nameEnd + 1..<end : nil }
}

/// Cuts a query string into pairs, and names into segments. A bracket may be written as `%5B`: servers decode
/// names before they look at brackets.
struct ParameterLexer {
  private(set) var index = 0
  /// The first raw `;` of the query's names and values so far.
  private(set) var semicolon: Int?
  let end: Int
  private let limits: QueryLimits

  init(end: Int, limits: QueryLimits) {
    self.end = end
    self.limits = limits
  }

  /// The next pair that is not empty; nil at the end.
  // query = [ pair ] *( "&" [ pair ] )
  mutating func next(_ source: Span<UInt8>) -> LexedPair? {
    while index < end {
      let start = index
      let hasPlainName = scanName(source)
      let nameEnd = index
      let hasPlainValue = scanValue(source)
      let pairEnd = index
      index += 1
      if start == pairEnd { continue }
      return LexedPair(
        start: start, nameEnd: nameEnd, end: pairEnd, hasPlainName: hasPlainName,
        hasPlainValue: hasPlainValue)
    }
    return nil
  }

  /// Goes to the `=` or `&` after the name, and tells whether the name is plain.
  private mutating func scanName(_ source: Span<UInt8>) -> Bool {
    var isPlain = true
    while index < end {
      let byte = source[index]
      // From '^' to DEL: small letters and '_', which is what most names are made of.
      if byte &- 0x5E < 0x22 {
        index += 1
        continue
      }
      if byte == UInt8(ascii: "=") || byte == UInt8(ascii: "&") { return isPlain }
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") || !PercentDecoder.isPlain(byte) {
        isPlain = false
      }
      if byte == UInt8(ascii: ";"), semicolon == nil { semicolon = index }
      index += 1
    }
    return isPlain
  }

  /// Goes to the `&` after the value, and tells whether the value is plain.
  private mutating func scanValue(_ source: Span<UInt8>) -> Bool {
    var isPlain = true
    while index < end {
      let byte = source[index]
      // From '<' to DEL and from ',' to ':': no '&', '%', '+' or ';', and all ASCII.
      if byte &- 0x3C < 0x44 || byte &- 0x2C < 0x0F {
        index += 1
        continue
      }
      if byte == UInt8(ascii: "&") { return isPlain }
      if byte == UInt8(ascii: ";"), semicolon == nil { semicolon = index }
      if !PercentDecoder.isPlain(byte) { isPlain = false }
      index += 1
    }
    return isPlain
  }

  // name = root *( "[" *char "]" )
  /// Reads a name into segments. Nil, and a report, when the brackets do not match or there is no root.
  func readName(
    _ pair: LexedPair, into query: inout ParsedQuery, reporting bag: inout DiagnosticBag
  ) -> (root: ParsedText, firstSegment: Int, count: Int)? {
    let name = pair.name
    guard !name.isEmpty else {
      bag.report(.emptyName, SourceSpan(name.lowerBound, name.lowerBound + 1))
      return nil
    }
    let first = query.segments.count
    if pair.hasPlainName {
      let span = SourceSpan(name.lowerBound, name.upperBound)
      return (ParsedText(start: name.lowerBound, end: name.upperBound, span: span), first, 0)
    }
    var index = findBracket(query.buffer, from: name.lowerBound, to: name.upperBound)
    if let closing = closingBracket(query.buffer, name.lowerBound..<index) {
      bag.report(.malformedBrackets, closing)
      return nil
    }
    guard index > name.lowerBound else {
      bag.report(.malformedBrackets, SourceSpan(index, name.upperBound))
      return nil
    }
    let root = PercentDecoder.decode(&query.buffer, name.lowerBound..<index, reporting: &bag)
    while index < name.upperBound {
      guard query.segments.count - first < limits.depth else {
        bag.report(.tooDeep(limit: limits.depth), SourceSpan(index, index + 1))
        return nil
      }
      guard let next = readSegment(index, name.upperBound, &query, &bag) else { return nil }
      index = next
    }
    return (root, first, query.segments.count - first)
  }

  /// Reads `[…]` and gives the place after it.
  private func readSegment(
    _ start: Int, _ end: Int, _ query: inout ParsedQuery, _ bag: inout DiagnosticBag
  ) -> Int? {
    let opening = bracketWidth(query.buffer, start, end, UInt8(ascii: "["))
    guard opening > 0 else {
      bag.report(.malformedBrackets, SourceSpan(start, end))
      return nil
    }
    var index = start + opening
    while index < end {
      let closing = bracketWidth(query.buffer, index, end, UInt8(ascii: "]"))
      if closing > 0 {
        let text = PercentDecoder.decode(&query.buffer, start + opening..<index, reporting: &bag)
        query.segments.append(text)
        return index + closing
      }
      if bracketWidth(query.buffer, index, end, UInt8(ascii: "[")) > 0 { break }
      index += 1
    }
    bag.report(.malformedBrackets, SourceSpan(start, end))
    return nil
  }

  private func findBracket(_ source: [UInt8], from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, bracketWidth(source, index, end, UInt8(ascii: "[")) == 0 { index += 1 }
    return index
  }

  /// A `]` where none was opened.
  private func closingBracket(_ source: [UInt8], _ range: Range<Int>) -> SourceSpan? {
    for index in range {
      let width = bracketWidth(source, index, range.upperBound, UInt8(ascii: "]"))
      if width > 0 { return SourceSpan(index, index + width) }
    }
    return nil
  }

  /// 1 for a bracket, 3 for an escaped one, 0 for neither.
  private func bracketWidth(_ source: [UInt8], _ index: Int, _ end: Int, _ bracket: UInt8) -> Int {
    let byte = source[index]
    if byte == bracket { return 1 }
    guard byte == UInt8(ascii: "%"), index + 2 < end, source[index + 1] == UInt8(ascii: "5") else { return 0 }
    let letter: UInt8 = bracket == UInt8(ascii: "[") ? UInt8(ascii: "b") : UInt8(ascii: "d")
    return source[index + 2] | 0x20 == letter ? 3 : 0
  }
}
