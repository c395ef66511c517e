import TamisModel

/// Reads ABNF: RFC 5234, with the strings of RFC 7405. Lines may end in LF alone. Recursion is bounded by the depth of
/// groups.
///
/// The methods carry the productions of RFC 5234, section 4.
struct GrammarReader {
  /// One rule as it stands in a file.
  struct Definition {
    var name: String
    var expression: GrammarExpression
    /// `=/`: more alternatives of a rule that is there.
    var isIncremental: Bool
    var place: Place
  }

  struct Place: Hashable {
    var file: String
    var line: Int
    var column: Int
  }

  private static let deepest = 100

  private let file: String
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  init(_ text: String, file: String) {
    self.file = file
    bytes = Array(text.utf8)
  }

  // rulelist = 1*( rule / ( *c-wsp c-nl ) )
  mutating func read() throws(GrammarError) -> [Definition] {
    var definitions: [Definition] = []
    while index < bytes.count {
      if skipEmptyLine() { continue }
      definitions.append(try readRule())
    }
    guard !definitions.isEmpty else { throw fault(.expected("a rule")) }
    return definitions
  }

  // rule = rulename defined-as elements c-nl
  private mutating func readRule() throws(GrammarError) -> Definition {
    let place = self.place
    guard Self.isLetter(current) else { throw fault(.expected("a rule's name at the line's beginning")) }
    let name = readName()
    skipBlanks()
    guard take("=") else { throw fault(.expected("'=' or '=/'")) }
    let isIncremental = take("/")
    skipBlanks()
    let expression = try readAlternation()
    skipBlanks()
    guard skipLineEnd() else { throw fault(.expected("an element or the line's end")) }
    return Definition(name: name, expression: expression, isIncremental: isIncremental, place: place)
  }

