import TamisModel

/// Reads RFC 8259 in one pass over the bytes, without recursion: open arrays and objects stand on a stack that the
/// depth limit bounds. The first fault ends the reading.
struct JSONReader {
  private let depth: Int
  private let allowsDuplicates: Bool
  private var document = JSONDocument()
  private var index = 0
  private var end = 0
  /// Open containers, innermost last.
  private var stack: [Int] = []

  /// What walks over a document may recurse, so that no limit makes it deeper than a stack bears.
  static let deepest = 256

  init(limits: QueryLimits, allowsDuplicates: Bool = false) {
    self.allowsDuplicates = allowsDuplicates
    depth = Swift.min(limits.depth, Self.deepest)
  }

  private enum Expectation {
    case value
    case valueOrEnd
    case nameOrEnd
    case name
    case commaOrEnd
  }

  mutating func read(_ source: Span<UInt8>) throws(QueryError) -> JSONDocument {
    end = source.count
    document.text.reserveCapacity(source.count)
    document.nodes.reserveCapacity(Swift.min(source.count / 6 + 2, 4_096))
    var expectation = Expectation.value
    repeat {
      skipBlanks(source)
      expectation = try step(expectation, source)
    } while !stack.isEmpty
    skipBlanks(source)
    if index < source.count { throw fault("the end of the text", 1) }
    if !allowsDuplicates { try checkDuplicates() }
    return document
  }

  /// Reads one token and says what may follow it.
  private mutating func step(
    _ expectation: Expectation, _ source: Span<UInt8>
  ) throws(QueryError) -> Expectation {
    guard index < source.count else { throw fault(Self.noun(expectation), 0) }
    let byte = source[index]
    switch expectation {
    case .value: return try value(byte, source)
    case .valueOrEnd:
      return byte == UInt8(ascii: "]") ? close() : try value(byte, source)
    case .nameOrEnd:
      return byte == UInt8(ascii: "}") ? close() : try name(byte, source)
    case .name: return try name(byte, source)
    case .commaOrEnd: return try commaOrEnd(byte)
    }
  }

  private static func noun(_ expectation: Expectation) -> String {
    switch expectation {
    case .value: "a value"
    case .valueOrEnd: "a value or ']'"
    case .nameOrEnd: "a member's name or '}'"
    case .name: "a member's name"
    case .commaOrEnd: "',' or a closing bracket"
    }
  }

  // MARK: Structure

  private mutating func value(_ byte: UInt8, _ source: Span<UInt8>) throws(QueryError) -> Expectation {
    countInParent()
    switch byte {
    case UInt8(ascii: "{"): return try open(.object)
    case UInt8(ascii: "["): return try open(.array)
    case UInt8(ascii: "\""): try string(source)
    case UInt8(ascii: "t"): try literal("true", .true, source)
    case UInt8(ascii: "f"): try literal("false", .false, source)
    case UInt8(ascii: "n"): try literal("null", .null, source)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(source)
    default: throw fault("a value", 1)
    }
    return .commaOrEnd
  }

  private mutating func countInParent() {
    guard let parent = stack.last else { return }
    document.nodes[parent].count += 1
  }

  private mutating func open(_ kind: JSONDocument.Kind) throws(QueryError) -> Expectation {
    guard stack.count < depth else {
      throw QueryError(Diagnostic(.tooDeep(limit: depth), SourceSpan(index, index + 1)))
    }
    stack.append(document.nodes.count)
    append(kind, text: 0..<0, from: index)
    index += 1
    return kind == .object ? .nameOrEnd : .valueOrEnd
  }

  private mutating func close() -> Expectation {
    index += 1
    if let opened = stack.popLast() {
      document.nodes[opened].end = UInt32(clamping: document.nodes.count)
      document.nodes[opened].span = SourceSpan(document.nodes[opened].span.start, index)
    }
    return .commaOrEnd
  }

  private mutating func commaOrEnd(_ byte: UInt8) throws(QueryError) -> Expectation {
    guard let parent = stack.last else { throw fault("the end of the text", 1) }
    let isObject = document.nodes[parent].kind == .object
    if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
    guard byte == UInt8(ascii: ",") else { throw fault(isObject ? "',' or '}'" : "',' or ']'", 1) }
    index += 1
    return isObject ? .name : .value
  }

  private mutating func name(_ byte: UInt8, _ source: Span<UInt8>) throws(QueryError) -> Expectation {
    guard byte == UInt8(ascii: "\"") else { throw fault("a member's name", 1) }
    try string(source)
    skipBlanks(source)
    guard index < source.count, source[index] == UInt8(ascii: ":") else { throw fault("':'", 1) }
    index += 1
    return .value
  }

  private mutating func append(_ kind: JSONDocument.Kind, text: Range<Int>, from start: Int) {
    document.nodes.append(
      JSONDocument.Node(
        kind: kind, end: UInt32(clamping: document.nodes.count + 1), count: 0,
        textStart: UInt32(clamping: text.lowerBound), textEnd: UInt32(clamping: text.upperBound),
        span: SourceSpan(start, index)))
  }

  // MARK: Scalars

  private mutating func literal(
    _ word: StaticString, _ kind: JSONDocument.Kind, _ source: Span<UInt8>
  ) throws(QueryError) {
    let start = index
    for byte in word.description.utf8 {
      guard index < source.count, source[index] == byte else {
        index = start
        throw fault("'\(word.description)'", 1)
      }
      index += 1
    }
    append(kind, text: 0..<0, from: start)
  }

