import TamisModel

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
  var span: SourceSpan { SourceSpan(start, end) }
  var nameSpan: SourceSpan { SourceSpan(start, nameEnd) }
}

/// A pair whose name has been read into segments: `filter[usage][gte]` has the root `filter` and two brackets.
struct LexedParameter {
  var pair: LexedPair
  var root: ParsedText
  /// In the query's `segments`.
  var brackets: Range<Int>

  var bracketCount: Int { brackets.count }

  /// The root and the brackets.
  var name: ParsedName { ParsedName(root, rest: brackets, span: pair.nameSpan) }
}

/// Cuts a query string into pairs, and names into segments. A bracket may be written as `%5B`: servers decode
/// names before they look at brackets.
struct ParameterLexer {
  private var index = 0
  /// The first raw `;` of the pairs that were read.
  private(set) var semicolon: Int?
  private let end: Int
  private let depth: Int
  /// In the suffix dialect a bracket is a letter like any other.
  private let readsBrackets: Bool

  init(end: Int, depth: Int, readsBrackets: Bool) {
    self.end = end
    self.depth = depth
    self.readsBrackets = readsBrackets
  }

  var isAtEnd: Bool { index >= end }

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
    var place = index
    while place < end {
      let byte = source[place]
      // From '^' to DEL: small letters and '_', which is what most names are made of.
      if byte &- 0x5E >= 0x22 {
        if byte == UInt8(ascii: "=") || byte == UInt8(ascii: "&") { break }
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") || !PercentDecoder.isPlain(byte) {
          isPlain = false
        }
        if byte == UInt8(ascii: ";"), semicolon == nil { semicolon = place }
      }
      place &+= 1
    }
    index = place
    return isPlain
  }

  /// Goes to the `&` after the value, and tells whether the value is plain.
  private mutating func scanValue(_ source: Span<UInt8>) -> Bool {
    var isPlain = true
    var place = index
    while place < end {
      let byte = source[place]
      // From '<' to DEL and from ',' to ':': no '&', '%', '+' or ';', and all ASCII.
      if byte &- 0x3C >= 0x44, byte &- 0x2C >= 0x0F {
        if byte == UInt8(ascii: "&") { break }
        if byte == UInt8(ascii: ";"), semicolon == nil { semicolon = place }
        if !PercentDecoder.isPlain(byte) { isPlain = false }
      }
      place &+= 1
    }
    index = place
    return isPlain
  }

  // MARK: Names

  // name = root *( "[" *char "]" )
  /// Reads a name into segments, the root first. Nil, and a report, when the brackets do not match or there is no
  /// root.
  func readName(
    _ pair: LexedPair, into query: inout ParsedQuery, reporting bag: inout DiagnosticBag
  ) -> LexedParameter? {
    if pair.hasPlainName, pair.start < pair.nameEnd {
      let root = ParsedText(start: pair.start, end: pair.nameEnd, span: pair.nameSpan)
      return LexedParameter(pair: pair, root: root, brackets: 0..<0)
    }
    guard let rootEnd = findRootEnd(pair, query.buffer, &bag) else { return nil }
    let root = PercentDecoder.decode(&query.buffer, pair.start..<rootEnd, reporting: &bag)
    let first = query.segments.count
    guard readBrackets(rootEnd, pair.nameEnd, &query, &bag) else { return nil }
    return LexedParameter(pair: pair, root: root, brackets: first..<query.segments.count)
  }

  /// The place of the first bracket, or the name's end.
  private func findRootEnd(_ pair: LexedPair, _ source: [UInt8], _ bag: inout DiagnosticBag) -> Int? {
    var index = pair.start
    while readsBrackets, index < pair.nameEnd {
      if Bracket.opening.width(source, index, pair.nameEnd) > 0 { break }
      let width = Bracket.closing.width(source, index, pair.nameEnd)
      if width > 0 {
        bag.report(.malformedBrackets, SourceSpan(index, index + width))
        return nil
      }
      index += 1
    }
    if !readsBrackets { index = pair.nameEnd }
    if index > pair.start { return index }
    // `=5`, `[a]=5`: the place where the name should begin.
    bag.report(.emptyName, SourceSpan(index, index + 1))
    return nil
  }

  private func readBrackets(
    _ start: Int, _ end: Int, _ query: inout ParsedQuery, _ bag: inout DiagnosticBag
  ) -> Bool {
    var index = start
    var count = 0
    while index < end {
      guard count < depth else {
        bag.report(.tooDeep(limit: depth), SourceSpan(index, index + 1))
        return false
      }
      guard let next = readBracket(index, end, &query, &bag) else {
        bag.report(.malformedBrackets, SourceSpan(index, end))
        return false
      }
      index = next
      count += 1
    }
    return true
  }

  /// Reads `[…]` and gives the place after it; nil when it is none.
  private func readBracket(
    _ start: Int, _ end: Int, _ query: inout ParsedQuery, _ bag: inout DiagnosticBag
  ) -> Int? {
    let opening = Bracket.opening.width(query.buffer, start, end)
    guard opening > 0 else { return nil }
    var index = start + opening
    while index < end, Bracket.opening.width(query.buffer, index, end) == 0 {
      let closing = Bracket.closing.width(query.buffer, index, end)
      if closing > 0 {
        query.segments.append(
          PercentDecoder.decode(&query.buffer, start + opening..<index, reporting: &bag))
        return index + closing
      }
      index += 1
    }
    return nil
  }
}

/// A bracket of a name, as it is or escaped.
private enum Bracket: UInt8 {
  case opening = 0x5B
  case closing = 0x5D

  /// 1 for the bracket itself, 3 for an escaped one, 0 for anything else.
  func width(_ source: [UInt8], _ index: Int, _ end: Int) -> Int {
    let byte = source[index]
    if byte == rawValue { return 1 }
    guard byte == UInt8(ascii: "%"), index + 2 < end, source[index + 1] == UInt8(ascii: "5") else { return 0 }
    // 'B' of %5B and 'D' of %5D, in either case.
    return source[index + 2] | 0x20 == rawValue + 0x07 ? 3 : 0
  }
}