  // alternation = concatenation *( *c-wsp "/" *c-wsp concatenation )
  private mutating func readAlternation() throws(GrammarError) -> GrammarExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw fault(.expected("fewer groups in groups")) }
    var branches = [try readConcatenation()]
    while true {
      let before = index
      skipBlanks()
      guard take("/") else {
        index = before
        return branches.count == 1 ? branches[0] : .alternation(branches)
      }
      skipBlanks()
      branches.append(try readConcatenation())
    }
  }

  // concatenation = repetition *( 1*c-wsp repetition )
  private mutating func readConcatenation() throws(GrammarError) -> GrammarExpression {
    var parts = [try readRepetition()]
    while true {
      let before = index
      skipBlanks()
      guard index > before, Self.beginsRepetition(current) else {
        index = before
        return parts.count == 1 ? parts[0] : .concatenation(parts)
      }
      parts.append(try readRepetition())
    }
  }

  // repetition = [ 1*DIGIT / ( *DIGIT "*" *DIGIT ) ] element
  private mutating func readRepetition() throws(GrammarError) -> GrammarExpression {
    let start = index
    let least = try readNumber(radix: 10, below: 10_000)
    if take("*") {
      let most = try readNumber(radix: 10, below: 10_000)
      if let most, most < least ?? 0 { throw badRange(from: start) }
      return .repetition(try readElement(), least: least ?? 0, most: most)
    }
    let element = try readElement()
    return least.map { .repetition(element, least: $0, most: $0) } ?? element
  }

  // element = rulename / group / option / char-val / num-val / prose-val
  private mutating func readElement() throws(GrammarError) -> GrammarExpression {
    switch current {
    case let byte where Self.isLetter(byte): return .rule(readName().asciiLowercased)
    case UInt8(ascii: "("): return try readGroup(closing: ")")
    case UInt8(ascii: "["): return .repetition(try readGroup(closing: "]"), least: 0, most: 1)
    case UInt8(ascii: "\""): return try readText(.bare)
    case UInt8(ascii: "%"): return try readPercent()
    case UInt8(ascii: "<"): return try readProse()
    default: throw fault(.expected("an element"))
    }
  }

  // group = "(" *c-wsp alternation *c-wsp ")" ; option = "[" *c-wsp alternation *c-wsp "]"
  private mutating func readGroup(closing: Unicode.Scalar) throws(GrammarError) -> GrammarExpression {
    index += 1
    skipBlanks()
    let inner = try readAlternation()
    skipBlanks()
    guard take(closing) else { throw fault(.expected("'\(closing)'")) }
    return inner
  }

  // char-val = DQUOTE *( %x20-21 / %x23-7E ) DQUOTE
  private mutating func readText(
    _ quotation: GrammarExpression.Quotation
  ) throws(GrammarError) -> GrammarExpression {
    guard take("\"") else { throw fault(.expected("'\"'")) }
    let start = index
    while let byte = current, 0x20...0x7E ~= byte, byte != UInt8(ascii: "\"") { index += 1 }
    let text = Array(bytes[start..<index])
    guard take("\"") else { throw fault(.expected("'\"'")) }
    return .text(text, quotation)
  }

  // prose-val = "<" *( %x20-3D / %x3F-7E ) ">"
  private mutating func readProse() throws(GrammarError) -> GrammarExpression {
    index += 1
    let start = index
    while let byte = current, 0x20...0x7E ~= byte, byte != UInt8(ascii: ">") { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard take(">") else { throw fault(.expected("'>'")) }
    return .prose(text)
  }

  // num-val = "%" ( bin-val / dec-val / hex-val ); RFC 7405: "%s" and "%i" before a text
  private mutating func readPercent() throws(GrammarError) -> GrammarExpression {
    index += 1
    let letter = current.map { $0 | 0x20 } ?? 0
    index += 1
    switch letter {
    case UInt8(ascii: "s"): return try readText(.sensitive)
    case UInt8(ascii: "i"): return try readText(.insensitive)
    case UInt8(ascii: "b"): return try readValues(radix: 2)
    case UInt8(ascii: "d"): return try readValues(radix: 10)
    case UInt8(ascii: "x"): return try readValues(radix: 16)
    default:
      index -= 1
      throw fault(.expected("'b', 'd', 'x', 's' or 'i' after '%'"))
    }
  }

  // hex-val = "x" 1*HEXDIG [ 1*( "." 1*HEXDIG ) / ( "-" 1*HEXDIG ) ]
  private mutating func readValues(radix: Int) throws(GrammarError) -> GrammarExpression {
    let start = index
    let first = try readByte(radix)
    if take("-") {
      let last = try readByte(radix)
      guard first <= last else { throw badRange(from: start) }
      return .range(first...last)
    }
    var values = [first]
    while take(".") { values.append(try readByte(radix)) }
    return values.count == 1 ? .range(first...first) : .concatenation(values.map { .range($0...$0) })
  }

  private mutating func readByte(_ radix: Int) throws(GrammarError) -> UInt8 {
    let start = index
    guard let value = try readNumber(radix: radix, below: 1 << 21) else {
      throw fault(.expected("a number"))
    }
    guard let byte = UInt8(exactly: value) else {
      defer { index = start }
      throw fault(.valueTooLarge(String(decoding: bytes[start..<index], as: UTF8.self)), at: start)
    }
    return byte
  }

  // MARK: Tokens

  /// Nil when there is no digit.
  private mutating func readNumber(radix: Int, below limit: Int) throws(GrammarError) -> Int? {
    let start = index
    var value = 0
    while let digit = current.flatMap(Self.digit), digit < radix {
      value = value * radix + digit
      guard value < limit else { throw fault(.expected("a smaller number"), at: start) }
      index += 1
    }
    return index > start ? value : nil
  }

  // rulename = ALPHA *( ALPHA / DIGIT / "-" )
  private mutating func readName() -> String {
    let start = index
    while let byte = current,
      Self.isLetter(byte) || byte &- 48 < 10 || byte == UInt8(ascii: "-")
    {
      index += 1
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = current, UInt32(byte) == scalar.value else { return false }
    index += 1
    return true
  }

  private static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (byte | 0x20) &- 97 < 26
  }

  private static func digit(_ byte: UInt8) -> Int? {
    if byte &- 48 < 10 { return Int(byte &- 48) }
    let letter = (byte | 0x20) &- 97
    return letter < 6 ? Int(letter) + 10 : nil
  }

  private static func beginsRepetition(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return isLetter(byte) || byte &- 48 < 10 || Array("*([\"%<".utf8).contains(byte)
  }

  // MARK: Blanks

  // c-wsp = WSP / ( c-nl WSP )
  private mutating func skipBlanks() {
    while true {
      if isBlank(current) {
        index += 1
        continue
      }
      let before = index
      guard skipLineEnd(), isBlank(current) else {
        index = before
        return
      }
    }
  }

  // c-nl = comment / CRLF ; comment = ";" *( WSP / VCHAR ) CRLF
  /// Also the end of the file, which is one only once.
  private mutating func skipLineEnd() -> Bool {
    if current == UInt8(ascii: ";") {
      while let byte = current, byte != 0x0A { index += 1 }
    }
    if current == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
    guard index < bytes.count else { return true }
    guard current == 0x0A else { return false }
    index += 1
    return true
  }

  private mutating func skipEmptyLine() -> Bool {
    let before = index
    while isBlank(current) { index += 1 }
    if skipLineEnd() { return true }
    index = before
    return false
  }

  private func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 }

  // MARK: Faults

  private var place: Place { place(of: index) }

  private func place(of index: Int) -> Place {
    let before = bytes[..<index]
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return Place(file: file, line: before.count { $0 == 0x0A } + 1, column: index - start + 1)
  }

  private func fault(_ fault: GrammarError.Fault, at index: Int? = nil) -> GrammarError {
    let place = place(of: index ?? self.index)
    return GrammarError(fault: fault, file: place.file, line: place.line, column: place.column)
  }

  private func badRange(from start: Int) -> GrammarError {
    fault(.badRange(String(decoding: bytes[start..<index], as: UTF8.self)), at: start)
  }
}