  // number = [ "-" ] int [ "." 1*DIGIT ] [ "e" [ "-" / "+" ] 1*DIGIT ]
  private mutating func number(_ source: Span<UInt8>) throws(QueryError) {
    let start = index
    if source[index] == UInt8(ascii: "-") { index += 1 }
    let isZero = index < source.count && source[index] == UInt8(ascii: "0")
    let whole = digits(source)
    guard whole > 0 else { throw fault("a digit", 1) }
    if isZero, whole > 1 {
      index = start
      throw fault("a number without leading zeros", whole)
    }
    if index < source.count, source[index] == UInt8(ascii: ".") {
      index += 1
      guard digits(source) > 0 else { throw fault("a digit", 1) }
    }
    if index < source.count, source[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < source.count, source[index] == UInt8(ascii: "-") || source[index] == UInt8(ascii: "+") {
        index += 1
      }
      guard digits(source) > 0 else { throw fault("a digit", 1) }
    }
    let first = document.text.count
    for position in start..<index { document.text.append(source[position]) }
    append(.number, text: first..<document.text.count, from: start)
  }

  private mutating func digits(_ source: Span<UInt8>) -> Int {
    let start = index
    while index < source.count, source[index] &- 48 < 10 { index += 1 }
    return index - start
  }

  private mutating func string(_ source: Span<UInt8>) throws(QueryError) {
    let start = index
    let first = document.text.count
    index += 1
    while true {
      guard index < source.count else { throw fault("'\"'", 0) }
      let byte = source[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        append(.string, text: first..<document.text.count, from: start)
        return
      case UInt8(ascii: "\\"): try escape(source)
      case 0..<0x20: throw fault("an escaped control character", 1)
      case 0..<0x80:
        document.text.append(byte)
        index += 1
      default: try multibyte(source)
      }
    }
  }

  private mutating func multibyte(_ source: Span<UInt8>) throws(QueryError) {
    let length = UTF8Scan.validLength(source, at: index)
    guard length > 0 else {
      throw QueryError(Diagnostic(.invalidUTF8, SourceSpan(index, index + 1)))
    }
    for position in index..<index + length { document.text.append(source[position]) }
    index += length
  }

  private mutating func escape(_ source: Span<UInt8>) throws(QueryError) {
    guard index + 1 < source.count else { throw fault("an escape", 1) }
    let simple: UInt8
    switch source[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): simple = source[index + 1]
    case UInt8(ascii: "b"): simple = 8
    case UInt8(ascii: "f"): simple = 12
    case UInt8(ascii: "n"): simple = 10
    case UInt8(ascii: "r"): simple = 13
    case UInt8(ascii: "t"): simple = 9
    case UInt8(ascii: "u"): return try unicodeEscape(source)
    default: throw fault("an escape", 2)
    }
    document.text.append(simple)
    index += 2
  }

  private mutating func unicodeEscape(_ source: Span<UInt8>) throws(QueryError) {
    let start = index
    guard let unit = hexadecimal(source, at: index + 2) else { throw fault("four hexadecimal digits", 2) }
    if unit == 0 { throw QueryError(Diagnostic(.nulByte, SourceSpan(start, start + 6))) }
    index += 6
    var value = unit
    if 0xD800..<0xDC00 ~= unit {
      guard index + 1 < source.count, source[index] == UInt8(ascii: "\\"),
        source[index + 1] == UInt8(ascii: "u"), let low = hexadecimal(source, at: index + 2),
        0xDC00..<0xE000 ~= low
      else { throw surrogateFault(start) }
      index += 6
      value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw surrogateFault(start) }
    document.text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
  }

  private func surrogateFault(_ start: Int) -> QueryError {
    QueryError(Diagnostic(.invalidJSON(expected: "a pair of surrogates"), SourceSpan(start, start + 6)))
  }

  private func hexadecimal(_ source: Span<UInt8>, at start: Int) -> UInt32? {
    guard start + 4 <= source.count else { return nil }
    var value: UInt32 = 0
    for position in start..<start + 4 {
      guard let digit = UTF8Scan.hexadecimalDigit(source[position]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func skipBlanks(_ source: Span<UInt8>) {
    while index < source.count {
      switch source[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  /// At the text's end there is nothing to point at but the end.
  private func fault(_ expected: String, _ length: Int) -> QueryError {
    let span = SourceSpan(Swift.min(index, end), Swift.min(index + length, end))
    return QueryError(Diagnostic(.invalidJSON(expected: expected), span))
  }

  // MARK: Duplicates

  /// A name that stands twice in an object. Few members are compared pairwise, many by hash.
  private func checkDuplicates() throws(QueryError) {
    for index in document.nodes.indices
    where document.nodes[index].kind == .object && document.nodes[index].count > 1 {
      if let name = duplicateName(in: index) {
        throw QueryError(
          Diagnostic(.duplicateMember(name: document.string(at: name)), document.nodes[name].span))
      }
    }
  }

  private func duplicateName(in object: Int) -> Int? {
    guard document.nodes[object].count > 12 else { return pairwiseDuplicate(in: object) }
    var seen: Set<ArraySlice<UInt8>> = []
    return document.members(of: object).map(\.name).first { !seen.insert(document.bytes(of: $0)).inserted }
  }

  private func pairwiseDuplicate(in object: Int) -> Int? {
    let end = Int(document.nodes[object].end)
    var name = object + 1
    while name < end {
      var earlier = object + 1
      while earlier < name {
        if isSame(earlier, name) { return name }
        earlier = Int(document.nodes[earlier + 1].end)
      }
      name = Int(document.nodes[name + 1].end)
    }
    return nil
  }

  private func isSame(_ first: Int, _ second: Int) -> Bool {
    let (first, second) = (document.nodes[first].range, document.nodes[second].range)
    return first.count == second.count && document.text[first].elementsEqual(document.text[second])
  }
}
